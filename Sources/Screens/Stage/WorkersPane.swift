internal import CellCanvas
internal import Telemetry

/// The workers of view 1, a line (or two, where there is room) for each: what it does, how its
/// episode goes, how old the parameters were that it learnt from.
struct WorkersPane {
  var snapshot: EngineSnapshot
  var focused: Int
  var scroll: Int
  var isFocused: Bool

  /// The rows of the pane: which workers are on them.
  struct Window: Equatable {
    var first: Int
    var count: Int
    /// Rows for each worker, 1 or 2.
    var rowsEach: Int
    /// Whether the last row holds the means over all workers.
    var hasMeans: Bool
  }

  /// The workers that are seen within the cells inside the frame.
  func window(inside: Rect) -> Window {
    let total = snapshot.workers.count
    let rows = max(0, inside.height - 1)
    let rowsEach = total > 0 && rows >= total * 2 + 2 ? 2 : 1
    let hasMeans = total > 1 && rows >= total * rowsEach + 2
    let shown = max(0, min(total, rows / rowsEach))
    let first = max(0, min(scroll, total - shown))
    return Window(first: first, count: shown, rowsEach: rowsEach, hasMeans: hasMeans)
  }

  /// The worker on a row of the screen.
  func worker(atRow y: Int, inside: Rect) -> Int? {
    let window = window(inside: inside)
    let row = y - inside.y - 1
    guard row >= 0, row < window.count * window.rowsEach, y < inside.maxY else { return nil }
    return window.first + row / window.rowsEach
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let counters = snapshot.counters
    let isA3C = snapshot.settings.agent == .a3c
    let lag =
      isA3C
      ? " · lag \(NumberFormat.fixed(counters.meanStaleness, decimals: 1, width: 4))" : " · barrier"
    let version = "θ v\(NumberFormat.grouped(counters.updates))"
    let inside = Panel(
      title: "Workers", trailing: look.spelt(rect.width > 38 ? version + lag : version),
      isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    guard !snapshot.workers.isEmpty else {
      var pen = Pen(in: inside, row: 0, look: look)
      pen.write(" no workers yet", look.dim, on: &canvas)
      return
    }
    let window = window(inside: inside)
    let table = WorkersTable(snapshot: snapshot, width: inside.width)
    table.drawHeader(in: inside, on: &canvas, look: look)
    for k in 0..<window.count {
      let index = window.first + k
      let row = Rect(
        x: inside.x, y: inside.y + 1 + k * window.rowsEach, width: inside.width,
        height: window.rowsEach)
      table.drawWorker(
        snapshot.workers[index], isFocused: index == focused, in: row, on: &canvas, look: look)
    }
    if window.hasMeans {
      let y = inside.y + 2 + window.count * window.rowsEach
      let row = Rect(x: inside.x, y: min(y, inside.maxY - 1), width: inside.width, height: 1)
      table.drawMeans(in: row, on: &canvas, look: look)
    }
    if window.count < snapshot.workers.count {
      drawPosition(window, in: rect, on: &canvas, look: look)
    }
  }

  /// `3–12 of 200` on the lower edge of the frame.
  private func drawPosition(
    _ window: Window, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let last = window.first + max(0, window.count - 1)
    let text = look.spelt(" \(window.first)–\(last) of \(snapshot.workers.count) ")
    let width = text.columnCount
    guard width + 4 <= rect.width else { return }
    canvas.text(text, x: rect.maxX - 2 - width, y: rect.maxY - 1, style: look.dim)
  }
}
