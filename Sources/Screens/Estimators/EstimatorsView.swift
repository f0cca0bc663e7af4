import CellCanvas
import Scenes
import Telemetry

/// View 3: the estimators laid open, a page at a time.
struct EstimatorsView {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  /// What is under the mouse.
  enum Hit: Equatable {
    case page(EstimatorPage)
    case pane(PaneID)
    /// A square of the map, row * columns + column, in a pane.
    case square(Int, PaneID)
    /// A step of the rollout.
    case step(Int)
  }

  /// The least height at which the pages' names have a row of their own.
  private static let leastForTabs = 8

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let (tabs, page) = divide(rect)
    if !tabs.isEmpty { drawTabs(in: tabs, on: &canvas, look: look) }
    for (pane, area) in panes(in: page) where !area.isEmpty {
      draw(pane, in: area, on: &canvas, look: look)
    }
  }

  func hitTest(x: Int, y: Int, in rect: Rect) -> Hit? {
    let (tabs, page) = divide(rect)
    if tabs.contains(x: x, y: y) {
      return self.tabs(in: tabs).first { $0.area.contains(x: x, y: y) }.map { .page($0.page) }
    }
    guard let (pane, area) = panes(in: page).first(where: { $0.1.contains(x: x, y: y) }) else {
      return nil
    }
    if pane == .pair {
      let look = Look(glyphs: state.isUnicode ? .unicode : .ascii)
      return PairPane(snapshot: snapshot, state: state).step(y: y, in: area, look: look)
        .map { .step($0) } ?? .pane(pane)
    }
    let square: Int? =
      switch pane {
      case .subject: SubjectPane(snapshot: snapshot, state: state).square(x: x, y: y, in: area)
      case .field: FieldPane(snapshot: snapshot, state: state).square(x: x, y: y, in: area)
      default: nil
      }
    return square.map { .square($0, pane) } ?? .pane(pane)
  }

  private var page: EstimatorPage { state.estimators.page }

  /// An agent with a table has no estimators, but races.
  private var pages: [EstimatorPage] {
    snapshot.settings.agent.hasTable ? [.race] : EstimatorPage.allCases
  }

  private func divide(_ rect: Rect) -> (tabs: Rect, page: Rect) {
    let parts = rect.split(top: rect.height >= Self.leastForTabs ? 1 : 0)
    return (parts.top, parts.rest)
  }

  // MARK: Pages

  private func tabs(in rect: Rect) -> [(page: EstimatorPage, area: Rect)] {
    let pages = pages
    let widths = pages.map { $0.title.columnCount + 2 }
    let place = pages.firstIndex(of: page) ?? 0
    let end = widths.prefix(place + 1).reduce(1) { $0 + $1 + 1 }
    // Where not all fit, those before the open one go out at the left.
    var x = rect.x + 1 - max(0, end - rect.width)
    return zip(pages, widths).map { page, width in
      defer { x += width + 1 }
      return (page, Rect(x: x, y: rect.y, width: width, height: 1).intersection(rect))
    }
  }

  private func drawTabs(in rect: Rect, on canvas: inout Canvas, look: Look) {
    canvas.fill(rect, " ", style: look.ground)
    for (page, area) in tabs(in: rect) where !area.isEmpty {
      let isOpen = page == self.page
      let title = String(" \(page.title) ".suffix(isOpen || area.x > rect.x ? 99 : area.width))
      canvas.text(
        title, x: area.x, y: area.y, style: isOpen ? look.selection.with(.bold) : look.dim,
        maxWidth: area.width)
    }
  }

  // MARK: Panes

  /// Every pane of the page with its rectangle: all of them, or the one that fills the page.
  private func panes(in rect: Rect) -> [(PaneID, Rect)] {
    if state.isZoomed { return [(state.estimators.pane, rect)] }
    let panes = state.panes
    guard panes.count > 1 else { return [(panes[0], rect)] }
    switch state.estimators.page {
    case .state: return StatePageLayout(in: rect, focus: state.estimators.pane).panes
    case .average:
      return AveragePageLayout(in: rect, focus: state.estimators.pane, map: map).panes
    case .rollout: return RolloutPageLayout(in: rect, focus: state.estimators.pane).panes
    case .gradient, .race: return [(panes[0], rect)]
    }
  }

  private var map: GridMap? {
    if case .grid(let grid) = snapshot.stage.scene { grid.map } else { nil }
  }

  private func draw(_ pane: PaneID, in area: Rect, on canvas: inout Canvas, look: Look) {
    view(of: pane)?.draw(
      in: area, isFocused: state.estimators.pane == pane, on: &canvas, look: look)
  }

  /// What is drawn in a pane of this view; nil for those of others.
  private func view(of pane: PaneID) -> (any EstimatorsPane)? {
    switch pane {
    case .curves: ErrorCurvesPane(snapshot: snapshot, state: state, isAverage: false)
    case .averageCurves: ErrorCurvesPane(snapshot: snapshot, state: state, isAverage: true)
    case .targets: TargetCloudsPane(snapshot: snapshot, state: state)
    case .subject: SubjectPane(snapshot: snapshot, state: state)
    case .field: FieldPane(snapshot: snapshot, state: state)
    case .pair: PairPane(snapshot: snapshot, state: state)
    case .weights: WeightsPane(snapshot: snapshot, state: state)
    case .gradient: GradientPane(snapshot: snapshot, state: state)
    case .race: RacePane(snapshot: snapshot, state: state)
    default: nil
    }
  }
}

/// A pane of view 3: a pure function of its values.
protocol EstimatorsPane {
  /// Draws the pane with its frame, at any size.
  func draw(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look)
}

extension EstimatorPage {
  /// Its name, as shown.
  var title: String {
    switch self {
    case .state: "State"
    case .average: "Policy's states"
    case .rollout: "Rollout"
    case .gradient: "Gradient"
    case .race: "Race"
    }
  }
}
