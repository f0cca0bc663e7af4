import CellCanvas
import Telemetry

/// What each worker did in time: pull, act, learn, push, wait, a lane for each.
struct LanesPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  private static let labelWidth = 6

  /// The first worker of the lanes.
  func firstWorker(rows: Int) -> Int {
    state.firstWorker(rows: rows, of: snapshot.workers.count)
  }

  /// The worker of the lane at a row of the screen, or nil.
  func worker(atRow y: Int, in rect: Rect) -> Int? {
    let rows = rect.height - 3
    guard rows > 0, y > rect.y, y <= rect.y + rows else { return nil }
    let worker = firstWorker(rows: rows) + y - rect.y - 1
    return worker < snapshot.workers.count ? worker : nil
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    let area = rect.inset(by: 1)
    let rows = max(0, area.height - 1)
    let first = firstWorker(rows: rows)
    let shown = Array(snapshot.workers.dropFirst(first).prefix(rows))
    let width = area.width - Self.labelWidth
    let window = LaneWindow(lanes: shown.map(\.lane), width: width, zoom: state.laneZoom)
    let detail = window.map { "last " + LaneWindow.text($0.seconds) + " of training" } ?? ""
    Panel(
      title: "Lanes", detail: look.spelt(detail), isFocused: state.focusedPane == .lanes
    ).draw(in: rect, on: &canvas, look: look)
    drawLegend(on: rect, detail: detail, canvas: &canvas, look: look)
    if shown.count < snapshot.workers.count, !shown.isEmpty {
      let last = first + shown.count - 1
      let text = " \(first)-\(last) of \(snapshot.workers.count) "
      canvas.text(text, x: rect.maxX - 2 - text.count, y: rect.maxY - 1, style: look.dim)
    }
    guard let window, rows > 0 else {
      var pen = Pen(in: area, look: look)
      pen.write(" each worker's time will be here after its first rollout", look.dim, on: &canvas)
      return
    }
    for (row, worker) in shown.enumerated() {
      let line = Rect(x: area.x, y: area.y + row, width: area.width, height: 1)
      draw(worker, in: line, window: window, on: &canvas, look: look)
    }
    let axis = Rect(x: area.x, y: area.maxY - 1, width: area.width, height: 1)
    drawAxis(in: axis, window: window, on: &canvas, look: look)
  }

  private func draw(
    _ worker: WorkerReport, in line: Rect, window: LaneWindow, on canvas: inout Canvas, look: Look
  ) {
    let isFocused = worker.index == state.focusedWorker
    var pen = Pen(in: line, look: look)
    pen.write(isFocused ? look.glyphs.pointRight : " ", look.accent, on: &canvas)
    pen.write(
      "\(worker.index)", endingAt: line.x + Self.labelWidth - 1,
      isFocused ? look.bright.with(.bold) : look.text, on: &canvas)
    let cells = LaneWindow.cells(of: worker.lane, in: window)
    for (column, phase) in cells.enumerated() {
      guard let phase else { continue }
      canvas.put(
        phase.laneGlyph(look.glyphs), x: line.x + Self.labelWidth + column, y: line.y,
        style: phase.laneStyle(look))
    }
  }

  /// The signs at the right end of the upper edge, as many as there is room for.
  private func drawLegend(
    on rect: Rect, detail: String, canvas: inout Canvas, look: Look
  ) {
    let room = rect.width - 12 - look.width(of: detail)
    let isSpelt = room >= 42
    let phases: [WorkerPhase] = [.pull, .act, .learn, .push, .wait]
    let width = phases.reduce(0) { $0 + (isSpelt ? $1.title.count + 4 : 2) } + 1
    guard room >= width else { return }
    var pen = Pen(in: rect, look: look)
    pen.x = rect.maxX - 2 - width
    pen.write(" ", look.dim, on: &canvas)
    for phase in phases {
      pen.write(phase.laneGlyph(look.glyphs), phase.laneStyle(look), on: &canvas)
      pen.write(isSpelt ? " \(phase.title)  " : " ", look.dim, on: &canvas)
    }
  }

  /// Times before now, every twenty columns.
  private func drawAxis(
    in line: Rect, window: LaneWindow, on canvas: inout Canvas, look: Look
  ) {
    let right = line.maxX - 1
    canvas.text("now", x: right - 2, y: line.y, style: look.dim)
    for step in stride(from: 20, to: window.width, by: 20) {
      let text = look.spelt("-" + LaneWindow.text(Double(step) * window.secondsPerColumn))
      let x = right - step - text.columnCount / 2
      guard x >= line.x + Self.labelWidth else { return }
      canvas.text(text, x: x, y: line.y, style: look.dim)
    }
  }
}

extension LaneWindow {
  /// The phase each column of a lane shows; nil where nothing is known.
  ///
  /// Acting and waiting fill their time. Pull, learn and push may be far shorter than a column: each
  /// is one sign, at its moment or in the next free column after it.
  static func cells(of lane: [LaneSpan], in window: LaneWindow) -> [WorkerPhase?] {
    var cells = [WorkerPhase?](repeating: nil, count: window.width)
    for span in lane where span.phase == .act || span.phase == .wait {
      let from = max(0, window.column(of: span.start))
      let to = min(window.width - 1, window.column(of: span.end))
      guard from <= to else { continue }
      for column in from...to where cells[column] != .wait { cells[column] = span.phase }
    }
    var nextFree = 0
    for span in lane where span.phase != .act && span.phase != .wait {
      let at = window.column(of: span.start)
      let until = window.column(of: span.end)
      guard until >= 0 else { continue }
      let column = max(at, nextFree, 0)
      guard column < window.width, column <= max(at, until) + 2 else { continue }
      for filled in column...max(column, min(until, window.width - 1)) {
        cells[filled] = span.phase
      }
      nextFree = max(column, min(until, window.width - 1)) + 1
    }
    return cells
  }
}

extension WorkerPhase {
  /// Its sign in a lane: a line while it acts, a shade while it waits.
  func laneGlyph(_ glyphs: Glyphs) -> Unicode.Scalar {
    switch self {
    case .act: glyphs.horizontal
    case .wait: glyphs.isUnicode ? "░" : "."
    case .pull, .learn, .push: glyph(glyphs)
    }
  }

  /// Its colour in a lane.
  func laneStyle(_ look: Look) -> Style {
    switch self {
    case .pull: look.style(look.theme.accent, .bold)
    case .act: look.dim
    case .learn: look.bright
    case .push: look.style(look.theme.good, .bold)
    case .wait: look.style(look.theme.warning)
    }
  }
}
