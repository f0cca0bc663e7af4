import CellCanvas
import Telemetry

/// The variance of the policy gradient by what weighs its terms.
struct GradientPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    Panel(title: "Gradient", isFocused: isFocused).draw(in: rect, on: &canvas, look: look)
  }
}
