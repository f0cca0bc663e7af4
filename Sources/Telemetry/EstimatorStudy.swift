public import Estimators
public import Scenes

/// A page of the view of the estimators: what is prepared while it is open.
public enum EstimatorPage: Int, Sendable, Hashable, CaseIterable {
  /// Bias and variance at one state, the targets themselves as dots.
  case state
  /// Bias and variance over the states the policy comes to, and over the map.
  case average
  /// The last rollout of the worker in focus: two estimators and the weights of the lambda-return.
  case rollout
  /// The variance of the policy gradient, and what a baseline does to it.
  case gradient
  /// Two settings raced from identical beginnings.
  case race
}

/// The state whose targets are looked into.
public enum StudySubject: Sendable, Equatable {
  /// Where the worker in focus is now.
  case worker
  /// A state of a tabular world, by its index.
  case tabular(Int)
  /// A state kept from earlier.
  case kept(KeptState)
}

/// A state that was kept, to be looked into again later.
public struct KeptState: Sendable, Equatable {
  /// What it is called: `worker 3 step 97`.
  public var name: String
  /// The whole state of the world, as `Environment.save` writes it.
  public var state: [Double]

  /// A state under a name.
  public init(name: String, state: [Double]) {
    self.name = name
    self.state = state
  }
}

/// What the view of the estimators wants prepared.
public struct EstimatorInterest: Sendable, Equatable {
  /// The page that is open.
  public var page: EstimatorPage
  /// The state looked into.
  public var subject: StudySubject
  /// The estimators whose targets are shown as dots: four.
  public var clouds: [ReturnEstimator]
  /// The estimator whose bias and variance colour the map.
  public var field: ReturnEstimator

  /// What is wanted.
  public init(
    page: EstimatorPage, subject: StudySubject, clouds: [ReturnEstimator], field: ReturnEstimator
  ) {
    self.page = page
    self.subject = subject
    self.clouds = clouds
    self.field = field
  }
}

/// What the engine has found out for the view of the estimators; each part when it was asked for.
public struct EstimatorReport: Sendable, Equatable {
  /// The state looked into.
  public var subject: SubjectReport?
  /// Bias and variance at that state.
  public var state: BiasVarianceReport?
  /// Bias and variance on the mean over the states the policy comes to.
  public var average: BiasVarianceReport?
  /// Sampled targets at that state, in the order of `EstimatorInterest.clouds`.
  public var clouds: [TargetCloud] = []
  /// Bias and variance in every state of a tabular world.
  public var field: EstimatorField?
  /// The last rollout of the worker in focus that was learnt from.
  public var rollout: RolloutReport?
  /// Variance of the policy gradient.
  public var gradient: GradientReport?

  /// Nothing found yet.
  public init() {}

  /// Whether nothing differs but how long ago the parameters were frozen.
  public func isSameButForAge(as other: EstimatorReport) -> Bool {
    var aged = self
    if let age = other.state?.age { aged.state?.age = age }
    if let age = other.average?.age { aged.average?.age = age }
    if let age = other.field?.age { aged.field?.age = age }
    if let age = other.gradient?.age { aged.gradient?.age = age }
    return aged == other
  }
}

/// The state looked into, to be drawn and kept.
public struct SubjectReport: Sendable, Equatable {
  /// Its name and the whole state of its world.
  public var kept: KeptState
  /// Its index in a tabular world.
  public var tabularState: Int?
  /// What the world looks like there.
  public var scene: Scene

  /// A state.
  public init(kept: KeptState, tabularState: Int?, scene: Scene) {
    self.kept = kept
    self.tabularState = tabularState
    self.scene = scene
  }
}

/// Sampled targets of one estimator at one state.
public struct TargetCloud: Sendable, Equatable {
  /// The estimator.
  public var estimator: ReturnEstimator
  /// Targets of independent rollouts from the state, at most 256; the same rollouts for all clouds.
  public var targets: [Double]
  /// Mean of the target: exact where the process is known, else measured.
  public var mean: Double
  /// Standard deviation of the target: exact where the process is known, else measured.
  public var standardDeviation: Double

  /// An estimator's targets.
  public init(
    estimator: ReturnEstimator, targets: [Double], mean: Double, standardDeviation: Double
  ) {
    self.estimator = estimator
    self.targets = targets
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}

/// Bias and variance of one estimator in every state of a tabular world.
public struct EstimatorField: Sendable, Equatable {
  /// The estimator.
  public var estimator: ReturnEstimator
  /// Mean of the target less the true value, per state.
  public var bias: [Double]
  /// Variance of the target, per state.
  public var variance: [Double]
  /// The share of its steps the policy spends in each state; sums to 1.
  public var visits: [Double]
  /// The update whose parameters were frozen for it.
  public var update: Int
  /// Seconds of wall time since then, when the snapshot was made.
  public var age: Double

  /// Figures of every state.
  public init(
    estimator: ReturnEstimator, bias: [Double], variance: [Double], visits: [Double], update: Int,
    age: Double
  ) {
    self.estimator = estimator
    self.bias = bias
    self.variance = variance
    self.visits = visits
    self.update = update
    self.age = age
  }
}
