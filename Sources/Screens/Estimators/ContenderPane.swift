internal import CellCanvas
internal import Scenes
internal import Telemetry

/// One of two that race: its world in the first pair, and its numbers.
struct ContenderPane {
  var side: Contender
  var contender: RaceReport.Contender
  var isAhead: Bool
  /// Digits after the point of a return.
  var decimals: Int

  /// Columns of the numbers beside the world.
  private var numbersWidth: Int { contender.actionValues == nil ? 20 : 24 }

  /// The numbers as text of constant width.
  private var numbers: [(name: String, text: String)] {
    let mean = NumberFormat.fixed(contender.recentReturn ?? .nan, decimals: decimals, width: 7)
    return [
      ("steps", NumberFormat.compact(Double(contender.steps), width: 7)),
      ("updates", NumberFormat.compact(Double(contender.updates), width: 7)),
      ("episodes", NumberFormat.compact(Double(contender.episodes), width: 7)),
      ("return", mean),
    ]
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let color = side.color(look.theme)
    let inside = Panel(
      title: "\(side.letter) \(look.spelt(contender.label))",
      detail: rect.width >= 50 ? "first pair" : "", trailing: isAhead ? "ahead" : "",
      trailingColor: isAhead ? look.theme.good : nil
    ).draw(in: rect, on: &canvas, look: look)
    if rect.width > 6, rect.height > 0 {
      canvas.text(side.letter, x: rect.x + 2, y: rect.y, style: look.style(color, .bold))
    }
    guard !inside.isEmpty else { return }
    if hasColumn(inside) {
      let parts = inside.split(right: numbersWidth)
      drawColumn(in: parts.right, on: &canvas, look: look)
      drawScene(in: parts.rest, on: &canvas, look: look)
    } else {
      let parts = inside.split(bottom: rowCount(inside))
      drawRows(in: parts.bottom, on: &canvas, look: look)
      drawScene(in: parts.rest, on: &canvas, look: look)
    }
  }

  /// The size of a grid world in squares; nil for others.
  static func map(of contender: RaceReport.Contender) -> Size? {
    guard case .grid(let grid) = contender.scene else { return nil }
    return Size(columns: grid.map.columns, rows: grid.map.rows)
  }

  /// Whether the numbers stand beside the world: where it is wide, or a map needs all the rows.
  private func hasColumn(_ inside: Rect) -> Bool {
    guard inside.height >= 4 else { return false }
    if contender.actionValues != nil, case .grid(let grid) = contender.scene {
      // Where the squares can be larger.
      let beside = scale(of: grid.map, inside.width - numbersWidth, inside.height)
      let above = scale(of: grid.map, inside.width, inside.height - rowCount(inside))
      return beside.columns * beside.rows >= above.columns * above.rows
    }
    if inside.width >= 52 { return true }
    guard let map = Self.map(of: contender) else { return false }
    return map.columns <= inside.width - numbersWidth && map.rows > inside.height - 2
  }

  private func scale(of map: GridMap, _ columns: Int, _ rows: Int) -> Size {
    GridProjection.scale(of: map, columns: columns, rows: rows, ofActions: true)
  }

  /// Rows of numbers below the world.
  private func rowCount(_ inside: Rect) -> Int {
    let usual = inside.height >= 5 ? 2 : inside.height >= 3 ? 1 : 0
    guard contender.actionValues != nil, let map = Self.map(of: contender) else { return usual }
    // One more, for the greedy way, where squares of one row leave it.
    return max(usual, min(3, inside.height - map.rows))
  }

  /// All in one line: `A n-step n 5   steps 12.5 k   return 187.3`.
  func drawLine(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, look: look)
    pen.skip(1)
    pen.write("\(side.letter) ", look.style(side.color(look.theme), .bold), on: &canvas)
    pen.write(contender.label, look.bright, on: &canvas)
    let shown = numbers.filter { $0.name == "steps" || $0.name == "return" }
    for (name, text) in shown.reversed() {
      let needed = name.columnCount + 1 + text.columnCount + 2
      guard needed <= pen.columnsLeft else { return }
      pen.skip(2)
      pen.write("\(name) ", look.text, on: &canvas)
      pen.write(text, style(of: name, look), on: &canvas)
    }
  }

  private func style(of name: String, _ look: Look) -> Style {
    name == "return" ? look.style(look.theme.returns, .bold) : look.bright
  }

  private func drawScene(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard rect.height >= 2 else { return }
    var view = SceneView(scene: contender.scene, isCompact: true)
    view.actionValues = contender.actionValues
    view.isOfActions = contender.actionValues != nil
    view.draw(in: rect, on: &canvas, look: look)
  }

  private func drawColumn(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let first = max(0, (rect.height - numbers.count) / 2)
    for (row, (name, text)) in numbers.enumerated() {
      var pen = Pen(in: rect, row: first + row, look: look)
      pen.skip(1)
      pen.write(name, look.text, on: &canvas)
      pen.write(text, endingAt: rect.maxX - 1, style(of: name, look), on: &canvas)
    }
    let below = first + numbers.count
    drawPath(row: below, in: rect, on: &canvas, look: look)
  }

  /// How long the greedy way is and where it leads; in a narrow place in few words.
  private func drawPath(row: Int, in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard let path = contender.actionValues?.path, row < rect.height else { return }
    var pen = Pen(in: rect, row: row, look: look)
    pen.skip(1)
    if let words = path.words.first(where: { look.width(of: $0) <= pen.columnsLeft }) {
      pen.write(words, path.style(look), on: &canvas)
    }
  }

  /// Two numbers to a row, the telling ones first.
  private func drawRows(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let isNarrow = rect.width < 36
    let hasPath = contender.actionValues?.path != nil
    drawPath(row: 1, in: rect, on: &canvas, look: look)
    let rows =
      isNarrow
      ? [[numbers[3]], [numbers[0]]]
      : [[numbers[0], numbers[3]], [numbers[1], numbers[2]]]
    let half = isNarrow ? rect.width : rect.width / 2
    for (index, pair) in rows.enumerated() {
      // The greedy way stands between the two.
      let row = hasPath ? 2 * index : index
      guard row < rect.height else { return }
      for (place, number) in pair.enumerated() {
        let slot = Rect(x: rect.x + place * half, y: rect.y + row, width: half, height: 1)
        var pen = Pen(in: slot, look: look)
        pen.skip(1)
        pen.write(number.name, look.text, on: &canvas)
        pen.write(number.text, endingAt: slot.maxX - 1, style(of: number.name, look), on: &canvas)
      }
    }
  }
}
