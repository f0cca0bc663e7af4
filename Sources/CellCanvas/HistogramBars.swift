/// A histogram of equal bins between `low` and `high`, with a line where zero lies.
public struct HistogramBars: Sendable, Equatable {
  /// Count of each bin, the lowest first.
  public var counts: [Double]
  /// Lower end of the first bin.
  public var low: Double
  /// Upper end of the last bin.
  public var high: Double
  /// Colour of the quantity.
  public var color: Color
  /// What will appear, as long as there is nothing to draw.
  public var emptyText: String

  /// A histogram.
  public init(
    counts: [Double], low: Double, high: Double, color: Color, emptyText: String = "no data yet"
  ) {
    self.counts = counts
    self.low = low
    self.high = high
    self.color = color
    self.emptyText = emptyText
  }

  /// Draws bars above a line of labels; a bin that is not empty shows at least an eighth.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    canvas.fill(rect, " ", style: look.ground)
    let greatest = counts.map(finite).max() ?? 0
    guard greatest > 0 else {
      canvas.notice(emptyText, in: rect, look: look)
      return
    }
    let bars = rect.split(bottom: rect.height > 1 ? 1 : 0).rest
    let zero = zeroColumn(bars.width)
    if let zero {
      for y in bars.y..<bars.maxY {
        canvas.put(look.glyphs.dashedVertical, x: bars.x + zero, y: y, style: look.dim)
      }
    }
    let columns = columnCounts(bars.width)
    let scale = Double(8 * bars.height) / (columns.max() ?? 1)
    for (column, count) in columns.enumerated() where count > 0 {
      let eighths = max(1, Int((count * scale).rounded()))
      for row in 0..<bars.height where eighths > 8 * row {
        canvas.put(
          look.glyphs.risingEighths[min(8, eighths - 8 * row)], x: bars.x + column,
          y: bars.maxY - 1 - row, style: look.style(color))
      }
    }
    if rect.height > 1 { drawLabels(in: rect, zero: zero, on: &canvas, look: look) }
    canvas.substitute(in: rect, for: look.glyphs)
  }

  /// The count shown in each column: that of its bin, or the sum of several narrower bins.
  private func columnCounts(_ width: Int) -> [Double] {
    var columns = [Double](repeating: 0, count: width)
    let bins = counts.count
    if bins <= width {
      for column in 0..<width { columns[column] = finite(counts[column * bins / width]) }
    } else {
      for (bin, count) in counts.enumerated() { columns[bin * width / bins] += finite(count) }
    }
    return columns
  }

  private func finite(_ count: Double) -> Double { Axis.isDrawable(count) ? max(0, count) : 0 }

  private func zeroColumn(_ width: Int) -> Int? {
    guard low < 0, high > 0, Axis.isDrawable(low), Axis.isDrawable(high), width > 0 else {
      return nil
    }
    return min(Int(-low / (high - low) * Double(width)), width - 1)
  }

  private func drawLabels(in rect: Rect, zero: Int?, on canvas: inout Canvas, look: Look) {
    let row = rect.split(bottom: 1).bottom
    let width = min(6, rect.width / 2)
    let first = NumberFormat.fixed(low, decimals: 2, width: width).trimmed
    let last = NumberFormat.fixed(high, decimals: 2, width: width).trimmed
    canvas.line(first, in: row, style: look.dim, look: look)
    canvas.line(last, in: row, alignment: .right, style: look.dim, look: look)
    guard let zero, zero > first.columnCount, zero < row.width - last.columnCount - 1 else {
      return
    }
    canvas.put("0", x: row.x + zero, y: row.y, style: look.text)
  }
}

extension String {
  /// The string without blanks at its ends.
  var trimmed: String {
    var view = Substring(self)
    while view.first == " " { view.removeFirst() }
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}
