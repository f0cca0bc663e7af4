internal import Agents
internal import Environments
internal import Estimators
internal import FootlightsAssets
internal import Networks
internal import Spelling
internal import Telemetry
internal import Threads
internal import Training

extension LearnerOptions {
  /// The run these options ask for, at its beginning: a preset, and over it what was given beside it.
  ///
  /// - Parameters:
  ///   - estimator: as given by `estimatorOption`; nil for the preset's.
  ///   - estimatorOption: what it was given by.
  func configuration(
    estimator: String?, estimatorOption: String = "--estimator"
  ) throws(InputError) -> RunConfiguration {
    if let problem = KernelTable.problem { throw InputError(problem) }
    var preset = try choosePreset()
    let settings = try OptionValues.settings("--set", set)
    let forWorld = try take(settings: settings, into: &preset)
    let given = [
      (estimatorOption, "estimator", estimator), ("--gamma", "gamma", gamma),
      ("--workers", "workers", workers),
    ]
    for case (let option, let key, let text?) in given {
      guard !settings.contains(where: { $0.key == key }) else {
        throw InputError("--set: '\(key)' is given by \(option) too, accepted is once")
      }
      try Self.take(option, key, text, into: &preset)
    }
    let environment = try Worlds.environment(
      env ?? preset.environment,
      named: env == nil ? self.preset ?? preset.name : "--env",
      settings: forWorld)
    var configuration = RunConfiguration(
      environment: environment, agent: preset.agent, preset: preset.name,
      hyperparameters: preset.hyperparameters, workers: preset.workers,
      threads: OSThread.cores, budget: preset.steps)
    (configuration.tabular, configuration.dqn, configuration.ddpg) =
      (preset.tabular, preset.dqn, preset.ddpg)
    configuration.watchSpeed = preset.speed
    configuration.delay = preset.delay
    try Self.check(configuration.agent, in: environment.specification)
    try Self.checkSize(of: configuration)
    return configuration
  }

  /// Refuses a world that is not of the kind the agent learns in.
  private static func check(
    _ agent: AgentName, in world: EnvironmentSpecification
  ) throws(InputError) {
    let isCounted = if case .discrete = world.observation { true } else { false }
    let problem: String? =
      switch agent {
      case .sarsa, .expectedSarsa, .qLearning:
        isCounted && !world.actions.isEmpty ? nil : "a table needs counted states and actions"
      case .ddpg:
        !isCounted && world.continuousAction != nil
          ? nil : "it needs continuous actions, and numbers to see"
      case .dqn: world.actions.isEmpty ? "it needs one of a few actions to take" : nil
      case .a3c, .a2c, .actorCritic, .reinforce: nil
      }
    guard let problem else { return }
    throw InputError(
      "--env: found \(quoted(world.name)), which is not for \(agent.rawValue): \(problem)")
  }

  /// The most memory a run may ask for, in bytes.
  private static let mostBytes = 4e9

  private static func checkSize(of configuration: RunConfiguration) throws(InputError) {
    let bytes = configuration.estimatedBytes
    guard bytes > mostBytes else { return }
    throw InputError(
      "--workers: \(configuration.workers) workers with this network and rollout need about "
        + "\(Int((bytes / 1e9).rounded(.up))) GB, accepted is at most 4 GB: fewer workers, smaller "
        + "'hidden', shorter 'rollout_length' or, with mc, a smaller 'step_limit'")
  }

  // MARK: Presets

  private func choosePreset() throws(InputError) -> Preset {
    guard let preset else { return try presetForWorld(among: try Presets.bundled()) }
    let bundled = try Presets.bundled()
    if let named = bundled.first(where: { $0.name == preset }) { return try matching(named) }
    let file = InputFile(path: preset)
    guard file.exists || preset == "-" else {
      let guess = suggestion(for: preset, among: bundled.map(\.name))
      throw InputError(
        "--preset: no preset or file is called \(quoted(preset))\(guess); "
          + "accepted is a bundled preset ('footlights list presets' lists them) or a YAML file")
    }
    let presets = try Presets.parse(try file.read(limit: PresetFile.mostBytes), file: file.name)
    if presets.count == 1 { return try matching(presets[0]) }
    return try presetForWorld(among: presets)
  }

  /// A preset with the agent that was asked for.
  private func matching(_ preset: Preset) throws(InputError) -> Preset {
    guard let agent = try agentChoice() else { return preset }
    let accepted = AgentName.allCases.filter {
      $0 == preset.agent || $0.hasWorkers && preset.agent.hasWorkers
    }
    guard accepted.contains(agent) else {
      throw InputError(
        "--agent: found '\(agent.rawValue)', but preset '\(preset.name)' is one of "
          + "\(preset.agent.rawValue); accepted is \(accepted.map(\.rawValue).joined(separator: " or "))"
      )
    }
    var preset = preset
    preset.agent = agent
    return preset
  }

  /// The preset for the environment and agent asked for; for a world of one's own, the one that is
  /// made for worlds of its kind.
  private func presetForWorld(among presets: [Preset]) throws(InputError) -> Preset {
    let choice = try agentChoice()
    let agent = choice ?? .a3c
    let environment = env ?? (agent.usualEnvironment)
    if let exact = presets.first(where: { $0.environment == environment && $0.agent == agent }) {
      return exact
    }
    if choice == nil, let other = presets.first(where: { $0.environment == environment }) {
      return other
    }
    let world = try Worlds.environment(environment, named: "--env", settings: [])
    if world is Maze,
      let general = presets.first(where: { $0.environment == "Maze" && $0.agent == agent })
    {
      return general
    }
    let agents = presets.filter { $0.environment == environment }.map(\.agent.rawValue)
    throw InputError(
      "\(preset ?? "--env"): no preset for \(quoted(environment)) with \(agent.rawValue); "
        + (agents.isEmpty
          ? "--env and --agent choose one" : "accepted is \(agents.joined(separator: ", "))"))
  }

  private func agentChoice() throws(InputError) -> AgentName? {
    guard let agent else { return nil }
    guard let choice = AgentName(rawValue: agent) else {
      let names = AgentName.allCases.map(\.rawValue)
      throw InputError(
        "--agent: unknown agent \(quoted(agent))\(suggestion(for: agent, among: names)); "
          + "accepted are \(names.joined(separator: ", "))")
    }
    return choice
  }

  // MARK: Settings

  /// Takes the agent's settings; gives back those that are for the world.
  private func take(
    settings: [(key: String, value: String)], into preset: inout Preset
  ) throws(InputError) -> [(key: String, value: String)] {
    var forWorld: [(key: String, value: String)] = []
    for (key, value) in settings {
      let name = String(key.map { $0 == "-" ? "_" : $0 })
      if Preset.settingKeys.contains(name) {
        try Self.take("--set", name, value, into: &preset)
      } else if EnvironmentRegistry.settingKeys.contains(where: { $0 == key || $0 == name }) {
        forWorld.append((key, value))
      } else {
        let worldly = EnvironmentRegistry.settingKeys.map {
          String($0.map { $0 == "-" ? "_" : $0 })
        }
        let guess = suggestion(for: name, among: Preset.settingKeys + worldly)
        throw InputError(
          "--set: unknown setting \(quoted(name))\(guess); 'footlights help train' lists the settings"
        )
      }
    }
    return forWorld
  }

  private static func take(
    _ option: String, _ key: String, _ value: String, into preset: inout Preset
  ) throws(InputError) {
    do {
      try preset.set(key, to: value)
    } catch {
      if case .badValue(_, _, let accepted) = error, option != "--set" {
        throw OptionValues.rejected(option, value, accepted)
      }
      throw InputError("\(option): \(error)")
    }
  }
}

/// The bundled presets.
enum Presets {
  /// Reads presets from a file's bytes.
  static func parse(_ bytes: [UInt8], file: String) throws(InputError) -> [Preset] {
    do {
      return try PresetFile.parse(bytes, file: file)
    } catch {
      throw InputError(error.description)
    }
  }

  /// All presets that come with the program.
  static func bundled() throws(InputError) -> [Preset] {
    var presets: [Preset] = []
    for file in BundledAssets.presets {
      presets += try parse(file.text, file: "\(file.name).yaml")
    }
    return presets
  }
}

extension AgentName {
  /// Where it learns when nobody says.
  fileprivate var usualEnvironment: String {
    switch self {
    case .sarsa, .expectedSarsa, .qLearning: "CliffWalking-v1"
    case .ddpg: "Pendulum-v1"
    default: "CartPole-v1"
    }
  }
}
