/// A histogram of equal bins between `low` and `high`, with a line where zero lies.
public struct HistogramBars: Sendable, Equatable {
  /// Count of each bin, the lowest first.
  public var counts: [Double]
  /// Lower end of the first bin.
  public var low: Double
  /// Upper end of the last bin.
  public var high: Double
  /// Colour of the quantity.
  public var color: Color
  /// What will appear, as long as there is nothing to draw.
  public var emptyText: String

  /// A histogram.
  public init(
    counts: [Double], low: Double, high: Double, color: Color, emptyText: String = "no data yet"
  ) {
    self.counts = counts
    self.low = low
    self.high = high
    self.color = color
    self.emptyText = emptyText
  }

  /// Draws bars above a line of labels.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
  }
}
