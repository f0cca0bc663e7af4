extension Unicode.Scalar {
  /// Columns a glyph takes on a terminal: 0 for controls, format characters and combining marks,
  /// 2 for East Asian wide characters and emoji, 1 for the rest.
  var columnWidth: Int {
    if value < 0x300 {
      return value < 0x20 || (value >= 0x7f && value < 0xa0) || value == 0xad ? 0 : 1
    }
    // The plots' own glyphs, before the slower question below.
    if value >= 0x2190, value < 0x2600 {
      return value == 0x231a || value == 0x231b || value == 0x23e9 ? 2 : 1
    }
    if value >= 0x2800, value < 0x2900 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator,
      .paragraphSeparator, .surrogate, .unassigned:
      return 0
    default: break
    }
    return isWide ? 2 : 1
  }

  private var isWide: Bool {
    if properties.isEmojiPresentation { return true }
    switch value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff,
      0xa000...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
      0xffe0...0xffe6, 0x20000...0x3fffd:
      return true
    default:
      return false
    }
  }
}
