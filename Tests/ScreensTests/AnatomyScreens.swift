import CellCanvas
import Telemetry
import TestSupport

@testable import Screens

/// View 5 for the tests.
enum AnatomyScreens {
  static let ascii = Look(theme: .mono, glyphs: .ascii, colors: .none)

  static func snapshot(
    _ report: AnatomyReport?, status: RunStatus = .paused
  ) -> EngineSnapshot {
    var snapshot = SampleSnapshots.with(SampleSnapshots.cartPole(), status: status)
    snapshot.anatomy = report
    if let report { snapshot.settings.agent = report.agent }
    return snapshot
  }

  static func state(
    columns: Int, rows: Int, adjust: (inout InterfaceState) -> Void = { _ in }
  ) -> InterfaceState {
    var state = InterfaceState(columns: columns, rows: rows)
    state.view = .anatomy
    state.focusedWorker = 3
    adjust(&state)
    return state
  }

  /// The whole screen: header, view and footer.
  static func screen(
    _ report: AnatomyReport?, columns: Int, rows: Int, look: Look = Look(),
    status: RunStatus = .paused, adjust: (inout InterfaceState) -> Void = { _ in }
  ) -> Canvas {
    frame(
      state: state(columns: columns, rows: rows, adjust: adjust),
      snapshot: snapshot(report, status: status),
      catalogue: Catalogue(environments: [], agents: [], presets: []),
      size: Size(columns: columns, rows: rows), look: look)
  }
}
