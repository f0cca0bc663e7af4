import CellCanvas
import Foundation
import Testing

@Suite("Frames as SVG")
struct SVGTests {
  private func sample(_ look: Look = Look(), columns: Int = 60, rows: Int = 12) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows), background: look.ground)
    let inner = Panel(title: "Return <&> \"x\"", trailing: "lag 1.8", isFocused: true)
      .draw(in: canvas.bounds, on: &canvas, look: look)
    let samples = (0..<60).map { index in
      let value = Double(index * index % 37)
      return LinePlot.Sample(x: Double(index), low: value - 3, middle: value, high: value + 3)
    }
    LinePlot(
      series: [.init(name: "mean", color: look.theme.returns, samples: samples)], xUnit: "steps"
    ).draw(in: inner, on: &canvas, look: look)
    return canvas
  }

  /// Opening and closing tags match, and attributes have no stray quotes.
  private func isBalanced(_ document: String) -> Bool {
    var open: [Substring] = []
    for piece in document.split(separator: "<").dropFirst(document.hasPrefix("<") ? 0 : 1) {
      guard let end = piece.firstIndex(of: ">") else { return false }
      let tag = piece[..<end]
      if tag.filter({ $0 == "\"" }).count % 2 != 0 { return false }
      if tag.hasPrefix("/") {
        if open.popLast() != tag.dropFirst() { return false }
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { $0 != " " })
      }
    }
    return open.isEmpty
  }

  @Test("the document is balanced and holds the words and the title")
  func wellFormed() {
    let text = svg(of: sample(), title: "A <stage> & more")
    #expect(isBalanced(text))
    #expect(text.contains("<title>A &lt;stage&gt; &amp; more</title>"))
    for word in [">mean</text>", ">lag</text>", ">Return</text>", ">&lt;&amp;&gt;</text>"] {
      #expect(text.contains(word))
    }
    #expect(!text.contains("\u{2800}") && !text.contains("─"))
  }

  @Test(
    "XML parsers accept it",
    arguments: [Look(), Look(theme: .light), Look(theme: .mono, colors: .none)])
  func parses(look: Look) {
    for (columns, rows) in [(0, 0), (1, 1), (80, 24)] {
      #expect(isBalanced(svg(of: sample(look, columns: columns, rows: rows), title: "t")))
    }
  }

  @Test("braille, blocks and frames become shapes of their colours")
  func shapes() {
    var canvas = Canvas(size: Size(columns: 4, rows: 1), background: Style(background: Color(0)))
    let red = Style(foreground: Color(0xff0000), background: Color(0))
    for (x, scalar) in ["⣿", "▄", "╭", "▒"].enumerated() {
      canvas.put(Unicode.Scalar(scalar)!, x: x, y: 0, style: red)
    }
    let text = svg(of: canvas, title: "shapes")
    #expect(text.components(separatedBy: "h.01").count == 9)
    #expect(text.contains("fill=\"#ff0000\" d=\"M9 9.5h9v9.5h-9z\""))
    #expect(text.contains("Q"))
    #expect(text.contains("#800000"))
    #expect(!text.contains("<text"))
  }

  @Test("a whole stage stays below 400 kB")
  func length() {
    #expect(svg(of: sample(columns: 120, rows: 36), title: "t").utf8.count < 400_000)
  }

  @Test("reverse exchanges the colours, dim comes nearer to the ground")
  func attributes() {
    var canvas = Canvas(size: Size(columns: 3, rows: 1), background: Style(background: Color(0)))
    let style = Style(foreground: Color(0xffffff), background: Color(0))
    canvas.put("r", x: 0, y: 0, style: style.with(.reverse))
    canvas.put("d", x: 2, y: 0, style: style.with(.dim))
    let text = svg(of: canvas, title: "t")
    #expect(text.contains("fill=\"#000000\">r<") && text.contains("fill=\"#ffffff\" d=\"M0 0h9"))
    #expect(text.contains("fill=\"#8c8c8c\">d<"))
  }
}
