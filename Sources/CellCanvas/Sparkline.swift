/// The last values of a series as small bars, one column each, the newest at the right.
public struct Sparkline: Sendable, Equatable {
  /// The values, the newest last; what is not a number shows as a faint dot.
  public var values: [Double]
  /// What the bars span; nil for what the values shown span.
  public var range: ClosedRange<Double>?
  /// Colour of the quantity.
  public var color: Color

  /// A small series.
  public init(values: [Double], range: ClosedRange<Double>? = nil, color: Color) {
    self.values = values
    self.range = range
    self.color = color
  }

  /// Draws as many of the newest values as there are columns; the lowest bar is an eighth high.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    draw(in: rect, on: &canvas, look: look, style: look.style(color))
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look, style: Style) {
    guard !rect.isEmpty else { return }
    let shown = values.suffix(rect.width)
    let finite = shown.filter(\.isFinite)
    let low = range?.lowerBound ?? finite.min() ?? 0
    let high = range?.upperBound ?? finite.max() ?? 1
    let left = rect.maxX - shown.count
    for (column, value) in shown.enumerated() {
      guard value.isFinite else {
        var faint = look.dim
        faint.background = style.background
        canvas.put(look.glyphs.dot, x: left + column, y: rect.maxY - 1, style: faint)
        continue
      }
      // Halves, since the difference of two great numbers may be infinite.
      let span = high / 2 - low / 2
      let share = span > 0 ? min(max((value / 2 - low / 2) / span, 0), 1) : 0.5
      let eighths = max(1, Int((share * Double(8 * rect.height)).rounded()))
      for row in 0..<rect.height {
        let level = min(max(eighths - 8 * row, 0), 8)
        if level == 0 { break }
        canvas.put(
          look.glyphs.risingEighths[level], x: left + column, y: rect.maxY - 1 - row, style: style)
      }
    }
  }
}
