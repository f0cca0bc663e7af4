internal import Estimators
internal import Telemetry

/// The estimators whose bias and variance are drawn side by side.
struct EstimatorGrid: Sendable, Equatable {
  /// Over n; the last is the whole return.
  let nStep: [ReturnEstimator]
  /// Over lambda, ascending.
  let lambda: [ReturnEstimator]

  /// Those of the strip beside the stage.
  static let strip = EstimatorGrid(
    steps: [1, 2, 3, 5, 10, 20], lambdas: [0, 0.5, 0.8, 0.9, 0.95, 1])
  /// Those of the view of the estimators.
  static let view = EstimatorGrid(
    steps: [1, 2, 3, 5, 8, 10, 20, 50],
    lambdas: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1])

  private init(steps: [Int], lambdas: [Double]) {
    nStep = steps.map { .nStep($0) } + [.monteCarlo]
    lambda = lambdas.map { .lambda($0) }
  }

  /// All of them, over n first.
  var estimators: [ReturnEstimator] { nStep + lambda }

  /// All of them, then `others`: what a study is asked for together.
  func with(_ others: [ReturnEstimator]) -> [ReturnEstimator] { estimators + others }

  /// A report of figures that are in the order of `estimators`; those beyond are left out.
  func report(
    _ entries: [BiasVarianceReport.Entry], state: String, trueValue: Double, criticValue: Double,
    samples: Int?, update: Int
  ) -> BiasVarianceReport {
    BiasVarianceReport(
      state: state, trueValue: trueValue, criticValue: criticValue,
      nStep: Array(entries.prefix(nStep.count)),
      lambda: Array(entries.dropFirst(nStep.count).prefix(lambda.count)),
      exact: samples == nil, samples: samples ?? 0, update: update, age: 0)
  }
}
