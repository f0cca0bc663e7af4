import CellCanvas
import Scenes
public import Telemetry

/// What the engine has to prepare for what is on the screen now, and no more.
public func interest(of state: InterfaceState, snapshot: EngineSnapshot) -> Interest {
  var interest = Interest(worker: state.focusedWorker)
  let frame = FrameLayout(size: Size(columns: state.columns, rows: state.rows))
  if frame.isTiny { return interest }
  if ActionValueNotice.stands(in: state.view, snapshot) { return interest }
  if state.moment != nil || state.view == .episode || !state.requests.moves.isEmpty {
    interest.history = HistoryInterest(moment: state.moment, isOpen: state.view == .episode)
  }
  switch state.view {
  case .episode: break
  case .anatomy: interest.anatomy = true
  case .stage:
    let isStageSeen = !state.isZoomed || state.stagePane == .stage
    interest.layers =
      state.layer(over: snapshot) != .none && map(snapshot) != nil && isStageSeen
    if !snapshot.settings.agent.hasPolicyNetwork, !snapshot.isReplay {
      interest.actionValues = !state.isZoomed || state.stagePane == .workers
      // The pane of the values tells of the greedy way, which comes with the layers.
      if interest.actionValues, map(snapshot) != nil { interest.layers = true }
      break
    }
    interest.baselines =
      snapshot.settings.agent == .reinforce && !snapshot.isReplay
      && (!state.isZoomed || state.stagePane == .workers)
    interest.biasVariance =
      state.isZoomed ? state.stagePane == .biasVariance : showsStrip(snapshot, in: frame.body)
  case .estimators where snapshot.settings.agent.hasTable: break
  case .estimators:
    // A row of states is drawn with the critic's values above it.
    interest.layers =
      state.estimators.page == .state && map(snapshot).map(ChainView.suits) ?? false
    interest.estimators = EstimatorInterest(
      page: state.estimators.page, subject: subject(of: state.estimators),
      clouds: state.estimators.clouds, field: state.estimators.field)
  case .workers:
    let layout = WorkersLayout(in: frame.body, state: state, count: snapshot.workers.count)
    interest.lanes = !layout.lanes.isEmpty
    if layout.form == .panes, !layout.overview.isEmpty {
      interest.scenes = 0..<layout.count
    } else if interest.lanes {
      // The lanes on the screen are those of these workers.
      let first = state.firstWorker(rows: layout.laneRows, of: layout.count)
      interest.scenes = first..<min(layout.count, first + layout.laneRows)
    }
  }
  return interest
}

/// The state that view 3 looks into.
private func subject(of state: EstimatorsState) -> StudySubject {
  switch state.subject {
  case .worker: return .worker
  case .cursor: return state.cursor.map { .tabular($0) } ?? .worker
  case .kept(let place):
    return state.kept.indices.contains(place) ? .kept(state.kept[place]) : .worker
  }
}

/// The map on the stage, where there is one.
private func map(_ snapshot: EngineSnapshot) -> GridMap? {
  if case .grid(let grid) = snapshot.stage.scene { grid.map } else { nil }
}

/// Whether the bias-variance strip of view 1 is on the screen.
private func showsStrip(_ snapshot: EngineSnapshot, in body: Rect) -> Bool {
  let room = map(snapshot).map(ChainView.room)
  return !StageLayout(in: body, map: room).biasVariance.isEmpty
}
