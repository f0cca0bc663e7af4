internal import CellCanvas

/// How actions are named where there is little room.
enum ActionNames {
  /// An arrow for a direction, else nil.
  static func arrow(_ name: String, _ glyphs: Glyphs) -> Unicode.Scalar? {
    switch name {
    case "up": glyphs.arrowUp
    case "right": glyphs.arrowRight
    case "down": glyphs.arrowDown
    case "left": glyphs.arrowLeft
    default: nil
    }
  }
}
