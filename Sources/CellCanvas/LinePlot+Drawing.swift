extension LinePlot {
  /// Where the parts of a plot lie, and its scales.
  struct Layout {
    var header: Rect?
    var plot: Rect
    var labels: Rect?
    var hasAxisLine: Bool
    var labelWidth: Int
    var rightLabelWidth: Int
    var x: Axis
    var y: Axis

    /// The column of the frame at which an x value lies.
    func column(_ value: Double) -> Int? {
      let share = x.share(value)
      guard share >= 0, share <= 1, plot.width > 0 else { return nil }
      return plot.x + min(Int(share * Double(plot.width)), plot.width - 1)
    }

    /// The row of the frame at which a y value lies.
    func row(_ value: Double) -> Int? {
      let share = y.share(value)
      guard share >= -1e-9, share <= 1 + 1e-9, plot.height > 0 else { return nil }
      return plot.maxY - 1 - min(max(0, Int(share * Double(plot.height))), plot.height - 1)
    }
  }

  /// Draws the plot into a rectangle.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    canvas.fill(rect, " ", style: look.ground)
    guard let (xs, ys) = extent else {
      canvas.notice(emptyText, in: rect, look: look)
      return
    }
    let layout = layout(in: rect, xs: xs, ys: ys)
    if let header = layout.header { drawHeader(in: header, layout, on: &canvas, look: look) }
    drawAxes(layout, on: &canvas, look: look)
    if !layout.plot.isEmpty {
      var surface = BrailleCanvas(
        size: layout.plot.size, xRange: layout.x.lower...layout.x.upper,
        yRange: layout.y.lower...layout.y.upper)
      drawBands(layout, on: &canvas, dots: &surface, look: look)
      drawStraightLines(layout, on: &canvas, look: look)
      drawCurves(layout, on: &canvas, dots: &surface, look: look)
      drawSigns(layout, on: &canvas, look: look)
      if yLimits != nil { drawCuts(layout, on: &canvas, look: look) }
      drawLabels(layout, on: &canvas, look: look)
    }
    canvas.substitute(in: rect, for: look.glyphs)
  }

  /// What the drawable samples and references span; nil without any sample.
  private var extent: (x: ClosedRange<Double>, y: ClosedRange<Double>)? {
    var (left, right) = (Double.infinity, -Double.infinity)
    var (low, high) = (Double.infinity, -Double.infinity)
    for sample in series.lazy.flatMap(\.samples) where LinePlot.isDrawable(sample) {
      left = min(left, sample.x)
      right = max(right, sample.x)
      low = min(low, sample.middle, Axis.isDrawable(sample.low) ? sample.low : sample.middle)
      high = max(high, sample.middle, Axis.isDrawable(sample.high) ? sample.high : sample.middle)
    }
    guard left <= right else { return nil }
    if let yLimits, Axis.isDrawable(yLimits.lowerBound), Axis.isDrawable(yLimits.upperBound) {
      (low, high) = (yLimits.lowerBound, yLimits.upperBound)
    }
    for reference in references where Axis.isDrawable(reference.y) {
      low = min(low, reference.y)
      high = max(high, reference.y)
    }
    if let yRange, Axis.isDrawable(yRange.lowerBound), Axis.isDrawable(yRange.upperBound) {
      low = min(low, yRange.lowerBound)
      high = max(high, yRange.upperBound)
    }
    return (xRange ?? left...right, low...high)
  }

  static func isDrawable(_ sample: Sample) -> Bool {
    Axis.isDrawable(sample.x) && Axis.isDrawable(sample.middle)
  }

  /// Small panes lose the axis line first, then the header, the y labels, the x labels.
  private func layout(
    in rect: Rect, xs: ClosedRange<Double>, ys: ClosedRange<Double>
  ) -> Layout {
    let hasNames = showsLegend && series.contains { !$0.name.isEmpty }
    let hasUnits = !yUnit.isEmpty || !(rightAxis?.unit.isEmpty ?? true)
    let hasHeader = rect.height >= 5 && (hasNames || hasUnits)
    let hasLabels = rect.height >= 3
    let hasAxisLine = rect.height >= 8
    let rows = rect.height - (hasHeader ? 1 : 0) - (hasLabels ? 1 : 0) - (hasAxisLine ? 1 : 0)
    let y = yAxis(over: ys, rows: rows)
    let showsY = rect.width >= 14 && rows >= 2
    let widest = y.ticks.map { y.label($0).columnCount }.max() ?? 0
    let left = showsY ? max(rect.width < 30 ? 4 : 5, widest) : 0
    let right = showsY && rightAxis != nil && rect.width >= 24 ? 5 : 0
    let plot = Rect(
      x: rect.x + left + (showsY ? 1 : 0), y: rect.y + (hasHeader ? 1 : 0),
      width: rect.width - left - (showsY ? 1 : 0) - right - (right > 0 ? 1 : 0), height: rows)
    return Layout(
      header: hasHeader ? Rect(x: rect.x, y: rect.y, width: rect.width, height: 1) : nil,
      plot: plot,
      labels: hasLabels ? Rect(x: rect.x, y: rect.maxY - 1, width: rect.width, height: 1) : nil,
      hasAxisLine: hasAxisLine, labelWidth: left, rightLabelWidth: right,
      x: Axis(exactly: xs, count: max(1, plot.width / 7)), y: y)
  }

  /// Round numbers at every other row or so; its ends and zero where there are few rows, or round
  /// ones would leave much of them empty.
  private func yAxis(over range: ClosedRange<Double>, rows: Int) -> Axis {
    let count = max(1, min(6, rows / 2))
    let isExact = yRange != nil
    let axis =
      isExact ? Axis(exactly: range, count: count) : Axis(covering: range, count: count)
    let isFull =
      range.lowerBound == range.upperBound
      || axis.share(range.upperBound) - axis.share(range.lowerBound) > 0.7
    return count >= 3 || count == 2 && isFull && !isExact
      ? axis : Axis(endsOf: range, isExact: isExact && (yLimits ?? yRange) == yRange)
  }

  private func drawHeader(
    in rect: Rect, _ layout: Layout, on canvas: inout Canvas, look: Look
  ) {
    let unit = yUnit.truncated(to: max(0, layout.labelWidth), glyphs: look.glyphs)
    canvas.line(
      unit, in: Rect(x: rect.x, y: rect.y, width: layout.labelWidth, height: 1),
      alignment: .right, style: look.dim, look: look)
    let right = rightAxis?.unit ?? ""
    canvas.line(right, in: rect, alignment: .right, style: look.dim, look: look)
    guard showsLegend else { return }
    var x = layout.plot.x + 1
    let end = rect.maxX - right.columnCount - 1
    for (index, curve) in series.enumerated() where !curve.name.isEmpty {
      let value = cursor.map {
        " " + NumberFormat.fixed(curve.value(at: $0), decimals: 2, width: 6)
      }
      let text = curve.name + (value ?? "")
      guard x + 2 + text.columnCount <= end else { break }
      let style = curveStyle(index, look)
      canvas.put(
        curve.sign ?? (look.glyphs.isUnicode ? "━" : "-"), x: x, y: rect.y, style: style)
      x += 2 + canvas.text(curve.name, x: x + 2, y: rect.y, style: look.text)
      if let value { x += canvas.text(value, x: x, y: rect.y, style: look.bright) }
      x += 2
    }
  }

  /// Without colours the first curve is bold.
  func curveStyle(_ index: Int, _ look: Look) -> Style {
    look.style(series[index].color, look.isMono && index == 0 ? .bold : [])
  }

  private func drawLabels(_ layout: Layout, on canvas: inout Canvas, look: Look) {
    let plot = layout.plot
    for reference in references where !reference.label.isEmpty {
      guard let row = layout.row(reference.y), plot.width > 12 else { continue }
      let text = " \(reference.label) ".truncated(to: plot.width - 2, glyphs: look.glyphs)
      let style = reference.color.map { look.style($0) } ?? look.dim
      canvas.text(text, x: plot.x + 1, y: row, style: style)
    }
    // A reference at the top has its label there already.
    let isTaken = references.contains { layout.row($0.y) == plot.y && !$0.label.isEmpty }
    var free = plot.x
    for mark in marks.sorted(by: { $0.x < $1.x }) where !mark.label.isEmpty {
      guard let column = layout.column(mark.x) else { continue }
      let width = mark.label.columnCount
      // At the right of its line where there is room, else at the left.
      let start = column + 1 + width <= plot.maxX ? column + 1 : column - width
      guard start >= free, plot.height >= 3 else { continue }
      canvas.text(
        mark.label, x: start, y: plot.y + (isTaken ? 1 : 0), style: look.style(look.theme.title))
      free = start + width + 1
    }
  }
}

extension LinePlot.Series {
  /// The curve at x, between its neighbours; not a number outside or beside a gap.
  func value(at x: Double) -> Double {
    guard let first = samples.first, let last = samples.last, x >= first.x, x <= last.x else {
      return .nan
    }
    var (low, high) = (0, samples.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if samples[middle].x <= x { low = middle } else { high = middle }
    }
    let (a, b) = (samples[low], samples[high])
    guard b.x > a.x, x != a.x else { return a.middle }
    return x == b.x ? b.middle : a.middle + (b.middle - a.middle) * (x - a.x) / (b.x - a.x)
  }
}
