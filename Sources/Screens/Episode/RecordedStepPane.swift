import CellCanvas
import Telemetry

/// The step in view: its world, what was observed, done and received, and what became of it.
struct RecordedStepPane: EpisodePane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look) {
    let inside = Panel(title: "Step", detail: detail(rect.width, look), isFocused: isFocused)
      .draw(in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    guard let history = snapshot.history, let episode = history.episode else {
      canvas.notice(
        look.spelt(
          "Recorded steps appear here, one at a time, as soon as a worker has done some."),
        in: inside, look: look)
      return
    }
    let numbers = RecordedStepNumbers(
      snapshot: snapshot, history: history,
      outcome: RecordedOutcome(of: episode, at: history.cursor))
    let world: Rect
    let column = RecordedStepNumbers.columnWidth(in: inside)
    if column > 0 {
      let parts = inside.split(right: column)
      world = parts.rest
      numbers.drawColumn(in: parts.right, on: &canvas, look: look)
    } else {
      let parts = inside.split(bottom: numbers.rows(in: inside))
      world = parts.rest
      numbers.drawRows(in: parts.bottom, on: &canvas, look: look)
    }
    SceneView(
      scene: snapshot.stage.scene, layers: snapshot.layers, layer: state.layer(over: snapshot),
      isCompact: world.height < 8
    ).draw(in: world, on: &canvas, look: look)
  }

  /// Worker, episode and step, in the words that fit the frame.
  private func detail(_ columns: Int, _ look: Look) -> String {
    guard let history = snapshot.history, let episode = history.episode else { return "" }
    let worker = "worker \(episode.worker)"
    let step = "step \(NumberFormat.grouped(episode.omitted + history.cursor))"
    let all = "number \(NumberFormat.grouped(history.number))"
    let choices = [
      "\(worker) · episode \(episode.episode) · \(step) · \(all)",
      "\(worker) · episode \(episode.episode) · \(step)",
      "\(worker) · ep \(episode.episode) · \(step)", "\(worker) · \(step)", step,
    ]
    return look.spelt(look.fitting(choices, columns - 13))
  }
}
