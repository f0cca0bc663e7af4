import CellCanvas
import Telemetry

/// Where the panes of the page of the rollout stand: beside each other, one above the other, or only
/// the one in focus where there is no room for both.
struct RolloutPageLayout {
  let panes: [(PaneID, Rect)]

  /// Columns from which both stand beside each other, and those the weights need at least.
  private static let leastWidth = 104
  private static let leastWeights = 44
  /// Rows from which one stands above the other, and those the weights need at least.
  private static let leastHeight = 17
  private static let leastWeightRows = 8

  init(in rect: Rect, focus: PaneID) {
    let ids = PaneID.panes(of: .rollout)
    if rect.width >= Self.leastWidth, rect.height >= 8 {
      let weights = max(Self.leastWeights, rect.width * 38 / 100)
      let parts = rect.columns([.weight(1), .fixed(weights)])
      panes = Array(zip(ids, parts))
    } else if rect.height >= Self.leastHeight, rect.width >= 36 {
      let weights = max(Self.leastWeightRows, rect.height * 45 / 100)
      let parts = rect.rows([.weight(1), .fixed(weights)])
      panes = Array(zip(ids, parts))
    } else {
      panes = [(ids.contains(focus) ? focus : ids[0], rect)]
    }
  }
}
