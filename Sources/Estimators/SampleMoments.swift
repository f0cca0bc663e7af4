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

  /// Standard error of the mean.
  var standardErrorOfMean: Double { count < 2 ? 0 : (variance / Double(count)).squareRoot() }

  /// Standard error of the variance: sqrt((μ₄ - σ⁴ (n-3)/(n-1)) / n).
  var standardErrorOfVariance: Double {
    guard count >= 4 else { return variance }
    let n = Double(count)
    let spread = m4 / n - variance * variance * (n - 3) / (n - 1)
    return (max(0, spread) / n).squareRoot()
  }
}
