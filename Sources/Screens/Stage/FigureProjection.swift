internal import CellCanvas
internal import Scenes

/// How a figure's world lies on cells: one scale for both directions (a cell is taken as twice as
/// high as wide), centred; a level ground line comes to lie on the edge between two rows.
struct FigureProjection: Equatable {
  /// The cells that show the world above the ground (or all of it, where there is no ground line).
  let area: Rect
  /// World coordinates at the left and right edge of the area.
  let xRange: ClosedRange<Double>
  /// World coordinates at the lower and upper edge of the area.
  let yRange: ClosedRange<Double>
  /// The height of the level ground line, at the lower edge of the area; nil without one.
  let ground: Double?
  /// The row for labels; nil where there is no room.
  let labelRow: Int?

  init?(_ figure: Figure, in rect: Rect) {
    let width = figure.upperRight.x - figure.lowerLeft.x
    guard rect.width >= 2, rect.height >= 2, width > 0, width.isFinite,
      figure.upperRight.y > figure.lowerLeft.y, figure.upperRight.y.isFinite,
      figure.lowerLeft.y.isFinite
    else { return nil }
    ground = Self.groundLine(of: figure)
    let hasLabels = ground != nil && rect.height >= 5
    let rowsBelow = (ground == nil ? 0 : 1) + (hasLabels ? 1 : 0)
    let bottom = ground ?? figure.lowerLeft.y
    let height = figure.upperRight.y - bottom
    let columns = rect.width
    let most = rect.height - rowsBelow
    // Dots are square: two to a column, four to a row.
    let perDot = max(width / Double(columns * 2), height / Double(most * 4))
    let rows = max(1, min(most, Int((height / perDot / 4).rounded(.up))))
    area = Rect(
      x: rect.x, y: rect.y + (most - rows + 1) / 2, width: columns, height: rows)
    labelRow = hasLabels ? area.maxY + 1 : nil
    let middle = (figure.lowerLeft.x + figure.upperRight.x) / 2
    let half = perDot * Double(columns)
    xRange = (middle - half)...(middle + half)
    yRange = bottom...(bottom + perDot * Double(rows * 4))
  }

  /// The height of the first level line of the ground.
  private static func groundLine(of figure: Figure) -> Double? {
    for case .line(let a, let b, .ground) in figure.shapes where a.y == b.y && a.y.isFinite {
      return a.y
    }
    return nil
  }

  /// Dots for a length in world units.
  func dots(_ length: Double) -> Double {
    length / (xRange.upperBound - xRange.lowerBound) * Double(area.width * 2)
  }

  /// The column of a world coordinate; nil where it is no number or far away.
  func column(_ x: Double) -> Int? {
    let place = (x - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound)
    guard place.isFinite, abs(place) < 100 else { return nil }
    return area.x + Int((place * Double(area.width)).rounded(.down))
  }

  /// The row of a world coordinate; nil where it is no number or far away.
  func row(_ y: Double) -> Int? {
    let place = (yRange.upperBound - y) / (yRange.upperBound - yRange.lowerBound)
    guard place.isFinite, abs(place) < 100 else { return nil }
    return area.y + Int((place * Double(area.height)).rounded(.down))
  }

  /// The nearest edge of half a column, counted from the frame's left edge; nil where far away.
  func halfColumn(_ x: Double) -> Int? {
    let place = (x - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound)
    guard place.isFinite, place >= -1, place <= 2 else { return nil }
    return max(0, 2 * area.x + Int((place * Double(2 * area.width)).rounded()))
  }

  /// The nearest edge of half a row, counted from the frame's upper edge; nil where far away.
  func halfRow(_ y: Double) -> Int? {
    let place = (yRange.upperBound - y) / (yRange.upperBound - yRange.lowerBound)
    guard place.isFinite, place >= -1, place <= 2 else { return nil }
    return max(0, 2 * area.y + Int((place * Double(2 * area.height)).rounded()))
  }
}
