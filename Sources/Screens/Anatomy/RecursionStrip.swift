internal import CellCanvas
internal import Telemetry

/// The rollout as a row of cells, its steps from left to right: rewards and values come in as it is
/// acted, then the targets from its end backwards, one cell at a time.
struct RecursionStrip {
  var report: AnatomyReport

  /// Rows it takes with all its numbers, and with those that the recursion needs.
  static let allRows = 6
  static let leastRows = 4

  private static let labelColumns = 7
  private static let leastCell = 8
  private static let greatestCell = 13

  /// The rows, in order; a lower strip leaves out the last ones.
  private enum Row: CaseIterable {
    case step
    case reward
    case nextValue
    case target
    case value
    case advantage
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard rect.height > 0, rect.width > Self.labelColumns + Self.leastCell else { return }
    let window = window(in: rect)
    for (row, kind) in Row.allCases.prefix(rect.height).enumerated() {
      var pen = Pen(in: rect, row: row, look: look)
      pen.write(" " + label(of: kind), look.dim, on: &canvas)
      for (column, step) in window.steps.enumerated() {
        let x = rect.x + Self.labelColumns + column * window.width
        draw(
          kind, of: step, in: Rect(x: x, y: rect.y + row, width: window.width, height: 1),
          on: &canvas, look: look)
      }
      if row == 0 { drawEdges(window, in: rect, on: &canvas, look: look) }
    }
    if let step = inWork, window.steps.contains(step) { light(step, window, rect, &canvas, look) }
  }

  // MARK: Which cells

  /// The cell the recursion has come to, or the step taken last.
  private var inWork: Int? {
    let cells = report.cells
    if let first = cells.firstIndex(where: { $0.target != nil }) {
      return first
    }
    return cells.isEmpty ? nil : cells.count - 1
  }

  private var count: Int { max(report.cells.count, hasTargets ? 0 : report.rolloutLength) }

  private var hasTargets: Bool { report.cells.contains { $0.target != nil } }

  private func window(in rect: Rect) -> (steps: Range<Int>, width: Int) {
    let room = rect.width - Self.labelColumns
    let width = min(Self.greatestCell, max(Self.leastCell, room / max(1, count)))
    let fitting = max(1, room / width)
    guard count > fitting else { return (0..<count, width) }
    // The cell in work stays in sight, with the one it is computed from.
    let work = inWork ?? 0
    let first = min(max(0, work - fitting / 2), count - fitting)
    return (first..<first + fitting, width)
  }

  // MARK: Drawing

  private func label(of row: Row) -> String {
    switch row {
    case .step: "t"
    case .reward: "r"
    case .nextValue: "V(s')"
    case .target: "G"
    case .value: "V(s)"
    case .advantage: "A"
    }
  }

  private func draw(
    _ row: Row, of step: Int, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let glyphs = look.glyphs
    guard report.cells.indices.contains(step) else {
      let text = row == .step ? "\(step)" : String(glyphs.dot)
      canvas.line(text, in: cell(rect), alignment: .right, style: look.dim, look: look)
      return
    }
    let cell = report.cells[step]
    let (text, style) = content(row, cell, step, look)
    canvas.line(text, in: self.cell(rect), alignment: .right, style: style, look: look)
    if row == .target, cell.target != nil, cell.closes == nil, step + 1 < report.cells.count,
      rect.width > Self.leastCell
    {
      canvas.put(glyphs.arrowLeft, x: rect.maxX - 1, y: rect.y, style: look.accent)
    }
  }

  /// The cell without the column between it and the next one.
  private func cell(_ rect: Rect) -> Rect {
    Rect(x: rect.x, y: rect.y, width: rect.width - 1, height: 1)
  }

  private func content(
    _ row: Row, _ cell: AnatomyReport.Cell, _ step: Int, _ look: Look
  ) -> (String, Style) {
    func number(_ value: Double?, _ role: AnatomyReport.Role) -> (String, Style) {
      guard let value, !value.isNaN else { return (String(look.glyphs.dot), look.dim) }
      let text = AnatomyReport.Piece.number(value, role).text([])
      return (look.spelt(text), role.style(look))
    }
    switch row {
    case .step: return (title(step, cell.closes), look.text)
    case .reward: return number(cell.reward, .world)
    case .nextValue: return number(cell.nextValue, .value)
    case .target: return number(cell.target, .undiscountedReturn)
    case .value: return number(cell.value, .value)
    case .advantage: return number(cell.target.map { $0 - cell.value }, .advantage)
    }
  }

  /// The step's number, and how it ends what the recursion runs over.
  private func title(_ step: Int, _ closes: AnatomyReport.SegmentClose?) -> String {
    switch closes {
    case .terminated: "end \(step)"
    case .truncated: "limit \(step)"
    case .cut: "cut \(step)"
    case nil: "\(step)"
    }
  }

  private func drawEdges(
    _ window: (steps: Range<Int>, width: Int), in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let y = rect.y
    if window.steps.lowerBound > 0 {
      canvas.put(look.glyphs.pointLeft, x: rect.x + Self.labelColumns, y: y, style: look.dim)
    }
    if window.steps.upperBound < count {
      let end = rect.x + Self.labelColumns + window.steps.count * window.width
      canvas.put(look.glyphs.pointRight, x: min(end, rect.maxX - 1), y: y, style: look.dim)
    }
  }

  private func light(
    _ step: Int, _ window: (steps: Range<Int>, width: Int), _ rect: Rect, _ canvas: inout Canvas,
    _ look: Look
  ) {
    let x = rect.x + Self.labelColumns + (step - window.steps.lowerBound) * window.width
    let area = Rect(
      x: x, y: rect.y, width: window.width - 1, height: min(rect.height, Self.allRows))
    canvas.restyle(area) { style in
      if look.isMono {
        style.attributes.insert(.reverse)
      } else {
        style.background = look.theme.selection
      }
    }
  }
}
