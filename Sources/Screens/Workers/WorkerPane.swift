import CellCanvas
import Telemetry

/// One worker of a few: a small picture of its world above its numbers.
struct WorkerPane {
  var snapshot: EngineSnapshot
  var worker: WorkerReport
  var isFocused: Bool

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let inner = Panel(
      title: "\(worker.index)", detail: "ep \(worker.episodes)", trailing: phaseText(look),
      isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
    guard !inner.isEmpty else { return }
    let lines = inner.height >= 8 ? 3 : inner.height >= 3 ? 2 : inner.height
    let parts = inner.split(bottom: lines)
    drawWorld(in: parts.rest, on: &canvas, look: look)
    for row in 0..<lines {
      let line = Rect(x: inner.x, y: parts.bottom.y + row, width: inner.width, height: 1)
      draw(line: row, of: lines, in: line, on: &canvas, look: look)
    }
  }

  /// `act ●●···`: a dot for every step of the rollout done, or for a fifth of it.
  private func phaseText(_ look: Look) -> String {
    let glyphs = look.glyphs
    guard worker.phase == .act else {
      return "\(worker.phase.title) \(worker.phase.glyph(glyphs))"
    }
    let length = max(1, snapshot.settings.rolloutLength)
    let dots = min(5, length)
    let done = min(dots, max(0, worker.rolloutStep) * dots / length)
    let filled = String(repeating: String(glyphs.bullet), count: done)
    return "act " + filled + String(repeating: String(glyphs.dot), count: dots - done)
  }

  private func drawWorld(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    if let scene = worker.scene {
      SceneView(scene: scene, isCompact: true).draw(in: rect, on: &canvas, look: look)
      return
    }
    let text = "no picture yet"
    var pen = Pen(in: rect, row: rect.height / 2, look: look)
    pen.skip(max(0, (rect.width - text.count) / 2))
    pen.write(text, look.dim, on: &canvas)
  }

  private func draw(
    line row: Int, of lines: Int, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    var pen = Pen(in: rect, look: look)
    if row == lines - 1, lines > 1 {
      drawLearning(with: &pen, wide: rect.width >= 26, on: &canvas, look: look)
      return
    }
    pen.write("R", look.dim, on: &canvas)
    pen.write(
      WorkersTable.returnText(worker.episodeReturn, snapshot),
      look.style(look.theme.returns, .bold),
      on: &canvas)
    if row == 0, lines == 3 {
      pen.write("  step ", look.dim, on: &canvas)
      pen.write("\(worker.episodeStep)", look.bright, on: &canvas)
      return
    }
    if row == 1 {
      pen = Pen(in: rect, look: look)
      pen.write("mean", look.dim, on: &canvas)
      pen.write(
        WorkersTable.returnText(worker.meanReturn, snapshot), look.style(look.theme.returns),
        on: &canvas)
    }
    pen.skip(1)
    let bars = Rect(x: pen.x, y: rect.y, width: min(16, pen.columnsLeft), height: 1)
    Sparkline(values: worker.recentReturns, range: range, color: look.theme.returns)
      .draw(in: bars, on: &canvas, look: look)
  }

  private func drawLearning(
    with pen: inout Pen, wide: Bool, on canvas: inout Canvas, look: Look
  ) {
    pen.write("lag ", look.dim, on: &canvas)
    let isA3C = snapshot.settings.agent == .a3c
    let lag = isA3C ? "\(worker.staleness)" : String(look.glyphs.missing)
    pen.skip(max(0, 2 - lag.count))
    pen.write(lag, look.bright, on: &canvas)
    pen.write("  H ", look.dim, on: &canvas)
    pen.write(
      NumberFormat.unit(worker.entropy, width: 3), look.style(look.theme.entropy), on: &canvas)
    guard wide else { return }
    pen.write("  |∇| ", look.dim, on: &canvas)
    pen.write(NumberFormat.unit(worker.gradientNorm, width: 3), look.bright, on: &canvas)
  }

  /// One scale for the bars of all workers, so that they can be compared.
  private var range: ClosedRange<Double>? {
    let values = snapshot.workers.flatMap(\.recentReturns).filter(\.isFinite)
    guard let least = values.min(), let greatest = values.max() else { return nil }
    return min(0, least)...max(greatest, least + 1e-9, 1e-9)
  }
}
