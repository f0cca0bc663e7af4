import CellCanvas
import Estimators
import Telemetry

/// Sampled targets of several estimators as errors against the true value, on one scale.
struct TargetClouds {
  /// How much bias or scatter an estimator has, beside the one of them that has most of it.
  enum Amount: String {
    case none = "none"
    case low = "low"
    case middling = "some"
    case high = "high"
    /// Little beside what the others do, though the most there is of its kind.
    case more = "more"
    case less = "less"

    /// At least two thirds of the most is high, less than a third is low. Where even the most is
    /// small beside `reference`, the greatest of bias and scatter alike, nothing is called high.
    init(_ value: Double, of most: Double, reference: Double) {
      guard value > reference * 1e-6, most > 0, value.isFinite, most.isFinite else {
        self = .none
        return
      }
      let isSmall = most < reference / 3
      let (upper, lower) = (most * 2 / 3, most / 3)
      self =
        value >= upper
        ? (isSmall ? .more : .high) : value < lower ? (isSmall ? .less : .low) : .middling
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

  /// The share of every estimator's errors that lies within the outermost ring.
  private static let inside = 0.95

  init(_ clouds: [TargetCloud], trueValue: Double) {
    let biases = clouds.map { $0.mean - trueValue }
    let mostBias = biases.map(abs).filter(\.isFinite).max() ?? 0
    let mostSpread = clouds.map(\.standardDeviation).filter(\.isFinite).max() ?? 0
    let reference = max(mostBias, mostSpread)
    self.clouds = zip(clouds, biases).map { cloud, bias in
      let errors = cloud.targets.map { $0 - trueValue }
      return Cloud(
        estimator: cloud.estimator,
        dots: stride(from: 0, to: errors.count - 1, by: 2).map {
          BullsEye.Dot(x: errors[$0], y: errors[$0 + 1])
        },
        bias: bias, standardDeviation: cloud.standardDeviation,
        biasAmount: Amount(abs(bias), of: mostBias, reference: reference),
        varianceAmount: Amount(
          cloud.standardDeviation, of: mostSpread, reference: reference))
    }
    // The most scattered must not lie off the picture: its width is what there is to see.
    let quantile =
      clouds.map { Self.quantile(of: $0.targets.map { abs($0 - trueValue) }) }.max() ?? 0
    // A mean lies on the diagonal, further out than its bias by the root of two.
    reach = PlotScale.linear(upTo: max(quantile, mostBias * 2.0.squareRoot())).upper
    unit = ErrorUnit(greatest: reach)
  }

  private static func quantile(of errors: [Double]) -> Double {
    let sorted = errors.filter(\.isFinite).sorted()
    return sorted.isEmpty ? 0 : sorted[Int(inside * Double(sorted.count - 1))]
  }
}
