import CellCanvas
import Telemetry

/// The map coloured by bias, variance or error of an estimator.
struct FieldPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    Panel(title: "Map", isFocused: isFocused).draw(in: rect, on: &canvas, look: look)
  }
}
