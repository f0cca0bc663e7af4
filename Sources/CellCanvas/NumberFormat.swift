/// Numbers as text of constant width, so that nothing jumps while it changes.
///
/// What is not a number is shown as `–`. Written out here because Foundation stays out of this room.
public enum NumberFormat {
  /// Which numbers bear a sign.
  public enum Sign: Sendable, Hashable {
    /// Only negative ones.
    case negative
    /// Positive ones and zero too.
    case always
  }

  /// A number with 0 to 9 digits after the point: `1.25`, `-0.83`, `–`, `∞`.
  ///
  /// Rounded like C's `printf`: to the nearest of the exact binary value, ties to even. From 10^15
  /// in units of the last digit on, the form is `1.23e18`.
  public static func fixed(_ value: Double, decimals: Int, sign: Sign = .negative) -> String {
    let prefix = value < 0 ? "-" : sign == .always ? "+" : ""
    guard !value.isNaN else { return "–" }
    guard value.isFinite else { return prefix + "∞" }
    let decimals = min(max(decimals, 0), 9)
    let scale = powerOfTen(decimals)
    guard abs(value) * scale < 1e15 else { return prefix + scientific(abs(value)) }
    let units = UInt64(roundedProduct(abs(value), scale))
    let shownPrefix = units == 0 && sign == .negative ? "" : prefix
    guard decimals > 0 else { return shownPrefix + String(units) }
    let fraction = String(units % UInt64(scale))
    let zeros = String(repeating: "0", count: decimals - fraction.utf8.count)
    return shownPrefix + String(units / UInt64(scale)) + "." + zeros + fraction
  }

  /// The same, right-aligned in `width` columns; one that does not fit gets fewer decimals, then
  /// `k` and `M`, and is cut in the end.
  public static func fixed(
    _ value: Double, decimals: Int, width: Int, sign: Sign = .negative
  ) -> String {
    for digits in stride(from: decimals, through: 0, by: -1) {
      let text = fixed(value, decimals: digits, sign: sign)
      if text.columnCount <= width { return text.padded(to: width, .right) }
    }
    return compact(value, width: width)
  }

  /// A number without the zero before the point: `.61`, `-.83`, `+.83`, `1.00`; right-aligned.
  public static func unit(
    _ value: Double, decimals: Int = 2, width: Int = 0, sign: Sign = .negative
  ) -> String {
    for digits in stride(from: decimals, through: 0, by: -1) {
      let text = withoutLeadingZero(fixed(value, decimals: digits, sign: sign))
      if width == 0 || text.columnCount <= width { return text.padded(to: width, .right) }
    }
    return compact(value, width: width)
  }

  /// A count with a unit prefix: `950`, `2.40 k`, `1.31 M`; three figures, right-aligned.
  ///
  /// Without the space where it does not fit into a `width`, then with fewer figures.
  public static func compact(_ value: Double, width: Int = 0) -> String {
    for figures in [3, 2, 1] {
      let text = threeFigures(value, figures: figures)
      if width == 0 || text.columnCount <= width { return text.padded(to: width, .right) }
      let tight = String(text.filter { $0 != " " })
      if tight.columnCount <= width { return tight.padded(to: width, .right) }
    }
    return String(threeFigures(value, figures: 1).filter { $0 != " " }.prefix(width))
  }

  /// As short as the step between ticks allows: `0`, `0.25`, `50 k`, `1.5 M`, `5e-4`.
  public static func tick(_ value: Double, step: Double) -> String {
    guard value.isFinite, step.isFinite, step > 0 else { return fixed(value, decimals: 0) }
    if abs(value) < step * 1e-6 {
      return step < 0.001 ? "0" : fixed(0, decimals: decimals(of: step))
    }
    if abs(value) >= 1000 {
      let (unit, name) = prefix(of: abs(value) * (1 + 1e-12))
      let digits = min(3, max(decimals(of: step / unit), 0))
      return withoutTrailingZeros(fixed(value / unit, decimals: digits)) + name
    }
    if step < 0.001 { return setting(value) }
    return fixed(value, decimals: decimals(of: step))
  }

  /// A setting, to six figures and as short as they allow: `.95`, `7e-4`, `1`, `0.0`→`0`.
  public static func setting(_ value: Double) -> String {
    guard value.isFinite else { return fixed(value, decimals: 0) }
    let prefix = value < 0 ? "-" : ""
    let size = abs(value)
    if size == 0 { return "0" }
    if size < 0.001 || size >= 1e7 { return prefix + scientific(size, figures: 6) }
    let digits = min(9, max(0, 6 - figuresBeforePoint(size)))
    return prefix + withoutLeadingZero(withoutTrailingZeros(fixed(size, decimals: digits)))
  }

  /// Thousands apart: `48 213`, right-aligned.
  public static func grouped(_ value: Int, width: Int = 0) -> String {
    var groups: [String] = []
    var rest = value.magnitude
    while rest >= 1000 {
      let group = String(rest % 1000)
      groups.append(String(repeating: "0", count: 3 - group.utf8.count) + group)
      rest /= 1000
    }
    groups.append((value < 0 ? "-" : "") + String(rest))
    return groups.reversed().joined(separator: " ").padded(to: width, .right)
  }

  /// A share as a percentage, right-aligned in 4 columns: ` 38%`, `100%`, `   –`.
  public static func percent(_ share: Double) -> String {
    guard share.isFinite else { return fixed(share, decimals: 0).padded(to: 4, .right) }
    return (fixed(share * 100, decimals: 0) + "%").padded(to: 4, .right)
  }

  /// Minutes and seconds, `0:12`, or hours, `1:02:03`; seconds are rounded down.
  public static func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e12 else { return "–:––" }
    let whole = Int(max(0, seconds))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    if whole < 3600 { return "\(whole / 60):\(two(whole % 60))" }
    return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
  }
}
