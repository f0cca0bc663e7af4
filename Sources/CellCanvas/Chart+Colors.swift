extension Chart {
  /// Colours of curves, in their order: after Okabe and Ito ("Color Universal Design", 2008), made
  /// darker for a white ground; kept apart by people with any of the three kinds of colour
  /// blindness. All but black are seen on dark grounds too.
  public static let palette: [Color] = [
    Color(0x0063a8, ansi: 4), Color(0xc03f00, ansi: 1), Color(0x009e73, ansi: 2),
    Color(0xcf6ba6, ansi: 5), Color(0xd49200, ansi: 3), Color(0x3fa3dc, ansi: 6),
    Color(0x000000, ansi: nil), Color(0x5f5f5f, ansi: 8),
  ]

  /// Dashes of curves, in their order, as SVG writes them: lengths of line and gap in pixels. The
  /// first is without gaps.
  static let dashes = ["", "9 4", "2 4", "10 3 2 3", "16 4", "6 2 2 2 2 2"]

  /// The colour of curve `index` in a terminal: black is the colour of its text.
  static func color(_ index: Int, look: Look) -> Color {
    let color = color(index)
    return color.ansi16 == nil ? look.theme.text : color
  }

  /// The colour of curve `index`.
  static func color(_ index: Int) -> Color { palette[index % palette.count] }
  /// The dashes of curve `index`: another pair with `color` for each of the first 24.
  static func dash(_ index: Int) -> String { dashes[index % dashes.count] }

  /// Signs of curves in a terminal, in their order.
  static func sign(_ index: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(ascii: "A") + UInt8(index % 26))
  }
}
