internal import CellCanvas

/// How actions are named where there is little room.
enum ActionNames {
  /// One character: an arrow for a direction, else its first letter, a capital.
  static func sign(_ name: String, _ glyphs: Glyphs) -> Unicode.Scalar? {
    arrow(name, glyphs) ?? name.uppercased().unicodeScalars.first
  }

  /// An arrow for a direction, else nil.
  static func arrow(_ name: String, _ glyphs: Glyphs) -> Unicode.Scalar? {
    switch name {
    case "up", "north": glyphs.arrowUp
    case "right", "east": glyphs.arrowRight
    case "down", "south": glyphs.arrowDown
    case "left", "west": glyphs.arrowLeft
    default: nil
    }
  }
}
