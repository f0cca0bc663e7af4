import CellCanvas
import Telemetry

/// The state looked into: on the map, or its world.
struct SubjectPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    Panel(title: "State", isFocused: isFocused).draw(in: rect, on: &canvas, look: look)
  }
}
