public import Estimators

/// How the workers of an actor-critic agent share their work.
public enum Synchronisation: String, Sendable, Hashable, CaseIterable {
  /// A3C: every worker pushes its gradient when it is ready (Mnih et al., arXiv:1602.01783).
  case asynchronous = "a3c"
  /// A2C: a barrier, then one update from all segments.
  case synchronous = "a2c"
}

/// What can be changed while the agent learns.
public struct LiveSettings: Sendable, Equatable {
  /// How the return of a step is estimated.
  public var estimator: ReturnEstimator
  /// A3C or A2C.
  public var synchronisation: Synchronisation
  /// Discount gamma, 0 to 1.
  public var discount: Double
  /// Entropy coefficient beta, at least 0.
  public var entropyCoefficient: Double
  /// Step size of the optimiser, above 0 (where a schedule is in use: its initial value).
  public var learningRate: Double
  /// Number of workers, at least 1.
  public var workers: Int
  /// Steps of a rollout (t_max of the A3C paper), at least 1.
  public var rolloutLength: Int

  /// A complete set of settings.
  public init(
    estimator: ReturnEstimator, synchronisation: Synchronisation, discount: Double,
    entropyCoefficient: Double, learningRate: Double, workers: Int, rolloutLength: Int
  ) {
    self.estimator = estimator
    self.synchronisation = synchronisation
    self.discount = discount
    self.entropyCoefficient = entropyCoefficient
    self.learningRate = learningRate
    self.workers = workers
    self.rolloutLength = rolloutLength
  }
}

/// One change of one setting.
public enum SettingChange: Sendable, Equatable {
  /// Another estimator.
  case estimator(ReturnEstimator)
  /// A3C or A2C.
  case synchronisation(Synchronisation)
  /// Discount gamma.
  case discount(Double)
  /// Entropy coefficient beta.
  case entropyCoefficient(Double)
  /// Step size.
  case learningRate(Double)
  /// Number of workers.
  case workers(Int)
  /// Steps of a rollout.
  case rolloutLength(Int)
}

/// How fast the world is played.
public enum Speed: Sendable, Equatable {
  /// A multiple of real time for every worker (CartPole: 1 is 50 steps a second), above 0.
  case multiple(Double)
  /// As fast as the machine allows.
  case unlimited
}

/// How far one press of the step key goes.
public enum StepGrain: String, Sendable, Hashable, CaseIterable {
  /// One environment step of the worker in focus (the others take their turns).
  case step
  /// To the next update of the shared parameters.
  case update
  /// To the end of the focused worker's episode.
  case episode
}

/// What the interface asks of the engine. It takes effect at the next update boundary.
public enum EngineCommand: Sendable, Equatable {
  /// Stop or go on.
  case setPaused(Bool)
  /// Paused: go on by one grain.
  case step(StepGrain)
  /// Play faster or slower.
  case setSpeed(Speed)
  /// Change how the agent learns.
  case change(SettingChange)
  /// Say what is being looked at, so that nothing else is prepared.
  case show(Interest)
  /// Race two settings from where the run is; the run waits meanwhile, and takes no step. Ends a
  /// race that is on. A run that has ended races nobody.
  case race(RaceRequest)
  /// End the race that is on; the run goes on.
  case endRace
}

/// What a front end is looking at: the engine prepares this and no more.
public struct Interest: Sendable, Equatable {
  /// The worker on the stage.
  public var worker: Int
  /// Workers whose scenes are drawn small.
  public var scenes: Range<Int>
  /// Whether the lanes of pull, act, wait and push are drawn.
  public var lanes: Bool
  /// Whether the value layers of a grid world are drawn.
  public var layers: Bool
  /// Whether the bias and variance of the targets are drawn.
  public var biasVariance: Bool
  /// What the view of the estimators wants; nil while it is closed.
  public var estimators: EstimatorInterest?

  /// What is being looked at.
  public init(
    worker: Int = 0, scenes: Range<Int> = 0..<0, lanes: Bool = false, layers: Bool = false,
    biasVariance: Bool = false, estimators: EstimatorInterest? = nil
  ) {
    self.worker = worker
    self.scenes = scenes
    self.lanes = lanes
    self.layers = layers
    self.biasVariance = biasVariance
    self.estimators = estimators
  }
}
