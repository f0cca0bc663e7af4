import CellCanvas
import Telemetry

/// Bias squared, variance and error over n and lambda: at a state, or over the policy's states.
struct ErrorCurvesPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState
  var isAverage: Bool

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    Panel(title: "Bias and variance", isFocused: isFocused).draw(in: rect, on: &canvas, look: look)
  }
}
