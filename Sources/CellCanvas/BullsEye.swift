/// Dots around a centre that they should hit, rings, and the dots' mean.
///
/// The line from the centre to the mean shows how far they are off on average, the cloud how far
/// they scatter.
public struct BullsEye: Sendable, Equatable {
  /// A place relative to the centre, y upwards.
  public struct Dot: Sendable, Equatable {
    /// To the right.
    public var x: Double
    /// Upwards.
    public var y: Double

    /// A place.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// What hit where.
  public var dots: [Dot]
  /// Their mean.
  public var mean: Dot
  /// Radius of the outermost of three rings, above 0.
  public var reach: Double
  /// Colour of the dots.
  public var dotColor: Color
  /// Colour of the mean and of its distance from the centre.
  public var meanColor: Color

  /// Number of rings.
  public static let rings = 3

  /// Dots around a centre.
  public init(dots: [Dot], mean: Dot, reach: Double, dotColor: Color, meanColor: Color) {
    self.dots = dots
    self.mean = mean
    self.reach = reach
    self.dotColor = dotColor
    self.meanColor = meanColor
  }

  /// Draws it as large as it fits; what lies beyond the rectangle is left out.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty, reach > 0, Axis.isDrawable(reach) else { return }
    let range = (-reach * 1.04)...(reach * 1.04)
    let empty = BrailleCanvas(size: rect.size, xRange: range, yRange: range, keepsAspect: true)
    var rings = empty
    for ring in 1...Self.rings {
      rings.disc(
        center: (0, 0), radius: reach * Double(ring) / Double(Self.rings), isFilled: false,
        style: look.border)
    }
    rings.draw(in: rect, on: &canvas, look: look)
    var hits = empty
    let style = look.style(dotColor)
    for dot in dots where dot.x.isFinite && dot.y.isFinite {
      hits.line(from: (dot.x, dot.y), to: (dot.x, dot.y), style: style)
    }
    hits.draw(in: rect, on: &canvas, look: look)
    guard mean.x.isFinite, mean.y.isFinite else { return }
    var offset = empty
    offset.line(from: (0, 0), to: (mean.x, mean.y), style: look.style(meanColor, .bold))
    offset.draw(in: rect, on: &canvas, look: look)
    put(look.glyphs.isUnicode ? "┼" : "+", at: (0, 0), empty, rect, look.bright, on: &canvas)
    put("◆", at: (mean.x, mean.y), empty, rect, look.style(meanColor, .bold), on: &canvas)
    canvas.substitute(in: rect, for: look.glyphs)
  }

  private func put(
    _ sign: Unicode.Scalar, at place: (x: Double, y: Double), _ surface: BrailleCanvas,
    _ rect: Rect, _ style: Style, on canvas: inout Canvas
  ) {
    let cell = surface.cell(of: place)
    let (x, y) = (min(max(cell.x, 0), rect.width - 1), min(max(cell.y, 0), rect.height - 1))
    canvas.put(sign, x: rect.x + x, y: rect.y + y, style: style)
  }
}
