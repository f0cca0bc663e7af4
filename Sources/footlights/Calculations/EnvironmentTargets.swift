internal import Environments
internal import Estimators
internal import MarkovProcesses
internal import Telemetry
internal import Training

/// `compare --env E`: bias, variance and mean squared error of targets at a state of an environment,
/// for the policy and the critic of an agent after some learning.
struct EnvironmentTargets {
  /// The options beside the run's, as written.
  struct Options {
    /// Environment steps of learning.
    var training: String?
    /// The n of n-step targets.
    var steps: String?
    var lambdas: String?
    var state: String?
    var samples: String?
    var confidence: String?
    var seed: String?
  }

  private let configuration: RunConfiguration
  private let training: Int
  private let steps: [NamedEstimator]
  private let lambdas: [NamedEstimator]
  private let state: StateOption
  /// Rollouts asked for; nil where nobody did.
  private let samples: Int?
  private let level: ConfidenceLevel

  /// Environment steps of learning before the figures are taken, and rollouts, where nobody says.
  static let usualSteps = 20_000
  static let usualSamples = 4_096

  init(_ learner: LearnerOptions, _ options: Options) throws(InputError) {
    steps = try OptionValues.steps("--n", options.steps ?? TargetComparison.usualSteps)
    lambdas = try OptionValues.lambdas(
      "--lambda", options.lambdas ?? TargetComparison.usualLambdas)
    var configuration = try learner.configuration(estimator: nil)
    configuration.seed = try OptionValues.seed(options.seed)
    training =
      try options.training.map { text throws(InputError) in
        try OptionValues.whole("--steps", text, in: 0...Int.max)
      } ?? Self.usualSteps
    samples = try OptionValues.samples(options.samples)
    level = try OptionValues.confidence(options.confidence)
    state = try StateOption(
      options.state, in: configuration.environment, seed: configuration.seed)
    self.configuration = configuration
  }

  /// Learns, and prints the figures.
  func run(json: Bool) throws {
    guard let agent = TrainedAgent(configuration, steps: training) else {
      throw InputError(
        "--agent: found '\(configuration.agent.rawValue)', which has no policy network; accepted "
          + "are a3c, a2c, actor-critic, reinforce")
    }
    guard !agent.hasDiverged else {
      throw InputError(
        "--env: the agent diverged within \(training) steps; its critic says nothing")
    }
    let exact = try exactFigures(agent)
    let measured = exact == nil || samples != nil ? try measure(agent) : nil
    let critic = try agent.value(of: state.values)
    guard json else {
      try StandardOutput.write(
        PlainText.forLocale(text(agent, exact, measured, critic: critic)))
      return
    }
    let object = try self.json(agent, exact, measured, critic: critic)
    try StandardOutput.write(object.text + "\n")
  }

  /// The figures of every state, where the process is known.
  private func exactFigures(_ agent: TrainedAgent) throws(InputError) -> TargetComparison? {
    guard let mdp = agent.environment.knownMDP else { return nil }
    let reading = agent.reading(states: mdp.states)
    return try TargetComparison(
      ProcessFile(mdp, policy: reading.policy, critic: reading.critic, discount: agent.discount),
      steps: steps, lambdas: lambdas, file: agent.environment.specification.name)
  }

  private func measure(_ agent: TrainedAgent) throws -> SampledFigures {
    let samples = samples ?? Self.usualSamples
    let longest = SampledFigures.longest(discount: agent.discount, samples: samples)
    var targets = SampledTargets(
      estimators: (steps + lambdas).map(\.estimator), discount: agent.discount, level: level)
    let cut = try agent.play(
      from: state.values, count: samples, longest: longest, seed: configuration.seed,
      into: &targets)
    return SampledFigures(
      targets: targets, steps: steps, lambdas: lambdas, cut: (longest, cut))
  }

  private func json(
    _ agent: TrainedAgent, _ exact: TargetComparison?, _ measured: SampledFigures?, critic: Double
  ) throws(InputError) -> JSON {
    var members: [JSON.Member] = [
      .init(key: "env", value: .string(agent.environment.specification.name)),
      .init(key: "agent", value: .string(configuration.agent.rawValue)),
      .init(key: "preset", value: .string(configuration.preset)),
      .init(key: "steps", value: .integer(agent.steps)),
      .init(key: "seed", value: .number(String(configuration.seed))),
      .init(key: "gamma", value: try .number(agent.discount)),
      .init(key: "state", value: try .numbers(state.values)),
      .init(key: "critic", value: try .number(critic)),
      .init(key: "exact", value: .bool(exact != nil)),
    ]
    if let exact { members += try exact.members(state: Int(state.values[0])) }
    if let measured {
      members.append(.init(key: "sampled", value: try measured.json()))
    }
    return .object(members)
  }

  private func text(
    _ agent: TrainedAgent, _ exact: TargetComparison?, _ measured: SampledFigures?, critic: Double
  ) -> String {
    var text = """
      \(agent.environment.specification.name) · \(configuration.agent.rawValue) after \
      \(agent.steps) steps (--steps) · seed \(configuration.seed)
      state \(state.name) · gamma \(agent.discount) · critic \(shown(critic))

      """
    if let exact {
      text += "exact · true value \(shown(exact.analysis.trueValues[Int(state.values[0])]))\n"
      text += exact.rows(state: Int(state.values[0]))
    }
    if let measured { text += measured.note + measured.table }
    return text
  }
}
