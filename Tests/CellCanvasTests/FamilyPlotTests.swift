import TestSupport
import Testing

@testable import CellCanvas

@Suite("Scales of a plot")
struct PlotScaleTests {
  @Test("A logarithmic scale gives every decade the same room", arguments: [1.0, 2, 50, 7e3, 3e-5])
  func decades(greatest: Double) {
    let scale = PlotScale.logarithmic(from: greatest * 2e-5, to: greatest)
    var shares: [Double] = []
    var value = scale.lower
    while value <= scale.upper {
      shares.append(scale.share(value))
      value *= 10
    }
    #expect(shares.count >= 4)
    let steps = zip(shares, shares.dropFirst()).map { $1 - $0 }
    for step in steps { #expect(abs(step - steps[0]) < 1e-12) }
  }

  @Test("Its ends are at 0 and 1, and it holds what it was made for")
  func ends() {
    for (least, greatest) in [(0.003, 18.0), (1, 1), (0, 5), (1e-12, 1), (0.2, 0.3)] {
      let scale = PlotScale.logarithmic(from: least, to: greatest)
      #expect(scale.share(scale.lower) == 0)
      #expect(abs(scale.share(scale.upper) - 1) < 1e-12)
      #expect(scale.upper >= greatest * (1 - 1e-12))
      let wanted = least > 0 ? max(least, greatest * 1e-5) : greatest / 10
      #expect(scale.lower <= wanted * (1 + 1e-12))
    }
  }

  @Test("It spans at most six decades, and zero and all below its floor stand on it")
  func floor() {
    let scale = PlotScale.logarithmic(from: 1e-30, to: 1)
    #expect(abs(scale.lower - 1e-6) < 1e-15)
    for value in [0, 1e-30, -3, scale.lower] { #expect(scale.share(value) == 0) }
    #expect(scale.isBelow(0) && scale.isBelow(1e-9) && !scale.isBelow(scale.lower))
  }

  @Test("A linear scale begins at zero and ends at a round number")
  func linear() {
    for (greatest, upper) in [(18.2, 20.0), (0.31, 0.4), (1, 1), (0, 1), (.nan, 1), (.infinity, 1)]
    {
      let scale = PlotScale.linear(upTo: greatest)
      #expect(scale.lower == 0)
      #expect(abs(scale.upper - upper) < 1e-12)
    }
  }

  @Test("Ticks lie on the scale, as many as are asked for or so, decades by their names")
  func ticks() {
    for count in 1...6 {
      for scale in [
        PlotScale.linear(upTo: 18), .linear(upTo: 3e-3), .logarithmic(from: 1e-3, to: 18),
        .logarithmic(from: 3, to: 5), .logarithmic(from: 0, to: 1),
      ] {
        let ticks = scale.ticks(count: count)
        #expect(!ticks.isEmpty && ticks.count <= count + 2, "\(scale) \(count)")
        for tick in ticks { #expect((-1e-9...(1 + 1e-9)).contains(scale.share(tick.value))) }
      }
    }
    let labels = PlotScale.logarithmic(from: 1e-3, to: 20).ticks(count: 6).map(\.label)
    #expect(labels == [".001", ".01", ".1", "1", "10"])
  }
}

@Suite("Curves over families of settings")
struct FamilyPlotTests {
  private static func plot(
    _ first: [Double], _ second: [Double], scale: PlotScale = .linear(upTo: 10)
  ) -> FamilyPlot {
    func family(_ values: [Double]) -> FamilyPlot.Family {
      FamilyPlot.Family(
        labels: values.indices.map { "\($0)" }, points: [values.map { FamilyPlot.Point($0) }],
        least: values.indices.min { values[$0] < values[$1] })
    }
    return FamilyPlot(
      curves: [FamilyPlot.Curve(color: Theme.dark.bias, sign: "@")],
      families: [family(first), family(second)], scale: scale)
  }

  private static func canvas(_ plot: FamilyPlot, _ columns: Int, _ rows: Int, _ look: Look = Look())
    -> Canvas
  {
    var canvas = Canvas(size: Size(columns: columns, rows: rows), background: look.ground)
    plot.draw(in: canvas.bounds, on: &canvas, look: look)
    return canvas
  }

  private static func cells(of sign: Unicode.Scalar, on canvas: Canvas) -> [(x: Int, y: Int)] {
    (0..<canvas.size.rows).flatMap { y in
      (0..<canvas.size.columns).filter { canvas[$0, y].scalar == sign }.map { (x: $0, y: y) }
    }
  }

  @Test("The same value stands in the same row in every family")
  func oneScale() {
    for value in [0.0, 2, 5, 9.9, 10] {
      let canvas = Self.canvas(Self.plot([value, value, value], [value, value]), 60, 14)
      let cells = Self.cells(of: "@", on: canvas)
      #expect(cells.count == 5)
      #expect(Set(cells.map(\.y)).count == 1)
    }
  }

  @Test("Greater values stand higher, and places are evenly apart")
  func order() {
    let canvas = Self.canvas(Self.plot([0, 2, 4, 6, 8], [1]), 71, 16)
    let cells = Self.cells(of: "@", on: canvas).sorted { $0.x < $1.x }.prefix(5)
    for (left, right) in zip(cells, cells.dropFirst()) { #expect(right.y < left.y) }
    let gaps = zip(cells, cells.dropFirst()).map { $1.x - $0.x }
    #expect((gaps.max() ?? 0) - (gaps.min() ?? 0) <= 1)
  }

  @Test("A logarithmic scale puts each decade the same number of rows higher")
  func decades() {
    let plot = Self.plot([0.001, 0.01, 0.1, 1], [1], scale: .logarithmic(from: 0.001, to: 1))
    let cells = Self.cells(of: "@", on: Self.canvas(plot, 60, 26)).sorted { $0.x < $1.x }.prefix(4)
    let steps = zip(cells, cells.dropFirst()).map { $0.y - $1.y }
    #expect((steps.max() ?? 0) - (steps.min() ?? 9) <= 1)
    #expect((steps.min() ?? 0) > 0)
  }

  @Test("What lies below the floor of a logarithmic scale has a sign of its own")
  func floor() {
    let plot = Self.plot([0, 0.5], [0.5], scale: .logarithmic(from: 0.01, to: 1))
    let unicode = Self.canvas(plot, 40, 10)
    #expect(Self.cells(of: "@", on: unicode).count == 2)
    #expect(Self.cells(of: "↓", on: unicode).count == 1)
    let ascii = Self.canvas(plot, 40, 10, Look(theme: .mono, glyphs: .ascii, colors: .none))
    #expect(ascii.cells.allSatisfy { $0.scalar.isASCII })
    #expect(ascii.plainText.dropLast(2).contains { $0.contains("_") })
  }

  @Test("The least of each family is pointed at")
  func least() {
    let canvas = Self.canvas(Self.plot([9, 3, 7], [8, 6]), 60, 14)
    let signs = Self.cells(of: "@", on: canvas).sorted { $0.x < $1.x }
    let pointers = Self.cells(of: "▼", on: canvas).sorted { $0.x < $1.x }
    #expect(pointers.map(\.x) == [signs[1].x, signs[4].x])
    #expect(pointers.map(\.y) == [signs[1].y - 1, signs[4].y - 1])
  }

  @Test("A number that is none leaves a gap")
  func gap() {
    let canvas = Self.canvas(Self.plot([1, .nan, 2, .infinity], [1]), 60, 10)
    #expect(Self.cells(of: "@", on: canvas).count == 3)
  }

  @Test("No size makes it fail, and nothing is drawn outside")
  func sizes() {
    for (columns, rows) in [(0, 0), (1, 1), (3, 9), (9, 3), (24, 2), (24, 7), (119, 5), (200, 40)] {
      for plot in [Self.plot([1, 2, 3], [4]), Self.plot([], [])] {
        var canvas = Canvas(size: Size(columns: columns + 4, rows: rows + 4), background: Style())
        canvas.fill(canvas.bounds, "~", style: Style())
        let rect = Rect(x: 2, y: 2, width: columns, height: rows)
        plot.draw(in: rect, on: &canvas, look: Look())
        for y in 0..<canvas.size.rows {
          for x in 0..<canvas.size.columns where !rect.contains(x: x, y: y) {
            #expect(canvas[x, y].scalar == "~", "\(columns)x\(rows) at \(x),\(y)")
          }
        }
      }
    }
  }
}

@Suite("A bull's-eye")
struct BullsEyeTests {
  private static func canvas(_ eye: BullsEye, _ columns: Int = 24, _ rows: Int = 12) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows), background: Look().ground)
    eye.draw(in: canvas.bounds, on: &canvas, look: Look())
    return canvas
  }

  private static func eye(mean: Double, dots: [BullsEye.Dot] = []) -> BullsEye {
    BullsEye(
      dots: dots, mean: BullsEye.Dot(x: mean, y: mean), reach: 1, dotColor: Theme.dark.variance,
      meanColor: Theme.dark.bias)
  }

  private static func cell(of sign: Unicode.Scalar, on canvas: Canvas) -> (x: Int, y: Int)? {
    for y in 0..<canvas.size.rows {
      for x in 0..<canvas.size.columns where canvas[x, y].scalar == sign { return (x, y) }
    }
    return nil
  }

  @Test("The mean stands at the centre without bias, else on the diagonal, by its size")
  func mean() throws {
    let centre = try #require(Self.cell(of: "◆", on: Self.canvas(Self.eye(mean: 0))))
    #expect(abs(centre.x - 12) <= 1 && abs(centre.y - 6) <= 1)
    let above = try #require(Self.cell(of: "◆", on: Self.canvas(Self.eye(mean: 0.5))))
    let below = try #require(Self.cell(of: "◆", on: Self.canvas(Self.eye(mean: -0.5))))
    #expect(above.x > centre.x && above.y < centre.y)
    #expect(below.x < centre.x && below.y > centre.y)
    let far = try #require(Self.cell(of: "◆", on: Self.canvas(Self.eye(mean: 50))))
    #expect(far.x == 23 && far.y == 0)
  }

  @Test("As many dots as were given, those beyond the picture left out")
  func dots() {
    func count(_ dots: [BullsEye.Dot]) -> Int {
      let color = Look().style(Theme.dark.variance)
      return Self.canvas(Self.eye(mean: 0, dots: dots)).cells.lazy.filter { $0.style == color }
        .reduce(0) { $0 + Int($1.scalar.value & 255).nonzeroBitCount }
    }
    #expect(count([]) == 0)
    let near = [(0.5, 0.1), (-0.6, 0.3), (0.2, -0.7)].map { BullsEye.Dot(x: $0.0, y: $0.1) }
    #expect(count(near) == 3)
    #expect(count(near + [BullsEye.Dot(x: 9, y: 9), BullsEye.Dot(x: .nan, y: 0)]) == 3)
  }

  @Test("No size or number makes it fail")
  func survives() {
    for size in [(0, 0), (1, 1), (2, 9), (40, 3)] {
      for mean in [0, 1e300, .nan, -.infinity] {
        var eye = Self.eye(mean: mean, dots: [BullsEye.Dot(x: mean, y: 1)])
        #expect(Self.canvas(eye, size.0, size.1).size.columns == size.0)
        eye.reach = mean
        #expect(Self.canvas(eye, size.0, size.1).size.rows == size.1)
      }
    }
  }
}
