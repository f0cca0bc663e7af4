import CellCanvas
import Telemetry

/// Two estimators on the same rollout, step by step.
struct PairPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    Panel(title: "Two estimators", isFocused: isFocused).draw(in: rect, on: &canvas, look: look)
  }
}
