import CellCanvas
import TestSupport
import Testing

@Suite("Widgets on screen")
struct WidgetScreenTests {
  private let theme = Theme.dark

  @Test("a panel has title, detail and trailing text on its upper edge")
  func panel() {
    let canvas = screen(44, 3) { rect, canvas in
      let inner = Panel(title: "Stage", detail: "worker 3 · step 97", trailing: "lag 1.8")
        .draw(in: rect, on: &canvas, look: Look())
      #expect(inner == Rect(x: 1, y: 1, width: 42, height: 1))
    }
    expectScreen(
      canvas,
      """
      ╭ Stage ── worker 3 · step 97 ─── lag 1.8 ─╮
      │                                          │
      ╰──────────────────────────────────────────╯
      """)
  }

  @Test("the panel in focus has a pointer, in ASCII too; short edges lose trailing text first")
  func panelInFocus() {
    let panel = Panel(
      title: "Stage", detail: "worker 3 · step 97", trailing: "lag 1.8", isFocused: true)
    expectScreen(
      screen(34, 2) { panel.draw(in: $0, on: &$1, look: Look()) },
      """
      ╭▶Stage ── worker 3 · step 97 ───╮
      ╰────────────────────────────────╯
      """)
    let ascii = Look(theme: .mono, glyphs: .ascii, colors: .none)
    expectScreen(
      screen(20, 3, look: ascii) { panel.draw(in: $0, on: &$1, look: ascii) },
      """
      +>Stage -- worke~ -+
      |                  |
      +------------------+
      """)
    expectScreen(
      screen(8, 3) { panel.draw(in: $0, on: &$1, look: Look()) },
      """
      ╭▶Sta… ╮
      │      │
      ╰──────╯
      """)
  }

  private func table(_ count: Int) -> Table {
    Table(
      columns: [
        .init("", width: 2), .init("phase", width: 6), .init("return", width: 6, alignment: .right),
        .init("returns", width: nil),
      ],
      rows: (0..<count).map { row in
        let values = (0..<9).map { $0 == 4 ? .nan : Double($0 * (row + 1) % 7) }
        return [
          .init("\(row)"), .init(row % 2 == 0 ? "act ···" : "push ▲"),
          .init(
            NumberFormat.fixed(Double(row) * 98.7, decimals: 1, width: 6), color: theme.returns),
          .init(sparkline: Sparkline(values: values, color: theme.returns)),
        ]
      },
      selectedRow: 2, emptyText: "workers appear here")
  }

  @Test("a table has headings, a pointer, cut text and small series")
  func wholeTable() {
    let canvas = screen(34, 5) { table(4).draw(in: $0, on: &$1, look: Look()) }
    expectScreen(
      canvas,
      """
          phase  return returns
       0  act ·…    0.0        ▁▁▃▄·▇█▁▁
       1  push ▲   98.7        ▁▃▅█·▄▇▁▃
      ▶2  act ·…  197.4        ▁▄█▃·▁▅▁▄
       3  push ▲  296.1        ▁▅▁▇·█▄▁▅
      """)
    #expect(canvas[20, 3].style.background == theme.selection)
  }

  @Test("a scrolled table shows where it is, and never leaves room empty")
  func scrolledTable() {
    var table = table(12)
    table.scrollOffset = 40
    let rect = Rect(x: 0, y: 0, width: 30, height: 5)
    expectScreen(
      screen(30, 5) { table.draw(in: $0, on: &$1, look: Look()) },
      """
          phase  return returns
       8  act ·…  789.6   ▁▃▅█·▄▇▁▃│
       9  push ▲  888.3   ▁▄█▃·▁▅▁▄│
       10 act ·…  987.0   ▁▅▁▇·█▄▁▅│
       11 push ▲ 1085.7   ▁█▅▂·▆▃▁██
      """)
    #expect(table.row(atY: 0, in: rect) == nil)
    #expect(table.row(atY: 1, in: rect) == 8)
    #expect(table.row(atY: 5, in: rect) == nil)
    #expect(table.scrollOffset(revealing: 2, in: rect) == 2)
    #expect(table.scrollOffset(revealing: 11, in: rect) == 8)
    table.scrollOffset = 0
    #expect(table.scrollOffset(revealing: 6, in: rect) == 3)
    #expect(table.scrollOffset(revealing: 3, in: rect) == 0)
  }

  @Test("a table without rows says what will appear")
  func emptyTable() {
    expectScreen(
      screen(30, 4) { table(0).draw(in: $0, on: &$1, look: Look()) },
      """
          phase  return returns

           workers appear here
      """)
  }

  @Test("a gauge grows by eighths; a missing share is a broken line, not an empty bar")
  func gauge() {
    let look = Look(colors: .ansi16)
    let canvas = screen(20, 4) { rect, canvas in
      for (row, share) in [0, 0.4, 1, .nan].enumerated() {
        BarRow(label: "←", text: NumberFormat.percent(share), share: share, color: theme.policy)
          .draw(in: Rect(x: 0, y: row, width: 20, height: 1), on: &canvas, look: look)
      }
    }
    expectScreen(
      canvas,
      """
      ←   0% ·············
      ←  40% █████▎·······
      ← 100% █████████████
      ←    – ╌╌╌╌╌╌╌╌╌╌╌╌╌
      """)
  }

  @Test("a sparkline shows the newest; missing is a dot, the least an eighth")
  func sparkline() {
    let canvas = screen(10, 4) { rect, canvas in
      let line = Sparkline(values: [9, 9, 0, 1, 2, .nan, 4, 5, 6, 7], color: theme.returns)
      line.draw(in: Rect(x: 0, y: 0, width: 8, height: 1), on: &canvas, look: Look())
      line.draw(in: Rect(x: 0, y: 1, width: 10, height: 2), on: &canvas, look: Look())
      Sparkline(values: [3, 3, 3], color: theme.returns)
        .draw(in: Rect(x: 0, y: 3, width: 10, height: 1), on: &canvas, look: Look())
    }
    expectScreen(
      canvas,
      """
      ▁▁▂·▅▆▇█
      ██     ▁▃▄
      ██▁▂▄·▇███
             ▄▄▄
      """)
  }

  @Test("world coordinates: the cart, its pole and a wheel")
  func braille() {
    let look = Look()
    func draw(_ look: Look) -> Canvas {
      screen(24, 6, look: look) { rect, canvas in
        var drawing = BrailleCanvas(size: rect.size, xRange: -2.4...2.4, yRange: -0.4...2)
        drawing.line(from: (-2.4, 0), to: (2.4, 0), style: look.border)
        drawing.thickLine(
          from: (0, 0.4), to: (0.8, 1.8), thickness: 0.1, style: look.style(theme.advantage))
        drawing.rectangle(from: (-0.6, 0), to: (0.6, 0.4), style: look.style(theme.value))
        drawing.disc(center: (-1.6, 1.2), radius: 0.5, style: look.style(theme.goal))
        drawing.disc(center: (1.6, 1.2), radius: 0.5, isFilled: false, style: look.style(theme.pit))
        #expect(drawing.cell(of: (0, 0.2)) == (12, 4))
        drawing.draw(in: rect, on: &canvas, look: look)
      }
    }
    expectScreen(
      draw(look),
      """
         ▂▂          ⢀⠄  ⣀⣀
       ▗████▖       ⢀⠎ ⢠⠋  ⠙⡄
       ▝████▘      ⢠⠊  ⠘⣄  ⣠⠃
         ▆▆       ⢠⠃     ⠉⠉
               ██████
      ⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
      """)
    expectScreen(
      draw(Look(glyphs: .ascii)),
      """
         __          ..  __
       *####*       ./ **  **
       *####*      *-  **  **
         ''       **     ''
               ######
      ''''''''''''''''''''''''
      """)
  }

  @Test("a later shape lies above an earlier one; a line keeps the filling behind it")
  func order() {
    let (red, blue) = (Look().style(theme.bad), Look().style(theme.value))
    let canvas = screen(2, 1) { rect, canvas in
      var drawing = BrailleCanvas(size: rect.size, xRange: 0...4, yRange: 0...4)
      drawing.line(from: (0, 2), to: (4, 2), style: red)
      drawing.rectangle(from: (0, 0), to: (2, 4), style: blue)
      drawing.rectangle(from: (2, 0), to: (4, 4), style: blue)
      drawing.line(from: (2, 2), to: (4, 2), style: red)
      drawing.draw(in: rect, on: &canvas, look: Look())
    }
    #expect(canvas[0, 0] == Cell("█", blue))
    #expect(canvas[1, 0] == Cell("⠤", red.on(theme.value)))
  }

  @Test("a heat grid: colours, or shades where there are few; the chosen value in brackets")
  func heatGrid() {
    let grid = HeatGrid(
      columns: 4, values: [-1, -0.4, 0, 0.2, 0.6, 1, .nan, 0], scale: .diverging, selected: 5)
    let mono = Look(theme: .mono, colors: .none)
    expectScreen(
      screen(8, 2, look: mono) { grid.draw(in: $0, on: &$1, look: mono) },
      """
      ==--░░▒▒
      ▓▓[]· ░░
      """)
    let canvas = screen(8, 2) { grid.draw(in: $0, on: &$1, look: Look()) }
    #expect(canvas[0, 0].style.background == theme.diverging(-1))
    #expect(canvas[2, 1].style.background == theme.diverging(1))
    #expect(canvas[4, 1] == Cell("·", Look().dim))
    let rect = Rect(x: 0, y: 0, width: 8, height: 2)
    #expect(grid.index(atX: 3, y: 1, in: rect) == 5)
    #expect(grid.index(atX: 8, y: 1, in: rect) == nil)
  }
}
