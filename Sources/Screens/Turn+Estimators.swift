import CellCanvas
import Telemetry

extension Turn {
  /// View 3: pages, the state looked into, the estimators chosen.
  mutating func performEstimators(_ action: Action) {
    switch action {
    case .nextPage: turnPage(by: 1)
    case .previousPage: turnPage(by: -1)
    default: break
    }
  }

  private mutating func turnPage(by step: Int) {
    let pages = EstimatorPage.allCases
    let place = state.estimators.page.rawValue
    state.estimators.page = pages[(place + step + pages.count) % pages.count]
    state.estimators.slot = 0
    state.isZoomed = false
  }

  /// A click on a page's name opens it, one on a pane puts it in focus.
  mutating func clickEstimators(_ mouse: Mouse, in body: Rect) {
    let view = EstimatorsView(snapshot: snapshot, state: state)
    switch view.hitTest(x: mouse.x, y: mouse.y, in: body) {
    case .page(let page):
      state.estimators.page = page
      state.estimators.slot = 0
      state.isZoomed = false
    case .pane(let pane): state.focusedPane = pane
    case nil: break
    }
  }
}
