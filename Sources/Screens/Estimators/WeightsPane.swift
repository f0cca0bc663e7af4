import CellCanvas
import Telemetry

/// The weights of the lambda-return at one step, and what they add up to.
struct WeightsPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    Panel(title: "Weights", isFocused: isFocused).draw(in: rect, on: &canvas, look: look)
  }
}
