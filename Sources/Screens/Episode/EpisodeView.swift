import CellCanvas
import Telemetry

/// View 4: an episode as it was recorded, a step at a time.
struct EpisodeView {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  /// What is under the mouse.
  enum Hit: Equatable {
    case pane(PaneID)
    /// A row of the kept episodes.
    case kept(Int)
    case scrubber
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let layout = layout(in: rect)
    for (pane, area) in layout.panes where !area.isEmpty {
      view(of: pane)?.draw(
        in: area, isFocused: state.episodePane == pane, on: &canvas, look: look)
    }
    guard let bar = scrubber(in: rect) else {
      canvas.fill(layout.scrubber, " ", style: look.ground)
      canvas.notice(
        "The run's steps are being recorded from now on.", in: layout.scrubber, look: look)
      return
    }
    bar.draw(on: &canvas, look: look)
  }

  func hitTest(x: Int, y: Int, in rect: Rect) -> Hit? {
    let layout = layout(in: rect)
    if layout.scrubber.contains(x: x, y: y) { return .scrubber }
    guard let (pane, area) = layout.panes.first(where: { $0.area.contains(x: x, y: y) }) else {
      return nil
    }
    if pane == .episodes {
      let kept = KeptEpisodesPane(snapshot: snapshot, state: state)
      if let row = kept.row(atY: y, in: area) { return .kept(row) }
    }
    return .pane(pane)
  }

  /// The scrubber; nil until the engine tells what is recorded.
  func scrubber(in rect: Rect) -> ScrubberBar? {
    snapshot.history.map {
      ScrubberBar(
        history: $0, worker: state.focusedWorker, moment: state.moment,
        rect: layout(in: rect).scrubber)
    }
  }

  private func layout(in rect: Rect) -> EpisodeLayout {
    EpisodeLayout(in: rect, focus: state.episodePane, isZoomed: state.isZoomed)
  }

  /// What is drawn in a pane of this view; nil for those of others.
  private func view(of pane: PaneID) -> (any EpisodePane)? {
    switch pane {
    case .recordedStep: RecordedStepPane(snapshot: snapshot, state: state)
    case .target: TargetPane(snapshot: snapshot, state: state)
    case .update: UpdatePane(snapshot: snapshot, state: state)
    case .episodes: KeptEpisodesPane(snapshot: snapshot, state: state)
    default: nil
    }
  }
}

/// A pane of view 4: a pure function of its values.
protocol EpisodePane {
  /// Draws the pane with its frame, at any size.
  func draw(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look)
}
