import CellCanvas
import Telemetry

/// View 4: an episode as it was recorded, a step at a time.
struct EpisodeView {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  /// What is under the mouse.
  enum Hit: Equatable {
    /// A row of the kept episodes.
    case kept(Int)
    case pane(PaneID)
    case scrubber
  }

  /// The least size at which all panes stand on the screen.
  private static let leastForAll = Size(columns: 76, rows: 16)
  /// The least height at which there is a scrubber.
  private static let leastForScrubber = 8
  private static let keptWidth = 28

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    for (id, area) in panes(in: rect) where !area.isEmpty {
      pane(id)?.draw(in: area, isFocused: state.episodePane == id, on: &canvas, look: look)
    }
    scrubber(in: rect)?.draw(on: &canvas, look: look)
  }

  func hitTest(x: Int, y: Int, in rect: Rect) -> Hit? {
    if scrubber(in: rect)?.area.contains(x: x, y: y) == true { return .scrubber }
    guard let (id, area) = panes(in: rect).first(where: { $0.1.contains(x: x, y: y) }) else {
      return nil
    }
    guard id == .episodes else { return .pane(id) }
    return KeptEpisodesPane(snapshot: snapshot, state: state).row(y: y, in: area)
      .map { .kept($0) } ?? .pane(id)
  }

  /// The scrubber, where there is room for it.
  func scrubber(in rect: Rect) -> ScrubberBar? {
    let area = divide(rect).scrubber
    return area.isEmpty ? nil : ScrubberBar(snapshot: snapshot, area: area)
  }

  private func divide(_ rect: Rect) -> (panes: Rect, scrubber: Rect) {
    let parts = rect.split(bottom: rect.height >= Self.leastForScrubber ? ScrubberBar.rows : 0)
    return (parts.rest, parts.bottom)
  }

  /// The panes on the screen: all of them, or the one in focus where it is opened or room is short.
  private func panes(in rect: Rect) -> [(PaneID, Rect)] {
    let area = divide(rect).panes
    let fits = area.width >= Self.leastForAll.columns && area.height >= Self.leastForAll.rows
    guard fits, !state.isZoomed else { return [(state.episodePane, area)] }
    let rows = area.rows([.weight(1), .weight(1)])
    let above = rows[0].columns([.weight(1), .weight(1)])
    let below = rows[1].columns([.weight(1), .fixed(Self.keptWidth)])
    return Array(zip(PaneID.ofEpisode, above + below))
  }

  private func pane(_ id: PaneID) -> (any EpisodePane)? {
    switch id {
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
