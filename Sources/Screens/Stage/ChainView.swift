internal import CellCanvas
internal import Scenes
internal import Telemetry

/// A world whose states stand in a row: the squares with the walker on one of them and, above them,
/// the curve of a layer, each value over its state.
///
/// The critic's curve comes with the exact one, so that prediction can be watched coming true.
struct ChainView {
  var scene: GridScene
  var layer: MazeLayer
  var layers: GridLayers?
  /// The square that is pointed out.
  var cursor: Int?

  /// Columns to the left of the squares for the curve's ticks.
  private static let tickWidth = 6
  /// The least rows a curve is worth.
  private static let leastCurve = 3

  /// Whether a map is a row of states.
  static func suits(_ map: GridMap) -> Bool { map.rows == 1 && map.columns >= 3 }

  /// The room a map wants, in squares. Of a row of states the curve and its ticks count too; the
  /// gaps for thin walls count as squares of four cells.
  static func room(for map: GridMap) -> Size {
    let gaps = map.wallsToTheRight.isEmpty ? 0 : (map.columns + 2) / 4
    return suits(map)
      ? Size(columns: map.columns + 3, rows: 4)
      : Size(columns: map.columns + gaps, rows: map.rows)
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    let curve = ChainCurve(layer, of: layers, endRewards: scene.map.endRewards)
    let parts = Parts(rect, hasCurve: hasCurve, hasLegend: layer != .none)
    let projection = projection(in: rect)
    GridView(scene: scene, layer: layers.map { GridLayer(layer, of: $0) }, cursor: cursor)
      .draw(in: parts.squares, on: &canvas, look: look)
    drawLabels(under: projection, in: parts.labels, on: &canvas, look: look)
    if let curve {
      draw(curve, over: projection, in: parts.curve, on: &canvas, look: look)
      curve.drawLegend(in: parts.legend, on: &canvas, look: look)
    } else if hasCurve {
      var pen = Pen(in: parts.curve, row: parts.curve.height / 2, look: look)
      pen.write("\(title) appears with the first update", look.dim, on: &canvas)
    } else if let layers, layer == .policy {
      LayerLegend(layer: GridLayer(layer, of: layers))
        .draw(in: parts.legend, on: &canvas, look: look)
    }
  }

  /// How the squares lie on cells.
  func projection(in rect: Rect) -> GridProjection {
    let parts = Parts(rect, hasCurve: hasCurve, hasLegend: layer != .none)
    return GridProjection(map: scene.map, agent: cursor ?? scene.agent, in: parts.squares)
  }

  private var title: String { layer.title(ofActionValues: layers?.actionValues != nil) }

  private var hasCurve: Bool { layer != .none && layer != .policy }

  /// From top to bottom: the curve, the squares, what stands below them, the legend.
  private struct Parts {
    var curve: Rect
    var squares: Rect
    var labels: Rect
    var legend: Rect

    init(_ rect: Rect, hasCurve: Bool, hasLegend: Bool) {
      let height = rect.height
      let labelled = rect.split(bottom: hasLegend && height >= (hasCurve ? 6 : 5) ? 1 : 0)
      legend = labelled.bottom
      let numbered = labelled.rest.split(bottom: height >= 3 ? 1 : 0)
      labels = numbered.bottom
      let squareRows = height >= 17 ? 3 : height >= 12 ? 2 : 1
      let rest = numbered.rest
      let isDrawn = hasCurve && rest.height >= squareRows + ChainView.leastCurve
      let above = isDrawn ? rest.height - squareRows : max(0, (rest.height - squareRows) / 2)
      let rows = min(squareRows, rest.height)
      let ticks = rest.width > 4 * ChainView.tickWidth ? ChainView.tickWidth : 0
      curve = Rect(x: rect.x, y: rect.y, width: rect.width, height: isDrawn ? above : 0)
      squares = Rect(
        x: rect.x + ticks, y: rest.y + above, width: rect.width - ticks, height: rows)
      if !isDrawn { labels.y = squares.maxY }
    }
  }

  /// The rewards below the ends, and the numbers of the states between them.
  private func drawLabels(
    under projection: GridProjection, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    guard !rect.isEmpty else { return }
    let map = scene.map
    let ends = map.squares.indices.filter { map.squares[$0] == .goal || map.squares[$0] == .pit }
    for column in projection.columns {
      guard let cells = projection.cells(row: 0, column: column) else { continue }
      var style = look.dim
      var text = ""
      if let end = ends.firstIndex(of: column), map.endRewards.indices.contains(end) {
        let reward = map.endRewards[end]
        text = NumberFormat.fixed(reward, decimals: 0, sign: reward == 0 ? .negative : .always)
        style = look.style(map.squares[column] == .goal ? look.theme.goal : look.theme.pit, .bold)
      } else if map.states[column] >= 0, cells.width >= 3 || map.states[column] % 5 == 4 {
        text = "\(map.states[column])"
      }
      let isFirst = column == 0
      let start =
        isFirst && cells.width == 1
        ? cells.maxX - text.columnCount : cells.x + max(0, cells.width - text.columnCount) / 2
      guard start >= rect.x, start + text.columnCount <= rect.maxX else { continue }
      canvas.text(text, x: start, y: rect.y, style: style, maxWidth: text.columnCount)
    }
  }

  private func draw(
    _ curve: ChainCurve, over projection: GridProjection, in rect: Rect,
    on canvas: inout Canvas, look: Look
  ) {
    guard !rect.isEmpty, !projection.columns.isEmpty else { return }
    let area = Rect(
      x: projection.x, y: rect.y, width: projection.columns.count * projection.scale.columns,
      height: rect.height)
    var drawing = BrailleCanvas(
      size: area.size,
      xRange: Double(projection.columns.lowerBound)...Double(projection.columns.upperBound),
      yRange: curve.range)
    let ticks = Rect(x: rect.x, y: rect.y, width: area.x - rect.x, height: rect.height)
    curve.drawGround(drawing, in: area, ticks: ticks, on: &canvas, look: look)
    let squares = scene.map.states.indices.filter { scene.map.states[$0] >= 0 }
    func points(_ values: [Double]) -> [(x: Double, y: Double)] {
      zip(squares, values).map { (Double($0) + 0.5, $1) }
    }
    curve.plot(points(curve.values), exact: points(curve.exact), on: &drawing, look: look)
    drawing.draw(in: area, on: &canvas, look: look)
    drawWalker(points(curve.values), drawing, in: area, on: &canvas, look: look)
  }

  /// The walker's place on the curve, and a faint line down to its square.
  private func drawWalker(
    _ points: [(x: Double, y: Double)], _ drawing: BrailleCanvas, in area: Rect,
    on canvas: inout Canvas, look: Look
  ) {
    guard scene.map.states.indices.contains(scene.agent) else { return }
    let state = scene.map.states[scene.agent]
    guard points.indices.contains(state) else { return }
    let cell = drawing.cell(of: points[state])
    guard cell.x >= 0, cell.x < area.width, cell.y >= 0, cell.y < area.height else { return }
    for row in (cell.y + 1)..<max(cell.y + 1, area.height)
    where canvas[area.x + cell.x, area.y + row].scalar == " " {
      canvas.put(
        look.glyphs.dashedVertical, x: area.x + cell.x, y: area.y + row, style: look.border)
    }
    canvas.put(
      look.glyphs.isUnicode ? "●" : "@", x: area.x + cell.x, y: area.y + cell.y,
      style: look.style(look.theme.agent, .bold))
  }
}
