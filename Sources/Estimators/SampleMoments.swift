#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Mean, variance and fourth central moment of a stream of numbers, one pass, constant memory
/// (Pébay, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
/// statistical moments", 2008, eq. 2.1 to 2.4).
struct SampleMoments: Sendable {
  private(set) var count = 0
  private(set) var mean = 0.0
  private var m2 = 0.0
  private var m3 = 0.0
  private var m4 = 0.0

  mutating func add(_ value: Double) {
    let before = Double(count)
    count += 1
    let n = Double(count)
    let delta = value - mean
    let step = delta / n
    let term = delta * step * before
    mean += step
    m4 += term * step * step * (n * n - 3 * n + 3) + 6 * step * step * m2 - 4 * step * m3
    m3 += term * step * (n - 2) - 3 * step * m2
    m2 += term
  }

  /// Unbiased variance; 0 for fewer than two numbers.
  var variance: Double { count < 2 ? 0 : m2 / Double(count - 1) }

  /// Standard error of the mean; 0 for fewer than two numbers.
  var standardErrorOfMean: Double { count < 2 ? 0 : (variance / Double(count)).squareRoot() }

  /// Half the width of the mean's interval (Student's); infinite for fewer than two numbers.
  func reachOfMean(_ level: ConfidenceLevel) -> Double {
    count < 2
      ? .infinity : level.studentQuantile(degrees: count - 1) * standardErrorOfMean
  }

  /// Whether all numbers were finite, and their squares too.
  var isFinite: Bool { mean.isFinite && m2.isFinite }

  /// The mean's interval; everything where there is no narrower one.
  func meanInterval(_ level: ConfidenceLevel) -> ClosedRange<Double> {
    let reach = reachOfMean(level)
    guard mean.isFinite, reach.isFinite else { return -Double.infinity...Double.infinity }
    return mean - reach...mean + reach
  }

  /// The interval of the variance, for numbers of any distribution (Bonett, "Approximate confidence
  /// interval for standard deviation of nonnormal distributions", 2006): symmetric around the
  /// logarithm of the variance, because the variance of few skewed numbers is itself skewed. The
  /// fourth moment is taken about the mean.
  func varianceInterval(_ level: ConfidenceLevel) -> ClosedRange<Double> {
    guard count >= 4, m2.isFinite, m4.isFinite else { return 0...Double.infinity }
    guard m2 > 0 else { return 0...0 }
    let n = Double(count)
    let kurtosis = n * m4 / (m2 * m2)
    let error = (max(0, kurtosis - (n - 3) / n) / (n - 1)).squareRoot()
    let small = n / (n - level.normalQuantile)
    let factor = exp(level.normalQuantile * small * error)
    return small * variance / factor...small * variance * factor
  }
}
