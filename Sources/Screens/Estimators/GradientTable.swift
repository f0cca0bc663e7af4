internal import CellCanvas
internal import Telemetry

/// The rows of the page of the gradient: a row for every estimate with its variance as a bar.
struct GradientTable {
  var reading: GradientReading
  var isLogarithmic: Bool

  var report: GradientReport { reading.report }

  /// Rows it would take in full: headings, all entries, a blank row before each family.
  var height: Int { 1 + report.entries.count + groupStarts(Array(report.entries.indices)).count }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard rect.height > 0, rect.width > 0 else { return }
    let hasHeader = rect.height >= 3
    let names = report.entries.indices.map { look.width(of: reading.name($0)) }
    let columns = GradientColumns(
      rect, names: names.max() ?? 0, hasIntervals: hasIntervals, isAligned: reading.best != nil)
    if hasHeader { drawHeader(columns, in: rect, on: &canvas, look: look) }
    let body = rect.split(top: hasHeader ? 1 : 0).rest
    let shown = rows(body.height)
    let starts = groupStarts(shown)
    // A blank row between the groups, where there is room for all of them.
    let gap = shown.count + starts.count <= body.height && shown.count == report.entries.count
    var y = body.y
    for index in shown {
      if gap, starts.contains(index) { y += 1 }
      let row = Rect(x: rect.x, y: y, width: rect.width, height: 1)
      draw(index, columns, in: row, on: &canvas, look: look)
      y += 1
    }
  }

  // MARK: Scale

  private var hasIntervals: Bool { report.entries.contains { $0.varianceInterval > 0 } }

  /// What variances are multiplied by before they are shown, a power of a thousand, and the digits
  /// after the point that leave four figures of the greatest or so.
  private var unit: (factor: Double, words: String, decimals: Int) {
    let most = greatest
    let choices = [(1e-6, " M"), (1e-3, " k"), (1, ""), (1e3, " × 1e-3"), (1e6, " × 1e-6")]
    let (factor, words) =
      most > 0 ? choices.first { most * $0.0 >= 1 } ?? choices[4] : choices[2]
    let size = most * factor
    return (factor, words, size >= 100 ? 1 : size >= 10 ? 2 : 3)
  }

  private var greatest: Double {
    report.entries.lazy.map { $0.variance + max(0, $0.varianceInterval) }.filter(\.isFinite).max()
      ?? 0
  }

  private var least: Double {
    report.entries.lazy.map(\.variance).filter { $0.isFinite && $0 > 0 }.min() ?? 0
  }

  /// The scale of the bars.
  private var scale: PlotScale {
    isLogarithmic ? .logarithmic(from: least, to: greatest) : .linear(upTo: greatest)
  }

  private func drawHeader(
    _ columns: GradientColumns, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    var pen = Pen(in: rect, look: look)
    pen.x = columns.name
    pen.write("Ψ", look.dim, on: &canvas)
    pen.write("variance\(unit.words)", endingAt: columns.variance, look.dim, on: &canvas)
    if let interval = columns.interval {
      pen.write("± 95 %", endingAt: interval, look.dim, on: &canvas)
    }
    if columns.bar.width >= 18 {
      pen.x = columns.bar.x
      pen.write(NumberFormat.setting(scale.lower * unit.factor), look.dim, on: &canvas)
      if isLogarithmic { pen.write(" log", look.dim, on: &canvas) }
      pen.write(
        NumberFormat.setting(scale.upper * unit.factor), endingAt: columns.bar.maxX, look.dim,
        on: &canvas)
    }
    if let reduction = columns.reduction {
      pen.write("G alone", endingAt: reduction, look.dim, on: &canvas)
    }
    if let cosine = columns.cosine {
      pen.write("cosine", endingAt: cosine, look.dim, on: &canvas)
    }
    if let alignment = columns.alignment {
      let end = columns.alignmentBar.width > 0 ? columns.alignmentBar.x + 7 : alignment
      pen.write(
        columns.alignmentBar.width > 0 ? "alignment" : "align", endingAt: end, look.dim, on: &canvas
      )
    }
  }

  /// A variance in the column's unit. Variances lie decades apart: one that would be shown as 0 has
  /// its own power of ten.
  private func number(_ variance: Double, width: Int = GradientColumns.varianceWidth) -> String {
    let unit = unit
    let size = variance * unit.factor
    let least = [1, 0.1, 0.01, 0.001][unit.decimals]
    return size > 0 && size < least
      ? NumberFormat.compact(size, width: width)
      : NumberFormat.fixed(size, decimals: unit.decimals, width: width)
  }

  // MARK: A row

  private func draw(
    _ index: Int, _ columns: GradientColumns, in row: Rect, on canvas: inout Canvas, look: Look
  ) {
    let entry = report.entries[index]
    let isUsed = index == reading.inUse
    if isUsed { canvas.fill(row, " ", style: look.selection) }
    let ground = RowGround(isSelected: isUsed, look)
    func style(_ style: Style) -> Style { ground.under(style) }
    let theme = look.theme
    var pen = Pen(in: row, look: look)
    pen.write(
      isUsed ? look.glyphs.pointRight : " ", style(look.style(theme.accent, .bold)), on: &canvas)
    pen.x = columns.name
    pen.write(reading.name(index), style(isUsed ? look.bright : look.text), on: &canvas)
    pen.write(
      number(entry.variance), endingAt: columns.variance, style(look.style(theme.variance, .bold)),
      on: &canvas)
    if let interval = columns.interval {
      pen.write(
        number(entry.varianceInterval, width: 7), endingAt: interval, style(look.dim), on: &canvas)
    }
    drawBar(entry, in: columns.bar, y: row.y, ground, on: &canvas, look: look)
    if let end = columns.reduction {
      let text = reading.reduction(index).map { "÷ " + GradientReading.factor($0) } ?? "–"
      pen.x = columns.bar.maxX
      pen.write(text, endingAt: end, style(look.bright), on: &canvas)
    }
    if let end = columns.cosine {
      let text = entry.cosine.map { NumberFormat.fixed($0, decimals: 3) } ?? "–"
      let isBiased = entry.cosine.map { !GradientReading.isUnbiased($0) } ?? false
      pen.write(
        text, endingAt: end, style(isBiased ? look.style(theme.bias, .bold) : look.bright),
        on: &canvas)
    }
    drawAlignment(index, columns, with: &pen, ground, on: &canvas, look: look)
    drawMarks(index, columns, in: row, ground, on: &canvas, look: look)
  }

  private func drawBar(
    _ entry: GradientReport.Entry, in bar: Rect, y: Int, _ ground: RowGround,
    on canvas: inout Canvas, look: Look
  ) {
    guard bar.width >= 4 else { return }
    let color = look.theme.variance
    let scale = scale
    guard entry.variance.isFinite else { return }
    func share(_ variance: Double) -> Double { min(1, max(0, scale.share(variance))) }
    let eighths = Int((share(entry.variance) * Double(8 * bar.width)).rounded())
    for k in 0..<bar.width where eighths > 8 * k {
      let level = min(8, eighths - 8 * k)
      canvas.put(
        look.glyphs.growingEighths[level], x: bar.x + k, y: y,
        style: ground.under(look.style(color)))
    }
    guard entry.varianceInterval > 0, entry.varianceInterval.isFinite else { return }
    let first = Int(share(entry.variance - entry.varianceInterval) * Double(bar.width))
    let last = min(
      bar.width - 1, Int(share(entry.variance + entry.varianceInterval) * Double(bar.width)))
    for k in first...max(first, last) where k < bar.width {
      // Within the bar the line is cut out of it.
      let isInside = eighths >= 8 * k + 4
      let style =
        isInside && !look.isMono
        ? Style(foreground: look.theme.ground, background: color)
        : ground.under(look.bright)
      canvas.put(look.glyphs.horizontal, x: bar.x + k, y: y, style: style)
    }
  }

  private func drawAlignment(
    _ index: Int, _ columns: GradientColumns, with pen: inout Pen, _ ground: RowGround,
    on canvas: inout Canvas, look: Look
  ) {
    guard let end = columns.alignment else { return }
    let alignment = reading.alignment(index)
    let isBest = index == reading.best
    pen.write(
      alignment.map { NumberFormat.unit($0, decimals: 3, width: 5) } ?? "–", endingAt: end,
      ground.under(isBest ? look.style(look.theme.good, .bold) : look.bright), on: &canvas)
    guard let alignment, columns.alignmentBar.width > 0 else { return }
    let bar = Rect(
      x: columns.alignmentBar.x, y: pen.y, width: columns.alignmentBar.width, height: 1)
    StepNumbers.drawThinBar(alignment, look.theme.good, in: bar, on: &canvas, look: look)
    canvas.restyle(bar) { $0 = ground.under($0) }
  }

  private func drawMarks(
    _ index: Int, _ columns: GradientColumns, in row: Rect, _ ground: RowGround,
    on canvas: inout Canvas,
    look: Look
  ) {
    var pen = Pen(in: row, look: look)
    pen.x = columns.mark + 1
    if index == reading.best {
      pen.write(look.glyphs.check, ground.under(look.style(look.theme.good, .bold)), on: &canvas)
      pen.write(" best", ground.under(look.style(look.theme.good)), on: &canvas)
    } else if index == reading.inUse {
      pen.write("in use", ground.under(look.accent), on: &canvas)
    }
    guard let remark = columns.remark else { return }
    pen.x = remark + 1
    pen.write(reading.remark(index), ground.under(look.dim), on: &canvas)
  }
}
