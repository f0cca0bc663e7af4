/// The targets of a rollout's first step, by several estimators.
struct FirstTargets: Sendable {
  let estimators: [ReturnEstimator]
  let discount: Double
  /// The targets of the last rollout, in the order of `estimators`.
  private(set) var targets: [Double]
  /// The Monte-Carlo return of the last rollout.
  private(set) var wholeReturn = 0.0
  private var scratch: [Double] = []
  private var terminated: [Bool] = []
  private var truncated: [Bool] = []

  init(estimators: [ReturnEstimator], discount: Double) {
    self.estimators = estimators
    self.discount = discount
    targets = estimators.map { _ in 0 }
  }

  /// Computes the targets of one rollout.
  ///
  /// - Precondition: at least one step; as many values as rewards.
  mutating func estimate(rewards: [Double], nextValues: [Double], terminated ends: Bool) {
    precondition(
      !rewards.isEmpty && rewards.count == nextValues.count,
      "a rollout has steps, and a value after each: \(rewards.count) and \(nextValues.count)")
    let steps = rewards.count
    if scratch.count < steps {
      scratch = [Double](repeating: 0, count: steps)
      terminated = [Bool](repeating: false, count: steps)
      truncated = terminated
    }
    terminated[steps - 1] = ends
    wholeReturn = target(.monteCarlo, rewards, nextValues)
    for i in estimators.indices { targets[i] = target(estimators[i], rewards, nextValues) }
    terminated[steps - 1] = false
  }

  /// The target of the first step. An n-step target is the Monte-Carlo estimate of the first n
  /// steps alone.
  private mutating func target(
    _ estimator: ReturnEstimator, _ rewards: [Double], _ nextValues: [Double]
  ) -> Double {
    var steps = rewards.count
    var recursion = estimator
    switch estimator {
    case .td: steps = 1
    case .nStep(let n):
      steps = min(n, steps)
      recursion = .monteCarlo
    case .monteCarlo, .lambda: break
    }
    estimateReturns(
      recursion, discount: discount, rewards: rewards, values: nextValues, nextValues: nextValues,
      terminated: terminated, truncated: truncated, count: steps, into: &scratch)
    return scratch[0]
  }
}
