internal import CellCanvas
internal import Scenes

/// A figure drawn on cells: bodies as solid blocks, limbs and curves as braille, level lines,
/// limits, arrows and small joints as signs of their own, so that they stay crisp at any size.
struct FigureView {
  var figure: Figure

  /// Dots of radius from which a disc is round; smaller ones are a sign.
  private static let leastDisc = 5.0

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard let projection = FigureProjection(figure, in: rect) else { return }
    drawLimits(projection, on: &canvas, look: look)
    drawGround(projection, on: &canvas, look: look)
    drawShapes(projection, on: &canvas, look: look)
    drawBodies(projection, on: &canvas, look: look)
    drawSigns(projection, in: rect, on: &canvas, look: look)
    drawLabels(projection, in: rect, on: &canvas, look: look)
  }

  static func style(_ role: Figure.Role, _ look: Look) -> Style {
    let theme = look.theme
    return switch role {
    case .ground: look.style(theme.dim)
    case .limit: look.style(theme.warning)
    case .body: look.style(theme.accent)
    case .limb: look.style(theme.agent, look.isMono ? .bold : [])
    case .joint: look.style(theme.bright)
    case .force: look.style(theme.policy, .bold)
    case .goal: look.style(theme.goal)
    }
  }

  /// Upright limits: a dashed line through the whole height.
  private func drawLimits(
    _ projection: FigureProjection, on canvas: inout Canvas, look: Look
  ) {
    let dash = look.glyphs.isUnicode ? "┊" : look.glyphs.dashedVertical
    for case .line(let a, let b, .limit) in figure.shapes where a.x == b.x {
      guard let column = projection.column(a.x), isInside(column, projection.area) else { continue }
      for y in projection.area.y..<projection.area.maxY {
        canvas.put(dash, x: column, y: y, style: Self.style(.limit, look))
      }
    }
  }

  /// The level ground line: the upper edge of the row below the world.
  private func drawGround(
    _ projection: FigureProjection, on canvas: inout Canvas, look: Look
  ) {
    guard let ground = projection.ground else { return }
    let line: Unicode.Scalar = look.glyphs.isUnicode ? "▔" : "-"
    for case .line(let a, let b, .ground) in figure.shapes where a.y == ground && b.y == ground {
      guard let from = projection.column(min(a.x, b.x)), let to = projection.column(max(a.x, b.x))
      else { continue }
      for x in max(
        from, projection.area.x)..<max(
          min(to + 1, projection.area.maxX), max(from, projection.area.x))
      {
        canvas.put(line, x: x, y: projection.area.maxY, style: Self.style(.ground, look))
      }
    }
    guard projection.labelRow != nil else { return }
    let tick: Unicode.Scalar = look.glyphs.isUnicode ? "╵" : "'"
    for case .label(let point, _, let role) in figure.shapes {
      guard let x = projection.column(point.x), isInside(x, projection.area) else { continue }
      canvas.put(tick, x: x, y: projection.area.maxY, style: Self.style(role, look))
    }
  }

  private func drawShapes(
    _ projection: FigureProjection, on canvas: inout Canvas, look: Look
  ) {
    var drawing = BrailleCanvas(
      size: projection.area.size, xRange: projection.xRange, yRange: projection.yRange)
    for shape in figure.shapes where shape.isFinite {
      switch shape {
      case .line(let a, let b, let role):
        if isSign(a, b, role, projection) { continue }
        let style = Self.style(role, look)
        if role == .limb {
          let thickness = max(2.2 / projection.dots(1), 0.05)
          drawing.thickLine(from: (a.x, a.y), to: (b.x, b.y), thickness: thickness, style: style)
        } else {
          drawing.line(from: (a.x, a.y), to: (b.x, b.y), style: style)
        }
      case .rectangle(let a, let b, let role):
        if role == .body { continue }
        drawing.rectangle(
          from: (a.x, a.y), to: (b.x, b.y), style: Self.style(role, look))
      case .disc(let centre, let radius, let role):
        if projection.dots(radius) < Self.leastDisc { continue }
        drawing.disc(
          center: (centre.x, centre.y), radius: radius, style: Self.style(role, look))
      case .path(let points, let role):
        if role == .force, isHeadOfLevelArrow(points) { continue }
        drawing.path(points.map { ($0.x, $0.y) }, style: Self.style(role, look))
      case .label: continue
      }
    }
    drawing.draw(in: projection.area, on: &canvas, look: look)
  }

  /// Bodies as solid blocks of halves of cells, of the same size wherever they are. The upper edge
  /// lies between two rows, so that what stands on a body meets it.
  private func drawBodies(
    _ projection: FigureProjection, on canvas: inout Canvas, look: Look
  ) {
    let area = projection.area
    let style = Self.style(.body, look)
    let hasWheels = figure.shapes.contains { if case .disc = $0 { true } else { false } }
    for case .rectangle(let a, let b, .body) in figure.shapes {
      guard let left = projection.halfColumn(min(a.x, b.x)), abs(b.x - a.x) < 1e4,
        let bottom = projection.halfRow(min(a.y, b.y)), let top = projection.row(max(a.y, b.y))
      else { continue }
      let width = max(2, Int((projection.dots(abs(b.x - a.x))).rounded()))
      for y in max(top, area.y)..<max(min((bottom + 1) / 2, area.maxY), max(top, area.y)) {
        let isHalf = 2 * y + 2 > bottom
        // A row that is shared with wheels is left to them.
        if isHalf, hasWheels, y > max(top, area.y) { continue }
        for x in left / 2...(left + width - 1) / 2 where isInside(x, area) {
          let hasLeft = 2 * x >= left
          let hasRight = 2 * x + 1 < left + width
          canvas.put(
            Self.block(hasLeft, hasRight, isUpperHalf: isHalf, look.glyphs), x: x, y: y,
            style: style)
        }
      }
    }
  }

  /// The part of a cell that is filled.
  private static func block(
    _ left: Bool, _ right: Bool, isUpperHalf: Bool, _ glyphs: Glyphs
  ) -> Unicode.Scalar {
    guard glyphs.isUnicode else { return "#" }
    return switch (left, right) {
    case (true, true): isUpperHalf ? "▀" : "█"
    case (true, false): isUpperHalf ? "▘" : "▌"
    case (false, true): isUpperHalf ? "▝" : "▐"
    case (false, false): " "
    }
  }

  /// Whether a line is drawn as signs: limits, what lies on or below the ground, level forces.
  private func isSign(
    _ a: Point, _ b: Point, _ role: Figure.Role, _ projection: FigureProjection
  ) -> Bool {
    switch role {
    case .limit: a.x == b.x
    case .force: a.y == b.y
    case .ground: projection.ground.map { a.y <= $0 && b.y <= $0 } ?? false
    default: false
    }
  }

  /// Small joints as dots (a limb's own end needs none), level forces as arrows.
  private func drawSigns(
    _ projection: FigureProjection, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    for shape in figure.shapes where shape.isFinite {
      switch shape {
      case .disc(let centre, let radius, let role) where projection.dots(radius) < Self.leastDisc:
        guard projection.dots(radius) > 0.8, !isEndOfLimb(centre),
          let x = projection.column(centre.x),
          let y = projection.row(centre.y), projection.area.contains(x: x, y: y)
        else { continue }
        let below = canvas[x, y]
        let isOnBlock = below.scalar == look.glyphs.shades[4] && !look.isMono
        let style = Self.style(role, look)
        canvas.put(
          look.glyphs.bullet, x: x, y: y,
          style: isOnBlock ? style.on(below.style.foreground) : style)
      case .line(let a, let b, .force) where a.y == b.y:
        drawArrow(from: a, to: b, projection, on: &canvas, look: look)
      default: continue
      }
    }
  }

  private func isEndOfLimb(_ point: Point) -> Bool {
    figure.shapes.contains { shape in
      guard case .line(let a, let b, .limb) = shape else { return false }
      return a == point || b == point
    }
  }

  /// Whether a path is the head of an arrow that is drawn as a sign, which has a head of its own.
  private func isHeadOfLevelArrow(_ points: [Point]) -> Bool {
    figure.shapes.contains { shape in
      guard case .line(let a, let b, .force) = shape else { return false }
      return a.y == b.y && points.contains(b)
    }
  }

  private func drawArrow(
    from a: Point, to b: Point, _ projection: FigureProjection, on canvas: inout Canvas, look: Look
  ) {
    guard let y = projection.row(a.y), let from = projection.column(a.x),
      let to = projection.column(b.x), y >= projection.area.y, y < projection.area.maxY
    else { return }
    let style = Self.style(.force, look)
    let shaft: Unicode.Scalar = look.glyphs.isUnicode ? "━" : "="
    for x in min(from, to)...max(from, to) where isInside(x, projection.area) && x != to {
      canvas.put(shaft, x: x, y: y, style: style)
    }
    if isInside(to, projection.area) {
      canvas.put(
        b.x >= a.x ? look.glyphs.pointRight : look.glyphs.pointLeft, x: to, y: y, style: style)
    }
  }

  private func drawLabels(
    _ projection: FigureProjection, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    guard let row = projection.labelRow, row < rect.maxY else { return }
    var end = Int.min
    let labels = figure.shapes.compactMap { shape -> (Int, String, Figure.Role)? in
      guard case .label(let point, let text, let role) = shape,
        let column = projection.column(point.x)
      else { return nil }
      return (column, text, role)
    }
    for (column, text, role) in labels.sorted(by: { $0.0 < $1.0 }) {
      let shown = look.spelt(text)
      let width = shown.columnCount
      let start = max(rect.x, min(column - width / 2, rect.maxX - width))
      guard start > end, start >= rect.x, start + width <= rect.maxX else { continue }
      canvas.text(shown, x: start, y: row, style: Self.style(role, look))
      end = start + width
    }
  }

  private func isInside(_ column: Int, _ area: Rect) -> Bool {
    column >= area.x && column < area.maxX
  }
}

extension Figure.Shape {
  /// Whether all coordinates are numbers that can be drawn.
  var isFinite: Bool {
    func isSmall(_ point: Point) -> Bool { abs(point.x) < 1e6 && abs(point.y) < 1e6 }
    return switch self {
    case .line(let a, let b, _), .rectangle(let a, let b, _): isSmall(a) && isSmall(b)
    case .disc(let centre, let radius, _): isSmall(centre) && abs(radius) < 1e6
    case .path(let points, _): points.allSatisfy(isSmall)
    case .label(let point, _, _): isSmall(point)
    }
  }
}
