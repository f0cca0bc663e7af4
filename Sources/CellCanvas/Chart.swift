/// A chart for a document: curves with bands over one x axis. Drawn in a terminal as a `LinePlot`,
/// and as an SVG document.
public struct Chart: Sendable, Equatable {
  /// One point of a curve.
  public struct Point: Sendable, Equatable {
    /// Where on the x axis.
    public var x: Double
    /// The curve; not a number leaves a gap.
    public var y: Double
    /// Ends of the band around it; nil without one.
    public var band: ClosedRange<Double>?

    /// A point.
    public init(x: Double, y: Double, band: ClosedRange<Double>? = nil) {
      self.x = x
      self.y = y
      self.band = band
    }
  }

  /// One curve, its points in order of x.
  public struct Curve: Sendable, Equatable {
    /// For the legend.
    public var name: String
    /// The points.
    public var points: [Point]

    /// A curve.
    public init(name: String, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// What it shows, in a line.
  public var title: String
  /// What x is, with its unit.
  public var xLabel: String
  /// What y is, with its unit.
  public var yLabel: String
  /// The curves.
  public var curves: [Curve]
  /// What the y axis spans, where not all points are to be seen; what lies beyond is cut off.
  public var yLimits: ClosedRange<Double>?

  /// A chart.
  public init(
    title: String, xLabel: String, yLabel: String, curves: [Curve],
    yLimits: ClosedRange<Double>? = nil
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.curves = curves
    self.yLimits = yLimits
  }
}
