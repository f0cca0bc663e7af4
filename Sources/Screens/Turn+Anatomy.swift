import CellCanvas
import Telemetry

extension Turn {
  /// Takes the phase before or after the one in view apart, round and round.
  mutating func lookAtPhase(by step: Int) {
    guard let report = snapshot.anatomy, !report.phases.isEmpty else {
      return refuse("there is no phase to look at yet")
    }
    let count = report.phases.count
    let now = state.anatomyPhase ?? report.last ?? report.next
    state.anatomyPhase = (now + step + count) % count
  }

  /// A click on a box takes its phase apart.
  mutating func clickAnatomy(_ mouse: Mouse, in body: Rect) {
    let view = AnatomyView(snapshot: snapshot, state: state)
    if let phase = view.phase(x: mouse.x, y: mouse.y, in: body) { state.anatomyPhase = phase }
  }
}
