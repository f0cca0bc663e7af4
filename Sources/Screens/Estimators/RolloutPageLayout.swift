import CellCanvas
import Telemetry

/// Where the panes of the page of the rollout stand; only the one in focus where there is no room for all.
struct RolloutPageLayout {
  let panes: [(PaneID, Rect)]

  init(in rect: Rect, focus: PaneID) {
    let rows = rect.rows(Array(repeating: .weight(1), count: PaneID.panes(of: .rollout).count))
    panes = Array(zip(PaneID.panes(of: .rollout), rows))
  }
}
