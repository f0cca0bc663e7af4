#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A scale of values for a plot: linear from zero up, or logarithmic.
public struct PlotScale: Sendable, Equatable {
  /// The value at the lower end: 0, or of a logarithmic scale its floor, above 0.
  public let lower: Double
  /// The value at the upper end.
  public let upper: Double
  /// Whether equal ratios take equal room.
  public let isLogarithmic: Bool

  /// Most decades of a logarithmic scale.
  public static let mostDecades = 6

  /// From 0 to the least number of few figures that is not less than `greatest`.
  public static func linear(upTo greatest: Double) -> PlotScale {
    let isUsable = greatest > 0 && Axis.isDrawable(greatest)
    return PlotScale(
      lower: 0, upper: isUsable ? Axis.roundCeiling(greatest) : 1, isLogarithmic: false)
  }

  /// From the decade below `least`, at most `mostDecades` below the top, to 1, 2 or 5 times a power
  /// of ten not below `greatest`.
  public static func logarithmic(from least: Double, to greatest: Double) -> PlotScale {
    guard greatest > 0, Axis.isDrawable(greatest) else {
      return PlotScale(lower: 0.1, upper: 1, isLogarithmic: true)
    }
    let upper = Axis.roundStep(greatest)
    let top = (log10(upper) - 1e-9).rounded(.up)
    let wanted = least > 0 && least < upper ? (log10(least) + 1e-9).rounded(.down) : top - 2
    let decade = min(max(wanted, top - Double(mostDecades)), top - 1)
    return PlotScale(lower: pow(10, decade), upper: upper, isLogarithmic: true)
  }

  private init(lower: Double, upper: Double, isLogarithmic: Bool) {
    (self.lower, self.upper, self.isLogarithmic) = (lower, upper, isLogarithmic)
  }

  /// Where a value stands: 0 at the lower end, 1 at the upper; on a logarithmic scale everything at
  /// or below the floor, zero too, stands at 0.
  public func share(_ value: Double) -> Double {
    guard isLogarithmic else { return (value - lower) / (upper - lower) }
    guard !(value <= lower) else { return 0 }
    return log10(value / lower) / log10(upper / lower)
  }

  /// Whether a value lies below what the scale can show.
  public func isBelow(_ value: Double) -> Bool { value < lower * (1 - 1e-9) }

  /// Round values on the scale with their labels, at most `count` or so; at least the ends.
  public func ticks(count: Int) -> [(value: Double, label: String)] {
    guard isLogarithmic else {
      let axis =
        count < 2
        ? Axis(endsOf: lower...upper, isExact: true) : Axis(exactly: lower...upper, count: count)
      return axis.ticks.map { ($0, axis.label($0)) }
    }
    let first = Int((log10(lower) - 1e-9).rounded(.up))
    let last = Int((log10(upper) + 1e-9).rounded(.down))
    let decades = max(1, last - first + 1)
    let step = max(1, (decades + max(1, count) - 1) / max(1, count))
    var values = stride(from: first, through: last, by: step).map { pow(10, Double($0)) }
    if decades <= 2, count >= 3 { values += [first, last].map { 3 * pow(10, Double($0)) } }
    return Set(values).filter { $0 <= upper * (1 + 1e-9) && !isBelow($0) }.sorted()
      .map { ($0, NumberFormat.setting($0)) }
  }
}
