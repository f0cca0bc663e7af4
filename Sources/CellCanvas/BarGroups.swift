/// Bars over named categories, stacked or beside each other, with the least total marked.
public struct BarGroups: Sendable, Equatable {
  /// One part of every bar.
  public struct Layer: Sendable, Equatable {
    /// For the legend.
    public var name: String
    /// Colour of the quantity.
    public var color: Color

    /// A part.
    public init(name: String, color: Color) {
      self.name = name
      self.color = color
    }
  }

  /// One category.
  public struct Group: Sendable, Equatable {
    /// Under the bar: `5`, `∞`.
    public var label: String
    /// A value for each layer, at least 0; not a number where it is missing.
    public var values: [Double]
    /// An interval around the total, drawn as a thin line; nil without.
    public var interval: ClosedRange<Double>?

    /// A category.
    public init(label: String, values: [Double], interval: ClosedRange<Double>? = nil) {
      self.label = label
      self.values = values
      self.interval = interval
    }
  }

  /// How the layers of a category are placed.
  public enum Arrangement: Sendable, Hashable {
    /// Upon each other.
    case stacked
    /// Beside each other.
    case sideBySide
  }

  /// The parts of every bar, the lowest (or leftmost) first.
  public var layers: [Layer]
  /// The categories from left to right.
  public var groups: [Group]
  /// Placing of the layers.
  public var arrangement: Arrangement
  /// The category in use now.
  public var current: Int?
  /// Whether the category of the least total is marked.
  public var marksLeast: Bool
  /// Upper end of the scale; nil for a round number above the highest total.
  public var maximum: Double?
  /// What the categories are: `n`.
  public var axisLabel: String
  /// Whether the layers' names are shown in the first row.
  public var showsLegend: Bool
  /// What will appear, as long as there is nothing to draw.
  public var emptyText: String

  /// Bars over categories.
  public init(
    layers: [Layer], groups: [Group], arrangement: Arrangement = .stacked, current: Int? = nil,
    marksLeast: Bool = true, maximum: Double? = nil, axisLabel: String = "",
    showsLegend: Bool = true, emptyText: String = "no data yet"
  ) {
    self.layers = layers
    self.groups = groups
    self.arrangement = arrangement
    self.current = current
    self.marksLeast = marksLeast
    self.maximum = maximum
    self.axisLabel = axisLabel
    self.showsLegend = showsLegend
    self.emptyText = emptyText
  }
}
