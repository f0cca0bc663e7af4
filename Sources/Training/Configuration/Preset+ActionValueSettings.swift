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
      "epsilon", "how often an action is taken at random, 0 to 1", { "\($0.tabular.epsilon)" }
    ) { (p, t) throws(SettingError) in
      p.tabular.epsilon = try t.number(in: 0...1, "a number from 0 to 1")
    },
    Setting(
      "initial_value", "Q of every action at the start", { "\($0.tabular.initialValue)" }
    ) { (p, t) throws(SettingError) in
      p.tabular.initialValue = try t.number(in: -1e6...1e6, "a number from -1e6 to 1e6")
    },
  ]

  /// Of DQN.
  static let dqnSettings: [Setting] =
    replaySettings(\.dqn) + [
      rate("learning_rate", "step size of Adam, above 0", \.dqn.learningRate),
      whole(
        "target_update_interval", "steps between two copies to the target network (C)",
        \.dqn.targetUpdateInterval, in: 1...Int.max),
      share("initial_epsilon", "how often an action is random at the start", \.dqn.initialEpsilon),
      share(
        "final_epsilon", "how often an action is random in the end", \.dqn.finalEpsilon),
      share(
        "exploration_fraction", "share of the budget in which epsilon falls",
        \.dqn.explorationFraction),
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
    replaySettings(\.ddpg) + [
      rate("actor_learning_rate", "step size of the actor, above 0", \.ddpg.actorLearningRate),
      rate("critic_learning_rate", "step size of the critic, above 0", \.ddpg.criticLearningRate),
      Setting(
        "target_update", "polyak:TAU, or copy:C every C steps", { $0.ddpg.targetUpdate.text }
      ) { (p, t) throws(SettingError) in
        p.ddpg.targetUpdate = try t.targetUpdate()
      },
      Setting(
        "noise", "gaussian:SIGMA or ou:SIGMA (Ornstein-Uhlenbeck), in half ranges of the action",
        { $0.ddpg.noise.text }
      ) { (p, t) throws(SettingError) in
        p.ddpg.noise = try t.noise()
      },
    ]

  /// What agents with replay have in common.
  private static func replaySettings(
    _ part: WritableKeyPath<Preset, some ReplayHyperparameters> & Sendable
  ) -> [Setting] {
    [
      whole(
        "batch_size", "transitions of an update", part.appending(path: \.batchSize),
        in: 1...4_096),
      whole(
        "replay_capacity", "transitions kept for replay", part.appending(path: \.replayCapacity),
        in: 1...10_000_000),
      whole(
        "learning_starts", "steps before the first update",
        part.appending(path: \.learningStarts), in: 0...Int.max),
      whole(
        "train_frequency", "steps between two rounds of updates",
        part.appending(path: \.trainFrequency), in: 1...1_000_000),
      whole(
        "gradient_steps", "updates of a round", part.appending(path: \.gradientSteps),
        in: 1...1_000),
      Setting(
        "hidden", "widths of the hidden layers, or none",
        { preset in
          let widths = preset[keyPath: part].hidden
          return widths.isEmpty ? "none" : widths.map(String.init).joined(separator: ",")
        }
      ) { (p, t) throws(SettingError) in
        p[keyPath: part].hidden = try t.widths()
      },
      Setting("activation", "tanh or relu", { $0[keyPath: part].activation.rawValue }) {
        (p, t) throws(SettingError) in
        p[keyPath: part].activation = try t.choice()
      },
    ]
  }

  private static func whole(
    _ key: String, _ meaning: String, _ part: WritableKeyPath<Preset, Int> & Sendable,
    in range: ClosedRange<Int>
  ) -> Setting {
    Setting(key, meaning, { "\($0[keyPath: part])" }) { (p, t) throws(SettingError) in
      p[keyPath: part] = try t.whole(in: range)
    }
  }

  private static func share(
    _ key: String, _ meaning: String, _ part: WritableKeyPath<Preset, Double> & Sendable
  ) -> Setting {
    Setting(key, "\(meaning), 0 to 1", { "\($0[keyPath: part])" }) {
      (p, t) throws(SettingError) in
      p[keyPath: part] = try t.number(in: 0...1, "a number from 0 to 1")
    }
  }

  private static func rate(
    _ key: String, _ meaning: String, _ part: WritableKeyPath<Preset, Double> & Sendable
  ) -> Setting {
    Setting(key, meaning, { "\($0[keyPath: part])" }) { (p, t) throws(SettingError) in
      p[keyPath: part] = try t.number(
        in: Double.leastNormalMagnitude...RunLimits.greatestLearningRate,
        "a number above 0, at most 1e30")
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
    case .ornsteinUhlenbeck(let process): "ou:\(process.sigma)"
    }
  }
}

extension SettingText {
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
    if let sigma = number(after: "ou:"), (0...10).contains(sigma) {
      return .ornsteinUhlenbeck(OrnsteinUhlenbeck(sigma: sigma))
    }
    throw .badValue(
      key: key, found: text, accepted: "gaussian:SIGMA or ou:SIGMA, SIGMA from 0 to 10")
  }

  private func number(after prefix: String) -> Double? {
    text.hasPrefix(prefix) ? Double(text.dropFirst(prefix.count)) : nil
  }
}
