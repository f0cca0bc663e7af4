internal import Estimators
internal import Telemetry

/// The weights whose estimates of the policy gradient are compared, in the order of a report.
enum GradientWeights {
  /// G, G less a constant, G less V.
  static let baselines: [GradientWeight] = [.returnAlone, .constantBaseline, .valueBaseline]
  /// The targets of advantages, over n and over lambda.
  static let estimators: [ReturnEstimator] =
    [1, 2, 3, 5, 8, 10, 20, 50].map { .nStep($0) }
    + [0, 0.5, 0.8, 0.9, 0.95, 0.99, 1].map { .lambda($0) }
  /// All of them.
  static let all = baselines + estimators.map { .advantage($0) }
}

extension GradientWeight {
  /// The target that is weighed, before anything is taken off.
  var target: ReturnEstimator {
    if case .advantage(let estimator) = self { estimator } else { .monteCarlo }
  }

  /// What is taken off the target, where the critic says `value`.
  func baseline(value: Double, constant: Double) -> Double {
    switch self {
    case .returnAlone: 0
    case .constantBaseline: constant
    case .valueBaseline, .advantage: value
    }
  }
}
