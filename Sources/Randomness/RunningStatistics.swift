/// Mean, variance and extremes of numbers that come one by one, without keeping them
/// (Welford, "Note on a method for calculating corrected sums of squares and products", 1962).
public struct RunningStatistics: Sendable, Equatable {
  /// How many numbers were added.
  public private(set) var count: Int = 0
  /// Their mean; 0 without any.
  public private(set) var mean: Double = 0
  /// The least; infinity without any.
  public private(set) var minimum: Double = .infinity
  /// The greatest; minus infinity without any.
  public private(set) var maximum: Double = -.infinity
  private var squaredDeviations: Double = 0

  /// Statistics of nothing yet.
  public init() {}

  /// Statistics of those numbers.
  public init(_ numbers: some Sequence<Double>) {
    for number in numbers { add(number) }
  }

  /// Takes in one number.
  public mutating func add(_ number: Double) {
    count += 1
    let deviation = number - mean
    mean += deviation / Double(count)
    squaredDeviations += deviation * (number - mean)
    minimum = min(minimum, number)
    maximum = max(maximum, number)
  }

  /// Takes in all the numbers of another (Chan, Golub and LeVeque, "Updating formulae and a
  /// pairwise algorithm for computing sample variances", 1979).
  public mutating func merge(_ other: RunningStatistics) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let total = Double(count + other.count)
    let difference = other.mean - mean
    mean += difference * Double(other.count) / total
    squaredDeviations +=
      other.squaredDeviations + difference * difference * Double(count) * Double(other.count)
      / total
    count += other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }

  /// Mean squared deviation from the mean (divided by n); 0 without numbers.
  public var variance: Double {
    count > 0 ? squaredDeviations / Double(count) : 0
  }

  /// Unbiased estimate of the variance of what the numbers were drawn from (divided by n - 1); 0
  /// with fewer than two.
  public var sampleVariance: Double {
    count > 1 ? squaredDeviations / Double(count - 1) : 0
  }

  /// Root of `variance`.
  public var standardDeviation: Double {
    variance.squareRoot()
  }

  /// Standard error of the mean; 0 with fewer than two numbers.
  public var standardError: Double {
    count > 1 ? (sampleVariance / Double(count)).squareRoot() : 0
  }
}
