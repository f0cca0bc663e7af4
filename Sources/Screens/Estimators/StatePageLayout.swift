import CellCanvas
import Telemetry

/// Where the panes of the page of a state stand: the curves above, the dots beside the state below;
/// only the one in focus where there is no room for all.
struct StatePageLayout {
  let panes: [(PaneID, Rect)]

  private static let least = Size(columns: 66, rows: 18)

  init(in rect: Rect, focus: PaneID) {
    guard rect.width >= Self.least.columns, rect.height >= Self.least.rows else {
      panes = [(focus, rect)]
      return
    }
    let parts = rect.split(top: max(11, rect.height * 51 / 100))
    let subject = min(64, max(28, rect.width * 36 / 100))
    let below = parts.rest.split(right: subject)
    panes = [(.curves, parts.top), (.targets, below.rest), (.subject, below.right)]
  }
}
