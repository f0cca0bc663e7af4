internal import Agents
public import Environments
internal import Networks
public import Telemetry

extension RunDescription {
  /// The description of a session's run.
  init(_ session: SessionState) {
    let configuration = session.configuration
    let specification = configuration.environment.specification
    var observed: [ObservedName] = []
    if case .box(let quantities) = specification.observation {
      observed = quantities.map {
        ObservedName(name: $0.name, symbol: $0.symbol, unit: $0.unit)
      }
    }
    self.init(
      environment: specification.name, task: specification.summary,
      agent: configuration.agent.rawValue, preset: configuration.preset,
      scheduler: configuration.scheduler.rawValue, seed: configuration.seed,
      threads: session.threads, actions: specification.actions, observed: observed,
      realTimeRate: specification.stepsPerSecond, solvedReturn: specification.solvedReturn,
      parameters: session.model.parameterCount,
      network: session.model.description, stepLimit: configuration.stepLimit,
      continuousAction: ContinuousAction(specification))
  }
}

extension ContinuousAction {
  /// The action of a world where that is a real number; nil in any other.
  public init?(_ specification: EnvironmentSpecification) {
    guard let action = specification.continuousAction else { return nil }
    self.init(symbol: action.symbol, unit: action.unit, low: action.low, high: action.high)
  }
}

extension AgentModel {
  /// What the parameters are, in words.
  fileprivate var description: String {
    switch self {
    case .actorCritic(let network): network.shape.description
    case .single(let model): model.description
    }
  }
}

extension NetworkShape {
  /// The network in words: `4-64-64, shared trunk, tanh`.
  fileprivate var description: String {
    let widths = ([input.width] + hidden).map(String.init).joined(separator: "-")
    guard !hidden.isEmpty else { return "\(widths), linear" }
    let networks = trunk == .shared ? "shared trunk" : "two networks"
    let head = policy.isGaussian ? ", μ and σ" : ""
    return "\(widths), \(networks), \(activation.rawValue)\(head)"
  }
}

extension LiveSettings {
  /// The settings in force.
  init(_ facts: SessionFacts) {
    self.init(facts.settings, facts.agent)
  }

  /// Settings as a front end knows them.
  init(_ settings: LearningSettings, _ agent: AgentName) {
    self.init(
      estimator: settings.estimator, agent: agent,
      discount: settings.discount,
      entropyCoefficient: Double(settings.loss.entropyCoefficient),
      learningRate: settings.learningRate, workers: settings.workers,
      rolloutLength: settings.rolloutLength)
  }
}
