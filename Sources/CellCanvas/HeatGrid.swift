/// A grid of values as colours, or as shades where there are none.
public struct HeatGrid: Sendable, Equatable {
  /// Which ramp values go through.
  public enum Scale: Sendable, Hashable {
    /// From the least to the greatest.
    case sequential
    /// Zero in the middle.
    case diverging
  }

  /// Columns of the grid.
  public var columns: Int
  /// Values in row-major order; not a number where one is missing.
  public var values: [Double]
  /// Which ramp.
  public var scale: Scale
  /// What the ramp spans; nil for what the values span.
  public var range: ClosedRange<Double>?
  /// Columns of cells for one value; nil for as many as fit, at least 1.
  public var cellWidth: Int?
  /// Rows of cells for one value.
  public var cellHeight: Int
  /// The value that is pointed out.
  public var selected: Int?

  /// A grid.
  public init(
    columns: Int, values: [Double], scale: Scale = .sequential, range: ClosedRange<Double>? = nil,
    cellWidth: Int? = 2, cellHeight: Int = 1, selected: Int? = nil
  ) {
    self.columns = columns
    self.values = values
    self.scale = scale
    self.range = range
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
    self.selected = selected
  }

  /// The index of the value drawn at a cell of the frame.
  public func index(atX x: Int, y: Int, in rect: Rect) -> Int? {
    nil
  }

  /// Draws the grid.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
  }
}
