import CellCanvas
import Telemetry

extension Turn {
  private static let wheelStep = 3

  /// The mouse: clicks focus, choose and act like the keys they stand on; the wheel scrolls.
  mutating func point(_ mouse: Mouse) {
    let size = Size(columns: state.columns, rows: state.rows)
    let layout = FrameLayout(size: size)
    switch mouse.kind {
    case .press:
      if layout.footer.contains(x: mouse.x, y: mouse.y) {
        clickFooter(at: mouse.x, width: size.columns)
      } else {
        click(mouse, in: layout, size)
      }
    case .wheelUp: wheel(-1, mouse, in: layout)
    case .wheelDown: wheel(1, mouse, in: layout)
    case .release: if state.isScrubbing { drag(mouse, in: layout.body) }
    }
  }

  private mutating func clickFooter(at column: Int, width: Int) {
    if case .settingLine = state.overlay { return }
    let look = Look(glyphs: state.isUnicode ? .unicode : .ascii)
    let footer = Footer(state: state, snapshot: snapshot, width: width, look: look)
    guard let action = footer.action(at: column) else { return }
    let tabs: [Action] = [
      .showStage, .showWorkers, .showEstimators, .showEpisode, .showAnatomy,
    ]
    if tabs.contains(action) { state.overlay = nil }
    perform(action)
  }

  private mutating func click(_ mouse: Mouse, in layout: FrameLayout, _ size: Size) {
    switch state.overlay {
    case .help:
      if !HelpLayout(size: size, agent: snapshot.settings.agent).box.contains(
        x: mouse.x, y: mouse.y)
      {
        state.overlay = nil
      }
    case .chooser(let chooser): click(mouse, on: chooser, size)
    case .settingLine, .quit: break
    case .none:
      switch state.view {
      case let view where ActionValueNotice.stands(in: view, snapshot): break
      case .stage: clickStage(mouse, in: layout.body)
      case .workers: clickWorkers(mouse, in: layout.body)
      case .estimators: clickEstimators(mouse, in: layout.body)
      case .episode: clickEpisode(mouse, in: layout.body)
      case .anatomy: clickAnatomy(mouse, in: layout.body)
      }
    }
  }

  /// A click selects an entry, a click on the selected one takes it; one outside closes.
  private mutating func click(_ mouse: Mouse, on chooser: Chooser, _ size: Size) {
    let layout = ChooserLayout(size: size)
    guard layout.box.contains(x: mouse.x, y: mouse.y) else {
      state.overlay = nil
      return
    }
    let count = chooser.entries(in: catalogue).count
    guard
      let entry = layout.entry(x: mouse.x, y: mouse.y, selection: chooser.selection, of: count)
    else { return }
    if entry == chooser.selection { return performChooser(.overlayAccept, chooser) }
    var moved = chooser
    moved.selection = entry
    state.overlay = .chooser(moved)
  }

  private mutating func clickStage(_ mouse: Mouse, in body: Rect) {
    let view = StageView(snapshot: snapshot, state: state)
    switch view.hitTest(x: mouse.x, y: mouse.y, in: body) {
    case .pane(let pane): state.focusedPane = pane
    case .worker(let worker):
      state.focusedPane = .workers
      focus(worker)
    case nil: break
    }
  }

  private mutating func clickWorkers(_ mouse: Mouse, in body: Rect) {
    let view = WorkersView(snapshot: snapshot, state: state)
    switch view.hitTest(x: mouse.x, y: mouse.y, in: body) {
    case .pane(let pane): state.focusedPane = pane
    case .worker(let worker, let pane):
      state.focusedPane = pane
      focus(worker)
    case nil: break
    }
  }

  private mutating func wheel(_ direction: Int, _ mouse: Mouse, in layout: FrameLayout) {
    switch state.overlay {
    case .help, .chooser:
      for _ in 0..<Self.wheelStep { perform(direction < 0 ? .overlayUp : .overlayDown) }
    case .settingLine, .quit: break
    case .none:
      switch state.view {
      case .stage: wheelStage(direction, mouse, in: layout.body)
      case .workers: wheelWorkers(direction, mouse, in: layout.body)
      case .estimators: perform(direction < 0 ? .previousPage : .nextPage)
      case .episode: perform(direction < 0 ? .stepOneBack : .stepOne)
      case .anatomy: break
      }
    }
  }

  private mutating func wheelStage(_ direction: Int, _ mouse: Mouse, in body: Rect) {
    let view = StageView(snapshot: snapshot, state: state)
    switch view.hitTest(x: mouse.x, y: mouse.y, in: body) {
    case .worker, .pane(.workers):
      let rows = view.visibleWorkers(in: body).count
      if rows > 0 { scrollWorkers(by: direction * Self.wheelStep, rows: rows) }
    case .pane, nil: break
    }
  }

  private mutating func wheelWorkers(_ direction: Int, _ mouse: Mouse, in body: Rect) {
    let workers = WorkersLayout(in: body, state: state, count: snapshot.workers.count)
    if workers.lanes.contains(x: mouse.x, y: mouse.y) {
      perform(direction < 0 ? .shorterLanes : .longerLanes)
    } else if workers.overview.contains(x: mouse.x, y: mouse.y), workers.form != .panes {
      let row = workers.workersPerRow
      let step = workers.form == .list ? Self.wheelStep : row
      state.workerScroll = min(
        max(workers.firstRow * row + direction * step, 0),
        max(0, (workers.totalRows - workers.visibleRows) * row))
      state.isScrolledAway = true
    }
  }
}
