public import CellCanvas
internal import Scenes
public import Telemetry

/// What lies under the mouse in view 1.
public enum StageHit: Sendable, Equatable {
  /// A pane's frame or content.
  case pane(PaneID)
  /// A worker's row in the workers pane.
  case worker(Int)
}

/// View 1, the stage: the focused worker's world and numbers, the workers, three curves, and bias
/// and variance at the state in view. A pure function of its values.
public struct StageView {
  /// What the engine tells.
  public var snapshot: EngineSnapshot
  /// What the interface remembers.
  public var state: InterfaceState

  /// The view of a run.
  public init(snapshot: EngineSnapshot, state: InterfaceState) {
    self.snapshot = snapshot
    self.state = state
  }

  /// Draws the view, without header and footer, at any size.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    for (pane, area) in panes(in: rect) where !area.isEmpty {
      draw(pane, in: area, on: &canvas, look: look)
    }
  }

  /// The pane or worker at a cell; nil where there is none.
  public func hitTest(x: Int, y: Int, in rect: Rect) -> StageHit? {
    guard
      let (pane, area) = panes(in: rect).first(where: { $0.1.contains(x: x, y: y) })
    else { return nil }
    if pane == .workers, !isOfActionValues, !isOfEpisodes, x > area.x, x < area.maxX - 1,
      let worker = workersPane.worker(atRow: y, inside: area.inset(by: 1))
    {
      return .worker(worker)
    }
    return .pane(pane)
  }

  /// The workers on the rows of the workers pane, so that the focused one can be kept in view.
  public func visibleWorkers(in rect: Rect) -> Range<Int> {
    guard !isOfActionValues, !isOfEpisodes,
      let area = panes(in: rect).first(where: { $0.0 == .workers })?.1,
      !area.isEmpty
    else {
      return 0..<0
    }
    let window = workersPane.window(inside: area.inset(by: 1))
    return window.first..<(window.first + window.count)
  }

  /// Every pane with its rectangle: all of them, or the one that fills the view.
  private func panes(in rect: Rect) -> [(PaneID, Rect)] {
    guard !state.isZoomed else { return [(state.stagePane, rect)] }
    var map: Size?
    if case .grid(let grid) = snapshot.stage.scene {
      map = ChainView.room(for: grid.map)
    }
    let layout = StageLayout(in: rect, map: map, isOfActionValues: isOfActionValues)
    return [
      (.stage, layout.stage), (.workers, layout.workers), (.returns, layout.returns),
      (.entropy, layout.entropy), (.advantage, layout.advantage),
      (.biasVariance, layout.biasVariance),
    ]
  }

  private var isOfActionValues: Bool { !snapshot.settings.agent.hasPolicyNetwork }

  /// Whether REINFORCE learns now: of a recorded moment its baselines are not told.
  private var isOfEpisodes: Bool {
    snapshot.settings.agent == .reinforce && !snapshot.isReplay
  }

  private var workersPane: WorkersPane {
    WorkersPane(
      snapshot: snapshot, focused: state.focusedWorker, scroll: state.workerScroll,
      isFocused: state.stagePane == .workers)
  }

  private func draw(_ pane: PaneID, in area: Rect, on canvas: inout Canvas, look: Look) {
    let isFocused = state.stagePane == pane
    let plots = MetricPlots(snapshot: snapshot)
    switch pane {
    case .stage:
      StagePane(snapshot: snapshot, layer: state.layer(over: snapshot), isFocused: isFocused)
        .draw(in: area, on: &canvas, look: look)
    case .workers where isOfActionValues:
      ActionValuePane(snapshot: snapshot, isFocused: isFocused)
        .draw(in: area, on: &canvas, look: look)
    case .workers where isOfEpisodes:
      BaselinePane(snapshot: snapshot, isFocused: isFocused).draw(in: area, on: &canvas, look: look)
    case .workers: workersPane.draw(in: area, on: &canvas, look: look)
    case .returns: plots.drawReturns(in: area, isFocused: isFocused, on: &canvas, look: look)
    case .entropy: plots.drawEntropy(in: area, isFocused: isFocused, on: &canvas, look: look)
    case .advantage: plots.drawAdvantage(in: area, isFocused: isFocused, on: &canvas, look: look)
    case .biasVariance:
      BiasVarianceStrip(snapshot: snapshot, isFocused: isFocused)
        .draw(in: area, on: &canvas, look: look)
    default: break
    }
  }
}
