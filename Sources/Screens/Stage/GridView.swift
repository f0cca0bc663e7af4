internal import CellCanvas
internal import Scenes
internal import Telemetry

/// A grid world drawn on cells: walls solid, goal, pits and starts by letter or star, the agent
/// bright, its last square faint, and a layer of values or arrows over the floor.
struct GridView {
  var scene: GridScene
  var layer: GridLayer?
  /// The square that is pointed out and kept in sight; nil where none is, and the agent is followed.
  var cursor: Int?
  /// Whether squares are large enough for a number of each action, where there is room.
  var isOfActions = false

  /// How the squares lie on cells.
  func projection(in rect: Rect) -> GridProjection {
    GridProjection(
      map: scene.map, agent: cursor ?? scene.agent, in: rect, ofActions: isOfActions)
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard rect.width > 0, rect.height > 0, scene.map.columns > 0 else { return }
    let projection = projection(in: rect)
    for row in projection.rows {
      for column in projection.columns {
        guard let cells = projection.cells(row: row, column: column) else { continue }
        drawSquare(row: row, column: column, cells, on: &canvas, look: look)
      }
    }
    drawGaps(projection, on: &canvas, look: look)
    drawMarks(projection, on: &canvas, look: look)
    drawAgent(projection, on: &canvas, look: look)
    drawCursor(projection, on: &canvas, look: look)
    drawEdges(projection, in: rect, on: &canvas, look: look)
  }

  private func drawSquare(
    row: Int, column: Int, _ cells: Rect, on canvas: inout Canvas, look: Look
  ) {
    let theme = look.theme
    switch scene.map[row, column] {
    case .wall:
      canvas.fill(cells, look.glyphs.shades[4], style: look.style(theme.wall))
    case .goal:
      let sign: Unicode.Scalar = look.glyphs.isUnicode ? "★" : "G"
      drawSign(sign, theme.goal, cells, on: &canvas, look: look)
    case .pit:
      drawSign("P", theme.pit, cells, on: &canvas, look: look)
    case .floor, .start:
      let state = scene.map.states[row * scene.map.columns + column]
      drawFloor(
        state, isStart: scene.map[row, column] == .start, cells, on: &canvas, look: look)
    }
  }

  /// A square with a meaning of its own: a letter on a tinted ground.
  private func drawSign(
    _ sign: Unicode.Scalar, _ color: Color, _ cells: Rect, on canvas: inout Canvas, look: Look
  ) {
    let ground = look.theme.floor.mixed(with: color, 0.35)
    let style = Style(foreground: color, background: ground, attributes: .bold)
    canvas.fill(cells, " ", style: style)
    let middle = Self.middle(of: cells)
    canvas.put(sign, x: middle.x, y: middle.y, style: style)
  }

  private func drawFloor(
    _ state: Int, isStart: Bool, _ cells: Rect, on canvas: inout Canvas, look: Look
  ) {
    let theme = look.theme
    let middle = Self.middle(of: cells)
    guard let layer, state >= 0 else {
      let style = look.style(theme.dim).on(theme.floor)
      canvas.fill(cells, " ", style: style)
      if isStart {
        canvas.put("S", x: middle.x, y: middle.y, style: style)
      } else if look.isMono, scene.map.isOpen {
        canvas.put(look.glyphs.dot, x: middle.x, y: middle.y, style: style)
      }
      return
    }
    if let actionValues = layer.actionValues {
      drawActionValues(
        actionValues, layer, state, isStart: isStart, cells, on: &canvas, look: look)
      return
    }
    if layer.policy.indices.contains(state) {
      canvas.fill(cells, " ", style: look.style(theme.dim).on(theme.floor))
      drawPolicy(layer.policy[state], cells, on: &canvas, look: look)
      return
    }
    guard layer.values.indices.contains(state) else {
      canvas.fill(cells, " ", style: look.style(theme.dim).on(theme.floor))
      return
    }
    let value = layer.values[state]
    let ground = look.isMono ? theme.ground : layer.color(value, theme)
    let style = Style(foreground: Self.ink(on: ground, look), background: ground)
    if look.isMono {
      canvas.fill(cells, layer.sign(value, look.glyphs), style: look.text)
    } else {
      canvas.fill(cells, " ", style: style)
    }
    if cells.width >= 4 {
      let text = layer.text(value)
      canvas.text(
        text, x: cells.x + (cells.width - 4) / 2, y: middle.y, style: style, maxWidth: cells.width)
    }
    if isStart, cells.width < 4 || cells.height > 1 {
      canvas.put("S", x: middle.x, y: cells.width < 4 ? middle.y : cells.maxY - 1, style: style)
    }
  }

  private func drawAgent(
    _ projection: GridProjection, on canvas: inout Canvas, look: Look
  ) {
    let columns = scene.map.columns
    if let previous = scene.previous, previous != scene.agent, previous >= 0,
      let cells = projection.cells(row: previous / columns, column: previous % columns)
    {
      // At the foot of the square, where a number leaves room, or its corner, where four do.
      let hasActions = layer?.actionValues != nil
      let x = hasActions && cells.width >= 3 ? cells.maxX - 1 : Self.middle(of: cells).x
      let y = cells.maxY - 1
      let below = canvas[x, y].style
      let ink = look.theme.agent.mixed(with: below.background, 0.35)
      canvas.put(
        look.glyphs.circle, x: x, y: y,
        style: Style(foreground: ink, background: below.background))
    }
    guard scene.agent >= 0,
      let cells = projection.cells(row: scene.agent / columns, column: scene.agent % columns)
    else { return }
    let theme = look.theme
    let style =
      look.isMono
      ? look.style(theme.agent, [.bold, .reverse])
      : Style(foreground: theme.ground, background: theme.agent, attributes: .bold)
    canvas.fill(cells, " ", style: style)
    let middle = Self.middle(of: cells)
    let agent: Unicode.Scalar = look.glyphs.isUnicode ? "●" : "@"
    canvas.put(scene.carried ?? agent, x: middle.x, y: middle.y, style: style)
    // What waits beside the agent, where there is room for both.
    if cells.width > 1, let mark = scene.marks.last(where: { isWaiting($0) }) {
      canvas.put(mark.letter, x: cells.maxX - 1, y: cells.maxY - 1, style: style)
    }
  }

  private func isWaiting(_ mark: GridScene.Mark) -> Bool {
    mark.role == .load && mark.square == scene.agent
  }

  /// The square pointed out: on the accent's ground, in brackets where nothing stands at its sides.
  private func drawCursor(
    _ projection: GridProjection, on canvas: inout Canvas, look: Look
  ) {
    guard let cursor, cursor >= 0,
      let cells = projection.cells(
        row: cursor / scene.map.columns, column: cursor % scene.map.columns)
    else { return }
    let theme = look.theme
    canvas.restyle(cells) { style in
      style =
        look.isMono
        ? look.style(theme.bright, [.bold, .reverse])
        : Style(foreground: theme.ground, background: theme.accent, attributes: .bold)
    }
    let y = Self.middle(of: cells).y
    let sides: [(x: Int, bracket: Unicode.Scalar)] = [(cells.x, "["), (cells.maxX - 1, "]")]
    let free = sides.filter { canvas[$0.x, y].scalar == " " }
    // Beside a number that reaches to one side a single bracket would look like part of it.
    guard cells.width >= 2, free.count == 2 || cells.width == 2 else { return }
    for side in free {
      canvas.put(side.bracket, x: side.x, y: y, style: canvas[side.x, y].style)
    }
  }

  /// Small arrows where the map goes on beyond the window.
  private func drawEdges(
    _ projection: GridProjection, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let style = look.style(look.theme.warning, .bold)
    let middleX = rect.x + rect.width / 2
    let middleY = rect.y + rect.height / 2
    if projection.rows.lowerBound > 0 {
      canvas.put(look.glyphs.arrowUp, x: middleX, y: rect.y, style: style)
    }
    if projection.rows.upperBound < scene.map.rows {
      canvas.put(look.glyphs.arrowDown, x: middleX, y: rect.maxY - 1, style: style)
    }
    if projection.columns.lowerBound > 0 {
      canvas.put(look.glyphs.arrowLeft, x: rect.x, y: middleY, style: style)
    }
    if projection.columns.upperBound < scene.map.columns {
      canvas.put(look.glyphs.arrowRight, x: rect.maxX - 1, y: middleY, style: style)
    }
  }

  static func middle(of cells: Rect) -> (x: Int, y: Int) {
    (cells.x + (cells.width - 1) / 2, cells.y + (cells.height - 1) / 2)
  }

  /// Black or white, whichever is easier to read on a ground.
  static func ink(on ground: Color, _ look: Look) -> Color {
    guard !ground.isTerminalDefault else { return look.theme.bright }
    let light = 2 * Int(ground.red) + 5 * Int(ground.green) + Int(ground.blue)
    return light > 8 * 112 ? Color(0x0b1118, ansi: 0) : Color(0xf2f6fa, ansi: 15)
  }
}
