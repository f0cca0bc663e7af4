extension Canvas {
  /// The rows as lines for a terminal that scrolls, with colours as escape sequences (ECMA-48,
  /// "select graphic rendition"); without any where `colors` is none. Blanks at the end are left
  /// out, and what has the terminal's own colour stays so.
  public func printedLines(colors: ColorDepth) -> [String] {
    guard colors > .none else { return plainText }
    return (0..<size.rows).map { row in
      var cells = cells[(row * size.columns)..<((row + 1) * size.columns)]
      while let last = cells.last, last.scalar == " ", last.style.background.isTerminalDefault {
        cells.removeLast()
      }
      var line = String.UnicodeScalarView()
      var style = Style()
      for cell in cells {
        if cell.style != style {
          line.append(contentsOf: cell.style.sequence(colors).unicodeScalars)
          style = cell.style
        }
        line.append(cell.scalar)
      }
      if style != Style() { line.append(contentsOf: Style().sequence(colors).unicodeScalars) }
      return String(line)
    }
  }
}

extension Style {
  /// What makes a terminal write in this style, whatever it wrote in before.
  fileprivate func sequence(_ colors: ColorDepth) -> String {
    var codes = ["0"]
    for (attribute, code) in [
      (Attributes.bold, "1"), (.dim, "2"), (.underline, "4"), (.reverse, "7"),
    ] where attributes.contains(attribute) { codes.append(code) }
    codes += [foreground.code(colors, isBackground: false)].compactMap { $0 }
    codes += [background.code(colors, isBackground: true)].compactMap { $0 }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }
}

extension Color {
  /// The colour's code; nil for the terminal's own.
  fileprivate func code(_ colors: ColorDepth, isBackground: Bool) -> String? {
    guard !isTerminalDefault else { return nil }
    let start = isBackground ? 40 : 30
    switch colors {
    case .none: return nil
    case .ansi16: return ansi16.map { String($0 < 8 ? start + $0 : start + 60 + $0 - 8) }
    case .ansi256: return "\(start + 8);5;\(nearestAnsi256)"
    case .truecolor: return "\(start + 8);2;\(red);\(green);\(blue)"
    }
  }
}
