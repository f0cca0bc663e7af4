import CellCanvas
import Telemetry

/// Hundreds of workers: a cell for each, coloured by a quantity; the focused one's numbers beside.
struct WorkersMap {
  var snapshot: EngineSnapshot
  var state: InterfaceState
  var layout: WorkersLayout

  func draw(on canvas: inout Canvas, look: Look) {
    let quantity = state.quantity
    let values = snapshot.workers.map(quantity.value(of:))
    let finite = values.filter(\.isFinite)
    let range = (finite.min() ?? 0)...(finite.max() ?? 0)
    let inner = Panel(
      title: "\(layout.count) workers", detail: "by \(quantity.title) (v)",
      trailing: WorkersView.position(layout), isFocused: state.focusedPane == .overview
    ).draw(in: layout.overview, on: &canvas, look: look)
    guard !inner.isEmpty else { return }
    drawLabels(on: &canvas, look: look)
    let shown = layout.visibleWorkers
    let focus = state.focusedWorker - shown.lowerBound
    let map = Rect(
      x: layout.content.x, y: layout.content.y, width: layout.workersPerRow * layout.cell.columns,
      height: layout.visibleRows * layout.cell.rows)
    HeatGrid(
      columns: layout.workersPerRow, values: Array(values[shown]), range: range,
      cellWidth: layout.cell.columns, cellHeight: layout.cell.rows,
      selected: shown.isEmpty || focus < 0 ? nil : focus
    ).draw(in: map, on: &canvas, look: look)
    drawSide(range: range, hasValues: !finite.isEmpty, on: &canvas, look: look)
  }

  /// The number of the first worker of each row.
  private func drawLabels(on canvas: inout Canvas, look: Look) {
    for row in 0..<layout.visibleRows {
      let first = (layout.firstRow + row) * layout.workersPerRow
      guard first < layout.count else { return }
      let line = Rect(
        x: layout.content.x - WorkersLayout.labelWidth,
        y: layout.content.y + row * layout.cell.rows,
        width: WorkersLayout.labelWidth, height: 1)
      var pen = Pen(in: line, look: look)
      pen.write("\(first)", endingAt: line.maxX - 1, look.dim, on: &canvas)
    }
  }

  private func drawSide(
    range: ClosedRange<Double>, hasValues: Bool, on canvas: inout Canvas, look: Look
  ) {
    let side = layout.side.inset(columns: 1, rows: 0)
    guard !side.isEmpty, snapshot.workers.indices.contains(state.focusedWorker) else { return }
    let worker = snapshot.workers[state.focusedWorker]
    var row = 0
    func pen() -> Pen {
      defer { row += 1 }
      return Pen(in: side, row: row, look: look)
    }
    var line = pen()
    line.write("\(state.quantity.title)", look.title, on: &canvas)
    line = pen()
    line.write("\(state.quantity.summary)", look.dim, on: &canvas)
    line = pen()
    if hasValues { drawRamp(range, with: &line, on: &canvas, look: look) }
    row += 1
    line = pen()
    line.write("worker \(worker.index)", look.title, on: &canvas)
    line.write("  \(worker.phase.title) ", worker.phase.style(look), on: &canvas)
    line.write(worker.phase.glyph(look.glyphs), worker.phase.style(look), on: &canvas)
    for (name, text, style) in numbers(of: worker, look) {
      line = pen()
      line.write(name, look.dim, on: &canvas)
      line.write(text, endingAt: side.x + 18, style, on: &canvas)
    }
    let bars = Rect(x: side.x, y: side.y + row, width: 16, height: row < side.height ? 1 : 0)
    Sparkline(values: worker.recentReturns, color: look.theme.returns)
      .draw(in: bars, on: &canvas, look: look)
  }

  private func drawRamp(
    _ range: ClosedRange<Double>, with pen: inout Pen, on canvas: inout Canvas, look: Look
  ) {
    let least = Self.trimmed(state.quantity.text(range.lowerBound, snapshot))
    let greatest = Self.trimmed(state.quantity.text(range.upperBound, snapshot))
    pen.write(least + " ", look.text, on: &canvas)
    let length = min(12, pen.columnsLeft - greatest.count - 1)
    guard length > 1 else { return }
    let ramp = Rect(x: pen.x, y: pen.y, width: length, height: 1)
    let steps = (0..<length).map { Double($0) / Double(length - 1) }
    HeatGrid(columns: length, values: steps, range: 0...1, cellWidth: 1)
      .draw(in: ramp, on: &canvas, look: look)
    pen.skip(length)
    pen.write(" " + greatest, look.text, on: &canvas)
  }

  private static func trimmed(_ text: String) -> String { String(text.drop(while: { $0 == " " })) }

  private func numbers(of worker: WorkerReport, _ look: Look) -> [(String, String, Style)] {
    let theme = look.theme
    let isA3C = snapshot.settings.agent == .a3c
    return [
      (
        "return", WorkersTable.returnText(worker.episodeReturn, snapshot),
        look.style(theme.returns, .bold)
      ),
      (
        "mean return", WorkersTable.returnText(worker.meanReturn, snapshot),
        look.style(theme.returns)
      ),
      ("episode", "\(worker.episodes)", look.bright),
      ("step", "\(worker.episodeStep)", look.bright),
      ("lag", isA3C ? "\(worker.staleness)" : String(look.glyphs.missing), look.bright),
      ("H", NumberFormat.unit(worker.entropy), look.style(theme.entropy)),
      ("|∇|", NumberFormat.unit(worker.gradientNorm), look.bright),
      ("pushes", NumberFormat.compact(Double(worker.pushes)), look.bright),
    ]
  }
}
