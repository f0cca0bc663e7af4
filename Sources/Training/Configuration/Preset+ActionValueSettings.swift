internal import Agents
internal import Networks

/// The settings of agents that learn values of actions.
extension Preset {
  /// Of the tabular agents.
  static let tabularSettings: [Setting] = [
    Setting("alpha", "step size, above 0, at most 1", { "\($0.tabular.alpha)" }) {
      (p, t) throws(SettingError) in
      p.tabular.alpha = try t.number(
        in: Double.leastNormalMagnitude...1, "a number above 0, at most 1")
    },
    Setting(
      "final_alpha", "step size in the end, to which it falls; or constant",
      { $0.tabular.finalAlpha.map { "\($0)" } ?? "constant" }
    ) { (p, t) throws(SettingError) in
      p.tabular.finalAlpha = try t.end(
        in: Double.leastNormalMagnitude...1, "a number above 0, at most 1, or constant")
    },
    Setting(
      "epsilon", "how often an action is taken at random, 0 to 1", { "\($0.tabular.epsilon)" }
    ) { (p, t) throws(SettingError) in
      p.tabular.epsilon = try t.number(in: 0...1, "a number from 0 to 1")
    },
    Setting(
      "final_epsilon", "the same in the end, to which it falls; or constant",
      { $0.tabular.finalEpsilon.map { "\($0)" } ?? "constant" }
    ) { (p, t) throws(SettingError) in
      p.tabular.finalEpsilon = try t.end(in: 0...1, "a number from 0 to 1, or constant")
    },
    Setting(
      "initial_value", "Q of every action at the start", { "\($0.tabular.initialValue)" }
    ) { (p, t) throws(SettingError) in
      p.tabular.initialValue = try t.number(in: -1e6...1e6, "a number from -1e6 to 1e6")
    },
  ]

  /// Of DQN.
  static let dqnSettings: [Setting] =
    replaySettings({ $0.dqn }, { (preset, change) in change(&preset.dqn) }) + [
      rate(
        "learning_rate", "step size of Adam, above 0", { $0.dqn.learningRate },
        { $0.dqn.learningRate = $1 }),
      whole(
        "target_update_interval", "steps between two copies to the target network (C)",
        in: 1...Int.max, { $0.dqn.targetUpdateInterval }, { $0.dqn.targetUpdateInterval = $1 }),
      share(
        "initial_epsilon", "how often an action is random at the start",
        { $0.dqn.initialEpsilon }, { $0.dqn.initialEpsilon = $1 }),
      share(
        "final_epsilon", "how often an action is random in the end", { $0.dqn.finalEpsilon },
        { $0.dqn.finalEpsilon = $1 }),
      share(
        "exploration_fraction", "share of the budget in which epsilon falls",
        { $0.dqn.explorationFraction }, { $0.dqn.explorationFraction = $1 }),
      Setting("loss", "huber or squared", { $0.dqn.loss.rawValue }) {
        (p, t) throws(SettingError) in
        p.dqn.loss = try t.choice()
      },
      Setting(
        "double", "true: the online network chooses, the target network values",
        { "\($0.dqn.isDouble)" }
      ) { (p, t) throws(SettingError) in
        p.dqn.isDouble = try t.flag()
      },
      Setting(
        "max_gradient_norm", "largest global norm of a gradient, above 0",
        { "\($0.dqn.maxGradientNorm)" }
      ) { (p, t) throws(SettingError) in
        p.dqn.maxGradientNorm = try t.number(
          in: Double.leastNormalMagnitude...1e30, "a number above 0, at most 1e30")
      },
    ]

  /// Of DDPG.
  static let ddpgSettings: [Setting] =
    replaySettings({ $0.ddpg }, { (preset, change) in change(&preset.ddpg) }) + [
      rate(
        "actor_learning_rate", "step size of the actor, above 0", { $0.ddpg.actorLearningRate },
        { $0.ddpg.actorLearningRate = $1 }),
      rate(
        "critic_learning_rate", "step size of the critic, above 0",
        { $0.ddpg.criticLearningRate }, { $0.ddpg.criticLearningRate = $1 }),
      Setting(
        "target_update", "polyak:TAU, or copy:C every C steps", { $0.ddpg.targetUpdate.text }
      ) { (p, t) throws(SettingError) in
        p.ddpg.targetUpdate = try t.targetUpdate()
      },
      Setting(
        "noise",
        "gaussian:SIGMA or ou:THETA:SIGMA (Ornstein-Uhlenbeck), in half ranges of the action",
        { $0.ddpg.noise.text }
      ) { (p, t) throws(SettingError) in
        p.ddpg.noise = try t.noise()
      },
    ]

  /// Reads one number of a preset, or another.
  private typealias Read<Value> = @Sendable (Preset) -> Value
  /// Changes it.
  private typealias Write<Value> = @Sendable (inout Preset, Value) -> Void

  /// What agents with replay have in common.
  private static func replaySettings<Part: ReplayHyperparameters>(
    _ part: @escaping Read<Part>,
    _ change: @escaping @Sendable (inout Preset, (inout Part) -> Void) -> Void
  ) -> [Setting] {
    [
      whole(
        "batch_size", "transitions of an update", in: 1...4_096, { part($0).batchSize },
        { (preset, value) in change(&preset) { $0.batchSize = value } }),
      whole(
        "replay_capacity", "transitions kept for replay", in: 1...10_000_000,
        { part($0).replayCapacity },
        { (preset, value) in change(&preset) { $0.replayCapacity = value } }),
      whole(
        "learning_starts", "steps before the first update", in: 0...Int.max,
        { part($0).learningStarts },
        { (preset, value) in change(&preset) { $0.learningStarts = value } }),
      whole(
        "train_frequency", "steps between two rounds of updates", in: 1...1_000_000,
        { part($0).trainFrequency },
        { (preset, value) in change(&preset) { $0.trainFrequency = value } }),
      whole(
        "gradient_steps", "updates of a round", in: 1...1_000, { part($0).gradientSteps },
        { (preset, value) in change(&preset) { $0.gradientSteps = value } }),
      Setting(
        "hidden", "widths of the hidden layers, or none",
        { preset in
          let widths = part(preset).hidden
          return widths.isEmpty ? "none" : widths.map(String.init).joined(separator: ",")
        }
      ) { (p, t) throws(SettingError) in
        let widths = try t.widths()
        change(&p) { $0.hidden = widths }
      },
      Setting("activation", "tanh or relu", { part($0).activation.rawValue }) {
        (p, t) throws(SettingError) in
        let activation: Activation = try t.choice()
        change(&p) { $0.activation = activation }
      },
    ]
  }

  private static func whole(
    _ key: String, _ meaning: String, in range: ClosedRange<Int>, _ read: @escaping Read<Int>,
    _ write: @escaping Write<Int>
  ) -> Setting {
    Setting(key, meaning, { "\(read($0))" }) { (p, t) throws(SettingError) in
      write(&p, try t.whole(in: range))
    }
  }

  private static func share(
    _ key: String, _ meaning: String, _ read: @escaping Read<Double>,
    _ write: @escaping Write<Double>
  ) -> Setting {
    Setting(key, "\(meaning), 0 to 1", { "\(read($0))" }) { (p, t) throws(SettingError) in
      write(&p, try t.number(in: 0...1, "a number from 0 to 1"))
    }
  }

  private static func rate(
    _ key: String, _ meaning: String, _ read: @escaping Read<Double>,
    _ write: @escaping Write<Double>
  ) -> Setting {
    Setting(key, meaning, { "\(read($0))" }) { (p, t) throws(SettingError) in
      let range = Double.leastNormalMagnitude...RunLimits.greatestLearningRate
      write(&p, try t.number(in: range, "a number above 0, at most 1e30"))
    }
  }
}

/// What agents with replay have in common.
protocol ReplayHyperparameters: Sendable {
  var batchSize: Int { get set }
  var replayCapacity: Int { get set }
  var learningStarts: Int { get set }
  var trainFrequency: Int { get set }
  var gradientSteps: Int { get set }
  var hidden: [Int] { get set }
  var activation: Activation { get set }
}

extension DQNHyperparameters: ReplayHyperparameters {}
extension DDPGHyperparameters: ReplayHyperparameters {}

extension TargetUpdate {
  /// As a setting.
  fileprivate var text: String {
    switch self {
    case .polyak(let tau): "polyak:\(tau)"
    case .copy(let steps): "copy:\(steps)"
    }
  }
}

extension ExplorationNoise {
  /// As a setting.
  fileprivate var text: String {
    switch self {
    case .gaussian(let deviation): "gaussian:\(deviation)"
    case .ornsteinUhlenbeck(let process): "ou:\(process.theta):\(process.sigma)"
    }
  }
}

extension SettingText {
  /// What something falls to; nil where it does not.
  fileprivate func end(
    in range: ClosedRange<Double>, _ accepted: String
  ) throws(SettingError) -> Double? {
    text == "constant" ? nil : try number(in: range, accepted)
  }

  fileprivate func flag() throws(SettingError) -> Bool {
    guard let value = Bool(text) else {
      throw .badValue(key: key, found: text, accepted: "true or false")
    }
    return value
  }

  fileprivate func targetUpdate() throws(SettingError) -> TargetUpdate {
    if let tau = number(after: "polyak:"), tau > 0, tau <= 1 { return .polyak(tau: tau) }
    if let steps = number(after: "copy:"), steps >= 1, let whole = Int(exactly: steps) {
      return .copy(steps: whole)
    }
    throw .badValue(
      key: key, found: text,
      accepted: "polyak:TAU with TAU above 0, at most 1, or copy:C with C a whole number")
  }

  fileprivate func noise() throws(SettingError) -> ExplorationNoise {
    if let sigma = number(after: "gaussian:"), (0...10).contains(sigma) {
      return .gaussian(standardDeviation: sigma)
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 3, parts[0] == "ou", let theta = Double(parts[1]),
      let sigma = Double(parts[2]), theta > 0, theta < 2, (0...10).contains(sigma)
    {
      return .ornsteinUhlenbeck(OrnsteinUhlenbeck(theta: theta, sigma: sigma))
    }
    throw .badValue(
      key: key, found: text,
      accepted: "gaussian:SIGMA or ou:THETA:SIGMA, SIGMA from 0 to 10, THETA above 0, below 2")
  }

  private func number(after prefix: String) -> Double? {
    text.hasPrefix(prefix) ? Double(text.dropFirst(prefix.count)) : nil
  }
}
