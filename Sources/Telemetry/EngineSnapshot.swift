/// Everything a front end may draw, as one value: made by the engine, read by a view.
public struct EngineSnapshot: Sendable {
  /// What is being run; fixed for a run.
  public var run: RunDescription
  /// The settings in force.
  public var settings: LiveSettings
  /// Whether it runs, pauses or has ended.
  public var status: RunStatus
  /// The speed in force.
  public var speed: Speed
  /// Steps, updates, episodes, time.
  public var counters: Counters
  /// A report for every worker, in order.
  public var workers: [WorkerReport]
  /// The worker on the stage and its present step.
  public var stage: StageReport
  /// Undiscounted return of the latest training episodes of all workers: least, mean and greatest.
  public var returns: MetricSeries
  /// Entropy of the policy, in nats.
  public var entropy: MetricSeries
  /// Advantages: 5th percentile, median, 95th percentile.
  public var advantages: MetricSeries
  /// The latest advantages of all workers, without the outermost twentieth at either end.
  public var advantageHistogram: Histogram
  /// Where a setting was changed.
  public var marks: [SettingMark]
  /// The last evaluation of the greedy policy, if there was one.
  public var evaluation: EvaluationReport?
  /// Layers over a grid world's map, when they are being looked at.
  public var layers: GridLayers?
  /// Bias and variance of the targets at the state on the stage, when looked at and known.
  public var biasVariance: BiasVarianceReport?
  /// What the view of the estimators asked for, when it is open.
  public var estimators: EstimatorReport?
  /// The race that is on, or the last one; nil before the first.
  public var race: RaceReport?
  /// What is recorded and the moment in view, when the past is looked at. The stage is then that of
  /// the moment.
  public var history: HistoryReport?
  /// The algorithm phase by phase, when it is looked at.
  public var anatomy: AnatomyReport?
  /// What an agent that learns values of actions says of the present state, when it is looked at.
  public var actionValues: ActionValueReport?
  /// What REINFORCE says of the episodes it has learnt from, when it is looked at.
  public var baselines: BaselineReport?
  /// An episode from a file stands in the place of a run: nothing learns, only `history` is there.
  public var isReplay = false

  /// A snapshot of a run that has just begun; the parts are filled in from there.
  public init(
    run: RunDescription, settings: LiveSettings, status: RunStatus, speed: Speed,
    stage: StageReport
  ) {
    self.run = run
    self.settings = settings
    self.status = status
    self.speed = speed
    self.stage = stage
    counters = Counters()
    workers = []
    returns = MetricSeries()
    entropy = MetricSeries()
    advantages = MetricSeries()
    advantageHistogram = Histogram()
    marks = []
  }
}

/// What is being run.
public struct RunDescription: Sendable, Equatable {
  /// The environment's name: `CartPole-v1`.
  public var environment: String
  /// What the agent has to do there, in a line.
  public var task: String
  /// The agent's name as on the command line: `a3c`.
  public var agent: String
  /// The preset it was started from.
  public var preset: String
  /// `threads` or `virtual`.
  public var scheduler: String
  /// The seed of every random stream.
  public var seed: UInt64
  /// Training threads in use.
  public var threads: Int
  /// Names of the actions, in order; none where the action is a real number.
  public var actions: [String]
  /// The action, where it is a real number.
  public var continuousAction: ContinuousAction?
  /// Names, symbols and units of the observed numbers; empty for a discrete state.
  public var observed: [ObservedName]
  /// Environment steps per second in real time.
  public var realTimeRate: Double
  /// The mean return that counts as solved, where one is agreed on.
  public var solvedReturn: Double?
  /// Number of parameters.
  public var parameters: Int
  /// The network in words: `4-64-64, shared trunk, tanh`.
  public var network: String
  /// Steps after which the run ends, where a limit was given.
  public var stepLimit: Int?

  /// A complete description.
  public init(
    environment: String, task: String, agent: String, preset: String, scheduler: String,
    seed: UInt64, threads: Int, actions: [String], observed: [ObservedName],
    realTimeRate: Double, solvedReturn: Double?, parameters: Int, network: String,
    stepLimit: Int?, continuousAction: ContinuousAction? = nil
  ) {
    self.continuousAction = continuousAction
    self.environment = environment
    self.task = task
    self.agent = agent
    self.preset = preset
    self.scheduler = scheduler
    self.seed = seed
    self.threads = threads
    self.actions = actions
    self.observed = observed
    self.realTimeRate = realTimeRate
    self.solvedReturn = solvedReturn
    self.parameters = parameters
    self.network = network
    self.stepLimit = stepLimit
  }
}

/// The name of one observed number.
public struct ObservedName: Sendable, Equatable {
  /// In words: `cart position`.
  public var name: String
  /// Its symbol: `x`.
  public var symbol: String
  /// Its unit: `m`.
  public var unit: String

  /// A named number.
  public init(name: String, symbol: String, unit: String) {
    self.name = name
    self.symbol = symbol
    self.unit = unit
  }
}

/// Whether a run goes on.
public enum RunStatus: Sendable, Equatable {
  /// Learning.
  case running
  /// Waiting for the person.
  case paused
  /// At its limit of steps or episodes, or at its goal.
  case finished(String)
  /// A parameter became non-finite; the last good parameters are kept.
  case diverged(String)
}

/// How far a run has come.
public struct Counters: Sendable, Equatable {
  /// Environment steps of all workers.
  public var steps: Int = 0
  /// Updates of the shared parameters: the version of theta.
  public var updates: Int = 0
  /// Episodes ended.
  public var episodes: Int = 0
  /// Seconds of training, pauses excluded.
  public var seconds: Double = 0
  /// Environment steps per second over the last second or so.
  public var stepsPerSecond: Double = 0
  /// Mean staleness of recent pushes, in updates.
  public var meanStaleness: Double = 0
  /// Mean return of the last 100 episodes; nil before the first has ended.
  public var meanReturn: Double?
  /// How often an action is taken at random now, 0 to 1; nil where the agent does not explore so.
  public var epsilon: Double?

  /// Nothing done yet.
  public init() {}
}

/// The greedy policy, evaluated.
public struct EvaluationReport: Sendable, Equatable {
  /// Environment steps trained when it was made.
  public var step: Int
  /// Mean undiscounted return.
  public var meanReturn: Double
  /// Standard deviation over the episodes.
  public var standardDeviation: Double
  /// Number of episodes.
  public var episodes: Int
  /// The step at which the goal was first reached, if it was.
  public var solvedAt: Int?
  /// Seconds of training at which the goal was first reached.
  public var solvedAfterSeconds: Double?

  /// An evaluation.
  public init(
    step: Int, meanReturn: Double, standardDeviation: Double, episodes: Int, solvedAt: Int?,
    solvedAfterSeconds: Double?
  ) {
    self.step = step
    self.meanReturn = meanReturn
    self.standardDeviation = standardDeviation
    self.episodes = episodes
    self.solvedAt = solvedAt
    self.solvedAfterSeconds = solvedAfterSeconds
  }
}

/// A setting was changed here.
public struct SettingMark: Sendable, Equatable {
  /// Environment steps when it took effect.
  public var step: Int
  /// The update before which it took effect.
  public var update: Int
  /// What was changed, as shown: `λ .95`.
  public var label: String

  /// A mark at a step.
  public init(step: Int, update: Int, label: String) {
    self.step = step
    self.update = update
    self.label = label
  }
}
