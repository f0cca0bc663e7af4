extension BrailleCanvas {
  /// Lines of drawings of one size upon each other: where several touch a cell, their styles take
  /// turns from column to column, so that none hides another. Nil without any.
  static func interleaved(_ drawings: [BrailleCanvas]) -> BrailleCanvas? {
    guard var all = drawings.first else { return nil }
    for index in all.dots.indices {
      let touching = drawings.filter { $0.dots[index].line != 0 }
      guard !touching.isEmpty else { continue }
      let turn = touching[index % all.size.columns % touching.count].dots[index]
      all.dots[index] = turn
      all.dots[index].line = touching.reduce(0) { $0 | $1.dots[index].line }
    }
    return all
  }

  /// Draws the cells that have dots; the rest of the canvas stays as it is.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    for row in 0..<min(size.rows, rect.height) {
      for column in 0..<min(size.columns, rect.width) {
        let dots = dots[row * size.columns + column]
        guard let cell = BrailleCanvas.cell(dots, look) else { continue }
        canvas[rect.x + column, rect.y + row] = cell
      }
    }
  }

  private static func cell(_ dots: Dots, _ look: Look) -> Cell? {
    if dots.line == 0 {
      return dots.fill == 0 ? nil : filled(dots.fill, dots.fillStyle, look)
    }
    // A filled shape drawn later hides the line: half a line at its edge would look torn.
    if dots.fill != 0, !dots.isLineAbove { return filled(dots.fill, dots.fillStyle, look) }
    guard look.glyphs.isUnicode else {
      return Cell(ascii(lines: dots.line), dots.lineStyle)
    }
    // A line above a filled cell has the filling as its ground.
    if dots.fill.nonzeroBitCount >= 4, !dots.fillStyle.foreground.isTerminalDefault {
      return Cell(braille(dots.line), dots.lineStyle.on(dots.fillStyle.foreground))
    }
    return Cell(braille(dots.line | dots.fill), dots.lineStyle)
  }

  static func braille(_ dots: UInt8) -> Unicode.Scalar {
    Unicode.Scalar(0x2800 + UInt32(dots)) ?? " "
  }

  /// Blocks for a filled shape: exact where rows of dots are full from below or above, quadrants
  /// elsewhere.
  private static func filled(_ dots: UInt8, _ style: Style, _ look: Look) -> Cell {
    guard look.glyphs.isUnicode else {
      return Cell(dots.nonzeroBitCount >= 4 ? "#" : ascii(lines: dots), style)
    }
    if let rows = [0xc0: 1, 0xe4: 2, 0xf6: 3, 0xff: 4][Int(dots)] {
      return Cell(look.glyphs.risingEighths[2 * rows], style)
    }
    if let rows = [0x09: 1, 0x1b: 2, 0x3f: 3][Int(dots)], !style.background.isTerminalDefault {
      let exchanged = Style(
        foreground: style.background, background: style.foreground, attributes: style.attributes)
      return Cell(look.glyphs.risingEighths[8 - 2 * rows], exchanged)
    }
    let quadrants: [Unicode.Scalar] = [
      " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
    ]
    let upperLeft = dots & 0x03 == 0 ? 0 : 1
    let upperRight = dots & 0x18 == 0 ? 0 : 2
    let lowerLeft = dots & 0x44 == 0 ? 0 : 4
    let lowerRight = dots & 0xa0 == 0 ? 0 : 8
    return Cell(quadrants[upperLeft + upperRight + lowerLeft + lowerRight], style)
  }

  /// A character whose strokes run like the dots of a line: `-`, `_`, `|`, `/`, `\`, `.`, `'`, `*`.
  static func ascii(lines dots: UInt8) -> Unicode.Scalar {
    let rows = (0..<4).map { row in
      (
        left: dots & [0x01, 0x02, 0x04, 0x40][row] != 0,
        right: dots & [0x08, 0x10, 0x20, 0x80][row] != 0
      )
    }
    let left = (0..<4).filter { rows[$0].left }
    let right = (0..<4).filter { rows[$0].right }
    if dots == 0 { return " " }
    if dots.nonzeroBitCount >= 6 { return "#" }
    let used = (0..<4).filter { rows[$0].left || rows[$0].right }
    if used.count == 1 {
      let isWide = !left.isEmpty && !right.isEmpty
      switch used[0] {
      case 0: return "'"
      case 3: return isWide ? "_" : "."
      default: return isWide ? "-" : used[0] == 1 ? "'" : "."
      }
    }
    if left.isEmpty || right.isEmpty { return used.count >= 3 ? "|" : "*" }
    let slope =
      Double(right.reduce(0, +)) / Double(right.count)
      - Double(left.reduce(0, +)) / Double(left.count)
    if abs(slope) >= 1.5 { return slope > 0 ? "\\" : "/" }
    return used.count <= 2 && abs(slope) <= 1 && dots.nonzeroBitCount <= 2 ? "-" : "*"
  }
}
