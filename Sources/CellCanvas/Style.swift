/// Marks of a cell beside its colours.
public struct Attributes: OptionSet, Sendable, Hashable {
  /// The set as bits.
  public let rawValue: UInt8

  /// A set of bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Heavier or brighter.
  public static let bold = Attributes(rawValue: 1)
  /// Fainter.
  public static let dim = Attributes(rawValue: 2)
  /// Underlined.
  public static let underline = Attributes(rawValue: 4)
  /// Foreground and background exchanged.
  public static let reverse = Attributes(rawValue: 8)
}

/// How a cell looks: two resolved colours and attributes.
public struct Style: Sendable, Hashable {
  /// Colour of the glyph.
  public var foreground: Color
  /// Colour behind the glyph.
  public var background: Color
  /// Bold, dim, underline, reverse.
  public var attributes: Attributes

  /// A style; without arguments the terminal's own.
  public init(
    foreground: Color = .terminalDefault, background: Color = .terminalDefault,
    attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The same on another background.
  public func on(_ background: Color) -> Style {
    Style(foreground: foreground, background: background, attributes: attributes)
  }

  /// The same with more attributes.
  public func with(_ more: Attributes) -> Style {
    Style(foreground: foreground, background: background, attributes: attributes.union(more))
  }
}

/// One place of a frame: a glyph one column wide, and its style; 16 bytes.
public struct Cell: Sendable, Hashable {
  /// The glyph.
  public var scalar: Unicode.Scalar
  /// Its look.
  public var style: Style

  /// A glyph in a style.
  public init(_ scalar: Unicode.Scalar, _ style: Style) {
    self.scalar = scalar
    self.style = style
  }
}
