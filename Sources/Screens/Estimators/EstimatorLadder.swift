import Estimators

/// The estimators that keys step through in view 3, from the most bias to the most variance: n-step
/// returns, Monte Carlo, then lambda-returns.
enum EstimatorLadder {
  /// All rungs in order.
  static let rungs: [ReturnEstimator] =
    [.td] + [2, 3, 5, 8, 10, 20, 50].map { .nStep($0) } + [.monteCarlo]
    + [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1].map { .lambda($0) }

  /// The next rung above or below, from between two rungs the nearer of its own kind; nil at an end.
  static func next(_ estimator: ReturnEstimator, up: Bool) -> ReturnEstimator? {
    if let place = rungs.firstIndex(where: { $0.isSame(as: estimator) }) {
      let next = place + (up ? 1 : -1)
      return rungs.indices.contains(next) ? rungs[next] : nil
    }
    let family = rungs.filter { $0.isLambda == estimator.isLambda }
    return up
      ? family.first { $0.parameter > estimator.parameter }
      : family.last { $0.parameter < estimator.parameter }
  }
}

extension ReturnEstimator {
  /// Whether it is a lambda-return, as opposed to an n-step return.
  var isLambda: Bool {
    if case .lambda = self { true } else { false }
  }

  /// Lambda, or n; infinity where every reward is used.
  var parameter: Double {
    switch self {
    case .monteCarlo, .nStep(Self.unlimitedSteps): .infinity
    case .td: 1
    case .nStep(let n): Double(n)
    case .lambda(let lambda): lambda
    }
  }
}
