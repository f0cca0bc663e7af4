import CellCanvas
import Telemetry

/// Where the panes of view 4 and the scrubber stand.
///
/// Wide screens have the step above the kept episodes at the left, its target above its update at
/// the right, and the scrubber below all. As room shrinks fewer panes are shown, the one in focus
/// always; the scrubber stays.
struct EpisodeLayout {
  /// The panes that are shown, with their rectangles.
  var panes: [(pane: PaneID, area: Rect)] = []
  /// The scrubber.
  var scrubber: Rect

  /// The least columns for panes side by side, and rows for one above another.
  private static let leastWide = 72
  private static let leastHigh = 9
  /// The columns in which the target stands as n-step and λ side by side.
  private static let wideTarget = 70
  /// The rows of five kept episodes with heading and frame.
  private static let keptRows = 8

  init(in rect: Rect, focus: PaneID, isZoomed: Bool) {
    let rows =
      rect.height >= 28
      ? ScrubberBar.fullHeight : rect.height >= 12 ? ScrubberBar.leastHeight : 2
    let parts = rect.split(bottom: min(rows, rect.height))
    scrubber = parts.bottom
    if isZoomed {
      panes = [(focus, parts.rest)]
    } else if rect.width < Self.leastWide {
      stack(in: parts.rest, focus)
    } else if parts.rest.height < 2 * Self.leastHigh {
      let other = focus == .recordedStep ? .target : focus
      let sides = parts.rest.columns([.weight(1), .weight(1)])
      panes = [(.recordedStep, sides[0]), (other, sides[1])]
    } else {
      quarter(parts.rest)
    }
  }

  private mutating func quarter(_ rect: Rect) {
    // Both kinds of target side by side, where the step keeps enough.
    let right =
      rect.width >= 140
      ? rect.width * 62 / 100
      : rect.width >= Self.wideTarget + 40
        ? max(Self.wideTarget, rect.width * 58 / 100) : rect.width / 2
    let sides = rect.split(right: right)
    let kept = min(max(Self.keptRows, rect.height / 4), rect.height - 11)
    let left = sides.rest.split(bottom: kept)
    let halves = sides.right.rows([.weight(1), .weight(1)])
    panes = [
      (.recordedStep, left.rest), (.episodes, left.bottom), (.target, halves[0]),
      (.update, halves[1]),
    ]
  }

  /// As many panes as have room, one above the other: those up to the one in focus.
  private mutating func stack(in rect: Rect, _ focus: PaneID) {
    let all = PaneID.ofEpisode
    let count = min(max(1, rect.height / Self.leastHigh), all.count)
    let place = all.firstIndex(of: focus) ?? 0
    let first = max(0, min(place, place - count + 1))
    let shown = all[first..<min(first + count, all.count)]
    panes = Array(zip(shown, rect.rows(shown.map { _ in .weight(1) }))).map { ($0, $1) }
  }
}
