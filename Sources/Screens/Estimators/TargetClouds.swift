import CellCanvas
import Estimators
import Telemetry

/// Sampled targets of several estimators as errors against the true value, on one scale.
struct TargetClouds {
  /// How much of something an estimator has, beside the one of them that has most.
  enum Amount: String {
    case none = "none"
    case low = "low"
    case middling = "some"
    case high = "high"

    /// At least two thirds of the most is high, less than a third is low.
    init(_ value: Double, of most: Double) {
      guard value > 0, most > 0, value.isFinite, most.isFinite else {
        self = .none
        return
      }
      self = value >= most * 2 / 3 ? .high : value < most / 3 ? .low : .middling
    }
  }

  /// One estimator's targets.
  struct Cloud {
    var estimator: ReturnEstimator
    /// Pairs of errors of independent rollouts.
    var dots: [BullsEye.Dot]
    /// Mean of the target less the true value.
    var bias: Double
    var standardDeviation: Double
    var biasAmount: Amount
    var varianceAmount: Amount
  }

  let clouds: [Cloud]
  /// Radius of the outermost ring of all pictures.
  let reach: Double
  /// What numbers are multiplied by before they are shown, and how that is said.
  let unit: ErrorUnit

  /// The share of all errors that lies within the outermost ring.
  private static let inside = 0.95

  init(_ clouds: [TargetCloud], trueValue: Double) {
    let biases = clouds.map { $0.mean - trueValue }
    let mostBias = biases.map(abs).filter(\.isFinite).max() ?? 0
    let mostSpread = clouds.map(\.standardDeviation).filter(\.isFinite).max() ?? 0
    self.clouds = zip(clouds, biases).map { cloud, bias in
      let errors = cloud.targets.map { $0 - trueValue }
      return Cloud(
        estimator: cloud.estimator,
        dots: stride(from: 0, to: errors.count - 1, by: 2).map {
          BullsEye.Dot(x: errors[$0], y: errors[$0 + 1])
        },
        bias: bias, standardDeviation: cloud.standardDeviation,
        biasAmount: Amount(abs(bias), of: max(mostBias, mostSpread * 0.05)),
        varianceAmount: Amount(cloud.standardDeviation, of: mostSpread))
    }
    let errors = clouds.flatMap(\.targets).map { abs($0 - trueValue) }.filter(\.isFinite).sorted()
    let quantile = errors.isEmpty ? 0 : errors[Int(Self.inside * Double(errors.count - 1))]
    // A mean lies on the diagonal, further out than its bias by the root of two.
    reach = PlotScale.linear(upTo: max(quantile, mostBias * 2.0.squareRoot())).upper
    unit = ErrorUnit(greatest: reach)
  }
}
