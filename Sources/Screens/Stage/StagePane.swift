internal import CellCanvas
internal import Scenes
internal import Telemetry

/// The pane of the focused worker: its world, news of the run, and the numbers of its step.
struct StagePane {
  var snapshot: EngineSnapshot
  var layer: MazeLayer
  var isFocused: Bool

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let stage = snapshot.stage
    let banner = Banner(snapshot)
    let inside = drawPanel(hasMark: banner == nil, in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    var area = inside
    // What passes lies over the world for a while, so that nothing jumps when it goes.
    let isAbove = banner.map { !$0.isPassing && inside.height >= 4 } ?? false
    if isAbove { area = inside.split(top: 1).rest }
    defer {
      if let banner, inside.height >= 4 {
        banner.draw(in: inside.split(top: 1).top, on: &canvas, look: look)
      }
    }
    let numbers = StepNumbers(run: snapshot.run, stage: stage)
    let world: Rect
    if hasColumn(area) {
      let parts = area.split(right: StepNumbers.columnWidth)
      world = parts.rest
      numbers.drawColumn(in: parts.right, on: &canvas, look: look)
    } else {
      var rows = area.height >= 8 ? 3 : area.height >= 5 ? 2 : area.height >= 3 ? 1 : 0
      if numbers.gaussian != nil, area.height >= 14 { rows += GaussianView.fullHeight - 1 }
      let parts = area.split(bottom: rows)
      world = parts.rest
      numbers.drawRows(in: parts.bottom, on: &canvas, look: look)
    }
    var view = SceneView(scene: stage.scene, layers: snapshot.layers, layer: layer)
    view.isOfActions = isOfActions
    view.draw(in: world, on: &canvas, look: look)
  }

  /// The frame; its right end tells the regret (or the critic's error) under a layer, or that the task was solved.
  private func drawPanel(
    hasMark: Bool, in rect: Rect, on canvas: inout Canvas, look: Look
  ) -> Rect {
    var trailing = look.spelt(exactMeasure)
    var color: Color?
    if trailing.isEmpty, hasMark, rect.width >= 24,
      let mark = Banner.mark(snapshot, saysStep: rect.width >= 56, look)
    {
      trailing = mark
      color = look.theme.good
    }
    let taken = trailing.isEmpty ? 0 : trailing.columnCount + 4
    return Panel(
      title: "Stage", detail: detail(rect.width - taken, look), trailing: trailing,
      trailingColor: color, isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
  }

  /// Worker (where there can be several), episode and step, in the words that fit the frame.
  private func detail(_ columns: Int, _ look: Look) -> String {
    let step = "step \(stage.step)"
    var choices = ["episode \(stage.episode) · \(step)", "ep \(stage.episode) · \(step)", step]
    if snapshot.settings.agent.hasWorkers {
      let worker = "worker \(stage.worker)"
      choices = choices.map { "\(worker) · \($0)" } + [worker]
    }
    return look.spelt(choices.first { look.width(of: $0) + 16 <= columns } ?? "")
  }

  /// What is known exactly under a layer: the regret or, where there is nothing to choose, how far
  /// the critic's V is from the exact one.
  private var exactMeasure: String {
    guard case .grid = stage.scene, let layers = snapshot.layers, layer != .none else { return "" }
    if snapshot.run.actions.count == 1 {
      let quantity = isOfActions ? "Q" : "V"
      return
        "RMS error of \(quantity) \(NumberFormat.fixed(layers.criticError, decimals: 3, width: 5))"
    }
    return "regret \(NumberFormat.fixed(layers.regret * 100, decimals: 1, width: 5)) %"
  }

  private var stage: StageReport { snapshot.stage }

  private var isOfActions: Bool { snapshot.settings.agent.learnsActionValues }

  /// Whether the numbers stand beside the world: where a map leaves the room.
  private func hasColumn(_ area: Rect) -> Bool {
    guard case .grid(let grid) = stage.scene, area.height >= 9 else { return false }
    let left = area.width - StepNumbers.columnWidth
    let beside = GridProjection.scale(
      of: grid.map, columns: left, rows: area.height - 1,
      ofActions: isOfActions)
    let above = GridProjection.scale(
      of: grid.map, columns: area.width, rows: area.height - 4,
      ofActions: isOfActions)
    return GridProjection.size(of: grid.map, scale: beside).columns <= left
      && beside.columns * beside.rows >= above.columns * above.rows
  }
}
