import CellCanvas
import Telemetry

/// View 4: an episode as it was recorded, a step at a time.
struct EpisodeView {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let panes: [any EpisodePane] = [
      RecordedStepPane(snapshot: snapshot, state: state),
      TargetPane(snapshot: snapshot, state: state),
      UpdatePane(snapshot: snapshot, state: state),
      KeptEpisodesPane(snapshot: snapshot, state: state),
    ]
    let areas = rect.rows(panes.map { _ in .weight(1) })
    for ((pane, id), area) in zip(zip(panes, PaneID.ofEpisode), areas) where !area.isEmpty {
      pane.draw(in: area, isFocused: state.episodePane == id, on: &canvas, look: look)
    }
  }
}

/// A pane of view 4: a pure function of its values.
protocol EpisodePane {
  /// Draws the pane with its frame, at any size.
  func draw(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look)
}
