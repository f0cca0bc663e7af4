extension LinePlot {
  /// The lines and ticks at the left, right and below, with their labels.
  func drawAxes(_ layout: Layout, on canvas: inout Canvas, look: Look) {
    if layout.labelWidth > 0 { drawLeftAxis(layout, on: &canvas, look: look) }
    if layout.rightLabelWidth > 0 { drawRightAxis(layout, on: &canvas, look: look) }
    drawBottomAxis(layout, on: &canvas, look: look)
  }

  private func drawLeftAxis(_ layout: Layout, on canvas: inout Canvas, look: Look) {
    let plot = layout.plot
    let x = plot.x - 1
    for row in plot.y..<plot.maxY {
      canvas.put(look.glyphs.vertical, x: x, y: row, style: look.border)
    }
    var taken: [Int] = []
    for tick in layout.y.ticks {
      guard let row = layout.row(tick), LinePlot.isFree(row, of: taken, in: plot) else { continue }
      taken.append(row)
      let text = layout.y.label(tick).padded(to: layout.labelWidth, .right)
      canvas.text(text, x: x - layout.labelWidth, y: row, style: look.dim)
      canvas.put(look.glyphs.teeLeft, x: x, y: row, style: look.border)
    }
  }

  /// Whether a label stands apart from those there are: a row between them, where there are three.
  private static func isFree(_ row: Int, of taken: [Int], in plot: Rect) -> Bool {
    taken.allSatisfy { abs($0 - row) > (plot.height < 3 ? 0 : 1) }
  }

  private func drawRightAxis(_ layout: Layout, on canvas: inout Canvas, look: Look) {
    guard let rightAxis, rightAxis.scale.isFinite, rightAxis.scale != 0 else { return }
    let plot = layout.plot
    for row in plot.y..<plot.maxY {
      canvas.put(look.glyphs.vertical, x: plot.maxX, y: row, style: look.border)
    }
    let ends = [layout.y.lower, layout.y.upper].map { $0 * rightAxis.scale + rightAxis.offset }
    guard Axis.isDrawable(ends[0]), Axis.isDrawable(ends[1]) else { return }
    let range = min(ends[0], ends[1])...max(ends[0], ends[1])
    let count = max(1, min(6, plot.height / 2))
    let axis = count < 3 ? Axis(endsOf: range, isExact: true) : Axis(exactly: range, count: count)
    var taken: [Int] = []
    for tick in axis.ticks {
      guard let row = layout.row((tick - rightAxis.offset) / rightAxis.scale),
        LinePlot.isFree(row, of: taken, in: plot)
      else { continue }
      taken.append(row)
      let text = axis.label(tick).padded(to: layout.rightLabelWidth, .right)
      canvas.text(
        text, x: plot.maxX + 1, y: row, style: look.dim, maxWidth: layout.rightLabelWidth)
      canvas.put(look.glyphs.teeRight, x: plot.maxX, y: row, style: look.border)
    }
  }

  private func drawBottomAxis(_ layout: Layout, on canvas: inout Canvas, look: Look) {
    let plot = layout.plot
    let lineY = plot.maxY
    if layout.hasAxisLine {
      canvas.fill(
        Rect(x: plot.x, y: lineY, width: plot.width, height: 1), look.glyphs.horizontal,
        style: look.border)
      if layout.labelWidth > 0 {
        canvas.put(
          look.glyphs.isUnicode ? "└" : "+", x: plot.x - 1, y: lineY, style: look.border)
      }
      if layout.rightLabelWidth > 0 {
        canvas.put(look.glyphs.isUnicode ? "┘" : "+", x: plot.maxX, y: lineY, style: look.border)
      }
    }
    guard let labels = layout.labels else { return }
    let unitWidth = xUnit.isEmpty || plot.width < 24 ? 0 : xUnit.columnCount + 1
    var free = labels.x
    for tick in layout.x.ticks {
      guard let column = layout.column(tick) else { continue }
      let text = layout.x.label(tick)
      let width = text.columnCount
      // Centred by the figures, not by their unit.
      let figures = text.split(separator: " ").first.map { $0.count } ?? width
      let start = max(labels.x, min(column - figures / 2, labels.maxX - width))
      guard start >= free, start + width <= labels.maxX - unitWidth else { continue }
      canvas.text(text, x: start, y: labels.y, style: look.dim)
      if layout.hasAxisLine {
        canvas.put(look.glyphs.teeDown, x: column, y: lineY, style: look.border)
      }
      free = start + width + 2
    }
    if unitWidth > 0 {
      canvas.line(xUnit, in: labels, alignment: .right, style: look.dim, look: look)
    }
  }
}
