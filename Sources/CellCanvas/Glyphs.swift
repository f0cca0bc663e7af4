/// The characters drawings are made of, in Unicode or ASCII; every one is one column wide.
public struct Glyphs: Sendable, Equatable {
  /// Whether glyphs outside ASCII, braille among them, may be used.
  public var isUnicode: Bool
  /// Corners of a frame.
  public var topLeft, topRight, bottomLeft, bottomRight: Unicode.Scalar
  /// Straight lines.
  public var horizontal, vertical: Unicode.Scalar
  /// Joints: a line that meets another from the right, left, below, above, or crosses it.
  public var teeRight, teeLeft, teeDown, teeUp, cross: Unicode.Scalar
  /// Faint lines: references and marks.
  public var dashedHorizontal, dashedVertical: Unicode.Scalar
  /// Bars growing upwards, 0 to 8 eighths: nine glyphs.
  public var risingEighths: [Unicode.Scalar]
  /// Bars growing to the right, 0 to 8 eighths: nine glyphs.
  public var growingEighths: [Unicode.Scalar]
  /// From empty to full: five glyphs.
  public var shades: [Unicode.Scalar]
  /// Thin arrows.
  public var arrowUp, arrowRight, arrowDown, arrowLeft: Unicode.Scalar
  /// Solid triangles.
  public var pointUp, pointRight, pointDown, pointLeft: Unicode.Scalar
  /// A filled and an empty dot.
  public var bullet, circle: Unicode.Scalar
  /// Yes and no.
  public var check, ballot: Unicode.Scalar
  /// Where text was cut.
  public var ellipsis: Unicode.Scalar
  /// Between words of a title or a footer.
  public var dot: Unicode.Scalar
  /// Instead of a number that does not exist.
  public var missing: Unicode.Scalar
  /// Without end.
  public var infinity: Unicode.Scalar
  /// Times.
  public var times: Unicode.Scalar

  /// Rounded frames, braille, eighths of blocks.
  public static let unicode = Glyphs(
    isUnicode: true, topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
    horizontal: "─", vertical: "│", teeRight: "├", teeLeft: "┤", teeDown: "┬", teeUp: "┴",
    cross: "┼", dashedHorizontal: "╌", dashedVertical: "╎",
    risingEighths: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    growingEighths: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    shades: [" ", "░", "▒", "▓", "█"],
    arrowUp: "↑", arrowRight: "→", arrowDown: "↓", arrowLeft: "←",
    pointUp: "▲", pointRight: "▶", pointDown: "▼", pointLeft: "◀",
    bullet: "●", circle: "○", check: "✓", ballot: "✗", ellipsis: "…", dot: "·", missing: "–",
    infinity: "∞", times: "×")

  /// Only characters 32 to 126.
  public static let ascii = Glyphs(
    isUnicode: false, topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
    horizontal: "-", vertical: "|", teeRight: "+", teeLeft: "+", teeDown: "+", teeUp: "+",
    cross: "+", dashedHorizontal: "-", dashedVertical: ":",
    risingEighths: [" ", ".", ".", ":", ":", "+", "+", "#", "#"],
    growingEighths: [" ", " ", ".", ".", "-", "-", "=", "=", "#"],
    shades: [" ", ".", ":", "%", "#"],
    arrowUp: "^", arrowRight: ">", arrowDown: "v", arrowLeft: "<",
    pointUp: "^", pointRight: ">", pointDown: "v", pointLeft: "<",
    bullet: "o", circle: ".", check: "y", ballot: "x", ellipsis: "~", dot: "-", missing: "-",
    infinity: "i", times: "x")
}
