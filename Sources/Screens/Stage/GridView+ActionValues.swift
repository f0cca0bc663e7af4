internal import CellCanvas
internal import Scenes
internal import Telemetry

/// Q of every action on the squares of a grid.
///
/// On a large square the numbers stand at the sides the actions lead to, and the sign of the greedy one
/// in the middle. On a smaller one the sides are coloured and the greatest stands in the middle; then it
/// stands alone above the greedy sign; at last there is that alone, on its colour. Where the greedy way
/// goes along the sign is lit. A dot is where all actions are worth the same.
extension GridView {
  /// Cells that numbers at all four sides need.
  private static let fullWidth = 9
  private static let numberWidth = 4

  func drawActionValues(
    _ actionValues: GridActionValues, _ layer: GridLayer, _ state: Int, isStart: Bool,
    _ cells: Rect, on canvas: inout Canvas, look: Look
  ) {
    let floor = look.style(look.theme.dim).on(ground(of: state, look))
    canvas.fill(cells, " ", style: floor)
    guard actionValues.values.indices.contains(state) else { return }
    let values = actionValues.values[state]
    let square = Square(
      cells: cells, values: values, greedy: actionValues.greedyAction(in: state),
      sign: sign(in: state, actionValues, look), layer: layer, floor: floor)
    if square.greedy == nil {
      // Nothing is known yet.
    } else if cells.height >= 3, cells.width >= Self.fullWidth {
      drawNumbers(square, on: &canvas, look: look)
    } else if cells.height >= 3, cells.width >= 5 {
      drawSides(square, on: &canvas, look: look)
    } else {
      drawGreatest(square, on: &canvas, look: look)
    }
    let place = signPlace(square)
    let below = canvas[place.x, place.y].style
    canvas.put(
      square.sign.scalar, x: place.x, y: place.y, style: style(of: square, on: below, look))
    if isStart, cells.width >= 3 {
      let corner = canvas[cells.x, cells.y].style
      canvas.put("S", x: cells.x, y: cells.y, style: corner)
    }
  }

  /// One square to be drawn.
  private struct Square {
    let cells: Rect
    let values: [Double]
    let greedy: Int?
    let sign: (scalar: Unicode.Scalar, isOnWay: Bool)
    let layer: GridLayer
    let floor: Style

    var greatest: Double { values.max() ?? .nan }
  }

  /// The sign of the greedy action, and whether the greedy way goes along there.
  private func sign(
    in state: Int, _ actionValues: GridActionValues, _ look: Look
  ) -> (Unicode.Scalar, Bool) {
    let signs = scene.map.actionSigns
    func scalar(_ action: Int?) -> Unicode.Scalar {
      guard let action, signs.indices.contains(action) else { return look.glyphs.dot }
      return look.glyphs.sign(of: signs[action])
    }
    if let path = actionValues.path, let place = path.states.firstIndex(of: state),
      path.actions.indices.contains(place)
    {
      return (scalar(path.actions[place]), true)
    }
    return (scalar(actionValues.greedyAction(in: state)), false)
  }

  /// Squares by turns in two shades, so that what stands on one is not taken for the next one's.
  private func ground(of state: Int, _ look: Look) -> Color {
    let theme = look.theme
    guard !look.isMono, let square = scene.map.states.firstIndex(of: state) else {
      return theme.floor
    }
    let isOdd = (square / scene.map.columns + square % scene.map.columns) % 2 == 1
    return isOdd ? theme.floor.mixed(with: theme.text, 0.07) : theme.floor
  }

  // MARK: Large squares

  /// A number at each side.
  private func drawNumbers(_ square: Square, on canvas: inout Canvas, look: Look) {
    let middle = Self.centre(of: square.cells)
    for (action, sign) in scene.map.actionSigns.enumerated()
    where square.values.indices.contains(action) {
      let (x, y): (Int, Int)
      switch sign {
      case .up: (x, y) = (middle.x - 2, middle.y - 1)
      case .down: (x, y) = (middle.x - 2, middle.y + 1)
      case .left: (x, y) = (middle.x - Self.numberWidth, middle.y)
      case .right: (x, y) = (middle.x + 1, middle.y)
      case .letter: continue
      }
      let value = square.values[action]
      canvas.text(
        square.layer.text(value), x: x, y: y,
        style: numberStyle(value, isGreedy: action == square.greedy, square, look),
        maxWidth: Self.numberWidth)
    }
  }

  private func numberStyle(
    _ value: Double, isGreedy: Bool, _ square: Square, _ look: Look
  ) -> Style {
    let attributes: Attributes = isGreedy ? .bold : []
    guard !look.isMono else { return look.style(look.theme.text, attributes) }
    let ground = square.layer.color(value, look.theme)
    return Style(foreground: Self.ink(on: ground, look), background: ground, attributes: attributes)
  }

  /// The middle of the nine columns and three rows of the numbers.
  private static func centre(of cells: Rect) -> (x: Int, y: Int) {
    (cells.x + numberWidth, cells.y + (cells.height - 1) / 2)
  }

  // MARK: Smaller squares

  /// Each side in the colour of its action, and the greatest Q in the middle.
  private func drawSides(_ square: Square, on canvas: inout Canvas, look: Look) {
    let cells = square.cells
    let middle = Self.middle(of: cells)
    for (action, sign) in scene.map.actionSigns.enumerated()
    where square.values.indices.contains(action) {
      let value = square.values[action]
      let across = (cells.x + 1)..<(cells.maxX - 1)
      switch sign {
      case .up: across.forEach { put("▄", value, $0, cells.y, square, on: &canvas, look) }
      case .down:
        across.forEach { put("▀", value, $0, cells.maxY - 1, square, on: &canvas, look) }
      case .left: put("▐", value, cells.x, middle.y, square, on: &canvas, look)
      case .right: put("▌", value, cells.maxX - 1, middle.y, square, on: &canvas, look)
      case .letter: break
      }
    }
    guard cells.width >= Self.numberWidth + 2 else { return }
    canvas.text(
      square.layer.text(square.greatest), x: cells.x + 1, y: middle.y,
      style: look.style(look.theme.bright, .bold).on(square.floor.background),
      maxWidth: Self.numberWidth)
  }

  /// Half a cell in a value's colour; where there are no half cells a whole one, or a shade.
  private func put(
    _ half: Unicode.Scalar, _ value: Double, _ x: Int, _ y: Int, _ square: Square,
    on canvas: inout Canvas, _ look: Look
  ) {
    let color = square.layer.color(value, look.theme)
    if look.isMono {
      canvas.put(square.layer.sign(value, look.glyphs), x: x, y: y, style: look.text)
    } else if look.glyphs.isUnicode {
      canvas.put(
        half, x: x, y: y, style: Style(foreground: color, background: square.floor.background))
    } else {
      canvas.put(" ", x: x, y: y, style: Style(foreground: look.theme.text, background: color))
    }
  }

  /// The greatest Q as the square's colour, and as a number where there is a row for it.
  private func drawGreatest(_ square: Square, on canvas: inout Canvas, look: Look) {
    let cells = square.cells
    guard !look.isMono || cells.height >= 2 else { return }
    let style = numberStyle(square.greatest, isGreedy: false, square, look)
    canvas.fill(cells, " ", style: style)
    guard cells.height >= 2, cells.width >= Self.numberWidth else { return }
    // A blank on its left, so that it does not run into the next square's.
    let columns = cells.width > Self.numberWidth ? Self.numberWidth : Self.numberWidth - 1
    let text = NumberFormat.unit(square.greatest, width: columns)
    guard columns == Self.numberWidth || abs(square.greatest) < 99 else { return }
    canvas.text(text, x: cells.maxX - columns, y: cells.y, style: style, maxWidth: columns)
  }

  // MARK: The greedy sign

  /// In the middle, below a number, or at the side the action leads to.
  private func signPlace(_ square: Square) -> (x: Int, y: Int) {
    let cells = square.cells
    let middle = Self.middle(of: cells)
    if cells.height >= 3, cells.width >= Self.fullWidth { return Self.centre(of: cells) }
    if cells.height >= 3, cells.width >= Self.numberWidth + 2, let greedy = square.greedy {
      let signs = scene.map.actionSigns
      guard signs.indices.contains(greedy) else { return middle }
      switch signs[greedy] {
      case .up: return (middle.x, cells.y)
      case .down: return (middle.x, cells.maxY - 1)
      case .left: return (cells.x, middle.y)
      case .right: return (cells.maxX - 1, middle.y)
      case .letter: return (cells.x, cells.y)
      }
    }
    let isBelow = cells.height == 2 && cells.width >= Self.numberWidth && square.greedy != nil
    return isBelow ? (middle.x, cells.maxY - 1) : middle
  }

  private func style(of square: Square, on below: Style, _ look: Look) -> Style {
    let theme = look.theme
    if square.sign.isOnWay {
      return look.isMono
        ? look.style(theme.bright, [.bold, .reverse])
        : Style(foreground: theme.ground, background: theme.accent, attributes: .bold)
    }
    guard square.greedy != nil, !look.isMono else { return square.floor }
    return Style(
      foreground: Self.ink(on: below.background, look), background: below.background,
      attributes: .bold)
  }
}
