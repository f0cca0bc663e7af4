import CellCanvas
import Estimators
import Scenes
import Telemetry

/// The map coloured by bias, variance or error of an estimator.
struct FieldPane: EstimatorsPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  /// Columns of the words beside the map, and what must be left for the map.
  private static let wordsWidth = 42

  private var field: EstimatorField? { snapshot.estimators?.field }
  private var quantity: EstimatorsState.FieldQuantity { state.estimators.quantity }

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    let inside = drawPanel(in: rect, isFocused: isFocused, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    guard let studied = StudiedMap(snapshot: snapshot, state: state.estimators) else {
      let text =
        "\(snapshot.run.environment) has no map: its states are not a finite list. "
        + "The page State shows one state at a time; k there keeps states to compare."
      canvas.notice(look.spelt(text), in: inside, look: look)
      return
    }
    let (map, words, legend) = Self.divide(inside, map: studied.map)
    guard let layer = layer(of: studied.map) else {
      studied.view(nil).draw(in: map, on: &canvas, look: look)
      let text =
        "\(quantity.title) of \(state.estimators.field.shortLabel) in every state appears here"
      canvas.notice(
        look.spelt(text), in: words.isEmpty ? legend : words, look: look)
      return
    }
    studied.view(layer).draw(in: map, on: &canvas, look: look)
    drawWords(studied, layer, in: words, on: &canvas, look: look)
    drawFoot(studied, layer, in: legend, on: &canvas, look: look)
    if let field, field.age > 5, field.update < snapshot.counters.updates {
      canvas.recede(inside, look: look)
    }
  }

  /// The square at a cell of the pane.
  func square(x: Int, y: Int, in rect: Rect) -> Int? {
    guard let studied = StudiedMap(snapshot: snapshot, state: state.estimators) else { return nil }
    let (map, _, _) = Self.divide(rect.inset(by: 1), map: studied.map)
    return studied.square(x: x, y: y, in: map)
  }

  /// Words beside the map where it leaves room for them, else a line below it.
  private static func divide(_ inside: Rect, map: GridMap) -> (map: Rect, words: Rect, legend: Rect)
  {
    let left = inside.width - wordsWidth
    let beside = GridProjection.scale(of: map, columns: left, rows: inside.height)
    let above = GridProjection.scale(of: map, columns: inside.width, rows: inside.height - 1)
    let size = GridProjection.size(of: map, scale: beside)
    let fits = size.columns <= left && size.rows <= inside.height
    let none = Rect(x: inside.x, y: inside.y, width: 0, height: 0)
    if fits, beside.columns * beside.rows >= above.columns * above.rows, inside.height >= 5 {
      // The two side by side in the middle, at most a few columns apart.
      let mapWidth = min(left, size.columns + 4)
      var group = inside.split(left: mapWidth + wordsWidth).left
      group.x += (inside.width - group.width) / 2
      let parts = group.split(left: mapWidth)
      return (parts.left, parts.rest, none)
    }
    let parts = inside.split(bottom: inside.height >= 4 ? 1 : 0)
    return (parts.rest, none, parts.bottom)
  }

  private func drawPanel(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) -> Rect {
    let estimator = (field?.estimator ?? state.estimators.field)
    let hasMap = StudiedMap(snapshot: snapshot, state: state.estimators) != nil
    let details =
      hasMap ? ["\(quantity.title) of \(estimator.headline)", quantity.title, ""] : ["", "", ""]
    var ages = [""]
    if let field {
      ages =
        FigureAge(
          isExact: true, samples: 0, progress: 1, update: field.update, age: field.age,
          snapshot: snapshot
        ).texts
    }
    let room = rect.width - 3 - 14
    let choices = [(0, 0), (0, 2), (0, 3), (0, 4), (1, 4), (2, 4)].map {
      (look.spelt(details[$0.0]), look.spelt(ages[min($0.1, ages.count - 1)]))
    }
    let (detail, trailing) =
      choices.first { $0.0.columnCount + $0.1.columnCount <= room } ?? ("", "")
    return Panel(title: "Map", detail: detail, trailing: trailing, isFocused: isFocused)
      .draw(in: rect, on: &canvas, look: look)
  }

  // MARK: Values

  /// The values laid over the map, in the unit they are shown in; nil while they are not there.
  private func layer(of map: GridMap) -> GridLayer? {
    guard let field, field.bias.count == field.variance.count, !field.bias.isEmpty,
      map.states.allSatisfy({ $0 < field.bias.count })
    else { return nil }
    let values = quantity.values(of: field)
    let most = values.lazy.filter(\.isFinite).map(abs).max() ?? 0
    let unit = ErrorUnit(greatest: most)
    let top = PlotScale.linear(upTo: most * unit.factor).upper
    return GridLayer(
      title: quantity.shortTitle + unit.words, values: values.map { $0 * unit.factor },
      ramp: quantity == .bias ? .diverging(most: top) : .sequential(least: 0, greatest: top))
  }

  /// The legend, the state under the cursor with all its numbers, and what the colours teach.
  private func drawWords(
    _ studied: StudiedMap, _ layer: GridLayer, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    guard !rect.isEmpty else { return }
    let area = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: rect.height)
    let numbers = numbers(studied)
    let lesson = quantity.lesson
    let wanted = 1 + 1 + numbers.count + 1 + 1 + lesson.count
    let isRoomy = area.height >= wanted
    var rows: [[(String, Style)]?] = [nil]
    if isRoomy { rows.append([]) }
    if let square = studied.square {
      rows.append([("\(StudiedMap.name(of: square, in: studied.map))", look.title)])
    }
    rows += numbers.map { name, value, color in
      [
        ("\(name.padded(to: 20))", look.text),
        (value, color.map { look.style($0(look.theme), look.isMono ? .bold : []) } ?? look.bright),
      ]
    }
    if isRoomy {
      rows.append([])
      rows += lesson.map { [($0, look.dim)] }
    }
    for (row, pieces) in rows.enumerated() where row < area.height {
      guard let pieces else {
        LayerLegend(layer: layer, color: quantity.color(look.theme)).draw(
          in: Rect(x: area.x - 1, y: area.y, width: area.width + 1, height: 1), on: &canvas,
          look: look)
        continue
      }
      var pen = Pen(in: area, row: row, look: look)
      for (text, style) in pieces { pen.write(text, style, on: &canvas) }
    }
  }

  /// The legend, and the state under the cursor, in one line.
  private func drawFoot(
    _ studied: StudiedMap, _ layer: GridLayer, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    guard !rect.isEmpty else { return }
    var number = ""
    if let state = studied.state, let square = studied.square, layer.values.indices.contains(state)
    {
      let place = rect.width >= 64 ? StudiedMap.name(of: square, in: studied.map) + " " : "here "
      number = place + NumberFormat.fixed(layer.values[state], decimals: 2, width: 6)
    }
    let parts = rect.split(right: min(rect.width / 2, look.width(of: number) + 1))
    LayerLegend(layer: layer, color: quantity.color(look.theme))
      .draw(in: parts.rest, on: &canvas, look: look)
    canvas.line(number, in: parts.right, style: look.bright, look: look)
  }

  private typealias Number = (name: String, value: String, color: ((Theme) -> Color)?)

  /// The figures of the state looked into.
  private func numbers(_ studied: StudiedMap) -> [Number] {
    guard let field, let state = studied.state, field.bias.indices.contains(state),
      field.variance.indices.contains(state)
    else { return [] }
    let (bias, variance) = (field.bias[state], field.variance[state])
    let error = bias * bias + variance
    let unit = ErrorUnit(
      greatest: zip(field.bias, field.variance).map { $0 * $0 + $1 }.filter(\.isFinite).max() ?? 0)
    func scaled(_ value: Double) -> String {
      NumberFormat.fixed(value * unit.factor, decimals: 2, width: 8)
    }
    var rows: [Number] = [
      ("bias", NumberFormat.fixed(bias, decimals: 4, width: 8, sign: .always), { $0.bias }),
      ("variance\(unit.words)", scaled(variance), { $0.variance }),
      ("error\(unit.words)", scaled(error), { $0.bright }),
    ]
    if field.visits.indices.contains(state) {
      let share = NumberFormat.fixed(field.visits[state] * 100, decimals: 1, width: 8)
      rows.append(("share of all steps", "\(share) %", nil))
    }
    return rows
  }
}

extension EstimatorsState.FieldQuantity {
  /// Its name, as shown.
  var title: String {
    switch self {
    case .bias: "bias"
    case .variance: "variance"
    case .meanSquaredError: "mean squared error"
    }
  }

  /// The same where room is short.
  var shortTitle: String { self == .meanSquaredError ? "error" : title }

  /// Its colour, the same in every view.
  func color(_ theme: Theme) -> Color {
    switch self {
    case .bias: theme.bias
    case .variance: theme.variance
    case .meanSquaredError: theme.bright
    }
  }

  /// Its value in every state.
  func values(of field: EstimatorField) -> [Double] {
    switch self {
    case .bias: field.bias
    case .variance: field.variance
    case .meanSquaredError: zip(field.bias, field.variance).map { $0 * $0 + $1 }
    }
  }

  /// What its colours tell.
  var lesson: [String] {
    switch self {
    case .bias:
      [
        "below 0 the target is too low on", "average, above 0 too high:",
        "the critic's error, carried on.",
      ]
    case .variance:
      ["Great where the next steps decide", "much: before a fork, a pit, a slip."]
    case .meanSquaredError:
      ["bias² plus variance: how far the", "target is off, on the whole."]
    }
  }
}
