import CellCanvas
import Testing

/// Every widget with one list of values.
private func drawAll(_ values: [Double], in rect: Rect, on canvas: inout Canvas, look: Look) {
  let color = look.theme.returns
  var samples: [LinePlot.Sample] = []
  for (index, value) in values.enumerated() {
    samples.append(.init(x: Double(index), low: value - 1, middle: value, high: value + 1))
    samples.append(.init(x: value, low: value, middle: Double(index), high: -value))
  }
  let first = values.first ?? .nan
  LinePlot(
    series: [
      .init(name: "a", color: color, samples: samples), .init(name: "b", color: color, samples: []),
    ],
    yUnit: "nats", xUnit: "steps", rightAxis: .init(scale: first, unit: "share"),
    marks: [.init(x: 0, label: "λ .95"), .init(x: first, label: "n=5")],
    references: [.init(y: first, label: "solved 475")], cursor: first
  ).draw(in: rect, on: &canvas, look: look)
  LinePlot(
    series: [.init(name: "a", color: color, samples: samples)], xRange: 0...0,
    yRange: -.infinity ... .infinity, rightAxis: .init(scale: 0)
  ).draw(in: rect, on: &canvas, look: look)
  HistogramBars(counts: values, low: first, high: -first, color: color)
    .draw(in: rect, on: &canvas, look: look)
  Sparkline(values: values, color: color).draw(in: rect, on: &canvas, look: look)
  BarRow(label: "π ←", text: "38%", share: first, color: color)
    .draw(in: rect, on: &canvas, look: look)
  let groups = values.map { BarGroups.Group(label: "∞", values: [$0, first], interval: 0...1) }
  for arrangement in [BarGroups.Arrangement.stacked, .sideBySide] {
    BarGroups(
      layers: [.init(name: "bias²", color: color), .init(name: "variance", color: color)],
      groups: groups, arrangement: arrangement, current: 1, maximum: first, axisLabel: "n"
    ).draw(in: rect, on: &canvas, look: look)
    BarGroups(
      layers: [.init(name: "bias²", color: color)], groups: groups, arrangement: arrangement
    )
    .draw(in: rect, on: &canvas, look: look)
  }
  for scale in [HeatGrid.Scale.sequential, .diverging] {
    HeatGrid(columns: 3, values: values, scale: scale, selected: 1)
      .draw(in: rect, on: &canvas, look: look)
    HeatGrid(columns: 0, values: values, scale: scale, range: 0...1e-300, cellWidth: nil)
      .draw(in: rect, on: &canvas, look: look)
  }
  Table(
    columns: [.init("phase", width: 4), .init("returns", width: nil, alignment: .right)],
    rows: values.map {
      [.init("\($0)…"), .init(sparkline: Sparkline(values: values + [$0], color: color))]
    },
    selectedRow: 1, scrollOffset: 99, emptyText: "workers appear here"
  ).draw(in: rect, on: &canvas, look: look)
  let inner = Panel(title: "Stage · θ", detail: "worker 3", trailing: "lag 1.8", isFocused: true)
    .draw(in: rect, on: &canvas, look: look)
  drawShapes(values, in: inner, on: &canvas, look: look)
}

private func drawShapes(_ values: [Double], in rect: Rect, on canvas: inout Canvas, look: Look) {
  var drawing = BrailleCanvas(
    size: rect.size, xRange: -1...1, yRange: 0...0, keepsAspect: true)
  let style = look.style(look.theme.agent)
  for (a, b) in zip(values, values.reversed()) {
    drawing.line(from: (a, b), to: (b, 0), style: style)
    drawing.thickLine(from: (0, a), to: (b, a), thickness: b, style: style)
    drawing.disc(center: (a, b), radius: a, style: style)
    drawing.disc(center: (0, 0), radius: b, isFilled: false, style: style)
    drawing.rectangle(from: (a, b), to: (b, a), style: style)
    drawing.rectangle(from: (a, 0), to: (0, a), isFilled: false, style: style)
    _ = drawing.cell(of: (a, b))
  }
  drawing.path(values.map { ($0, 0) }, style: style)
  drawing.draw(in: rect, on: &canvas, look: look)
}

private let nastyValues: [[Double]] = [
  [], [0], [1], [.nan], [.infinity, -.infinity], [2, 2, 2, 2], [0, .nan, 1, .infinity, -1],
  [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0], [.leastNonzeroMagnitude, 0, 1e-300],
  [1e99, -1e99, 1e99], [0.1, 0.1 + 1e-17, 0.3], (0..<300).map { Double($0 % 17) - 8 },
  [1e15, 1e15 + 1], [-5, -4, -3, -2, -1],
]

@Suite("Every widget")
struct WidgetEdgeTests {
  private static let looks = [
    Look(), Look(colors: .ansi16), Look(theme: .mono, colors: .none),
    Look(theme: .mono, glyphs: .ascii, colors: .none), Look(theme: .light, glyphs: .ascii),
  ]

  @Test("survives any size and any value, and stays inside its rectangle", arguments: nastyValues)
  func survival(values: [Double]) {
    for look in Self.looks {
      for (width, height) in [
        (0, 0), (1, 1), (1, 9), (9, 1), (2, 2), (5, 3), (13, 4), (24, 5), (40, 9), (7, 20),
      ] {
        let size = Size(columns: width + 4, rows: height + 4)
        var canvas = Canvas(size: size, background: look.ground)
        let rect = Rect(x: 2, y: 2, width: width, height: height)
        drawAll(values, in: rect, on: &canvas, look: look)
        for y in 0..<size.rows {
          for x in 0..<size.columns where !rect.contains(x: x, y: y) {
            #expect(canvas[x, y].scalar == " ", "(\(x), \(y)) of \(width)x\(height)")
          }
        }
      }
    }
  }

  @Test("uses nothing but ASCII where only that is shown", arguments: nastyValues)
  func ascii(values: [Double]) {
    let look = Look(theme: .mono, glyphs: .ascii, colors: .none)
    var canvas = Canvas(size: Size(columns: 60, rows: 14), background: look.ground)
    drawAll(values, in: canvas.bounds, on: &canvas, look: look)
    #expect(canvas.cells.filter { !$0.scalar.isASCII }.isEmpty)
    var parts = Canvas(size: Size(columns: 60, rows: 14), background: look.ground)
    for row in [0, 7] {
      let rect = Rect(x: 0, y: row, width: 30, height: 7)
      HistogramBars(counts: values, low: -1, high: 2, color: look.theme.returns)
        .draw(in: rect, on: &parts, look: look)
      Sparkline(values: values, color: look.theme.returns).draw(in: rect, on: &parts, look: look)
    }
    #expect(parts.cells.filter { !$0.scalar.isASCII }.isEmpty)
  }

  @Test("without colours no cell has one", arguments: nastyValues)
  func mono(values: [Double]) {
    let look = Look(theme: .mono, colors: .none)
    var canvas = Canvas(size: Size(columns: 60, rows: 14), background: look.ground)
    drawAll(values, in: canvas.bounds, on: &canvas, look: look)
    let colored = canvas.cells.filter { cell in
      !cell.style.foreground.isTerminalDefault || !cell.style.background.isTerminalDefault
    }
    #expect(colored.isEmpty)
  }
}
