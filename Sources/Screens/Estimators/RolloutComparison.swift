internal import Estimators
internal import Telemetry

/// Two estimators' targets for the same rollout, step by step, computed as the learner computes its
/// own: in single precision.
struct RolloutComparison: Equatable {
  /// Targets by the first estimator.
  let first: [Float]
  /// Targets by the second estimator.
  let second: [Float]
  /// The second less the first.
  let difference: [Double]
  /// Mean size of the difference; 0 without steps.
  let meanSize: Double
  /// The step of the largest difference, and its size; nil without steps.
  let largest: (step: Int, size: Double)?

  init(_ rollout: RolloutReport, _ first: ReturnEstimator, _ second: ReturnEstimator) {
    let (a, b) = (rollout.targets(by: first), rollout.targets(by: second))
    self.first = a
    self.second = b
    difference = zip(a, b).map { Double($1) - Double($0) }
    let sizes = difference.map(abs)
    meanSize = sizes.isEmpty ? 0 : sizes.reduce(0, +) / Double(sizes.count)
    largest = sizes.indices.max { sizes[$0] < sizes[$1] }.map { ($0, sizes[$0]) }
  }

  static func == (one: RolloutComparison, other: RolloutComparison) -> Bool {
    one.first == other.first && one.second == other.second
  }
}

extension RolloutReport {
  /// The targets an estimator makes of the rollout's own rewards, values and flags.
  func targets(by estimator: ReturnEstimator) -> [Float] {
    estimateReturns(
      estimator, discount: discount, rewards: steps.map(\.reward),
      nextValues: steps.map(\.nextValue), terminated: steps.map(\.terminated),
      truncated: steps.map(\.truncated))
  }

  /// How a step closes its segment; nil where the next step belongs to it.
  func close(at t: Int) -> SegmentEnd? {
    let step = steps[t]
    if step.terminated { return .terminated }
    if step.truncated { return .truncated }
    return t == steps.count - 1 ? .cut : nil
  }
}
