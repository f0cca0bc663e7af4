import CellCanvas
import Telemetry

/// Sampled targets of four estimators around the true value.
struct TargetCloudsPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    Panel(title: "Targets", isFocused: isFocused).draw(in: rect, on: &canvas, look: look)
  }
}
