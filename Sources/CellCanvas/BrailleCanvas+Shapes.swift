extension BrailleCanvas {
  /// A straight line between two points, one dot thick.
  public mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), style: Style
  ) {
    guard let (a, b) = clipped(place(start), place(end)) else { return }
    drawLine(a, b, style)
  }

  /// Connected straight lines.
  public mutating func path(_ points: [(x: Double, y: Double)], style: Style) {
    if points.count == 1 { line(from: points[0], to: points[0], style: style) }
    for (start, end) in zip(points, points.dropFirst()) {
      line(from: start, to: end, style: style)
    }
  }

  /// A straight line of a thickness in world units of x, at least one dot.
  public mutating func thickLine(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), thickness: Double,
    style: Style
  ) {
    let (a, b) = (place(start), place(end))
    let half = abs(thickness) * scale.x / 2
    line(from: start, to: end, style: style)
    guard half > 0.5, half.isFinite else { return }
    forEachDot(
      x: (min(a.x, b.x) - half, max(a.x, b.x) + half),
      y: (min(a.y, b.y) - half, max(a.y, b.y) + half)
    ) { canvas, x, y in
      let p = (x: Double(x) + 0.5, y: Double(y) + 0.5)
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let length = dx * dx + dy * dy
      let along = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0
      let t = min(max(along, 0), 1)
      let (ex, ey) = (p.x - a.x - t * dx, p.y - a.y - t * dy)
      if ex * ex + ey * ey <= half * half { canvas.setLineDot(x, y, style) }
    }
  }

  /// A filled disc, or its rim; the radius in world units.
  public mutating func disc(
    center: (x: Double, y: Double), radius: Double, isFilled: Bool = true, style: Style
  ) {
    let c = place(center)
    let (rx, ry) = (max(abs(radius) * scale.x, 0.5), max(abs(radius) * scale.y, 0.5))
    forEachDot(x: (c.x - rx, c.x + rx), y: (c.y - ry, c.y + ry)) { canvas, x, y in
      func distance(_ rx: Double, _ ry: Double) -> Double {
        let (dx, dy) = ((Double(x) + 0.5 - c.x) / rx, (Double(y) + 0.5 - c.y) / ry)
        return dx * dx + dy * dy
      }
      guard distance(rx, ry) <= 1 else { return }
      if isFilled {
        canvas.setFillDot(x, y, style)
      } else if rx <= 1 || ry <= 1 || distance(rx - 1, ry - 1) > 1 {
        canvas.setLineDot(x, y, style)
      }
    }
  }

  /// A filled rectangle between two opposite corners, or its outline.
  public mutating func rectangle(
    from corner: (x: Double, y: Double), to opposite: (x: Double, y: Double),
    isFilled: Bool = true, style: Style
  ) {
    guard isFilled else {
      path(
        [
          corner, (opposite.x, corner.y), opposite, (corner.x, opposite.y), corner,
        ], style: style)
      return
    }
    let (a, b) = (place(corner), place(opposite))
    guard a.x.isFinite, a.y.isFinite, b.x.isFinite, b.y.isFinite else { return }
    // Edges between dots: the rounded edges, and at least one dot.
    let (left, top) = (min(a.x, b.x).rounded(), min(a.y, b.y).rounded())
    let right = max(max(a.x, b.x).rounded(), left + 1)
    let bottom = max(max(a.y, b.y).rounded(), top + 1)
    forEachDot(x: (left, right - 1), y: (top, bottom - 1)) { canvas, x, y in
      canvas.setFillDot(x, y, style)
    }
  }

  /// Calls the body for every dot of the drawing within two ranges of dots.
  private mutating func forEachDot(
    x: (low: Double, high: Double), y: (low: Double, high: Double),
    _ body: (inout BrailleCanvas, Int, Int) -> Void
  ) {
    guard width > 0, height > 0, x.low.isFinite, x.high.isFinite,
      y.low.isFinite, y.high.isFinite
    else { return }
    let (left, right) = (max(0, x.low.rounded(.down)), min(Double(width - 1), x.high))
    let (top, bottom) = (max(0, y.low.rounded(.down)), min(Double(height - 1), y.high))
    guard left <= right, top <= bottom else { return }
    for row in Int(top)...Int(bottom) {
      for column in Int(left)...Int(right) { body(&self, column, row) }
    }
  }

  /// Bresenham's line between two points inside the drawing.
  private mutating func drawLine(
    _ start: (x: Double, y: Double), _ end: (x: Double, y: Double), _ style: Style
  ) {
    var (x, y) = (min(Int(start.x), width - 1), min(Int(start.y), height - 1))
    let (lastX, lastY) = (min(Int(end.x), width - 1), min(Int(end.y), height - 1))
    let (dx, dy) = (abs(lastX - x), -abs(lastY - y))
    let (stepX, stepY) = (x < lastX ? 1 : -1, y < lastY ? 1 : -1)
    var error = dx + dy
    while true {
      setLineDot(x, y, style)
      if x == lastX, y == lastY { return }
      let twice = 2 * error
      if twice >= dy {
        error += dy
        x += stepX
      }
      if twice <= dx {
        error += dx
        y += stepY
      }
    }
  }

  /// The part of a line inside the drawing (Liang and Barsky, "A New Concept and Method for Line
  /// Clipping", 1984); nil when there is none.
  private func clipped(
    _ a: (x: Double, y: Double), _ b: (x: Double, y: Double)
  ) -> ((x: Double, y: Double), (x: Double, y: Double))? {
    guard width > 0, height > 0 else { return nil }
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    guard dx.isFinite, dy.isFinite else { return nil }
    var (enter, leave) = (0.0, 1.0)
    let sides = [
      (-dx, a.x), (dx, Double(width) - a.x), (-dy, a.y), (dy, Double(height) - a.y),
    ]
    for (slope, distance) in sides {
      if slope == 0 {
        if distance < 0 { return nil }
      } else if slope < 0 {
        enter = max(enter, distance / slope)
      } else {
        leave = min(leave, distance / slope)
      }
    }
    guard enter <= leave else { return nil }
    func at(_ t: Double) -> (x: Double, y: Double) {
      (
        min(max(a.x + t * dx, 0), Double(width)), min(max(a.y + t * dy, 0), Double(height))
      )
    }
    return (at(enter), at(leave))
  }
}
