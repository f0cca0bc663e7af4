import CellCanvas
import Telemetry

/// Where the panes of the page of the policy's states stand; only the one in focus where there is no room for all.
struct AveragePageLayout {
  let panes: [(PaneID, Rect)]

  init(in rect: Rect, focus: PaneID) {
    let rows = rect.rows(Array(repeating: .weight(1), count: PaneID.panes(of: .average).count))
    panes = Array(zip(PaneID.panes(of: .average), rows))
  }
}
