import CellCanvas
import Estimators
import Scenes
import Telemetry

extension Turn {
  /// View 3: pages, the state looked into, the estimators chosen.
  mutating func performEstimators(_ action: Action) {
    switch action {
    case .nextPage: turnPage(by: 1)
    case .previousPage: turnPage(by: -1)
    case .cursorStateUp: moveCursor(down: -1, right: 0)
    case .cursorStateDown: moveCursor(down: 1, right: 0)
    case .cursorStateLeft: moveCursor(down: 0, right: -1)
    case .cursorStateRight: moveCursor(down: 0, right: 1)
    case .followWorker:
      state.estimators.subject = .worker
      say("following worker \(state.focusedWorker)")
    case .keepState: keep()
    case .nextKept: lookIntoNextKept()
    case .toggleAxis:
      state.estimators.isLogarithmic.toggle()
      say(state.estimators.isLogarithmic ? "logarithmic axis" : "linear axis from 0")
    case .nextSlot: chooseNextSlot()
    case .lowerSlot where settings.agent.hasTable: chooseRival(by: -1)
    case .raiseSlot where settings.agent.hasTable: chooseRival(by: 1)
    case .lowerSlot: adjustSlot(up: false)
    case .raiseSlot: adjustSlot(up: true)
    case .nextFieldQuantity:
      state.estimators.quantity = Self.neighbour(of: state.estimators.quantity, by: 1)
      say("the map shows the \(state.estimators.quantity.title)")
    default: break
    }
  }

  private mutating func turnPage(by step: Int) {
    open(Self.neighbour(of: state.estimators.page, by: step))
  }

  /// Opens a page of view 3.
  mutating func open(_ page: EstimatorPage) {
    show(.estimators)
    state.estimators.page = page
    state.estimators.slot = 0
    state.isZoomed = false
  }

  /// A click on a page's name opens it, one on a pane puts it in focus, one on a square of the map
  /// looks into its state, one on a step of the rollout takes it apart.
  mutating func clickEstimators(_ mouse: Mouse, in body: Rect) {
    let view = EstimatorsView(snapshot: snapshot, state: state)
    switch view.hitTest(x: mouse.x, y: mouse.y, in: body) {
    case .page(let page): open(page)
    case .pane(let pane): state.focusedPane = pane
    case .step(let step):
      state.focusedPane = .pair
      state.estimators.step = step
    case .square(let square, let pane):
      state.focusedPane = pane
      guard let map = StudiedMap(snapshot: snapshot, state: state.estimators)?.map else { return }
      lookInto(row: square / map.columns, column: square % map.columns, of: map)
    case nil: break
    }
  }

  // MARK: The state looked into

  /// Moves the cursor by one square, from the state looked into; it stays where the next square is
  /// no state.
  private mutating func moveCursor(down: Int, right: Int) {
    guard let studied = StudiedMap(snapshot: snapshot, state: state.estimators),
      studied.map.columns > 0
    else { return refuse("\(snapshot.run.environment) has no map") }
    let columns = studied.map.columns
    let (row, column) = studied.origin.quotientAndRemainder(dividingBy: columns)
    lookInto(row: row + down, column: column + right, of: studied.map)
  }

  private mutating func lookInto(row: Int, column: Int, of map: GridMap) {
    switch StudiedMap.state(row: row, column: column, in: map) {
    case .success(let index): lookInto(index)
    case .failure(let none): refuse(none.reason)
    }
  }

  /// Puts the cursor on a state.
  mutating func lookInto(_ index: Int) {
    state.estimators.cursor = index
    state.estimators.subject = .cursor
  }

  private mutating func keep() {
    guard let kept = snapshot.estimators?.subject?.kept else {
      return refuse("no state to keep yet: its first figures are being made")
    }
    if state.estimators.kept.contains(kept) { return refuse("\(kept.name) is kept already") }
    let dropped = state.estimators.keep(kept)
    let count = "\(state.estimators.kept.count) of \(EstimatorsState.mostKept)"
    let fate = dropped.map { "; the oldest, \($0.name), went" } ?? ""
    say("kept \(kept.name) (\(count))\(fate)")
  }

  private mutating func lookIntoNextKept() {
    let kept = state.estimators.kept
    guard !kept.isEmpty else { return refuse("nothing is kept yet; k keeps the state looked into") }
    var place = 0
    if case .kept(let now) = state.estimators.subject { place = (now + 1) % kept.count }
    state.estimators.subject = .kept(place)
    say("kept \(place + 1) of \(kept.count): \(kept[place].name)")
  }

  // MARK: The estimators of the page

  private mutating func chooseNextSlot() {
    let slots = state.estimators.slots
    guard slots > 0 else { return }
    state.estimators.slot = (state.estimators.slot + 1) % slots
    guard let chosen = state.estimators.chosen else { return }
    say(
      slots == 1
        ? "this page has one estimator, \(chosen.headline); { and } change it"
        : "{ and } change estimator \(state.estimators.slot + 1) of \(slots), \(chosen.headline)")
  }

  private mutating func adjustSlot(up: Bool) {
    guard let chosen = state.estimators.chosen else { return }
    guard let next = EstimatorLadder.next(chosen, up: up) else {
      return refuse("\(chosen.headline) is the \(up ? "last" : "first") of the keys")
    }
    state.estimators.chosen = next
    let which = state.estimators.slots > 1 ? "estimator \(state.estimators.slot + 1): " : ""
    say("\(which)\(next.headline)")
  }
}
