public import Agents
public import Environments
internal import Estimators
internal import Networks
public import Telemetry

/// Everything that says what a run does: made from a preset and the options given beside it.
public struct RunConfiguration: Sendable {
  /// How A3C's workers are interleaved.
  public enum Scheduler: String, Sendable, Hashable, CaseIterable {
    /// Real threads; what comes first is up to the machine.
    case threads
    /// One thread and a virtual clock per worker: the same seed gives the same run.
    case virtual
  }

  /// In what pieces the workers of one thread take turns.
  public enum Interleave: String, Sendable, Hashable, CaseIterable {
    /// One environment step each: staleness as with a core for each worker.
    case step
    /// One rollout each.
    case rollout
  }

  /// How long a step takes a worker under the virtual scheduler, in units of its mean.
  public enum Delay: String, Sendable, Hashable, CaseIterable {
    /// Always 1: workers in step.
    case none
    /// Uniform from 0.5 to 1.5.
    case uniform
    /// Exponential of mean 1: now and then a worker falls far behind.
    case exponential
  }

  /// When a run has got where it should.
  public struct Goal: Sendable, Equatable {
    /// The mean undiscounted return of the greedy policy to be reached.
    public var meanReturn: Double
    /// Evaluations in a row that must reach it.
    public var hold: Int

    /// A mean return, reached `hold` times in a row.
    public init(meanReturn: Double, hold: Int = 1) {
      self.meanReturn = meanReturn
      self.hold = hold
    }
  }

  /// The world, as every worker gets it.
  public var environment: any Environment
  /// The agent that learns.
  public var agent: AgentName
  /// The preset's name.
  public var preset: String
  /// How the agent learns.
  public var hyperparameters: ActorCriticHyperparameters
  /// How the tabular agents learn; the discount is that of `hyperparameters`.
  public var tabular = TabularHyperparameters()
  /// How DQN learns; the discount is that of `hyperparameters`.
  public var dqn = DQNHyperparameters()
  /// How DDPG learns; the discount is that of `hyperparameters`.
  public var ddpg = DDPGHyperparameters()
  /// Number of workers, at least 1; an agent of one worker has one, whatever is said here.
  public var workers: Int
  /// Training threads asked for, at least 1.
  public var threads: Int
  /// Real threads or virtual time (A3C).
  public var scheduler: Scheduler = .threads
  /// How workers of one thread take turns.
  public var interleave: Interleave = .step
  /// The virtual scheduler's delays.
  public var delay: Delay = .uniform
  /// The seed of every random stream.
  public var seed: UInt64 = 0
  /// Environment steps the step-size schedule runs over.
  public var budget: Int
  /// Environment steps after which the run ends.
  public var stepLimit: Int?
  /// Updates after which the run ends: at exactly that many, but for A3C on several real threads,
  /// which may push together.
  public var updateLimit: Int?
  /// The grain an unpaused run goes on in, piece by piece, whatever its speed; nil to run freely.
  /// What is learnt is the same.
  public var stepGrain: StepGrain?
  /// Episodes after which the run ends.
  public var episodeLimit: Int?
  /// What ends the run early.
  public var goal: Goal?
  /// Environment steps between two evaluations towards the goal.
  public var evaluationInterval: Int = 2_000
  /// Episodes of an evaluation.
  public var evaluationEpisodes: Int = 100
  /// The speed it begins with.
  public var speed: Speed = .unlimited
  /// The speed a front end begins with when nobody says otherwise, in multiples of real time.
  public var watchSpeed: Double = 8
  /// Whether its steps are recorded, so that one can go back; nil where that depends on whether
  /// somebody looks on.
  public var recordsHistory: Bool?

  /// A run of `agent` in `environment`, as `preset` says.
  public init(
    environment: any Environment, agent: AgentName, preset: String,
    hyperparameters: ActorCriticHyperparameters, workers: Int, threads: Int, budget: Int
  ) {
    self.environment = environment
    self.agent = agent
    self.preset = preset
    self.hyperparameters = hyperparameters
    self.workers = workers
    self.threads = threads
    self.budget = budget
  }

  /// Whether it ends after a number of steps, updates or episodes.
  public var hasLimit: Bool { stepLimit != nil || updateLimit != nil || episodeLimit != nil }

  /// The settings it begins with.
  var initialSettings: LearningSettings {
    LearningSettings(hyperparameters, budget: budget, workers: agent.hasWorkers ? workers : 1)
  }

  /// Begins with settings that were in force elsewhere.
  mutating func take(_ settings: LearningSettings, _ agent: AgentName) {
    self.agent = agent
    workers = settings.workers
    budget = settings.budget
    hyperparameters.estimator = settings.estimator
    hyperparameters.discount = settings.discount
    hyperparameters.rolloutLength = settings.rolloutLength
    hyperparameters.entropyCoefficient = Double(settings.loss.entropyCoefficient)
    hyperparameters.learningRate = settings.learningRate
    hyperparameters.criticLearningRate = settings.criticLearningRate
  }

  /// The network for its world.
  var networkShape: NetworkShape {
    let specification = environment.specification
    let input: NetworkShape.Input =
      switch specification.observation {
      case .box(let quantities): .features(quantities.count)
      case .discrete(let states): .oneHot(states)
      }
    let trunk = agent == .actorCritic ? .separate : hyperparameters.trunk
    guard let action = specification.continuousAction else {
      return NetworkShape(
        input: input, hidden: hyperparameters.hidden, activation: hyperparameters.activation,
        actions: specification.actions.count, trunk: trunk)
    }
    return NetworkShape(
      input: input, hidden: hyperparameters.hidden, activation: hyperparameters.activation,
      actions: Gaussian.outputCount,
      policy: .gaussian(bounds: Float(action.low)...Float(action.high)), trunk: trunk,
      featureSizes: specification.observation.sizes)
  }

  /// About how many bytes a run takes: for each worker its copy of the parameters, a gradient, and
  /// the activations and their gradients of a rollout (with `mc`, of the longest episode; REINFORCE:
  /// of as many as it learns from at once).
  public var estimatedBytes: Double {
    guard agent.hasPolicyNetwork else { return estimatedBytesOfReplay }
    let shape = networkShape
    let widths = [shape.input.rowWidth] + shape.hidden + [shape.actions + 1]
    let networks = shape.trunk == .separate ? 2.0 : 1.0
    let layers = zip([shape.input.width] + shape.hidden, widths.dropFirst())
    let parameters = networks * layers.reduce(0) { $0 + Double($1.0 + 1) * Self.padded($1.1) }
    let row = networks * widths.reduce(0) { $0 + 2 * Self.padded($1) }
    let steps =
      hyperparameters.estimator == .monteCarlo
      ? Double(environment.specification.studyLimit) * Double(episodesPerRollout)
      : Double(hyperparameters.rolloutLength)
    let floats =
      Double(initialSettings.workers) * (2 * parameters + (steps + 1) * row) + 4 * parameters
    return floats * Double(MemoryLayout<Float>.size)
  }

  /// About how many bytes the transitions kept for replay take: two observations each, and little else.
  private var estimatedBytesOfReplay: Double {
    let width = Double(2 * environment.specification.observation.width + 4)
    let transitions =
      switch agent {
      case .dqn: dqn.replayCapacity
      case .ddpg: ddpg.replayCapacity
      default: 0
      }
    return Double(transitions) * width * Double(MemoryLayout<Float>.size)
  }

  private var episodesPerRollout: Int {
    agent == .reinforce ? hyperparameters.episodesPerUpdate : 1
  }

  /// Rows of a matrix are padded to a multiple of 16 floats.
  private static func padded(_ width: Int) -> Double { Double((width + 15) / 16 * 16) }

  /// Threads that find work: one under the virtual scheduler (also for A2C, which may become A3C
  /// while it runs) and for an agent of one worker, else at most one for each worker.
  public var threadsInUse: Int {
    if scheduler == .virtual || !agent.hasWorkers { return 1 }
    return max(1, min(threads, workers))
  }
}

extension NetworkShape.Input {
  /// Floats of an observation as it is kept: a one-hot one is an index.
  fileprivate var rowWidth: Int {
    switch self {
    case .features(let count): count
    case .oneHot: 1
    }
  }
}

extension EnvironmentSpecification {
  /// Outputs of a policy network: a logit for each action, or mean and log deviation.
  public var policyOutputs: Int { continuousAction == nil ? actions.count : Gaussian.outputCount }
}

extension ObservationSpace {
  /// The greatest absolute value of every observed number; none where one is not bounded.
  fileprivate var sizes: [Float] {
    guard case .box(let quantities) = self else { return [] }
    let sizes = quantities.map { Float(max(abs($0.low), abs($0.high))) }
    return sizes.allSatisfy { $0.isFinite && $0 > 0 } ? sizes : []
  }
}
