import CellCanvas
import Telemetry

/// What stands in the views of a learner while an episode from a file is looked at.
struct ReplayNotice {
  var snapshot: EngineSnapshot

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let inner = Panel(title: "Replay").draw(in: rect, on: &canvas, look: look)
    guard !inner.isEmpty else { return }
    var pen = Pen(in: inner, look: look)
    pen.write(" a replay has no learner: ", look.text, on: &canvas)
    pen.write("4", look.accent, on: &canvas)
    pen.write(" shows the episode", look.text, on: &canvas)
  }
}
