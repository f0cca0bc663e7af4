import CellCanvas
import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Charts")
struct ChartTests {
  private func chart(limits: ClosedRange<Double>? = nil) -> Chart {
    Chart(
      title: "Returns <of> \"two\" & more", xLabel: "environment steps", yLabel: "mean return",
      curves: [
        Chart.Curve(
          name: "nstep:5 <&>",
          points: (0...10).map { Chart.Point(x: Double($0) * 100, y: Double($0) * 10) }),
        Chart.Curve(
          name: "td",
          points: (0...10).map {
            let y = 100 - Double($0) * 5
            return Chart.Point(x: Double($0) * 100, y: $0 == 5 ? .nan : y, band: (y - 5)...(y + 5))
          }),
      ], yLimits: limits)
  }

  private func document(_ chart: Chart) throws -> ChartDocument {
    try ChartDocument(chart.svg(width: 800, height: 500))
  }

  @Test("the document is XML that says title, axes and names as they are")
  func words() throws {
    let found = try document(chart())
    #expect(found.title == "Returns <of> \"two\" & more")
    for word in [found.title, "environment steps", "mean return", "nstep:5 <&>", "td"] {
      #expect(found.texts.contains { $0.content == word }, "\(word)")
    }
    #expect(found.curves.count == 2 && found.bands.count == 1)
    #expect(found.root["width"] == "800" && found.root["viewBox"] == "0 0 800 500")
  }

  @Test("points lie where the ticks' labels say")
  func places() throws {
    let found = try document(chart())
    // Ticks of y stand at the right of their labels, half a line above the words' foot.
    let rows = try ["0", "20", "100"].map {
      try #require(found.place(of: $0, anchor: "end")).y - 4.5
    }
    let columns = try ["0", "200", "1 k"].map {
      try #require(found.place(of: $0, anchor: "middle")).x
    }
    let rising = found.curves[0].points
    #expect(rising.count == 11)
    for (index, row, column) in [(0, rows[0], columns[0]), (2, rows[1], columns[1])] {
      #expect(abs(rising[index].x - column) < 0.02 && abs(rising[index].y - row) < 0.02)
    }
    #expect(abs(rising[10].x - columns[2]) < 0.02 && abs(rising[10].y - rows[2]) < 0.02)
  }

  @Test("what is not a number leaves a gap in curve and band, a point alone is a dot")
  func gaps() throws {
    let found = try document(chart())
    #expect(found.curves[1].path.filter { $0 == "M" }.count == 2)
    #expect(found.curves[1].points.count == 10)
    #expect(found.bands[0].path.filter { $0 == "Z" }.count == 2)
    #expect(found.bands[0].points.count == 20)
    let alone = Chart(
      title: "", xLabel: "", yLabel: "",
      curves: [
        Chart.Curve(
          name: "a", points: [.init(x: 0, y: 1), .init(x: 1, y: .infinity), .init(x: 2, y: 2)])
      ])
    let path = try document(alone).curves[0].path
    #expect(
      path.filter { $0 == "M" }.count == 2 && path.components(separatedBy: "h0.01").count == 3)
  }

  @Test("limits of y are the ends of the plot, and what lies beyond is cut off")
  func limits() throws {
    var chart = chart(limits: 20...60)
    chart.curves[0].points[10].y = 1e60
    let found = try document(chart)
    let area = try #require(found.area)
    #expect(abs(found.curves[0].points[2].y - (area.y + area.height)) < 0.02)
    #expect(abs(found.curves[0].points[6].y - area.y) < 0.02)
    #expect(found.curves[0].points[0].y > area.y + area.height)
    #expect(found.curves[0].points.allSatisfy { abs($0.y) < 1e6 })
    let isClipped = found.elements.contains {
      $0.name == "g" && $0.attributes["clip-path"] == "url(#plot-area)"
    }
    #expect(isClipped)
  }

  @Test("curves differ in colour, and every pair of colour and dashes is another")
  func distinction() throws {
    let many = Chart(
      title: "t", xLabel: "x", yLabel: "y",
      curves: (0..<12).map { curve in
        Chart.Curve(
          name: "c\(curve)", points: [.init(x: 0, y: 0), .init(x: 1, y: Double(curve))])
      })
    let looks = try document(many).curves.map { [$0.stroke, $0.dashes] }
    #expect(Set(looks).count == 12)
    #expect(Set(looks.prefix(8).map { $0[0] }).count == 8)
  }

  @Test("every colour is seen on white, and kept apart with each kind of colour blindness")
  func colors() {
    let palette = Chart.palette
    for color in palette { #expect(color.contrast(with: Color(0xffffff)) > 2.6, "\(color)") }
    for kind in 0..<3 {
      for i in palette.indices {
        for j in palette.indices where j < i {
          let distance = ColorVision.distance(
            ColorVision.seen(palette[i], kind: kind), ColorVision.seen(palette[j], kind: kind))
          #expect(distance > 11, "\(i) and \(j) with \(kind)")
        }
      }
    }
  }

  @Test("charts of nothing, of one point, and of extreme numbers are documents too")
  func edges() throws {
    var charts = [
      Chart(title: "", xLabel: "", yLabel: "", curves: []),
      Chart(title: "t", xLabel: "x", yLabel: "y", curves: [.init(name: "", points: [])]),
      Chart(
        title: "t", xLabel: "x", yLabel: "y",
        curves: [.init(name: "a", points: [.init(x: 1, y: 1)])]),
    ]
    charts.append(
      Chart(
        title: "t", xLabel: "x", yLabel: "y",
        curves: [
          .init(
            name: String(repeating: "long ", count: 40),
            points: [.init(x: -1e300, y: 1e300), .init(x: 0, y: -1e90), .init(x: 1, y: 1e90)])
        ]))
    for chart in charts {
      _ = try document(chart)
      for size in [
        Size(columns: 0, rows: 0), Size(columns: 9, rows: 4), Size(columns: 80, rows: 24),
      ] {
        #expect(chart.plot(size: size, look: Look()).size == size)
      }
    }
  }

  @Test("in a terminal curves are known by their letters, without colours and Unicode too")
  func terminal() {
    let look = Look.printed(colors: .none, unicode: false)
    expectScreen(
      chart().plot(size: Size(columns: 50, rows: 16), look: look),
      """
      Returns <of> "two" & more
      mean return
        150+
           |
           |
        100+------B......                           .---
           |       ''''-------               _--A--''
           |                          -**-B**_.....
         50+                    _---A''       '''-----B-
           |              _----'
           |      ._----A'
          0+A----''
           ++-------+--------+--------+--------+-------+
            0      200      400      600      800    1 k
                                       environment steps
      A-- nstep:5 <&>  B-- td
      """)
  }

  @Test("printed lines hold colours only where there are any, and end in the terminal's own style")
  func printing() {
    let plain = chart().plot(
      size: Size(columns: 60, rows: 16), look: .printed(colors: .none, unicode: true))
    #expect(plain.printedLines(colors: .none) == plain.plainText)
    for depth in [ColorDepth.ansi16, .ansi256, .truecolor] {
      let canvas = chart().plot(
        size: Size(columns: 60, rows: 16), look: .printed(colors: depth, unicode: true))
      let lines = canvas.printedLines(colors: depth)
      #expect(lines.count == 16 && lines.contains { $0.contains("\u{1B}[") })
      for (line, plain) in zip(lines, canvas.plainText) {
        let bare = line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        #expect(bare == plain)
        let last = line.matches(of: /\u{1B}\[[0-9;]*m/).last
        #expect(last.map { $0.output == "\u{1B}[0m" } ?? true)
      }
    }
  }
}

/// A chart's document, taken apart by Foundation's XML parser.
private final class ChartDocument: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var content = ""
    var path: String { attributes["d"] ?? "" }
    var stroke: String { attributes["stroke"] ?? "" }
    var dashes: String { attributes["stroke-dasharray"] ?? "" }
    var x: Double { Double(attributes["x"] ?? "") ?? .nan }
    var y: Double { Double(attributes["y"] ?? "") ?? .nan }
    var height: Double { Double(attributes["height"] ?? "") ?? .nan }
    /// The numbers of a path in pairs.
    var points: [(x: Double, y: Double)] {
      path.split { "MLZh".contains($0) }.compactMap { pair in
        let numbers = pair.split(separator: " ").compactMap { Double($0) }
        return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
      }
    }
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    try #require(parser.parse(), "\(text)")
  }

  var root: [String: String] { elements[0].attributes }
  var title: String { elements.first { $0.name == "title" }?.content ?? "" }
  var texts: [Element] { elements.filter { $0.name == "text" } }
  var curves: [Element] { elements.filter { $0.attributes["class"] == "curve" } }
  var bands: [Element] { elements.filter { $0.attributes["class"] == "band" } }
  /// The rectangle that curves are clipped to.
  var area: Element? {
    elements.firstIndex { $0.name == "clipPath" }.map { elements[$0 + 1] }
  }

  func place(of word: String, anchor: String) -> Element? {
    texts.first { $0.content == word && $0.attributes["text-anchor"] == anchor }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if let last = open.last { elements[last].content += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }
}
