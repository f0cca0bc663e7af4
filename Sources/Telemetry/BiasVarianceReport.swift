public import Estimators

/// Bias and variance of the targets at one state, for the policy and the critic of one moment.
public struct BiasVarianceReport: Sendable, Equatable {
  /// One estimator's figures.
  public struct Entry: Sendable, Equatable {
    /// The estimator: `nStep` (or `monteCarlo` for n = infinity) or `lambda`.
    public var estimator: ReturnEstimator
    /// Mean of the target less the true value, squared.
    public var biasSquared: Double
    /// Variance of the target.
    public var variance: Double
    /// Half the width of the 95 % interval of `biasSquared`; 0 where the figures are exact.
    public var biasInterval: Double
    /// Half the width of the 95 % interval of `variance`; 0 where the figures are exact.
    public var varianceInterval: Double
    /// Bias squared plus variance.
    public var meanSquaredError: Double { biasSquared + variance }

    /// An estimator's figures.
    public init(
      estimator: ReturnEstimator, biasSquared: Double, variance: Double,
      biasInterval: Double = 0, varianceInterval: Double = 0
    ) {
      self.estimator = estimator
      self.biasSquared = biasSquared
      self.variance = variance
      self.biasInterval = biasInterval
      self.varianceInterval = varianceInterval
    }
  }

  /// The state: `row 3 column 4`, or the step it was cloned from.
  public var state: String
  /// True value of the state under the policy.
  public var trueValue: Double
  /// What the critic says of it.
  public var criticValue: Double
  /// Figures over n, n = infinity (`monteCarlo`) last.
  public var nStep: [Entry]
  /// Figures over lambda, ascending.
  public var lambda: [Entry]
  /// Exact, or measured from clones.
  public var exact: Bool
  /// Rollouts measured; 0 where exact.
  public var samples: Int
  /// How far the measurement has come, 0 to 1.
  public var progress: Double = 1
  /// The update whose parameters were frozen for it.
  public var update: Int
  /// Seconds of wall time since then, when the snapshot was made.
  public var age: Double

  /// A complete report.
  public init(
    state: String, trueValue: Double, criticValue: Double, nStep: [Entry], lambda: [Entry],
    exact: Bool, samples: Int, update: Int, age: Double
  ) {
    self.state = state
    self.trueValue = trueValue
    self.criticValue = criticValue
    self.nStep = nStep
    self.lambda = lambda
    self.exact = exact
    self.samples = samples
    self.update = update
    self.age = age
  }
}

/// Layers over the states of a grid world, in the order of `GridMap.states`.
public struct GridLayers: Sendable, Equatable {
  /// V of the critic; of an agent that learns values of actions the greatest of them.
  public var critic: [Double]
  /// Exact V of the present policy.
  public var exact: [Double]
  /// V*, the best possible.
  public var best: [Double]
  /// Steps taken from each state since the run began.
  public var visits: [Int]
  /// Probability of each action in each state: `policy[state][action]`; in a maze the actions are up,
  /// right, down, left, in a random walk there is one.
  public var policy: [[Double]]
  /// The largest over the starts of (V* - V of the greedy policy) / (V* - V of the uniform policy).
  public var regret: Double
  /// Q of every action in each state, and the way of the greedy policy; nil where no such values are
  /// learnt.
  public var actionValues: GridActionValues?
  /// The update whose parameters were frozen for it.
  public var update: Int
  /// Seconds of wall time since then, when the snapshot was made.
  public var age: Double

  /// A complete set of layers.
  public init(
    critic: [Double], exact: [Double], best: [Double], visits: [Int], policy: [[Double]],
    regret: Double, actionValues: GridActionValues? = nil, update: Int, age: Double
  ) {
    self.critic = critic
    self.exact = exact
    self.best = best
    self.visits = visits
    self.policy = policy
    self.regret = regret
    self.actionValues = actionValues
    self.update = update
    self.age = age
  }

  /// Root of the mean over the states of (V of the critic - exact V)².
  public var criticError: Double {
    let squares = zip(critic, exact).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return critic.isEmpty ? 0 : (squares / Double(critic.count)).squareRoot()
  }
}
