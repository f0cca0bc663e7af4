import CellCanvas
import TestSupport
import Testing

/// A blank frame on which one thing is drawn.
func screen(
  _ columns: Int, _ rows: Int, look: Look = Look(), _ draw: (Rect, inout Canvas) -> Void
) -> Canvas {
  var canvas = Canvas(size: Size(columns: columns, rows: rows), background: look.ground)
  draw(canvas.bounds, &canvas)
  return canvas
}

@Suite("Plots on screen")
struct PlotScreenTests {
  private let theme = Theme.dark

  private func rising(_ look: Look, band: Double = 0) -> LinePlot {
    let samples = (0...40).map { index in
      let y = Double(index * index) / 16 * 5
      return LinePlot.Sample(x: Double(index) * 5000, low: y - band, middle: y, high: y + band)
    }
    return LinePlot(
      series: [.init(name: "mean", color: look.theme.returns, samples: samples)], yRange: 0...500,
      yUnit: "", xUnit: "steps", marks: [.init(x: 60_000, label: "n=5")],
      references: [.init(y: 475, label: "solved 475")])
  }

  @Test("a curve with axes, a mark, a reference and a legend")
  func curve() {
    let look = Look()
    expectScreen(
      screen(44, 12) { rising(look).draw(in: $0, on: &$1, look: look) },
      """
             ━ mean
           │╌ solved 475 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌⡠⠊
        400┤           ╎n=5                  ⢀⠔⠊
           │           ╎                  ⢀⡠⠊⠁
           │           ╎                ⢀⠔⠁
           │           ╎             ⣀⠤⠒⠁
        200┤           ╎          ⣀⠔⠉
           │           ╎     ⢀⡠⠤⠒⠉
           │           ╎⢀⡠⠤⠔⠊⠁
          0┤⣀⣀⣀⣀⣀⣀⠤⠤⠤⠒⠊⠉⠁
           └┬────────┬─────────┬────────┬─────────
            0       50 k      100 k    150 k steps
      """)
  }

  @Test("the same in ASCII")
  func curveInASCII() {
    let look = Look(theme: .mono, glyphs: .ascii, colors: .none)
    expectScreen(
      screen(44, 12, look: look) { rising(look).draw(in: $0, on: &$1, look: look) },
      """
             - mean
           |- solved 475 -------------------------
        400+           :n=5                  .--
           |           :                  .--'
           |           :                .-'
           |           :             _--'
        200+           :          _-'
           |           :     .---'
           |           :.----'
          0+______-----''
           ++--------+---------+--------+---------
            0       50 k      100 k    150 k steps
      """)
  }

  @Test("a band is a tint whose edges are eighths of a row")
  func tintedBand() {
    let look = Look()
    var plot = rising(look, band: 60)
    plot.marks = []
    plot.references = []
    expectScreen(
      screen(30, 9) { plot.draw(in: $0, on: &$1, look: look) },
      """
             ━ mean
        500┤                      ▃⡠
           │                   ▃⡠⠤⠊▅
           │               ▁▄⡠⠤⠊▄▆
           │          ▁▂▄⣀⠤⠔⠉▅▇
           │▁▁▂▂▃▃▄⣀⡠⠤⠔⠊⠉▄▆
          0┤⠒⠒⠒⠒⠊⠉⠉▄▅▆▇
           └┬───────────┬───────────
            0          100 k   steps
      """)
  }

  @Test("a band is sparse dots where tints are not shown")
  func dottedBand() {
    let look = Look(colors: .ansi16)
    var plot = rising(look, band: 60)
    plot.marks = []
    plot.references = []
    expectScreen(
      screen(30, 9) { plot.draw(in: $0, on: &$1, look: look) },
      """
             ━ mean
        500┤                     ⢀⢀⡠
           │                  ⢀⢀⡠⠤⠊⠂
           │               ⢀⢀⡠⠤⠊⠂⠂
           │          ⢀⢀⢀⣀⠤⠔⠉⠂⠂
           │⢀⢀⢀⢀⢀⢀⢀⣀⡠⠤⠔⠊⠉⠂⠂
          0┤⠒⠒⠒⠒⠊⠉⠉⠂⠂⠂
           └┬───────────┬───────────
            0          100 k   steps
      """)
  }

  @Test("a second axis has round numbers of its own, a gap stays a gap")
  func rightAxis() {
    let samples = (0..<30).map { index in
      LinePlot.Sample(x: Double(index), y: index == 14 ? .nan : 0.693 - Double(index) / 60)
    }
    let plot = LinePlot(
      series: [.init(name: "H", color: theme.entropy, samples: samples)], yRange: 0...0.7,
      yUnit: "nats", rightAxis: .init(scale: 1 / 0.6931, unit: "share"), cursor: 20)
    expectScreen(
      screen(40, 9) { plot.draw(in: $0, on: &$1, look: Look()) },
      """
       nats  ━ H   0.36                  share
           │⠉⠒⠒⠤⣀⣀             │        ├  1.0
        0.5┤      ⠉⠉⠒⠒⠤⣀⣀      │        │
           │              ⠑⠒⠢⢄⣀⡀        │
           │                   ⠈⠉⠑⠒⠢⢄⣀⡀ ├  0.5
           │                   │      ⠈⠉│
        0.0┤                   │        ├  0.0
           └┬────────┬─────────┬────────┘
            0       10        20
      """)
  }

  @Test("small panes lose axis line, header, labels, in this order")
  func small() {
    let look = Look()
    expectScreen(
      screen(20, 4) { rising(look).draw(in: $0, on: &$1, look: look) },
      """
       500┤╌ solved 475 ⠔⠊
          │    ╎n=5 ⡠⠔⠊
         0┤⣀⣀⣀⣀⡠⠤⠒⠊⠉
           0     100 k
      """)
    expectScreen(
      screen(8, 2) { rising(look).draw(in: $0, on: &$1, look: look) },
      """
      ╌╌╎╌╌⢀⡤⠊
      ⣀⣀⣀⠤⠖⠉
      """)
  }

  @Test("before the first sample the plot says what will appear")
  func empty() {
    let plot = LinePlot(
      series: [.init(name: "A", color: theme.advantage, samples: [.init(x: 0, y: .nan)])],
      emptyText: "advantages appear after the first update")
    let canvas = screen(24, 5) { plot.draw(in: $0, on: &$1, look: Look()) }
    expectScreen(
      canvas,
      """

         advantages appear
       after the first update
      """)
    #expect(canvas[3, 1].style == Look().dim)
  }

  @Test("a constant has room above and below it")
  func constant() {
    let samples = (0..<10).map { LinePlot.Sample(x: Double($0), y: 20) }
    let plot = LinePlot(series: [.init(name: "", color: theme.returns, samples: samples)])
    expectScreen(
      screen(24, 6) { plot.draw(in: $0, on: &$1, look: Look()) },
      """
        30┤
          │
        20┤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
          │
        10┤
           0         5
      """)
  }

  @Test("what lies beyond the limits is cut off and marked at the edge, the ends are ticks")
  func limits() {
    let samples = (0..<12).map { index in
      LinePlot.Sample(x: Double(index), low: index < 6 ? -100 : -1, middle: 0, high: 1)
    }
    let plot = LinePlot(
      series: [.init(name: "", color: theme.advantage, samples: samples)], yLimits: -1...1)
    let canvas = screen(24, 4) { plot.draw(in: $0, on: &$1, look: Look()) }
    #expect(canvas.plainText[2].contains("▼"))
    #expect(!canvas.plainText.joined().contains("▲"))
    #expect(canvas.plainText[0].contains("1.0┤"))
    #expect(canvas.plainText[2].contains("-1.0┤"))
  }

  @Test("a histogram marks zero and names its ends")
  func histogram() {
    let bars = HistogramBars(
      counts: [0, 1, 3, 6, 9, 16, 12, 8, 5, 0, 1, 0], low: -3, high: 3, color: theme.advantage)
    expectScreen(
      screen(24, 6) { bars.draw(in: $0, on: &$1, look: Look()) },
      """
                ██╎
                ██▆▆
              ▇▇████▄▄
            ▇▇████████▅▅
        ▃▃██████████████  ▃▃
      -3.00       0       3.00
      """)
  }

  @Test("more bins than columns are added up, no counts say what will appear")
  func histogramExtremes() {
    let bars = HistogramBars(
      counts: [Double](repeating: 2, count: 40), low: 0, high: 1, color: theme.advantage)
    expectScreen(
      screen(10, 3) { bars.draw(in: $0, on: &$1, look: Look()) },
      """
      ██████████
      ██████████
      0.00  1.00
      """)
    let none = HistogramBars(counts: [0, 0], low: 0, high: 0, color: theme.advantage)
    expectScreen(screen(13, 1) { none.draw(in: $0, on: &$1, look: Look()) }, " no data yet")
  }

  @Test("stacked bars: the least total is pointed at, the one in use in brackets")
  func stacked() {
    expectScreen(
      screen(44, 9) { groups(.stacked).draw(in: $0, on: &$1, look: Look()) },
      """
       ■ bias²  ■ variance
            2.2  1.9  1.7  ▼1.5 1.6  1.8  2.0
           │ ▂▂▂
          2┤ ▆▆▆  ▄▄▄  ▁▁▁          ┬ ▃▃▃  ▆▆▆
           │ ███  ▃▃▃  ███  ▅▅▅  ▇▇▇│ ███  ███
           │ ███  ███  ▁▁▁  ███  ███┴ ███  ███
          1┤ ███  ███  ███  ███  ███  ███  ███
          0┤ ███  ███  ███  ███  ▄▄▄  ▂▂▂  ███
          n   1    2    3   [5]  10   20    ∞
      """)
  }

  @Test("without colours the layers differ in shade")
  func stackedMono() {
    let look = Look(theme: .mono, colors: .none)
    expectScreen(
      screen(44, 9, look: look) { groups(.stacked).draw(in: $0, on: &$1, look: look) },
      """
       █ bias²  ▒ variance
            2.2  1.9  1.7  ▼1.5 1.6  1.8  2.0
           │ ▂▂▂
          2┤ ███  ▒▒▒  ▁▁▁          ┬ ▃▃▃  ▒▒▒
           │ ███  ▒▒▒  ▒▒▒  ▒▒▒  ▒▒▒│ ▒▒▒  ▒▒▒
           │ ███  ███  ▒▒▒  ▒▒▒  ▒▒▒┴ ▒▒▒  ▒▒▒
          1┤ ███  ███  ███  ▒▒▒  ▒▒▒  ▒▒▒  ▒▒▒
          0┤ ███  ███  ███  ███  ███  ▒▒▒  ▒▒▒
          n   1    2    3   [5]  10   20    ∞
      """)
  }

  @Test("bars beside each other; what is missing is not zero")
  func sideBySide() {
    var bars = groups(.sideBySide)
    bars.groups[6].values[0] = .nan
    bars.groups[5].values = [0, 0]
    expectScreen(
      screen(44, 8) { bars.draw(in: $0, on: &$1, look: Look()) },
      """
       ■ bias²  ■ variance
            2.2  1.9  1.7  1.5  1.6  ▼.00  –
          2┤██                      ┬
           │██   ▄▄               ▄▄│
          1┤██   ██   ▂▂     ▆▆   ██┴
           │██   ██▂▂ ████   ██   ██
          0┤██▄▄ ████ ████ ████ ▄▄██      ––––
          n  1    2    3   [5]   10   20   ∞
      """)
  }

  private func groups(_ arrangement: BarGroups.Arrangement) -> BarGroups {
    let bias: [Double] = [2, 1.4, 0.9, 0.4, 0.2, 0.1, 0]
    let groups = ["1", "2", "3", "5", "10", "20", "∞"].enumerated().map { index, label in
      BarGroups.Group(
        label: label, values: [bias[index], 0.2 + 0.3 * Double(index)],
        interval: index == 4 ? 1...2 : nil)
    }
    return BarGroups(
      layers: [
        .init(name: "bias²", color: theme.bias), .init(name: "variance", color: theme.variance),
      ],
      groups: groups, arrangement: arrangement, current: 3, axisLabel: "n")
  }
}
