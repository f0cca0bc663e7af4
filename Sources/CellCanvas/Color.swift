/// A colour resolved for every kind of terminal: red, green and blue, and an index for 16 colours.
///
/// Four bytes. The 16-colour index is stated by the theme, since the nearest of sixteen colours is
/// seldom the one that keeps two roles apart.
public struct Color: Sendable, Hashable {
  /// Red, 0 to 255 (sRGB).
  public let red: UInt8
  /// Green, 0 to 255 (sRGB).
  public let green: UInt8
  /// Blue, 0 to 255 (sRGB).
  public let blue: UInt8
  private let index: UInt8

  private static let own: UInt8 = 16
  private static let everywhereOwn: UInt8 = 255

  private init(red: UInt8, green: UInt8, blue: UInt8, index: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
    self.index = index
  }

  /// A colour by components, with the ANSI index (0 to 15) that stands for it on terminals of
  /// 16 colours; nil leaves the terminal's own colour there.
  public init(red: UInt8, green: UInt8, blue: UInt8, ansi: Int?) {
    let index = ansi.map { UInt8(clamping: min(max($0, 0), 15)) } ?? Color.own
    self.init(red: red, green: green, blue: blue, index: index)
  }

  /// A colour written `0xRRGGBB`, with its ANSI index (0 to 15), nil for the terminal's own.
  public init(_ hex: UInt32, ansi: Int?) {
    self.init(
      red: UInt8(truncatingIfNeeded: hex >> 16), green: UInt8(truncatingIfNeeded: hex >> 8),
      blue: UInt8(truncatingIfNeeded: hex), ansi: ansi)
  }

  /// A colour written `0xRRGGBB`; its ANSI index is that of the nearest of the sixteen.
  public init(_ hex: UInt32) {
    let exact = Color(hex, ansi: nil)
    self.init(hex, ansi: exact.nearestAnsi16)
  }

  /// The terminal's own foreground or background, at every number of colours.
  public static let terminalDefault = Color(red: 0, green: 0, blue: 0, index: everywhereOwn)

  /// Whether the terminal's own colour is meant at every number of colours.
  public var isTerminalDefault: Bool { index == Color.everywhereOwn }

  /// The index on terminals of 16 colours, 0 to 15; nil where the terminal's own colour is kept.
  public var ansi16: Int? { index < 16 ? Int(index) : nil }

  /// The colour written `0xRRGGBB`.
  public var hex: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

  /// A mixture: this colour at 0, `other` at 1, linear in sRGB; the nearer one's ANSI index.
  ///
  /// The terminal's own colour cannot be mixed: the nearer one is given.
  public func mixed(with other: Color, _ share: Double) -> Color {
    let t = share.isFinite ? min(max(share, 0), 1) : 0
    let nearer = t < 0.5 ? self : other
    if isTerminalDefault || other.isTerminalDefault { return nearer }
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8((Double(a) + (Double(b) - Double(a)) * t).rounded())
    }
    return Color(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue),
      index: nearer.index)
  }
}
