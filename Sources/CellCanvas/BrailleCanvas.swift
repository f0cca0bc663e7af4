/// A drawing in world coordinates, y upwards, on dots of two by four to a cell.
///
/// Every cell has one style: that of the last shape that touched it. Filled shapes come out as
/// quadrants of blocks, lines as braille; without Unicode both as ASCII.
public struct BrailleCanvas: Sendable, Equatable {
  /// Cells of the drawing.
  public let size: Size
  /// World coordinates from the left to the right edge.
  public let xRange: ClosedRange<Double>
  /// World coordinates from the lower to the upper edge.
  public let yRange: ClosedRange<Double>

  /// An empty drawing whose edges lie at the ranges.
  ///
  /// With `keepsAspect` one of the ranges is widened around its middle, so that a circle is round
  /// (a dot is taken as square, a cell as twice as high as wide).
  public init(
    size: Size, xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, keepsAspect: Bool = false
  ) {
    self.size = size
    self.xRange = xRange
    self.yRange = yRange
  }

  /// A straight line between two points, one dot thick.
  public mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), style: Style
  ) {
  }

  /// A straight line of a thickness in world units of x, at least one dot.
  public mutating func thickLine(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), thickness: Double,
    style: Style
  ) {
  }

  /// Connected straight lines.
  public mutating func path(_ points: [(x: Double, y: Double)], style: Style) {
  }

  /// A filled disc, or its rim; the radius in world units of x.
  public mutating func disc(
    center: (x: Double, y: Double), radius: Double, isFilled: Bool = true, style: Style
  ) {
  }

  /// A filled rectangle between two opposite corners, or its outline.
  public mutating func rectangle(
    from corner: (x: Double, y: Double), to opposite: (x: Double, y: Double),
    isFilled: Bool = true, style: Style
  ) {
  }

  /// The cell, from the upper left of the drawing, in which a point lies; it may be outside.
  public func cell(of point: (x: Double, y: Double)) -> (x: Int, y: Int) {
    (0, 0)
  }

  /// Draws the cells that have dots; the rest of the canvas stays as it is.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
  }
}
