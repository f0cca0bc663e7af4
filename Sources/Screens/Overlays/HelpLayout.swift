import CellCanvas
internal import Telemetry

/// The help laid out in columns for a screen: as many as fit, filled block by block.
struct HelpLayout {
  /// The whole of it, with its frame.
  let box: Rect
  /// The lines of each column, from the top.
  let columns: [[HelpText.Line]]
  /// Columns of cells for one column of text.
  let columnWidth: Int

  /// The least columns of cells in which an entry can be read.
  private static let leastColumn = 54
  private static let gap = 3

  init(size: Size, agent: AgentName) {
    let roomX = max(0, size.columns - 2)
    let inner = max(0, roomX - 4)
    let count = max(1, (inner + Self.gap) / (Self.leastColumn + Self.gap))
    columns = Self.flow(HelpText.blocks(agent), into: count)
    columnWidth = count == 1 ? inner : min(60, (inner - (count - 1) * Self.gap) / count)
    let width = count == 1 ? min(roomX, 70) : columnWidth * count + (count - 1) * Self.gap + 4
    let most = columns.map(\.count).max() ?? 0
    let height = min(max(0, size.rows - 2), most + 2)
    box = Rect(
      x: (size.columns - width) / 2, y: (size.rows - height) / 2, width: width, height: height)
  }

  /// The cells inside the frame.
  var inner: Rect { box.inset(columns: 2, rows: 1) }

  /// Lines seen at once.
  var visibleRows: Int { inner.height }

  /// The furthest it can be scrolled.
  var lastScroll: Int { max(0, (columns.map(\.count).max() ?? 0) - visibleRows) }

  /// The first cell of a column.
  func x(of column: Int) -> Int { inner.x + column * (columnWidth + Self.gap) }

  /// The blocks in order, in columns of nearly the same height: the least height at which they fit.
  private static func flow(
    _ blocks: [[HelpText.Line]], into count: Int
  ) -> [[HelpText.Line]] {
    let total = blocks.reduce(0) { $0 + $1.count + 1 }
    for height in stride(from: total / count, through: total, by: 1) {
      var columns: [[HelpText.Line]] = [[]]
      for block in blocks {
        let last = columns.count - 1
        let lines = (columns[last].isEmpty ? [] : [.blank]) + block
        if columns[last].isEmpty || columns[last].count + lines.count <= height {
          columns[last] += lines
        } else {
          columns.append(block)
        }
      }
      if columns.count <= count { return columns }
    }
    return [Array(blocks.map { $0 + [.blank] }.joined())]
  }
}
