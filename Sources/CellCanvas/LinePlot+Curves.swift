extension LinePlot {
  /// Whether bands are tints behind the curves, else sparse dots.
  private func usesTint(_ look: Look) -> Bool {
    look.glyphs.isUnicode && look.colors >= .ansi256 && !look.isMono
      && !look.theme.ground.isTerminalDefault
  }

  /// The bands, every one below all curves.
  func drawBands(
    _ layout: Layout, on canvas: inout Canvas, dots: inout BrailleCanvas, look: Look
  ) {
    for (index, curve) in series.enumerated() {
      guard let band = Band(curve.samples, layout) else { continue }
      if usesTint(look) {
        let tint = look.theme.tint(curve.color)
        for column in 0..<layout.plot.width {
          guard let (low, high) = band.cells(column) else { continue }
          drawTint(low...high, column, layout.plot, tint, on: &canvas, look: look)
        }
      } else {
        var style = curveStyle(index, look)
        style.attributes = look.isMono || look.colors == .ansi16 ? .dim : []
        drawDots(band, style, &dots)
      }
    }
  }

  /// One column of a tinted band between two heights in eighths of a row.
  private func drawTint(
    _ eighths: ClosedRange<Int>, _ column: Int, _ plot: Rect, _ tint: Color,
    on canvas: inout Canvas, look: Look
  ) {
    let x = plot.x + column
    let first = max(0, eighths.lowerBound / 8)
    for row in first..<max(first, min(plot.height, eighths.upperBound / 8 + 1)) {
      let low = max(0, eighths.lowerBound - 8 * row)
      let high = min(8, eighths.upperBound - 8 * row)
      let y = plot.maxY - 1 - row
      if low > 0, high == 8 {
        // A lower block in the ground's colour leaves the upper part to the tint.
        let style = Style(foreground: look.theme.ground, background: tint)
        canvas.put(look.glyphs.risingEighths[low], x: x, y: y, style: style)
      } else if high - low >= (low > 0 ? 3 : 8) {
        canvas.put(" ", x: x, y: y, style: look.style(look.theme.text).on(tint))
      } else if low == 0, high > 0 {
        canvas.put(look.glyphs.risingEighths[high], x: x, y: y, style: look.style(tint))
      }
    }
  }

  /// A band as every fourth dot, which reads as a shade.
  private func drawDots(_ band: Band, _ style: Style, _ dots: inout BrailleCanvas) {
    for column in 0..<dots.width {
      guard let (low, high) = band.range(column) else { continue }
      let top = max(0, Int((1 - high) * Double(dots.height)))
      let bottom = min(dots.height - 1, Int((1 - low) * Double(dots.height)))
      guard top <= bottom else { continue }
      for row in top...bottom where (row + 2 * (column & 1)) & 3 == 1 {
        dots.setLineDot(column, row, style)
      }
    }
  }

  /// References, marks and the cursor.
  func drawStraightLines(_ layout: Layout, on canvas: inout Canvas, look: Look) {
    let plot = layout.plot
    for reference in references {
      guard let row = layout.row(reference.y) else { continue }
      let style = reference.color.map { look.style($0) } ?? look.dim
      for x in plot.x..<plot.maxX {
        put(look.glyphs.dashedHorizontal, x, row, style, on: &canvas)
      }
    }
    for mark in marks {
      guard let column = layout.column(mark.x) else { continue }
      for y in plot.y..<plot.maxY {
        put(look.glyphs.dashedVertical, column, y, look.dim, on: &canvas)
      }
    }
    guard let cursor, let column = layout.column(cursor) else { return }
    for y in plot.y..<plot.maxY {
      put(look.glyphs.vertical, column, y, look.accent, on: &canvas)
    }
  }

  /// The curves, which lie above everything.
  func drawCurves(
    _ layout: Layout, on canvas: inout Canvas, dots: inout BrailleCanvas, look: Look
  ) {
    let background = dots
    var dots = BrailleCanvas(size: dots.size, xRange: dots.xRange, yRange: dots.yRange)
    for (index, curve) in series.enumerated() {
      let style = curveStyle(index, look)
      var last: (x: Double, y: Double)?
      for sample in curve.samples {
        guard LinePlot.isDrawable(sample) else {
          last = nil
          continue
        }
        let point = (x: sample.x, y: sample.middle)
        // A point alone is a line from itself to itself.
        dots.line(from: last ?? point, to: point, style: style)
        last = point
      }
    }
    background.draw(in: layout.plot, on: &canvas, look: look)
    guard look.glyphs.isUnicode else {
      dots.draw(in: layout.plot, on: &canvas, look: look)
      return
    }
    for row in 0..<dots.size.rows {
      for column in 0..<dots.size.columns {
        let cell = dots.dots[row * dots.size.columns + column]
        guard cell.line != 0 else { continue }
        put(
          BrailleCanvas.braille(cell.line), layout.plot.x + column, layout.plot.y + row,
          cell.lineStyle, on: &canvas)
      }
    }
  }

  /// Small pointers at the edge beyond which a band or curve goes on, one for six columns.
  func drawCuts(_ layout: Layout, on canvas: inout Canvas, look: Look) {
    let plot = layout.plot
    for (index, curve) in series.enumerated() {
      var (below, above) = ([Int](), [Int]())
      for sample in curve.samples where LinePlot.isDrawable(sample) {
        guard let column = layout.column(sample.x) else { continue }
        if layout.y.share(min(sample.low, sample.middle)) < -0.02 { below.append(column) }
        if layout.y.share(max(sample.high, sample.middle)) > 1.02 { above.append(column) }
      }
      var style = curveStyle(index, look)
      if usesTint(look) { style.foreground = style.foreground.mixed(with: look.theme.ground, 0.3) }
      for (columns, sign, row) in [
        (below, look.glyphs.pointDown, plot.maxY - 1), (above, look.glyphs.pointUp, plot.y),
      ] {
        var free = Int.min
        for column in columns where column >= free {
          put(sign, column, row, style, on: &canvas)
          free = column + 6
        }
      }
    }
  }

  /// Puts a glyph upon a band: the tint stays behind it where it fills half of the cell.
  private func put(
    _ scalar: Unicode.Scalar, _ x: Int, _ y: Int, _ style: Style, on canvas: inout Canvas
  ) {
    let below = canvas[x, y]
    let level = below.scalar.value &- 0x2580
    let isBlock = level >= 1 && level <= 8
    let background = isBlock && level >= 4 ? below.style.foreground : below.style.background
    canvas[x, y] = Cell(scalar, style.on(background))
  }
}

/// The lower and upper end of a band at every column of dots, as shares of the height.
private struct Band {
  private var low: [Double]
  private var high: [Double]
  private let rows: Int

  /// The band of samples; nil when it has no width anywhere.
  init?(_ samples: [LinePlot.Sample], _ layout: LinePlot.Layout) {
    guard samples.contains(where: { $0.high > $0.low }) else { return nil }
    let width = 2 * layout.plot.width
    rows = layout.plot.height
    low = [Double](repeating: .infinity, count: width)
    high = [Double](repeating: -.infinity, count: width)
    var last: (x: Double, low: Double, high: Double)?
    for sample in samples {
      guard LinePlot.isDrawable(sample), sample.low <= sample.high,
        Axis.isDrawable(sample.low), Axis.isDrawable(sample.high)
      else {
        last = nil
        continue
      }
      let x = layout.x.share(sample.x) * Double(width)
      let point = (x, layout.y.share(sample.low), layout.y.share(sample.high))
      add(from: last ?? point, to: point)
      last = point
    }
  }

  /// Widens the columns from one sample to the next.
  private mutating func add(
    from a: (x: Double, low: Double, high: Double), to b: (x: Double, low: Double, high: Double)
  ) {
    let end = Double(low.count)
    guard b.x >= 0, a.x <= end, a.x <= b.x else { return }
    let first = Int(max(a.x, 0))
    let last = Int(min(b.x, end - 1))
    guard first <= last else { return }
    for column in first...last {
      let x = min(max(Double(column) + 0.5, a.x), b.x)
      let t = b.x > a.x ? (x - a.x) / (b.x - a.x) : 1
      low[column] = min(low[column], a.low + (b.low - a.low) * t)
      high[column] = max(high[column], a.high + (b.high - a.high) * t)
    }
  }

  /// The band at a column of dots, within the plot.
  func range(_ column: Int) -> (low: Double, high: Double)? {
    guard low[column] <= high[column], high[column] > 0, low[column] < 1 else { return nil }
    return (max(0, low[column]), min(1, high[column]))
  }

  /// The band at a column of cells, in eighths of a row from below.
  func cells(_ column: Int) -> (low: Int, high: Int)? {
    let halves = [range(2 * column), range(2 * column + 1)].compactMap { $0 }
    guard !halves.isEmpty else { return nil }
    let eighths = Double(8 * rows) / Double(halves.count)
    let low = halves.reduce(0) { $0 + $1.low } * eighths
    let high = halves.reduce(0) { $0 + $1.high } * eighths
    return (Int(low.rounded()), Int(high.rounded()))
  }
}
