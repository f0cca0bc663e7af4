import CellCanvas
import Telemetry

/// View 4.
struct KeptEpisodesPane: EpisodePane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look) {
  }
}
