/// Curves over named places, in families beside each other on one scale: what a setting does, for
/// every kind of setting.
///
/// Places are evenly spaced and named below the axis. Each curve has a sign of its own at its
/// points, so that colour need not tell them apart; intervals are faint upright strokes.
public struct FamilyPlot: Sendable, Equatable {
  /// One quantity, drawn in every family.
  public struct Curve: Sendable, Equatable {
    /// The colour of the quantity.
    public var color: Color
    /// Stands at each of its points; one column wide.
    public var sign: Unicode.Scalar

    /// A quantity.
    public init(color: Color, sign: Unicode.Scalar) {
      self.color = color
      self.sign = sign
    }
  }

  /// One value of a curve.
  public struct Point: Sendable, Equatable {
    /// The value; not a number leaves a gap.
    public var value: Double
    /// Where the true value lies, if it was measured.
    public var interval: ClosedRange<Double>?

    /// A value.
    public init(_ value: Double, interval: ClosedRange<Double>? = nil) {
      self.value = value
      self.interval = interval
    }
  }

  /// The places of one kind.
  public struct Family: Sendable, Equatable {
    /// Names of the places, from left to right.
    public var labels: [String]
    /// Values, `points[curve][place]`.
    public var points: [[Point]]
    /// The place in use; between two of them where it is none of these.
    public var current: Double?
    /// The place at which the last curve is least.
    public var least: Int?

    /// Places and their values.
    public init(
      labels: [String], points: [[Point]], current: Double? = nil, least: Int? = nil
    ) {
      self.labels = labels
      self.points = points
      self.current = current
      self.least = least
    }
  }

  /// The quantities, later ones above earlier ones.
  public var curves: [Curve]
  /// The families, from left to right.
  public var families: [Family]
  /// The one scale.
  public var scale: PlotScale

  /// What stands for a value below the scale's floor.
  public static func signBelow(_ glyphs: Glyphs) -> Unicode.Scalar {
    glyphs.isUnicode ? glyphs.arrowDown : "_"
  }

  /// A plot.
  public init(curves: [Curve], families: [Family], scale: PlotScale) {
    self.curves = curves
    self.families = families
    self.scale = scale
  }

  /// Columns between two families.
  private static let gap = 2
  /// Added to every family's places when columns are shared out: headings need room too.
  private static let leastPlaces = 4
  /// Columns from which every family has the scale's numbers at its left.
  private static let leastForRepeat = 110

  /// The columns of each family, without the scale's numbers, over the whole height.
  public func areas(in rect: Rect) -> [Rect] {
    let labels = labelWidth(in: rect)
    let gap = Self.gap + (repeatsLabels(in: rect) ? labels : 0)
    let rest = rect.split(left: labels + 1).rest
    return rest.columns(
      families.map { .weight(Double($0.labels.count + Self.leastPlaces)) }, gap: gap + 1)
  }

  /// Rows of the plot itself in a rectangle of `height` rows.
  func rows(in height: Int) -> Int { height - (height >= 3 ? 1 : 0) - (height >= 7 ? 1 : 0) }

  func repeatsLabels(in rect: Rect) -> Bool { rect.width >= Self.leastForRepeat }

  func ticks(in rect: Rect) -> [(value: Double, label: String)] {
    scale.ticks(count: max(1, min(6, rows(in: rect.height) / 2)))
  }

  func labelWidth(in rect: Rect) -> Int {
    guard rect.width >= 24 else { return 0 }
    return max(4, ticks(in: rect).map(\.label.columnCount).max() ?? 0)
  }
}
