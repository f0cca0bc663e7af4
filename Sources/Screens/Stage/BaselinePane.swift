internal import CellCanvas
internal import Telemetry

/// The pane of REINFORCE, where others have their workers: G, b and G - b over the last episode it has
/// learnt from, and the variance of the gradient with every baseline.
struct BaselinePane {
  var snapshot: EngineSnapshot
  var isFocused: Bool

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let updates = NumberFormat.grouped(snapshot.counters.updates)
    let inside = Panel(
      title: "Return and baseline", detail: rect.width >= 56 ? "of the last episode" : "",
      trailing: "\(updates) updates", isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    guard let report = snapshot.baselines else {
      var pen = Pen(in: inside, row: 0, look: look)
      pen.write(" returns appear with the first update", look.dim, on: &canvas)
      return
    }
    let bars = report.spreads.isEmpty ? 1 : report.spreads.count + 1
    let (plot, below) = inside.split(top: max(inside.height - bars, min(4, inside.height)))
    draw(report.steps, in: plot, on: &canvas, look: look)
    draw(report, in: below, on: &canvas, look: look)
  }

  /// Curves over the steps of the episode.
  private func draw(
    _ steps: [BaselineReport.Step], in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let isPlain = !look.glyphs.isUnicode || look.isMono
    func series(
      _ name: String, _ color: Color, _ sign: Unicode.Scalar,
      _ number: (BaselineReport.Step) -> Double
    ) -> LinePlot.Series {
      LinePlot.Series(
        name: name, color: color,
        samples: steps.enumerated().map { LinePlot.Sample(x: Double($0), y: number($1)) },
        sign: isPlain ? sign : nil)
    }
    let all = [
      series("G", look.theme.returns, "G") { $0.target },
      series("b", look.theme.value, "b") { $0.baseline },
      series("G - b", look.theme.advantage, "-") { $0.target - $0.baseline },
    ]
    LinePlot(
      series: all, xUnit: "step", showsLegend: rect.height >= 6 && rect.width >= 32,
      emptyText: "the returns appear with the first episode"
    ).draw(in: rect, on: &canvas, look: look)
  }

  /// The variance with every baseline: that of the latest update, the mean over some, and a bar of the
  /// mean.
  private func draw(
    _ report: BaselineReport, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    guard rect.height > 0 else { return }
    var pen = Pen(in: rect, row: 0, look: look)
    pen.skip(1)
    guard !report.spreads.isEmpty else {
      let text =
        report.episodes < 2
        ? "one episode an update has no variance"
        : "measuring the gradient's variance"
      pen.write(text.truncated(to: rect.width - 2, glyphs: look.glyphs), look.dim, on: &canvas)
      return
    }
    pen.write("Var[g]", look.text, on: &canvas)
    pen.write("last", endingAt: rect.x + Self.lastEnd, look.dim, on: &canvas)
    pen.write("mean", endingAt: rect.x + Self.meanEnd, look.dim, on: &canvas)
    let note = " of \(report.averaged) updates of \(report.episodes) episodes"
    if look.width(of: note) <= pen.columnsLeft { pen.write(note, look.dim, on: &canvas) }
    let greatest = report.spreads.map(\.meanVariance).filter(\.isFinite).max() ?? 0
    for (index, spread) in report.spreads.enumerated() where index + 1 < rect.height {
      let row = Rect(x: rect.x, y: rect.y + index + 1, width: rect.width, height: 1)
      draw(spread, greatest: greatest, in: row, on: &canvas, look: look)
    }
  }

  private static let lastEnd = 19
  private static let meanEnd = 28

  private func draw(
    _ spread: BaselineReport.Spread, greatest: Double, in row: Rect, on canvas: inout Canvas,
    look: Look
  ) {
    let style = look.style(look.theme.variance, spread.isInUse ? .bold : [])
    var pen = Pen(in: row, look: look)
    pen.write(spread.isInUse ? (look.glyphs.isUnicode ? "▶" : ">") : " ", style, on: &canvas)
    pen.write(Self.name(of: spread.baseline), spread.isInUse ? look.bright : look.text, on: &canvas)
    pen.write(
      NumberFormat.compact(spread.variance), endingAt: row.x + Self.lastEnd, style, on: &canvas)
    pen.write(
      NumberFormat.compact(spread.meanVariance), endingAt: row.x + Self.meanEnd, style, on: &canvas)
    let width = row.maxX - (row.x + Self.meanEnd) - 2
    guard width >= 4, greatest > 0, spread.meanVariance.isFinite else { return }
    let cells = Int((spread.meanVariance / greatest * Double(width)).rounded())
    for k in 0..<max(0, min(width, cells)) {
      canvas.put(
        look.glyphs.isUnicode ? "━" : "=", x: row.x + Self.meanEnd + 1 + k, y: row.y, style: style)
    }
  }

  private static func name(of baseline: String) -> String {
    switch baseline {
    case "none": "b = 0"
    case "constant": "b = mean G"
    default: "b = V(s)"
    }
  }
}
