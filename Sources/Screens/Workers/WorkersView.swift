import CellCanvas
import Telemetry

/// View 2: all workers, as panes, list or heat map, and their lanes in time.
struct WorkersView {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  /// What is under the mouse.
  enum Hit: Equatable {
    case pane(PaneID)
    case worker(Int, PaneID)
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let layout = WorkersLayout(in: rect, state: state, count: snapshot.workers.count)
    if !layout.overview.isEmpty { drawOverview(layout, on: &canvas, look: look) }
    if !layout.lanes.isEmpty {
      LanesPane(snapshot: snapshot, state: state).draw(in: layout.lanes, on: &canvas, look: look)
    }
  }

  func hitTest(x: Int, y: Int, in rect: Rect) -> Hit? {
    let layout = WorkersLayout(in: rect, state: state, count: snapshot.workers.count)
    if layout.lanes.contains(x: x, y: y) {
      let lanes = LanesPane(snapshot: snapshot, state: state)
      return lanes.worker(atRow: y, in: layout.lanes).map { .worker($0, .lanes) } ?? .pane(.lanes)
    }
    guard layout.overview.contains(x: x, y: y) else { return nil }
    return layout.worker(x: x, y: y).map { .worker($0, .overview) } ?? .pane(.overview)
  }

  private func drawOverview(_ layout: WorkersLayout, on canvas: inout Canvas, look: Look) {
    guard layout.count > 0 else {
      let inner = Panel(title: "Workers", isFocused: isFocused)
        .draw(in: layout.overview, on: &canvas, look: look)
      var pen = Pen(in: inner, look: look)
      pen.write(" the workers will be here when the run has begun", look.dim, on: &canvas)
      return
    }
    switch layout.form {
    case .panes:
      for worker in snapshot.workers.prefix(layout.count) {
        WorkerPane(snapshot: snapshot, worker: worker, isFocused: isFocused(worker))
          .draw(in: layout.pane(of: worker.index), on: &canvas, look: look)
      }
    case .list: drawList(layout, on: &canvas, look: look)
    case .heatMap:
      WorkersMap(snapshot: snapshot, state: state, layout: layout).draw(on: &canvas, look: look)
    }
  }

  private var isFocused: Bool { state.focusedPane == .overview }

  private func isFocused(_ worker: WorkerReport) -> Bool { worker.index == state.focusedWorker }

  private func drawList(_ layout: WorkersLayout, on canvas: inout Canvas, look: Look) {
    let lag = NumberFormat.fixed(snapshot.counters.meanStaleness, decimals: 1)
    let version = "θ v\(NumberFormat.grouped(snapshot.counters.updates))"
    let inner = Panel(
      title: "\(layout.count) workers", detail: look.spelt("\(version) · mean lag \(lag)"),
      trailing: WorkersView.position(layout), isFocused: isFocused
    ).draw(in: layout.overview, on: &canvas, look: look)
    let table = WorkersTable(snapshot: snapshot, width: inner.width)
    table.drawHeader(in: inner, on: &canvas, look: look)
    for (row, index) in layout.visibleWorkers.enumerated() {
      let line = Rect(x: inner.x, y: layout.content.y + row, width: inner.width, height: 1)
      table.drawWorker(
        snapshot.workers[index], isFocused: index == state.focusedWorker, in: line, on: &canvas,
        look: look)
    }
  }

  /// `0-11 of 60`, where not all are on the screen.
  static func position(_ layout: WorkersLayout) -> String {
    let shown = layout.visibleWorkers
    guard shown.count < layout.count else { return "" }
    return "\(shown.lowerBound)-\(max(shown.lowerBound, shown.upperBound - 1)) of \(layout.count)"
  }
}
