/// A frame: `size` cells in row-major order.
///
/// What is drawn outside is clipped silently, so that a view need not ask how much room there is;
/// a canvas of 0x0 accepts everything and shows nothing. A value: two frames can be compared, and
/// `changes(from:)` gives the runs that differ.
public struct Canvas: Sendable, Equatable {
  /// Columns and rows.
  public let size: Size
  /// The cells, row after row.
  public internal(set) var cells: [Cell]

  /// A frame of blanks in a style.
  public init(size: Size, background: Style) {
    self.size = size
    cells = [Cell](repeating: Cell(" ", background), count: size.columns * size.rows)
  }

  /// The whole frame.
  public var bounds: Rect { Rect(size) }

  /// The cell at a column and row; a blank in the terminal's own style outside.
  public subscript(x: Int, y: Int) -> Cell {
    get {
      guard isInside(x, y) else { return Cell(" ", Style()) }
      return cells[y * size.columns + x]
    }
    set {
      guard isInside(x, y) else { return }
      cells[y * size.columns + x] = newValue
    }
  }

  /// Puts one glyph; one that is not exactly one column wide becomes `?`.
  public mutating func put(_ scalar: Unicode.Scalar, x: Int, y: Int, style: Style) {
    guard isInside(x, y) else { return }
    let shown = scalar.columnWidth == 1 ? scalar : "?"
    cells[y * size.columns + x] = Cell(shown, style)
  }

  /// Writes a string to the right from (x, y), at most `maxWidth` columns; the columns it takes,
  /// clipped ones included.
  ///
  /// Control characters and combining marks are left out, wide characters become `?`: every
  /// character takes one column.
  @discardableResult
  public mutating func text(
    _ string: String, x: Int, y: Int, style: Style, maxWidth: Int? = nil
  ) -> Int {
    var column = 0
    for scalar in string.unicodeScalars {
      if let maxWidth, column >= maxWidth { break }
      let width = scalar.columnWidth
      if width == 0 { continue }
      if isInside(x + column, y) {
        cells[y * size.columns + x + column] = Cell(width == 1 ? scalar : "?", style)
      }
      column += 1
    }
    return column
  }

  /// Fills a rectangle with one glyph.
  public mutating func fill(_ rect: Rect, _ scalar: Unicode.Scalar, style: Style) {
    let area = rect.intersection(bounds)
    let cell = Cell(scalar.columnWidth == 1 ? scalar : "?", style)
    for row in area.y..<max(area.y, area.maxY) {
      let start = row * size.columns + area.x
      for index in start..<(start + area.width) { cells[index] = cell }
    }
  }

  /// Changes the style of every cell of a rectangle and leaves the glyphs.
  public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let area = rect.intersection(bounds)
    for row in area.y..<max(area.y, area.maxY) {
      let start = row * size.columns + area.x
      for index in start..<(start + area.width) { change(&cells[index].style) }
    }
  }

  /// Copies another frame with its upper left cell at (x, y).
  public mutating func draw(_ other: Canvas, x: Int, y: Int) {
    for row in 0..<other.size.rows {
      for column in 0..<other.size.columns where isInside(x + column, y + row) {
        cells[(y + row) * size.columns + x + column] =
          other.cells[row * other.size.columns + column]
      }
    }
  }

  /// One string per row, blanks at the end left out.
  public var plainText: [String] {
    (0..<size.rows).map { row in
      var line = String.UnicodeScalarView()
      for cell in cells[(row * size.columns)..<((row + 1) * size.columns)] {
        line.append(cell.scalar)
      }
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  private func isInside(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && y >= 0 && x < size.columns && y < size.rows
  }
}
