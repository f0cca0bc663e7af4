internal import CellCanvas
internal import Scenes

/// How the squares of a map lie on cells: whole cells per square, centred; where the map is larger
/// than the room, a window that follows the agent.
struct GridProjection: Equatable {
  /// Cells per square.
  let scale: Size
  /// Cells between a square and the next to the right: room for thin walls.
  let gap: Int
  /// The part of the map that is seen.
  let rows: Range<Int>
  let columns: Range<Int>
  /// The cell of the seen part's upper left corner.
  let x: Int
  let y: Int

  /// Cells per square worth having, the largest first: as near to square as cells of 1:2 allow.
  static let scales = [(6, 3), (5, 3), (5, 2), (4, 2), (3, 2), (3, 1), (2, 1), (1, 1)].map {
    Size(columns: $0.0, rows: $0.1)
  }
  /// The same where every square has a number for each action.
  static let scalesOfActions =
    [(10, 5), (10, 4), (10, 3)].map { Size(columns: $0.0, rows: $0.1) } + scales

  static func scales(ofActions: Bool) -> [Size] { ofActions ? scalesOfActions : scales }

  /// - Parameter ofActions: whether every square has a number for each action.
  init(map: GridMap, agent: Int, in rect: Rect, ofActions: Bool = false) {
    scale = Self.scale(
      of: map, columns: rect.width, rows: rect.height, ofActions: ofActions)
    gap = Self.gap(of: map)
    let row = map.columns > 0 ? agent / map.columns : 0
    let column = map.columns > 0 ? agent % map.columns : 0
    rows = Self.window(around: row, of: map.rows, fitting: rect.height / scale.rows)
    columns = Self.window(
      around: column, of: map.columns, fitting: (rect.width + gap) / (scale.columns + gap))
    x = rect.x + (rect.width - columns.count * (scale.columns + gap) + gap) / 2
    y = rect.y + (rect.height - rows.count * scale.rows) / 2
  }

  /// The largest scale at which the whole map fits; the least where none does.
  static func scale(
    of map: GridMap, columns: Int, rows: Int, ofActions: Bool = false
  ) -> Size {
    scales(ofActions: ofActions).first {
      let size = size(of: map, scale: $0)
      return size.columns <= columns && size.rows <= rows
    }
      ?? scales.first { size(of: map, scale: $0).columns <= columns && $0.rows == 1 }
      ?? Size(columns: 1, rows: 1)
  }

  /// Cells of a whole map.
  static func size(of map: GridMap, scale: Size) -> Size {
    let gaps = max(0, map.columns - 1) * gap(of: map)
    return Size(columns: map.columns * scale.columns + gaps, rows: map.rows * scale.rows)
  }

  private static func gap(of map: GridMap) -> Int { map.wallsToTheRight.isEmpty ? 0 : 1 }

  /// The cells of a square; nil where it is not in the window.
  func cells(row: Int, column: Int) -> Rect? {
    guard rows.contains(row), columns.contains(column) else { return nil }
    return Rect(
      x: x + (column - columns.lowerBound) * (scale.columns + gap),
      y: y + (row - rows.lowerBound) * scale.rows, width: scale.columns, height: scale.rows)
  }

  /// The square at a cell; a gap belongs to the square on its left.
  func square(x: Int, y: Int) -> (row: Int, column: Int)? {
    let (across, down) = (x - self.x, y - self.y)
    guard across >= 0, down >= 0 else { return nil }
    let column = columns.lowerBound + across / (scale.columns + gap)
    let row = rows.lowerBound + down / scale.rows
    return columns.contains(column) && rows.contains(row) ? (row, column) : nil
  }

  /// `room` squares of `count`, the agent near their middle, never beyond the edges.
  private static func window(around centre: Int, of count: Int, fitting room: Int) -> Range<Int> {
    let shown = max(0, min(count, room))
    let first = max(0, min(centre - shown / 2, count - shown))
    return first..<(first + shown)
  }
}
