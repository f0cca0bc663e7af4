/// Where text stands in its column.
public enum Alignment: Sendable, Hashable {
  /// At the left.
  case left
  /// In the middle.
  case center
  /// At the right.
  case right
}

extension String {
  /// Columns the string takes when drawn on a canvas.
  public var columnCount: Int {
    unicodeScalars.reduce(0) { $0 + ($1.columnWidth == 0 ? 0 : 1) }
  }

  /// The string with blanks up to `width` columns; a longer one stays as it is.
  public func padded(to width: Int, _ alignment: Alignment = .left) -> String {
    let blanks = width - columnCount
    guard blanks > 0 else { return self }
    let before = alignment == .left ? 0 : alignment == .right ? blanks : blanks / 2
    return String(repeating: " ", count: before) + self
      + String(repeating: " ", count: blanks - before)
  }

  /// The string cut to `width` columns, the last of them the mark of a cut.
  public func truncated(to width: Int, glyphs: Glyphs) -> String {
    guard columnCount > width else { return self }
    guard width > 0 else { return "" }
    var kept = String.UnicodeScalarView()
    var columns = 0
    for scalar in unicodeScalars where scalar.columnWidth > 0 {
      guard columns < width - 1 else { break }
      kept.append(scalar)
      columns += 1
    }
    while kept.last == " " { kept.removeLast() }
    kept.append(glyphs.ellipsis)
    return String(kept)
  }

  /// Lines of whole words, at most `width` columns each; a longer word is cut.
  public func wrapped(to width: Int, glyphs: Glyphs) -> [String] {
    guard width > 0 else { return [] }
    var lines: [String] = []
    for word in split(separator: " ") {
      let word = String(word).truncated(to: width, glyphs: glyphs)
      if let last = lines.last, last.columnCount + 1 + word.columnCount <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(word)
      }
    }
    return lines
  }
}

extension Canvas {
  /// Writes one line of a rectangle, cut with a mark where it does not fit.
  public mutating func line(
    _ string: String, in rect: Rect, row: Int = 0, alignment: Alignment = .left, style: Style,
    look: Look
  ) {
    guard row >= 0, row < rect.height else { return }
    let shown = string.truncated(to: rect.width, glyphs: look.glyphs)
    let blanks = rect.width - shown.columnCount
    let before = alignment == .left ? 0 : alignment == .right ? blanks : blanks / 2
    text(shown, x: rect.x + before, y: rect.y + row, style: style, maxWidth: rect.width)
    substitute(in: rect, for: look.glyphs)
  }

  /// Writes pieces of text behind each other; the columns they take.
  @discardableResult
  public mutating func runs(
    _ pieces: [(text: String, style: Style)], x: Int, y: Int, maxWidth: Int? = nil
  ) -> Int {
    var column = 0
    for piece in pieces {
      let left = maxWidth.map { max(0, $0 - column) }
      column += text(piece.text, x: x + column, y: y, style: piece.style, maxWidth: left)
    }
    return column
  }

  /// Writes faint words in the middle of a rectangle: what will be seen here.
  public mutating func notice(_ string: String, in rect: Rect, look: Look) {
    let margin = rect.width > 12 ? 1 : 0
    let lines = string.wrapped(to: rect.width - 2 * margin, glyphs: look.glyphs)
    let shown = lines.prefix(rect.height)
    let top = (rect.height - shown.count) / 2
    for (row, text) in shown.enumerated() {
      line(text, in: rect, row: top + row, alignment: .center, style: look.dim, look: look)
    }
  }
}
