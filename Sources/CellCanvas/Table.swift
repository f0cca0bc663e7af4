/// Rows under headings, one of them selected, as many as fit from a scroll offset on.
public struct Table: Sendable, Equatable {
  /// A column.
  public struct Column: Sendable, Equatable {
    /// The heading.
    public var title: String
    /// Cells wide; nil for a share of what the others leave.
    public var width: Int?
    /// Where its text stands.
    public var alignment: Alignment

    /// A column.
    public init(_ title: String, width: Int?, alignment: Alignment = .left) {
      self.title = title
      self.width = width
      self.alignment = alignment
    }
  }

  /// What stands in one column of one row.
  public struct Entry: Sendable, Equatable {
    /// The text.
    public var text: String
    /// Its colour; nil for ordinary text.
    public var color: Color?
    /// Bold, dim and so on.
    public var attributes: Attributes
    /// A small series instead of text.
    public var sparkline: Sparkline?

    /// Text.
    public init(_ text: String, color: Color? = nil, attributes: Attributes = []) {
      self.text = text
      self.color = color
      self.attributes = attributes
    }

    /// A small series.
    public init(sparkline: Sparkline) {
      self.init("")
      self.sparkline = sparkline
    }
  }

  /// The columns from left to right.
  public var columns: [Column]
  /// The rows; one shorter than `columns` leaves blanks.
  public var rows: [[Entry]]
  /// The chosen row.
  public var selectedRow: Int?
  /// The first row shown; clamped, so that no room stays empty while rows are hidden.
  public var scrollOffset: Int
  /// Whether there is a row of headings.
  public var showsHeader: Bool
  /// What will appear, as long as there are no rows.
  public var emptyText: String

  /// A table.
  public init(
    columns: [Column], rows: [[Entry]], selectedRow: Int? = nil, scrollOffset: Int = 0,
    showsHeader: Bool = true, emptyText: String = ""
  ) {
    self.columns = columns
    self.rows = rows
    self.selectedRow = selectedRow
    self.scrollOffset = scrollOffset
    self.showsHeader = showsHeader
    self.emptyText = emptyText
  }

  /// Rows that fit into a rectangle.
  public func visibleRows(in rect: Rect) -> Int {
    max(0, rect.height - (showsHeader ? 1 : 0))
  }
}
