/// Curves over x with a band around each, axes with round ticks, marks, references and a legend.
///
/// Lines are braille, two by four dots to a cell; without Unicode, `.` `'` `:` `*`. A sample that is
/// not a number leaves a gap. The band is a tint where there are enough colours, else sparse dots.
public struct LinePlot: Sendable, Equatable {
  /// One point of a curve.
  public struct Sample: Sendable, Equatable {
    /// Where on the x axis.
    public var x: Double
    /// Lower end of the band; equal to `middle` without one.
    public var low: Double
    /// The curve.
    public var middle: Double
    /// Upper end of the band.
    public var high: Double

    /// A point with its band.
    public init(x: Double, low: Double, middle: Double, high: Double) {
      self.x = x
      self.low = low
      self.middle = middle
      self.high = high
    }

    /// A point without a band.
    public init(x: Double, y: Double) {
      self.init(x: x, low: y, middle: y, high: y)
    }
  }

  /// One curve, its samples in order of x.
  public struct Series: Sendable, Equatable {
    /// For the legend.
    public var name: String
    /// Colour of the quantity.
    public var color: Color
    /// The points.
    public var samples: [Sample]
    /// A sign set upon the curve here and there, which tells it from others where colours do not.
    public var sign: Unicode.Scalar?

    /// A curve.
    public init(name: String, color: Color, samples: [Sample], sign: Unicode.Scalar? = nil) {
      self.name = name
      self.color = color
      self.samples = samples
      self.sign = sign
    }
  }

  /// A vertical line where something happened.
  public struct Mark: Sendable, Equatable {
    /// Where on the x axis.
    public var x: Double
    /// A few characters at the top: `n=5`.
    public var label: String

    /// A mark.
    public init(x: Double, label: String) {
      self.x = x
      self.label = label
    }
  }

  /// A horizontal line at a value worth knowing.
  public struct Reference: Sendable, Equatable {
    /// Where on the y axis.
    public var y: Double
    /// What it means: `solved 475`.
    public var label: String
    /// Its colour; nil for faint.
    public var color: Color?

    /// A reference.
    public init(y: Double, label: String, color: Color? = nil) {
      self.y = y
      self.label = label
      self.color = color
    }
  }

  /// A second scale at the right: its value is `scale` times the left one plus `offset`.
  public struct RightAxis: Sendable, Equatable {
    /// Right units for one left unit.
    public var scale: Double
    /// The right value where the left one is 0.
    public var offset: Double
    /// Unit behind its ticks' heading.
    public var unit: String

    /// A second scale.
    public init(scale: Double, offset: Double = 0, unit: String = "") {
      self.scale = scale
      self.offset = offset
      self.unit = unit
    }
  }

  /// The curves, later ones above earlier ones.
  public var series: [Series]
  /// What the x axis spans; nil for what the samples span.
  public var xRange: ClosedRange<Double>?
  /// What the y axis spans at least; nil for what samples and references span.
  public var yRange: ClosedRange<Double>?
  /// What the y axis spans in place of what samples span; what lies beyond is cut off, and marked
  /// at the edge.
  public var yLimits: ClosedRange<Double>?
  /// Unit of y, above the left axis.
  public var yUnit: String
  /// Unit of x, at the right end of the x axis.
  public var xUnit: String
  /// A second scale.
  public var rightAxis: RightAxis?
  /// Where settings were changed.
  public var marks: [Mark]
  /// Values worth knowing.
  public var references: [Reference]
  /// Where to read the curves off: a vertical line with their values.
  public var cursor: Double?
  /// Whether the curves' names are shown in the upper left corner.
  public var showsLegend: Bool
  /// What will appear and when, as long as there is nothing to draw.
  public var emptyText: String

  /// A plot; all but the curves has a sensible default.
  public init(
    series: [Series], xRange: ClosedRange<Double>? = nil, yRange: ClosedRange<Double>? = nil,
    yLimits: ClosedRange<Double>? = nil,
    yUnit: String = "", xUnit: String = "", rightAxis: RightAxis? = nil, marks: [Mark] = [],
    references: [Reference] = [], cursor: Double? = nil, showsLegend: Bool = true,
    emptyText: String = "no data yet"
  ) {
    self.series = series
    self.xRange = xRange
    self.yRange = yRange
    self.yLimits = yLimits
    self.yUnit = yUnit
    self.xUnit = xUnit
    self.rightAxis = rightAxis
    self.marks = marks
    self.references = references
    self.cursor = cursor
    self.showsLegend = showsLegend
    self.emptyText = emptyText
  }
}
