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
    guard columns > 0, rect.contains(x: x, y: y) else { return nil }
    let (column, row) = ((x - rect.x) / width(in: rect), (y - rect.y) / max(1, cellHeight))
    let index = row * columns + column
    return column < columns && index < values.count ? index : nil
  }

  /// Draws the grid; a missing value is a faint dot, the one pointed out stands in brackets.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard columns > 0, !rect.isEmpty else { return }
    let (low, high) = ends
    let width = width(in: rect)
    let height = max(1, cellHeight)
    for (index, value) in values.enumerated() {
      let place = Rect(
        x: rect.x + index % columns * width, y: rect.y + index / columns * height, width: width,
        height: height
      ).intersection(rect)
      if place.isEmpty { continue }
      guard value.isFinite else {
        canvas.fill(place, " ", style: look.ground)
        canvas.put(look.glyphs.dot, x: place.x, y: place.y, style: look.dim)
        mark(index, place, on: &canvas, look: look)
        continue
      }
      let unclamped = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5
      let share = min(max(unclamped, 0), 1)
      let cell = scale == .sequential ? sequential(share, look) : diverging(2 * share - 1, look)
      canvas.fill(place, cell.scalar, style: cell.style)
      mark(index, place, on: &canvas, look: look)
    }
    canvas.substitute(in: rect, for: look.glyphs)
  }

  private func width(in rect: Rect) -> Int { max(1, cellWidth ?? rect.width / max(1, columns)) }

  private var ends: (low: Double, high: Double) {
    let finite = values.filter(\.isFinite)
    let low = range?.lowerBound ?? finite.min() ?? 0
    let high = range?.upperBound ?? finite.max() ?? 0
    guard scale == .diverging else { return (low, high) }
    let reach = max(abs(low), abs(high))
    return (-reach, reach)
  }

  private func sequential(_ share: Double, _ look: Look) -> Cell {
    if showsColors(look) { return Cell(" ", look.text.on(look.theme.sequential(share))) }
    // The least value has a shade too, so that it is not taken for a missing one.
    let level = 1 + min(3, max(0, Int(share * 4)))
    return Cell(look.glyphs.shades[level], look.style(look.theme.sequential(share)))
  }

  private func diverging(_ share: Double, _ look: Look) -> Cell {
    let color = look.theme.diverging(share)
    if showsColors(look) { return Cell(" ", look.text.on(color)) }
    if share < -0.05 { return Cell(share < -0.5 ? "=" : "-", look.style(color)) }
    let level = share <= 0.05 ? 1 : min(4, 2 + Int(share * 3))
    return Cell(look.glyphs.shades[level], look.style(color))
  }

  private func showsColors(_ look: Look) -> Bool { look.colors >= .ansi256 && !look.isMono }

  private func mark(_ index: Int, _ place: Rect, on canvas: inout Canvas, look: Look) {
    guard index == selected else { return }
    canvas.restyle(Rect(x: place.x, y: place.y, width: place.width, height: 1)) { style in
      let isLight = style.background.luminance > 0.3 && !style.background.isTerminalDefault
      style.foreground = isLight ? Color(0x000000, ansi: 0) : look.theme.bright
      style.attributes.insert(.bold)
    }
    let y = place.y
    let (left, right) = (canvas[place.x, y].style, canvas[place.maxX - 1, y].style)
    if place.width == 1 {
      canvas.put(look.glyphs.bullet, x: place.x, y: y, style: left)
    } else {
      canvas.put("[", x: place.x, y: y, style: left)
      canvas.put("]", x: place.maxX - 1, y: y, style: right)
    }
  }
}
