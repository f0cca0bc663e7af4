import CellCanvas
import Screens
import Telemetry
import TestSupport

/// Frames of view 1 for the tests: header, stage and an empty footer.
enum StageScreens {
  static func frame(
    _ snapshot: EngineSnapshot, columns: Int, rows: Int, look: Look = Look(),
    adjust: (inout InterfaceState) -> Void = { _ in }
  ) -> Canvas {
    var state = InterfaceState(columns: columns, rows: rows)
    state.focusedWorker = snapshot.stage.worker
    adjust(&state)
    var canvas = Canvas(size: Size(columns: columns, rows: rows), background: look.ground)
    HeaderLine(snapshot: snapshot).draw(
      in: Rect(x: 0, y: 0, width: columns, height: 1), on: &canvas, look: look)
    StageView(snapshot: snapshot, state: state).draw(
      in: Rect(x: 0, y: 1, width: columns, height: rows - 2), on: &canvas, look: look)
    return canvas
  }

  static let ascii = Look(theme: .mono, glyphs: .ascii, colors: .none)
  static let looks: [Look] = [
    Look(), Look(theme: .light, colors: .ansi16), Look(theme: .mono, colors: .none), ascii,
  ]

  static func sample(_ name: String) -> EngineSnapshot {
    SampleSnapshots.all.first { $0.name == name }?.snapshot ?? SampleSnapshots.cartPole()
  }
}
