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
    let inside = Panel(
      title: "Stage", detail: detail(rect.width, look), trailing: look.spelt(trailing),
      isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    var area = inside
    if let banner = Banner(snapshot), inside.height >= 4 {
      let parts = inside.split(top: 1)
      banner.draw(in: parts.top, on: &canvas, look: look)
      area = parts.rest
    }
    let numbers = StepNumbers(run: snapshot.run, stage: stage)
    let world: Rect
    if hasColumn(area) {
      let parts = area.split(right: StepNumbers.columnWidth)
      world = parts.rest
      numbers.drawColumn(in: parts.right, on: &canvas, look: look)
    } else {
      let rows = area.height >= 8 ? 3 : area.height >= 5 ? 2 : area.height >= 3 ? 1 : 0
      let parts = area.split(bottom: rows)
      world = parts.rest
      numbers.drawRows(in: parts.bottom, on: &canvas, look: look)
    }
    SceneView(scene: stage.scene, layers: snapshot.layers, layer: layer)
      .draw(in: world, on: &canvas, look: look)
  }

  /// Worker, episode and step, in the words that fit the frame.
  private func detail(_ columns: Int, _ look: Look) -> String {
    let worker = "worker \(stage.worker)"
    let step = "step \(stage.step)"
    let choices = [
      "\(worker) · episode \(stage.episode) · \(step)", "\(worker) · ep \(stage.episode) · \(step)",
      "\(worker) · \(step)", worker,
    ]
    return look.spelt(choices.first { look.width(of: $0) + 16 <= columns } ?? "")
  }

  private var trailing: String {
    guard case .grid = stage.scene, let layers = snapshot.layers, layer != .none else { return "" }
    return "regret \(NumberFormat.fixed(layers.regret * 100, decimals: 1, width: 5)) %"
  }

  private var stage: StageReport { snapshot.stage }

  /// Whether the numbers stand beside the world: where a map leaves the room.
  private func hasColumn(_ area: Rect) -> Bool {
    guard case .grid(let grid) = stage.scene, area.height >= 9 else { return false }
    let left = area.width - StepNumbers.columnWidth
    let beside = GridProjection.scale(of: grid.map, columns: left, rows: area.height - 1)
    let above = GridProjection.scale(of: grid.map, columns: area.width, rows: area.height - 4)
    return grid.map.columns * beside.columns <= left
      && beside.columns * beside.rows >= above.columns * above.rows
  }
}

/// News of the run that stay on the stage: solved, finished, diverged.
struct Banner {
  let text: String
  private let kind: Kind

  private enum Kind { case good, plain, bad }

  init?(_ snapshot: EngineSnapshot) {
    switch snapshot.status {
    case .diverged(let reason):
      text = "Diverged: \(reason). The last good parameters are kept."
      kind = .bad
      return
    case .finished(let reason):
      text = "Finished: \(reason)"
      kind = .plain
      return
    case .running, .paused: break
    }
    guard let evaluation = snapshot.evaluation, let step = evaluation.solvedAt else { return nil }
    let mean = NumberFormat.fixed(evaluation.meanReturn, decimals: 1)
    var words =
      "Solved: mean return \(mean) over \(evaluation.episodes) episodes"
      + " at step \(NumberFormat.grouped(step))"
    if let seconds = evaluation.solvedAfterSeconds {
      words += ", \(NumberFormat.clock(seconds))"
    }
    text = words
    kind = .good
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let theme = look.theme
    let color =
      switch kind {
      case .good: theme.good
      case .plain: theme.accent
      case .bad: theme.bad
      }
    let style =
      look.isMono
      ? look.style(color, [.reverse, .bold])
      : Style(
        foreground: GridView.ink(on: color, look), background: color, attributes: .bold)
    canvas.fill(rect, " ", style: style)
    let sign: Unicode.Scalar =
      switch kind {
      case .good: look.glyphs.isUnicode ? "★" : "*"
      case .plain: look.glyphs.isUnicode ? "■" : "#"
      case .bad: look.glyphs.isUnicode ? "✖" : "X"
      }
    var pen = Pen(in: rect, look: look)
    pen.skip(1)
    pen.write(sign, style, on: &canvas)
    pen.skip(1)
    pen.write(text, style, on: &canvas)
  }
}
