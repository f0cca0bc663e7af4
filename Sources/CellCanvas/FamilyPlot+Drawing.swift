extension FamilyPlot {
  /// Draws the plot into a rectangle: the scale at the left, names of the places below.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    let areas = areas(in: rect)
    let rows = rows(in: rect.height)
    for (index, (family, area)) in zip(families, areas).enumerated() where !area.isEmpty {
      let plot = Rect(x: area.x, y: area.y, width: area.width, height: rows)
      let hasLabels = index == 0 || repeatsLabels(in: rect)
      drawScale(of: plot, in: rect, hasLabels: hasLabels, on: &canvas, look: look)
      drawCurrent(family, plot, on: &canvas, look: look)
      drawCurves(family, plot, on: &canvas, look: look)
      drawLeast(family, plot, on: &canvas, look: look)
      drawPlaces(family, plot, in: rect, on: &canvas, look: look)
    }
    canvas.substitute(in: rect, for: look.glyphs)
  }

  /// The cell of a value at a place; nil for what is not a number.
  func cell(of value: Double, at place: Double, of family: Family, in plot: Rect) -> (
    x: Int, y: Int
  )? {
    guard value.isFinite, !plot.isEmpty, !family.labels.isEmpty else { return nil }
    return (column(place, family, plot), row(of: value, in: plot))
  }

  /// The row of a value: the ends of the scale lie in the middle of the first and the last row.
  private func row(of value: Double, in plot: Rect) -> Int {
    let share = min(max(scale.share(value), 0), 1)
    return plot.maxY - 1 - Int((share * Double(plot.height - 1)).rounded())
  }

  private func column(_ place: Double, _ family: Family, _ plot: Rect) -> Int {
    let share = (place + 0.5) / Double(max(1, family.labels.count))
    return plot.x + min(max(0, Int(share * Double(plot.width))), max(0, plot.width - 1))
  }

  // MARK: Axes

  private func drawScale(
    of plot: Rect, in rect: Rect, hasLabels: Bool, on canvas: inout Canvas, look: Look
  ) {
    let axis = plot.x - 1
    let width = labelWidth(in: rect)
    for y in plot.y..<plot.maxY where axis >= rect.x {
      canvas.put(look.glyphs.vertical, x: axis, y: y, style: look.border)
    }
    var taken: [Int] = []
    for tick in ticks(in: rect) {
      let share = scale.share(tick.value)
      guard share >= 0, share <= 1, plot.height > 0 else { continue }
      let y = row(of: tick.value, in: plot)
      guard taken.allSatisfy({ abs($0 - y) > (plot.height < 4 ? 0 : 1) }) else { continue }
      taken.append(y)
      for x in plot.x..<plot.maxX where (x - plot.x) % 2 == 0 {
        canvas.put(look.glyphs.isUnicode ? "┈" : ".", x: x, y: y, style: look.border)
      }
      guard axis >= rect.x else { continue }
      canvas.put(look.glyphs.teeLeft, x: axis, y: y, style: look.border)
      guard hasLabels, axis - width >= rect.x else { continue }
      canvas.text(tick.label.padded(to: width, .right), x: axis - width, y: y, style: look.dim)
    }
  }

  private func drawCurrent(
    _ family: Family, _ plot: Rect, on canvas: inout Canvas, look: Look
  ) {
    guard let current = family.current else { return }
    let x = column(current, family, plot)
    for y in plot.y..<plot.maxY {
      canvas.put(look.glyphs.dashedVertical, x: x, y: y, style: look.accent)
    }
  }

  /// Names of the places: the first, the last, the one in use and the least before all others.
  private func drawPlaces(
    _ family: Family, _ plot: Rect, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let hasLine = rect.height - plot.height >= 2
    if hasLine {
      canvas.fill(
        Rect(x: plot.x, y: plot.maxY, width: plot.width, height: 1), look.glyphs.horizontal,
        style: look.border)
      canvas.put(
        look.glyphs.isUnicode ? "└" : "+", x: plot.x - 1, y: plot.maxY, style: look.border)
    }
    guard rect.height > plot.height else { return }
    let y = plot.maxY + (hasLine ? 1 : 0)
    let current = family.current.flatMap { Int(exactly: $0) }
    let last = family.labels.count - 1
    let order = [current, family.least, 0, last].compactMap { $0 } + Array(family.labels.indices)
    var taken: [Range<Int>] = []
    var drawn: Set<Int> = []
    for place in order where family.labels.indices.contains(place) && !drawn.contains(place) {
      let label = family.labels[place]
      let width = label.columnCount
      let middle = column(Double(place), family, plot)
      // Centred by the figures; a point before them hangs over.
      let start = max(plot.x, min(middle - (width - 1) / 2, plot.maxX - width))
      let range = start..<(start + width)
      guard range.upperBound <= plot.maxX,
        !taken.contains(where: {
          $0.lowerBound <= range.upperBound && range.lowerBound <= $0.upperBound
        })
      else { continue }
      taken.append(range)
      drawn.insert(place)
      let style =
        place == current
        ? look.accent.with(.bold)
        : place == family.least ? look.style(look.theme.good, .bold) : look.dim
      canvas.text(label, x: start, y: y, style: style)
      if hasLine { canvas.put(look.glyphs.teeDown, x: middle, y: plot.maxY, style: look.border) }
    }
  }

  // MARK: Curves

  private func drawCurves(
    _ family: Family, _ plot: Rect, on canvas: inout Canvas, look: Look
  ) {
    let places = Double(max(1, family.labels.count))
    var whiskers = BrailleCanvas(size: plot.size, xRange: 0...places, yRange: 0...1)
    var lines: [BrailleCanvas] = []
    for (curve, points) in zip(curves, family.points) {
      var line = BrailleCanvas(size: plot.size, xRange: 0...places, yRange: 0...1)
      let faint =
        look.isMono ? look.dim : look.style(curve.color.mixed(with: look.theme.ground, 0.5))
      let style = look.style(curve.color)
      var last: (x: Double, y: Double)?
      for (place, point) in points.enumerated() {
        guard point.value.isFinite else {
          last = nil
          continue
        }
        let x = Double(place) + 0.5
        if let interval = point.interval {
          whiskers.line(
            from: (x, height(interval.lowerBound, plot)),
            to: (x, height(interval.upperBound, plot)),
            style: faint)
        }
        let here = (x: x, y: height(point.value, plot))
        line.line(from: last ?? here, to: here, style: style)
        last = here
      }
      lines.append(line)
    }
    whiskers.draw(in: plot, on: &canvas, look: look)
    BrailleCanvas.interleaved(lines)?.draw(in: plot, on: &canvas, look: look)
    for place in family.labels.indices { drawSigns(family, place, plot, on: &canvas, look: look) }
  }

  /// The signs of all curves at a place. Where several fall into one cell, each is seen in its turn
  /// from place to place: variance and error often are the same.
  private func drawSigns(
    _ family: Family, _ place: Int, _ plot: Rect, on canvas: inout Canvas, look: Look
  ) {
    var cells: [Int: [Int]] = [:]
    var x = 0
    for (curve, points) in family.points.enumerated()
    where curves.indices.contains(curve) && points.indices.contains(place) {
      guard
        let cell = cell(of: points[place].value, at: Double(place), of: family, in: plot)
      else { continue }
      x = cell.x
      cells[cell.y, default: []].append(curve)
    }
    for (y, sharing) in cells {
      let curve = sharing[sharing.count - 1 - place % sharing.count]
      canvas.put(
        sign(of: family.points[curve][place], curves[curve], look), x: x, y: y,
        style: look.style(curves[curve].color, .bold))
    }
  }

  private func sign(of point: Point, _ curve: Curve, _ look: Look) -> Unicode.Scalar {
    scale.isBelow(point.value) ? Self.signBelow(look.glyphs) : curve.sign
  }

  /// A value as a share of the plot's height: the ends of the scale lie in the middle of a row.
  private func height(_ value: Double, _ plot: Rect) -> Double {
    let rows = Double(max(1, plot.height))
    return (min(max(scale.share(value), 0), 1) * (rows - 1) + 0.5) / rows
  }

  /// A pointer at the least value of the last curve.
  private func drawLeast(_ family: Family, _ plot: Rect, on canvas: inout Canvas, look: Look) {
    guard let least = family.least, let points = family.points.last, points.indices.contains(least),
      let cell = cell(of: points[least].value, at: Double(least), of: family, in: plot)
    else { return }
    let style = look.style(look.theme.good, .bold)
    if let curve = curves.last {
      canvas.put(sign(of: points[least], curve, look), x: cell.x, y: cell.y, style: style)
    }
    // Above the point; below it where it stands at the top.
    if cell.y > plot.y {
      canvas.put(look.glyphs.pointDown, x: cell.x, y: cell.y - 1, style: style)
    } else if cell.y + 1 < plot.maxY {
      canvas.put(look.glyphs.pointUp, x: cell.x, y: cell.y + 1, style: style)
    }
  }
}
