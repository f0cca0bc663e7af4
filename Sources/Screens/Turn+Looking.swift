import Telemetry

extension Turn {
  /// Views, panes, layers, quantities.
  mutating func performLooking(_ action: Action) {
    switch action {
    case .showStage: show(.stage)
    case .showWorkers: show(.workers)
    case .showEstimators:
      if state.view == .estimators, settings.agent.hasPolicyNetwork {
        performEstimators(.nextPage)
      } else {
        show(.estimators)
      }
    case .showEpisode: show(.episode)
    case .showAnatomy: show(.anatomy)
    case .nextPane: moveFocus(by: 1)
    case .previousPane: moveFocus(by: -1)
    case .openPane: if state.focusedPane == .episodes { openKept() } else { state.isZoomed = true }
    case .closePane:
      if state.isZoomed { state.isZoomed = false } else if !closeKept() { state.message = nil }
    case .nextLayer: showLayer(by: 1)
    case .previousLayer: showLayer(by: -1)
    case .nextQuantity:
      state.quantity = Self.neighbour(of: state.quantity, by: 1)
      say("coloured by \(state.quantity.title)")
    case .shorterLanes: state.laneZoom = max(-4, state.laneZoom - 1)
    default: state.laneZoom = min(4, state.laneZoom + 1)
    }
  }

  /// Opens a view.
  mutating func show(_ view: ViewID) {
    if state.view != view { state.isZoomed = false }
    state.view = view
  }

  /// Lays a layer over the maze and names it.
  mutating func show(_ layer: MazeLayer) {
    let agent = snapshot.settings.agent
    guard layer != .actionValues || agent.learnsActionValues else {
      return refuse("\(agent.shortLabel) learns no values of actions")
    }
    state.layer = layer
    say("layer: \(layer.title(ofActionValues: agent.learnsActionValues))")
  }

  private mutating func showLayer(by step: Int) {
    let all = MazeLayer.all(of: snapshot)
    let place = all.firstIndex(of: state.layer(over: snapshot)) ?? 0
    show(all[(place + step + all.count) % all.count])
  }

  private mutating func moveFocus(by step: Int) {
    let panes = state.panes.filter { pane in
      snapshot.settings.agent.hasPolicyNetwork || pane != .entropy && pane != .biasVariance
    }
    let place = panes.firstIndex(of: state.focusedPane) ?? 0
    state.focusedPane = panes[(place + step + panes.count) % panes.count]
  }

  static func neighbour<Choice: CaseIterable & Equatable>(
    of choice: Choice, by step: Int
  ) -> Choice {
    let all = Array(Choice.allCases)
    let place = all.firstIndex(of: choice) ?? 0
    return all[(place + step + all.count) % all.count]
  }

  /// Which worker is in focus.
  mutating func performWorker(_ action: Action) {
    let layout = WorkersLayout(state: state, snapshot: snapshot)
    let isGrid = state.view == .workers
    let row = isGrid ? layout.workersPerRow : 1
    let page = isGrid ? layout.workersPerPage : 8
    let now = state.focusedWorker
    switch action {
    case .nextWorker: focus((now + 1) % workerCount)
    case .previousWorker: focus((now + workerCount - 1) % workerCount)
    case .workerAbove: if now >= row { focus(now - row) }
    case .workerBelow: if now + row < workerCount { focus(now + row) }
    case .workerLeft: focus(now - 1)
    case .workerRight: focus(now + 1)
    case .workerPageUp: focus(now - page)
    case .workerPageDown: focus(now + page)
    case .firstWorker: focus(0)
    default: focus(workerCount - 1)
    }
  }

  /// Puts a worker in focus: the nearest there is.
  mutating func focus(_ worker: Int) {
    let worker = min(max(worker, 0), workerCount - 1)
    travel(toWorker: worker)
    state.focusedWorker = worker
    state.isScrolledAway = false
  }

  /// Moves a list of workers under the wheel.
  mutating func scrollWorkers(by step: Int, rows: Int) {
    let first = state.firstWorker(rows: rows, of: workerCount)
    state.workerScroll = min(max(first + step, 0), max(0, workerCount - rows))
    state.isScrolledAway = true
  }
}
