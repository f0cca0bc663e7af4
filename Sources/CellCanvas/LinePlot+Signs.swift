extension LinePlot {
  /// Columns between two signs of a curve.
  private static let signSpacing = 12

  /// The signs upon the curves, those of different curves in different columns where that is
  /// possible; none covers another.
  func drawSigns(_ layout: Layout, on canvas: inout Canvas, look: Look) {
    let plot = layout.plot
    let count = series.count { $0.sign != nil }
    guard count > 0 else { return }
    let spacing = max(Self.signSpacing, count)
    var taken: Set<[Int]> = []
    for (index, curve) in series.enumerated() {
      guard let sign = curve.sign else { continue }
      let style = curveStyle(index, look).with(.bold)
      for column in stride(from: index * spacing / series.count, to: plot.width, by: spacing) {
        let share = (Double(column) + 0.5) / Double(plot.width)
        let x = layout.x.lower + share * (layout.x.upper - layout.x.lower)
        guard let row = layout.row(curve.value(at: x)),
          taken.insert([column, row]).inserted
        else { continue }
        canvas.put(sign, x: plot.x + column, y: row, style: style)
      }
    }
  }
}
