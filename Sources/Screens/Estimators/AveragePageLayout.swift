import CellCanvas
import Scenes
import Telemetry

/// Where the panes of the page of the policy's states stand: the curves above, the map below, as
/// high as it can be drawn well; only the one in focus where there is no room for both.
struct AveragePageLayout {
  let panes: [(PaneID, Rect)]

  private static let least = Size(columns: 56, rows: 18)
  private static let leastCurves = 11

  /// The layout for a map; nil in worlds without one.
  init(in rect: Rect, focus: PaneID, map: GridMap?) {
    guard rect.width >= Self.least.columns, rect.height >= Self.least.rows else {
      panes = [(focus, rect)]
      return
    }
    let parts = rect.split(bottom: Self.height(of: map, in: rect))
    panes = [(.averageCurves, parts.rest), (.field, parts.bottom)]
  }

  private static func height(of map: GridMap?, in rect: Rect) -> Int {
    guard let map else { return 5 }
    let most = rect.height - max(leastCurves, rect.height * 2 / 5)
    // The largest squares that leave the curves their room.
    let fitting = GridProjection.scales.first {
      let size = GridProjection.size(of: map, scale: $0)
      return size.columns <= rect.width - 2 && size.rows + 2 <= most
    }
    return fitting.map { min(most, max(9, $0.rows * map.rows + 2)) } ?? most
  }
}
