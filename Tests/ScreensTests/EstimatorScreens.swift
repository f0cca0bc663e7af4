import CellCanvas
import Screens
import Telemetry
import TestSupport

/// Frames of view 3 for the tests.
enum EstimatorScreens {
  static func frame(
    _ snapshot: EngineSnapshot, columns: Int, rows: Int, look: Look = Look(),
    adjust: (inout InterfaceState) -> Void = { _ in }
  ) -> Canvas {
    var state = InterfaceState(columns: columns, rows: rows)
    state.isUnicode = look.glyphs.isUnicode
    state.view = .estimators
    state.focusedWorker = snapshot.stage.worker
    adjust(&state)
    return Screens.frame(
      state: state, snapshot: snapshot, catalogue: InterfaceBench.catalogue,
      size: Size(columns: columns, rows: rows), look: look)
  }

  static let ascii = Look(theme: .mono, glyphs: .ascii, colors: .none)
  static let mono = Look(theme: .mono, colors: .none)
  static let looks: [Look] = [Look(), Look(theme: .light, colors: .ansi16), mono, ascii]

  static func sample(_ name: String) -> EngineSnapshot {
    SampleEstimatorReports.all.first { $0.name == name }?.snapshot ?? SampleEstimatorReports.maze
  }
}
