import CellCanvas
import Scenes
public import Telemetry

/// What the engine has to prepare for what is on the screen now, and no more.
public func interest(of state: InterfaceState, snapshot: EngineSnapshot) -> Interest {
  var interest = Interest(worker: state.focusedWorker)
  let frame = FrameLayout(size: Size(columns: state.columns, rows: state.rows))
  if frame.isTiny { return interest }
  switch state.view {
  case .stage:
    interest.layers = state.layer != .none && isMaze(snapshot) && shows(.stage, state, frame)
    interest.biasVariance = shows(.biasVariance, state, frame)
  case .workers:
    let layout = WorkersLayout(in: frame.body, state: state, count: snapshot.workers.count)
    interest.lanes = !layout.lanes.isEmpty
    if layout.form == .panes, !layout.overview.isEmpty { interest.scenes = 0..<layout.count }
  }
  return interest
}

private func isMaze(_ snapshot: EngineSnapshot) -> Bool {
  if case .grid = snapshot.stage.scene { return true }
  return false
}

/// Whether a pane of view 1 is on the screen.
private func shows(_ pane: PaneID, _ state: InterfaceState, _ frame: FrameLayout) -> Bool {
  if state.isZoomed { return state.stagePane == pane }
  return pane == .stage || !StageLayout(in: frame.body).biasVariance.isEmpty
}
