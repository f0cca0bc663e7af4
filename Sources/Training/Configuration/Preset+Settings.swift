internal import Agents
internal import Environments
internal import Estimators
internal import Networks
internal import Spelling
public import Telemetry

extension Preset {
  /// What a setting is called, what it means and accepts, and what it is where nobody says.
  public typealias SettingDocumentation = (key: String, meaning: String, standard: String)

  /// A setting by name: what it means, how it reads and how it takes its text.
  struct Setting: Sendable {
    let key: String
    let meaning: String
    let show: @Sendable (Preset) -> String
    let take: @Sendable (inout Preset, SettingText) throws(SettingError) -> Void

    init(
      _ key: String, _ meaning: String, _ show: @escaping @Sendable (Preset) -> String,
      _ take: @escaping @Sendable (inout Preset, SettingText) throws(SettingError) -> Void
    ) {
      self.key = key
      self.meaning = meaning
      self.show = show
      self.take = take
    }
  }

  /// The settings of an agent, in the order of the documentation.
  private static func settings(of agent: AgentName) -> [Setting] {
    let own =
      switch agent {
      case .a3c, .a2c, .actorCritic, .reinforce:
        targetSettings + stepSettings + networkSettings + workerSettings
      case .sarsa, .expectedSarsa, .qLearning: tabularSettings
      case .dqn: dqnSettings
      case .ddpg: ddpgSettings
      }
    return [gamma] + own + runSettings
  }

  private static let gamma = Setting(
    "gamma", "discount, 0 to 1", { "\($0.hyperparameters.discount)" }
  ) { (p, t) throws(SettingError) in
    p.hyperparameters.discount = try t.number(in: 0...1, "a number from 0 to 1")
  }

  private static let targetSettings: [Setting] = [
    Setting(
      "estimator", "what a step is worth: mc, td, nstep:N or lambda:L",
      { $0.hyperparameters.estimator.description }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.estimator = try t.estimator()
    },
    Setting(
      "rollout_length", "steps before a worker learns (t_max); mc goes to the end",
      { "\($0.hyperparameters.rolloutLength)" }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.rolloutLength = try t.whole(in: 1...RunLimits.longestRollout)
    },
    Setting(
      "entropy_coefficient", "weight of the entropy bonus, at least 0",
      { "\($0.hyperparameters.entropyCoefficient)" }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.entropyCoefficient = try t.number(
        in: 0...RunLimits.greatestCoefficient, "a number from 0 to 1e6")
    },
    Setting(
      "value_coefficient", "weight of the value loss, at least 0",
      { "\($0.hyperparameters.valueCoefficient)" }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.valueCoefficient = try t.number(
        in: 0...RunLimits.greatestCoefficient, "a number from 0 to 1e6")
    },
    Setting(
      "baseline", "reinforce: what is subtracted from a return: none, constant or value",
      { $0.hyperparameters.baseline.rawValue }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.baseline = try t.choice()
    },
    Setting(
      "episodes_per_update", "reinforce: whole episodes before it learns",
      { "\($0.hyperparameters.episodesPerUpdate)" }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.episodesPerUpdate = try t.whole(in: 1...RunLimits.mostEpisodesPerUpdate)
    },
  ]

  private static let stepSettings: [Setting] = [
    Setting(
      "learning_rate", "step size of the optimiser, above 0 (two of them: the actor's)",
      { "\($0.hyperparameters.learningRate)" }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.learningRate = try t.number(
        in: Double.leastNormalMagnitude...RunLimits.greatestLearningRate,
        "a number above 0, at most 1e30")
    },
    Setting(
      "critic_learning_rate",
      "actor-critic, reinforce: step size of the critic, above 0",
      { "\($0.hyperparameters.criticLearningRate)" }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.criticLearningRate = try t.number(
        in: Double.leastNormalMagnitude...RunLimits.greatestLearningRate,
        "a number above 0, at most 1e30")
    },
    Setting(
      "learning_rate_schedule", "constant, or linear: falls to 2 % at the budget's end",
      { $0.hyperparameters.learningRateSchedule.rawValue }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.learningRateSchedule = try t.choice()
    },
    Setting(
      "max_gradient_norm", "largest global norm of a gradient, above 0",
      { "\($0.hyperparameters.maxGradientNorm)" }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.maxGradientNorm = try t.number(
        in: Double.leastNormalMagnitude...1e30, "a number above 0, at most 1e30")
    },
    Setting(
      "optimiser", "rmsprop, rmsprop_torch (PyTorch's form), adam or sgd",
      { $0.hyperparameters.optimiser.settingName }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.optimiser = try t.optimiser(p.hyperparameters.optimiser)
    },
    Setting(
      "decay", "decay of RMSProp's mean square, 0 to below 1",
      { $0.hyperparameters.optimiser.decay.map { "\($0)" } ?? "none" }
    ) { (p, t) throws(SettingError) in
      let decay = Float(try t.number(in: 0...0.999_999, "a number from 0 to below 1"))
      p.hyperparameters.optimiser = p.hyperparameters.optimiser.with(decay: decay)
    },
    Setting(
      "epsilon", "the optimiser's epsilon, above 0",
      { $0.hyperparameters.optimiser.epsilon.map { "\($0)" } ?? "none" }
    ) { (p, t) throws(SettingError) in
      let epsilon = Float(try t.number(in: 1e-30...1, "a number above 0, at most 1"))
      p.hyperparameters.optimiser = p.hyperparameters.optimiser.with(epsilon: epsilon)
    },
  ]

  private static let networkSettings: [Setting] = [
    Setting(
      "hidden", "widths of the hidden layers, or none: a linear network, a table in a maze",
      { preset in
        let widths = preset.hyperparameters.hidden
        return widths.isEmpty ? "none" : widths.map(String.init).joined(separator: ",")
      }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.hidden = try t.widths()
    },
    Setting("activation", "tanh or relu", { $0.hyperparameters.activation.rawValue }) {
      (p, t) throws(SettingError) in
      p.hyperparameters.activation = try t.choice()
    },
    Setting(
      "trunk", "shared: one network with two heads; separate: two networks",
      { $0.hyperparameters.trunk.rawValue }
    ) { (p, t) throws(SettingError) in
      p.hyperparameters.trunk = try t.choice()
    },
  ]

  private static let workerSettings: [Setting] = [
    Setting("workers", "number of workers, 1 to 10000", { "\($0.workers)" }) {
      (p, t) throws(SettingError) in
      p.workers = try t.whole(in: 1...RunLimits.mostWorkers)
    },
    Setting(
      "delay", "time a step takes with --scheduler virtual: none, uniform or exponential",
      { $0.delay.rawValue }
    ) { (p, t) throws(SettingError) in
      p.delay = try t.choice()
    },
  ]

  private static let runSettings: [Setting] = [
    Setting(
      "steps", "budget: steps train takes and the schedule runs over", { "\($0.steps)" }
    ) { (p, t) throws(SettingError) in
      p.steps = try t.whole(in: 1...Int.max)
    },
    Setting("speed", "multiple of real time that watch begins with", { "\($0.speed)" }) {
      (p, t) throws(SettingError) in
      p.speed = try t.number(in: 1e-3...1e6, "a number from 0.001 to 1e6")
    },
  ]

  /// The keys of all settings of all agents.
  public static let settingKeys: [String] = {
    var keys: [String] = []
    for agent in AgentName.allCases {
      keys += settings(of: agent).map(\.key).filter { !keys.contains($0) }
    }
    return keys
  }()

  /// The settings of an agent for people, in order; the standard value holds where a preset says
  /// nothing.
  public static func settingDocumentation(of agent: AgentName) -> [SettingDocumentation] {
    let standard = Preset(name: "", summary: "", environment: "", agent: agent)
    return settings(of: agent).map {
      (key: $0.key, meaning: $0.meaning, standard: $0.show(standard))
    }
  }

  /// Takes the setting `key` from its text.
  ///
  /// - Throws: for an unknown key, with the nearest known one, for a value out of range, and for one
  ///   that is not for the preset's agent.
  public mutating func set(_ key: String, to value: String) throws(SettingError) {
    guard let setting = Self.settings(of: agent).first(where: { $0.key == key }) else {
      let others = AgentName.allCases.filter { other in
        Self.settings(of: other).contains { $0.key == key }
      }
      guard others.isEmpty else {
        let names = others.map(\.rawValue).joined(separator: ", ")
        throw .badValue(
          key: key, found: value, accepted: "nothing: \(agent.rawValue) has none; \(names) do")
      }
      throw .unknownKey(key, nearest: nearest(to: key, among: Self.settingKeys))
    }
    try setting.take(&self, SettingText(key: key, text: value))
    if let accepted = acceptedInstead(ofSetting: key) {
      throw .badValue(key: key, found: value, accepted: accepted)
    }
  }
}
