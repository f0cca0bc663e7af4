internal import Estimators
internal import Telemetry

/// A target taken apart: every k-step return of a step, the weight an estimator gives it, and what
/// they add up to. In double precision.
struct WeightedReturns: Equatable {
  /// One k-step return.
  struct Term: Equatable {
    /// The rewards it uses, k.
    var steps: Int
    /// Σ γⁱ r_{t+i+1} over k rewards, then γᵏ of what the state reached is worth.
    var value: Double
    /// Its share of the target, 0 to 1.
    var weight: Double

    /// What it adds to the target.
    var contribution: Double { weight == 0 ? 0 : weight * value }
  }

  /// The 1-step to H-step returns, H the steps from t to its segment's end: at least one.
  let terms: [Term]
  /// Σ weight × k-step return.
  let sum: Double

  /// The returns of a segment's first step as `estimator` weighs them.
  init(of segment: TargetSegment, weighing estimator: ReturnEstimator) {
    let values = Self.stepReturns(of: segment)
    let weights = Self.weights(of: estimator, horizon: segment.horizon)
    terms = zip(values, weights).enumerated().map { index, pair in
      Term(steps: index + 1, value: pair.0, weight: pair.1)
    }
    sum = terms.reduce(0) { $0 + $1.contribution }
  }

  /// The returns of step `t` as `estimator` weighs them; nil where the rollout has no such step.
  init?(of rollout: RolloutReport, at t: Int, weighing estimator: ReturnEstimator) {
    guard let segment = TargetSegment(of: rollout, at: t) else { return nil }
    self.init(of: segment, weighing: estimator)
  }

  /// Whether the sum is a target the learner has used, but for single precision.
  func agrees(with target: Float) -> Bool {
    let size = terms.reduce(max(1, abs(sum))) { max($0, abs($1.value)) }
    return abs(sum - Double(target)) <= 4 * Double(Float.ulpOfOne) * size
  }

  /// The k-step returns, k = 1 to the end of the segment.
  private static func stepReturns(of segment: TargetSegment) -> [Double] {
    var rewards = 0.0
    var power = 1.0
    return segment.rewards.enumerated().map { index, reward in
      rewards += power * Double(reward)
      power *= segment.discount
      return rewards + power * segment.bootstrap(after: index + 1)
    }
  }

  /// The weights of the 1-step to the `horizon`-step return; they sum to 1.
  private static func weights(of estimator: ReturnEstimator, horizon: Int) -> [Double] {
    if case .lambda(let lambda) = estimator {
      let weights = lambdaWeights(lambda: lambda, horizon: horizon)
      return weights.weights + [weights.tail]
    }
    let chosen = estimator.stepsUsed(of: horizon) ?? horizon
    return (1...horizon).map { $0 == chosen ? 1 : 0 }
  }
}

extension ReturnEstimator {
  /// The k whose k-step return is the whole target, with `horizon` steps left; nil for a mixture.
  func stepsUsed(of horizon: Int) -> Int? {
    switch self {
    case .monteCarlo: horizon
    case .td: 1
    case .nStep(let n): min(n, horizon)
    case .lambda: nil
    }
  }

  /// Whether it mixes k-step returns.
  var isMixture: Bool { stepsUsed(of: 1) == nil }

  /// The estimator whose weights are worth a look: the one in use where it mixes returns, else a
  /// λ-return of the pair (the one in `slot` first), else the one in use.
  static func weighed(
    inUse: ReturnEstimator, pair: [ReturnEstimator], slot: Int
  ) -> ReturnEstimator {
    if inUse.isMixture { return inUse }
    if pair.indices.contains(slot), pair[slot].isMixture { return pair[slot] }
    return pair.first(where: \.isMixture) ?? inUse
  }
}
