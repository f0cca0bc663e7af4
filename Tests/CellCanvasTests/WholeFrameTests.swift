import CellCanvas
import TestSupport
import Testing

/// A frame of every widget, as a stage might look.
private func stage(_ look: Look) -> Canvas {
  var canvas = Canvas(size: Size(columns: 120, rows: 36), background: look.ground)
  let rows = canvas.bounds.rows([.fixed(13), .fixed(13), .weight(1)])
  let top = rows[0].columns([.weight(1), .weight(1)])
  drawWorld(in: top[0], on: &canvas, look: look)
  drawWorkers(in: top[1], on: &canvas, look: look)
  let middle = rows[1].columns([.weight(1), .weight(1), .weight(1)])
  drawReturns(in: middle[0], on: &canvas, look: look)
  drawEntropy(in: middle[1], on: &canvas, look: look)
  drawAdvantage(in: middle[2], on: &canvas, look: look)
  drawBiasVariance(in: rows[2], on: &canvas, look: look)
  return canvas
}

private func drawWorld(in rect: Rect, on canvas: inout Canvas, look: Look) {
  let theme = look.theme
  let panel = Panel(title: "Stage", detail: "worker 3 · episode 182 · step 97", isFocused: true)
  let (gauges, world) = panel.draw(in: rect, on: &canvas, look: look).split(top: 2)
  var drawing = BrailleCanvas(
    size: world.size, xRange: -2.4...2.4, yRange: -0.2...1.6, keepsAspect: true)
  drawing.line(from: (-2.4, 0), to: (2.4, 0), style: look.border)
  drawing.thickLine(
    from: (0.2, 0.3), to: (0.5, 1.4), thickness: 0.1, style: look.style(theme.advantage))
  drawing.rectangle(from: (-0.2, 0.05), to: (0.6, 0.35), style: look.style(theme.value))
  drawing.disc(center: (0.2, 0.35), radius: 0.06, style: look.bright)
  drawing.draw(in: world, on: &canvas, look: look)
  for (row, action) in ["←", "→"].enumerated() {
    let share = row == 0 ? 0.38 : 0.62
    BarRow(
      label: "π \(action)", text: NumberFormat.percent(share), share: share, color: theme.policy
    )
    .draw(
      in: Rect(x: gauges.x, y: gauges.y + row, width: 30, height: 1), on: &canvas, look: look)
  }
}

private func drawWorkers(in rect: Rect, on canvas: inout Canvas, look: Look) {
  let theme = look.theme
  let rows = (0..<14).map { worker -> [Table.Entry] in
    let values = (0..<20).map { Double($0 * (worker + 3) % 11) }
    return [
      .init("\(worker)"), .init(["act ···", "push ▲", "pull ▼"][worker % 3]),
      .init(NumberFormat.fixed(Double(worker * 37 % 200), decimals: 1), color: theme.returns),
      .init(NumberFormat.unit(0.6 - Double(worker) / 100), color: theme.entropy),
      .init(sparkline: Sparkline(values: values, color: theme.returns)),
    ]
  }
  let inner = Panel(title: "Workers", trailing: "θ v48 213 · lag 1.8")
    .draw(in: rect, on: &canvas, look: look)
  Table(
    columns: [
      .init("", width: 2), .init("phase", width: 8), .init("return", width: 6, alignment: .right),
      .init("H", width: 4, alignment: .right), .init("returns", width: nil),
    ], rows: rows, selectedRow: 3, scrollOffset: 1
  ).draw(in: inner, on: &canvas, look: look)
}

private func drawReturns(in rect: Rect, on canvas: inout Canvas, look: Look) {
  let samples = (0..<100).map { index -> LinePlot.Sample in
    let t = Double(index) / 99
    let middle = 500 * t * t * (3 - 2 * t)
    let reach = 20 + 300 * t * (1 - t)
    return .init(
      x: t * 200_000, low: max(9, middle - reach), middle: middle, high: min(500, middle + reach))
  }
  let inner = Panel(title: "Return").draw(in: rect, on: &canvas, look: look)
  LinePlot(
    series: [.init(name: "mean of workers", color: look.theme.returns, samples: samples)],
    yRange: 0...500, xUnit: "steps", marks: [.init(x: 60_000, label: "n=5")],
    references: [.init(y: 475, label: "solved 475")]
  ).draw(in: inner, on: &canvas, look: look)
}

private func drawEntropy(in rect: Rect, on canvas: inout Canvas, look: Look) {
  let samples = (0..<50).map { index -> LinePlot.Sample in
    let entropy = 0.69 / (1 + Double(index) / 40)
    let x = Double(index) * 4000
    return .init(x: x, low: entropy - 0.05, middle: entropy, high: entropy + 0.05)
  }
  let inner = Panel(title: "Entropy", trailing: "H / ln|A|").draw(in: rect, on: &canvas, look: look)
  LinePlot(
    series: [.init(name: "H", color: look.theme.entropy, samples: samples)], yRange: 0...0.75,
    yUnit: "nats", rightAxis: .init(scale: 1 / 0.6931, unit: "share"), cursor: 100_000
  ).draw(in: inner, on: &canvas, look: look)
}

private func drawAdvantage(in rect: Rect, on canvas: inout Canvas, look: Look) {
  let color = look.theme.advantage
  let inner = Panel(title: "Advantage", trailing: "p5 · median · p95")
    .draw(in: rect, on: &canvas, look: look)
  let parts = inner.columns([.weight(1), .fixed(14)], gap: 1)
  LinePlot(series: [], emptyText: "advantages appear after the first update")
    .draw(in: parts[0], on: &canvas, look: look)
  HistogramBars(
    counts: [0, 1, 3, 6, 9, 14, 12, 8, 5, 2, 1, 0], low: -3, high: 4, color: color
  ).draw(in: parts[1], on: &canvas, look: look)
}

private func drawBiasVariance(in rect: Rect, on canvas: inout Canvas, look: Look) {
  let theme = look.theme
  let inner = Panel(title: "Bias–variance of the target", trailing: "exact · 2 s ago")
    .draw(in: rect, on: &canvas, look: look)
  let parts = inner.columns([.weight(1), .weight(1), .fixed(24)], gap: 2)
  let layers = [
    BarGroups.Layer(name: "bias²", color: theme.bias),
    BarGroups.Layer(name: "variance", color: theme.variance),
  ]
  let groups = ["1", "2", "3", "5", "10", "20", "∞"].enumerated().map { index, label in
    let bias = 2 / Double(1 + index * index)
    return BarGroups.Group(label: label, values: [bias, 0.2 + 0.25 * Double(index)])
  }
  BarGroups(layers: layers, groups: groups, current: 3, axisLabel: "n")
    .draw(in: parts[0], on: &canvas, look: look)
  BarGroups(layers: layers, groups: groups, arrangement: .sideBySide, current: 4, axisLabel: "λ")
    .draw(in: parts[1], on: &canvas, look: look)
  HeatGrid(
    columns: 12, values: (0..<84).map { $0 == 30 ? .nan : Double($0) - 42 }, scale: .diverging,
    selected: 17
  ).draw(in: parts[2], on: &canvas, look: look)
}

@Suite("A whole frame")
struct WholeFrameTests {
  @Test("in colour")
  func color() {
    expectGoldenScreen(stage(Look()), named: "stage")
  }

  @Test("without colours")
  func mono() {
    expectGoldenScreen(stage(Look(theme: .mono, colors: .none)), named: "stage-mono")
  }

  @Test("in ASCII")
  func ascii() {
    let frame = stage(Look(theme: .mono, glyphs: .ascii, colors: .none))
    expectGoldenScreen(frame, named: "stage-ascii")
    #expect(frame.cells.filter { !$0.scalar.isASCII }.isEmpty)
  }

  @Test("as SVG it stays small")
  func svgSize() {
    #expect(svg(of: stage(Look()), title: "Footlights").utf8.count < 100_000)
  }
}
