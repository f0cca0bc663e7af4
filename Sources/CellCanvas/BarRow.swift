/// A gauge in one row: label, number, and a bar that grows to the right.
public struct BarRow: Sendable, Equatable {
  /// What is measured.
  public var label: String
  /// The number as text, of constant width.
  public var text: String
  /// How much of the bar is full, 0 to 1; not a number where it is missing.
  public var share: Double
  /// Colour of the quantity.
  public var color: Color
  /// Columns kept for the label; nil for its own length.
  public var labelWidth: Int?

  /// A gauge.
  public init(
    label: String, text: String, share: Double, color: Color, labelWidth: Int? = nil
  ) {
    self.label = label
    self.text = text
    self.share = share
    self.color = color
    self.labelWidth = labelWidth
  }

  /// Draws into the first row of a rectangle.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
  }
}
