internal import CellCanvas
internal import Telemetry

/// A layer as a curve over the states of a row, with the exact values beside those of the critic.
struct ChainCurve {
  let layer: MazeLayer
  private let title: String
  let values: [Double]
  /// What the critic should say; empty for other layers.
  let exact: [Double]
  /// What the axis spans.
  let range: ClosedRange<Double>

  /// Nothing where a layer has no values.
  ///
  /// - Parameter endRewards: rewards at the ends, which the axis spans too.
  init?(_ layer: MazeLayer, of layers: GridLayers?, endRewards: [Double]) {
    guard let layers else { return nil }
    self.layer = layer
    title = layer.title(ofActionValues: layers.actionValues != nil)
    let all = layers.critic + layers.exact + layers.best + endRewards
    switch layer {
    case .none, .policy: return nil
    case .critic, .actionValues: (values, exact) = (layers.critic, layers.exact)
    case .exact: (values, exact) = (layers.exact, [])
    case .best: (values, exact) = (layers.best, [])
    case .difference: (values, exact) = (zip(layers.critic, layers.exact).map { $0 - $1 }, [])
    case .visits: (values, exact) = (layers.visits.map(Double.init), [])
    }
    switch layer {
    case .difference:
      let most = Self.most(values.map(abs))
      range = -most...most
    case .visits: range = 0...Self.most(values)
    default:
      // One scale for all values, in whole tenths, so that the axis stands still.
      let least = all.lazy.filter(\.isFinite).min() ?? 0
      let greatest = all.lazy.filter(\.isFinite).max() ?? 0
      let (low, high) = (Self.tenth(min(0, least), .down), Self.tenth(max(0, greatest), .up))
      range = low < high ? low...high : -1...1
    }
  }

  private static func most(_ values: [Double]) -> Double {
    let most = values.lazy.filter(\.isFinite).max() ?? 0
    return most > 0 ? most : 1
  }

  private static func tenth(_ value: Double, _ rule: FloatingPointRoundingRule) -> Double {
    let tenths = (value * 10).rounded(rule) / 10
    return tenths.isFinite ? tenths : value
  }

  // MARK: Drawing

  /// Ticks at both ends of the axis and at zero, with a faint line there.
  func drawGround(
    _ drawing: BrailleCanvas, in area: Rect, ticks: Rect, on canvas: inout Canvas, look: Look
  ) {
    var rows: [(row: Int, value: Double)] = [
      (0, range.upperBound), (area.height - 1, range.lowerBound),
    ]
    let zero = drawing.cell(of: (drawing.xRange.lowerBound, 0)).y
    if range.lowerBound < 0, range.upperBound > 0, zero > 0, zero < area.height - 1 {
      rows.append((zero, 0))
      for x in 0..<area.width {
        canvas.put(
          look.glyphs.dashedHorizontal, x: area.x + x, y: area.y + zero, style: look.border)
      }
    }
    for (row, value) in rows {
      var pen = Pen(in: ticks, row: row, look: look)
      pen.write(tick(value), endingAt: ticks.maxX - 1, look.dim, on: &canvas)
    }
  }

  private func tick(_ value: Double) -> String {
    if value == 0 { return "0" }
    switch layer {
    case .visits: return NumberFormat.compact(value, width: 4)
    case .difference: return NumberFormat.unit(value, width: 5, sign: .always)
    default: return NumberFormat.fixed(value, decimals: 1, width: 4, sign: .always)
    }
  }

  /// The exact values as dots, then the curve as a line.
  func plot(
    _ points: [(x: Double, y: Double)], exact: [(x: Double, y: Double)],
    on drawing: inout BrailleCanvas, look: Look
  ) {
    let dotted = look.style(look.theme.text, look.isMono ? .dim : [])
    for (start, end) in zip(exact, exact.dropFirst()) {
      let dots = max(2, 2 * drawing.size.columns / max(1, exact.count * 2))
      for k in 0..<dots {
        let share = Double(k) / Double(dots)
        let dot = (start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))
        drawing.line(from: dot, to: dot, style: dotted)
      }
    }
    drawing.path(points.filter { $0.y.isFinite }, style: look.style(color(look), .bold))
  }

  private func color(_ look: Look) -> Color {
    switch layer {
    case .difference: look.theme.bias
    case .visits: look.theme.policy
    default: look.theme.value
    }
  }

  /// The curve's name, and what the dots are.
  func drawLegend(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, look: look)
    pen.skip(1)
    pen.write(
      look.glyphs.isUnicode ? "━━ " : "-- ", look.style(color(look), .bold), on: &canvas)
    pen.write(title, look.style(color(look)), on: &canvas)
    guard !exact.isEmpty else { return }
    let words = ["⠒ ⠒ exact V, the expected return", "⠒ ⠒ exact V"].map {
      look.glyphs.isUnicode ? $0 : ". ." + $0.dropFirst(3)
    }
    pen.skip(3)
    if let fitting = words.first(where: { look.width(of: $0) <= pen.columnsLeft }) {
      pen.write(fitting, look.text, on: &canvas)
    }
  }
}
