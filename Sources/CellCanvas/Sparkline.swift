/// The last values of a series as small bars, one column each, the newest at the right.
public struct Sparkline: Sendable, Equatable {
  /// The values, the newest last; what is not a number shows as a faint dot.
  public var values: [Double]
  /// What the bars span; nil for what the values shown span.
  public var range: ClosedRange<Double>?
  /// Colour of the quantity.
  public var color: Color

  /// A small series.
  public init(values: [Double], range: ClosedRange<Double>? = nil, color: Color) {
    self.values = values
    self.range = range
    self.color = color
  }

  /// Draws as many of the newest values as there are columns.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
  }
}
