import CellCanvas
import Telemetry

/// Two settings raced from identical beginnings.
struct RacePane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    Panel(title: "Race", isFocused: isFocused).draw(in: rect, on: &canvas, look: look)
  }
}
