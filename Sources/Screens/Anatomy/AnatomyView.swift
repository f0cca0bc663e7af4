import CellCanvas
import Telemetry

/// View 5: the algorithm in use, phase by phase.
struct AnatomyView {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
  }
}
