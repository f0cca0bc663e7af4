/// Numbers as text of constant width, so that nothing jumps while it changes.
///
/// What is not a number is shown as `–`. Written out here because Foundation stays out of this room.
public enum NumberFormat {
  /// Which numbers bear a sign.
  public enum Sign: Sendable, Hashable {
    /// Only negative ones.
    case negative
    /// Positive ones too.
    case always
  }

  /// A number with `decimals` digits after the point: `1.25`, `-0.83`.
  public static func fixed(_ value: Double, decimals: Int, sign: Sign = .negative) -> String {
    placeholder(value)
  }

  /// The same, right-aligned in `width` columns; one that does not fit gets fewer decimals, then k and M.
  public static func fixed(
    _ value: Double, decimals: Int, width: Int, sign: Sign = .negative
  ) -> String {
    placeholder(value)
  }

  /// A number without the zero before the point: `.61`, `-.83`, `+.83`, `1.00`; right-aligned.
  public static func unit(
    _ value: Double, decimals: Int = 2, width: Int = 0, sign: Sign = .negative
  ) -> String {
    placeholder(value)
  }

  /// A count with a unit prefix: `950`, `2.40 k`, `1.31 M`; three figures, right-aligned.
  public static func compact(_ value: Double, width: Int = 0) -> String {
    placeholder(value)
  }

  /// As short as it goes without loss of the step between ticks: `0`, `50 k`, `1.5 M`.
  public static func tick(_ value: Double, step: Double) -> String {
    placeholder(value)
  }

  /// A setting as short as it is exact: `.95`, `7e-4`, `1`.
  public static func setting(_ value: Double) -> String {
    placeholder(value)
  }

  /// Thousands apart: `48 213`.
  public static func grouped(_ value: Int, width: Int = 0) -> String {
    String(value)
  }

  /// A share as a percentage, right-aligned in 4 columns: ` 38%`.
  public static func percent(_ share: Double) -> String {
    placeholder(share)
  }

  /// Minutes and seconds, `0:12`, or hours, `1:02:03`.
  public static func clock(_ seconds: Double) -> String {
    placeholder(seconds)
  }

  private static func placeholder(_ value: Double) -> String {
    "\(value)"
  }
}

/// Where text stands in its column.
public enum Alignment: Sendable, Hashable {
  /// At the left.
  case left
  /// In the middle.
  case center
  /// At the right.
  case right
}
