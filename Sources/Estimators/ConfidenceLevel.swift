/// How often intervals are meant to hold the truth.
public enum ConfidenceLevel: Sendable, Hashable, CaseIterable {
  /// In 95 of 100 measurements.
  case percent95
  /// In 99 of 100 measurements.
  case percent99

  /// The share of measurements whose interval holds the truth.
  public var probability: Double {
    switch self {
    case .percent95: 0.95
    case .percent99: 0.99
    }
  }

  /// Half the width of the interval of a normal mean whose standard error is known to be 1.
  public var normalQuantile: Double {
    switch self {
    case .percent95: 1.959963984540054
    case .percent99: 2.5758293035489004
    }
  }

  /// Half the width of the interval of a normal mean whose standard error was estimated to be 1
  /// with so many degrees of freedom: Student's t, by its expansion around the normal quantile
  /// (Abramowitz and Stegun, 26.7.5). From 8 degrees on it is right to 1 in 1000; infinite without
  /// any.
  public func studentQuantile(degrees: Int) -> Double {
    guard degrees >= 1 else { return .infinity }
    let z = normalQuantile
    let (z2, n) = (z * z, Double(degrees))
    let first = (z2 + 1) * z / 4
    let second = ((5 * z2 + 16) * z2 + 3) * z / 96
    let third = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384
    return z + (first + (second + third / n) / n) / n
  }
}
