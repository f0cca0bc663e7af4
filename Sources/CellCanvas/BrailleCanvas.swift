/// A drawing in world coordinates, y upwards, on dots of two by four to a cell.
///
/// Every cell keeps the dots and style of the last filled shape and of the last line that touched
/// it. Filled shapes come out as blocks, lines as braille above them; without Unicode both as ASCII.
/// A shape drawn later lies above earlier ones. Shapes beyond the edges are clipped.
public struct BrailleCanvas: Sendable, Equatable {
  /// Dots in a cell, one bit each, in the order of Unicode's braille patterns.
  struct Dots: Sendable, Equatable {
    var fill: UInt8 = 0
    var line: UInt8 = 0
    var fillStyle = Style()
    var lineStyle = Style()
    /// Whether a line touched the cell after the last filled shape.
    var isLineAbove = false
  }

  /// Cells of the drawing.
  public let size: Size
  /// World coordinates from the left to the right edge.
  public let xRange: ClosedRange<Double>
  /// World coordinates from the lower to the upper edge.
  public let yRange: ClosedRange<Double>
  var dots: [Dots]

  /// An empty drawing whose edges lie at the ranges.
  ///
  /// With `keepsAspect` one of the ranges is widened around its middle, so that a circle is round
  /// (a dot is taken as square, a cell as twice as high as wide).
  public init(
    size: Size, xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, keepsAspect: Bool = false
  ) {
    self.size = size
    dots = [Dots](repeating: Dots(), count: size.columns * size.rows)
    var x = BrailleCanvas.usable(xRange)
    var y = BrailleCanvas.usable(yRange)
    if keepsAspect, size.columns > 0, size.rows > 0 {
      let (width, height) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
      let dot = max(width / Double(2 * size.columns), height / Double(4 * size.rows))
      x = BrailleCanvas.widened(x, by: dot * Double(2 * size.columns) - width)
      y = BrailleCanvas.widened(y, by: dot * Double(4 * size.rows) - height)
    }
    self.xRange = x
    self.yRange = y
  }

  /// Columns of dots.
  var width: Int { 2 * size.columns }
  /// Rows of dots.
  var height: Int { 4 * size.rows }
  /// Dots for one world unit of x and of y.
  var scale: (x: Double, y: Double) {
    (
      Double(width) / (xRange.upperBound - xRange.lowerBound),
      Double(height) / (yRange.upperBound - yRange.lowerBound)
    )
  }

  /// Where a point lies in dots from the upper left corner, as a real number.
  func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
    ((point.x - xRange.lowerBound) * scale.x, (yRange.upperBound - point.y) * scale.y)
  }

  /// The cell, from the upper left of the drawing, in which a point lies; it may be outside.
  public func cell(of point: (x: Double, y: Double)) -> (x: Int, y: Int) {
    let p = place(point)
    guard p.x.isFinite, p.y.isFinite else { return (-1, -1) }
    let x = min(max((p.x / 2).rounded(.down), -1), Double(size.columns))
    let y = min(max((p.y / 4).rounded(.down), -1), Double(size.rows))
    return (Int(x), Int(y))
  }

  mutating func setLineDot(_ x: Int, _ y: Int, _ style: Style) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let index = y / 4 * size.columns + x / 2
    dots[index].line |= BrailleCanvas.bit(x, y)
    dots[index].lineStyle = style
    dots[index].isLineAbove = true
  }

  mutating func setFillDot(_ x: Int, _ y: Int, _ style: Style) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let index = y / 4 * size.columns + x / 2
    let bit = BrailleCanvas.bit(x, y)
    dots[index].fill |= bit
    dots[index].line &= ~bit
    dots[index].fillStyle = style
    dots[index].isLineAbove = false
  }

  private static func bit(_ x: Int, _ y: Int) -> UInt8 {
    switch (y & 3, x & 1) {
    case (0, 0): 0x01
    case (1, 0): 0x02
    case (2, 0): 0x04
    case (3, 0): 0x40
    case (0, _): 0x08
    case (1, _): 0x10
    case (2, _): 0x20
    default: 0x80
    }
  }

  private static func usable(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let span = range.upperBound - range.lowerBound
    guard range.lowerBound.isFinite, range.upperBound.isFinite, span.isFinite else { return 0...1 }
    let middle = range.lowerBound + span / 2
    let least = max(abs(middle), 1) * 1e-9
    return span > least ? range : (middle - 0.5 - least)...(middle + 0.5 + least)
  }

  private static func widened(_ range: ClosedRange<Double>, by extra: Double) -> ClosedRange<Double>
  {
    let half = max(0, extra) / 2
    return (range.lowerBound - half)...(range.upperBound + half)
  }
}
