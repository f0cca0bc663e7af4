internal import CellCanvas
internal import Scenes

extension GridMap {
  /// Whether it has several rows and no wall squares, so that where it ends has to be shown.
  var isOpen: Bool { rows > 1 && !squares.contains(.wall) }
}

/// What stands on the squares of a grid and between them: the policy's arrows, thin walls, letters.
extension GridView {
  /// The action the policy prefers; all that are likely, where squares are large.
  func drawPolicy(
    _ probabilities: [Double], _ cells: Rect, on canvas: inout Canvas, look: Look
  ) {
    let signs = scene.map.actionSigns
    guard probabilities.count == signs.count, signs.count > 1 else { return }
    let uniform = 1 / Double(signs.count)
    func style(_ probability: Double) -> Style {
      let strength = (probability - uniform) / (1 - uniform)
      let color = look.theme.dim.mixed(with: look.theme.policy, strength * 1.3)
      return Style(
        foreground: color, background: look.theme.floor,
        attributes: strength > 0.3 ? .bold : strength < 0.1 && look.isMono ? .dim : [])
    }
    let middle = Self.middle(of: cells)
    if cells.width >= 5, cells.height >= 3 {
      // The likelier of two letters comes last.
      for action in signs.indices.sorted(by: { probabilities[$0] < probabilities[$1] })
      where probabilities[action] >= 0.1 {
        let place = Self.place(of: signs[action], in: cells)
        canvas.put(
          look.glyphs.sign(of: signs[action]), x: place.x, y: place.y,
          style: style(probabilities[action]))
      }
      return
    }
    guard let best = probabilities.indices.max(by: { probabilities[$0] < probabilities[$1] })
    else { return }
    let isUndecided = !(probabilities[best] >= 1.2 * uniform)
    canvas.put(
      isUndecided ? look.glyphs.dot : look.glyphs.sign(of: signs[best]), x: middle.x, y: middle.y,
      style: style(probabilities[best]))
  }

  /// At the side an action leads to; in the middle where it leads to none.
  private static func place(of sign: GridMap.ActionSign, in cells: Rect) -> (x: Int, y: Int) {
    let middle = middle(of: cells)
    return switch sign {
    case .up: (middle.x, cells.y)
    case .right: (cells.maxX - 1, middle.y)
    case .down: (middle.x, cells.maxY - 1)
    case .left: (cells.x, middle.y)
    case .letter: middle
    }
  }

  /// Thin walls between squares, and floor where there is none.
  func drawGaps(_ projection: GridProjection, on canvas: inout Canvas, look: Look) {
    guard projection.gap > 0 else { return }
    let walls = Set(scene.map.wallsToTheRight)
    let floor = look.style(look.theme.dim).on(look.theme.floor)
    let wall = look.style(look.theme.text, .bold).on(look.theme.floor)
    for row in projection.rows {
      for column in projection.columns.dropLast() {
        guard let cells = projection.cells(row: row, column: column) else { continue }
        let isWall = walls.contains(row * scene.map.columns + column)
        let gap = Rect(x: cells.maxX, y: cells.y, width: projection.gap, height: cells.height)
        canvas.fill(gap, isWall ? look.glyphs.vertical : " ", style: isWall ? wall : floor)
      }
    }
  }

  /// The letters on the squares: in the middle of a bare square, else in a corner, where they leave
  /// a value or an arrow its place. What is to be fetched is always in a corner.
  func drawMarks(_ projection: GridProjection, on canvas: inout Canvas, look: Look) {
    let columns = scene.map.columns
    for mark in scene.marks {
      guard let cells = projection.cells(row: mark.square / columns, column: mark.square % columns)
      else { continue }
      var (x, y) = Self.middle(of: cells)
      if mark.role == .load {
        (x, y) = (cells.maxX - 1, cells.maxY - 1)
      } else if layer != nil {
        (x, y) = (cells.width == 2 ? cells.maxX - 1 : cells.x, cells.maxY - 1)
      }
      let below = canvas[x, y].style.background
      canvas.put(mark.letter, x: x, y: y, style: style(of: mark.role, on: below, look))
    }
  }

  private func style(of role: GridScene.Mark.Role, on ground: Color, _ look: Look) -> Style {
    let theme = look.theme
    switch role {
    case .place:
      return look.isMono
        ? look.style(theme.bright)
        : Style(foreground: Self.ink(on: ground, look), background: ground, attributes: .bold)
    case .destination, .load:
      let color = role == .load ? theme.agent : theme.goal
      return look.isMono
        ? look.style(color, role == .load ? .bold : [.bold, .reverse])
        : Style(foreground: theme.ground, background: color, attributes: .bold)
    }
  }
}

extension Glyphs {
  /// An action as a sign of one cell.
  func sign(of action: GridMap.ActionSign) -> Unicode.Scalar {
    switch action {
    case .up: arrowUp
    case .right: arrowRight
    case .down: arrowDown
    case .left: arrowLeft
    case .letter(let letter): letter
    }
  }
}
