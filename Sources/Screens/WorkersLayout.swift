import CellCanvas
import Telemetry

/// Where everything of view 2 stands: its form follows the number of workers and the room.
struct WorkersLayout: Equatable {
  /// How the workers are shown.
  enum Form: Equatable {
    /// A few: a pane with a picture for each.
    case panes
    /// Some: a row for each.
    case list
    /// Hundreds: a coloured cell for each.
    case heatMap
  }

  /// How the workers are shown.
  private(set) var form = Form.list
  /// The panes, list or heat map; empty where only the lanes are shown.
  private(set) var overview = Rect(x: 0, y: 0, width: 0, height: 0)
  /// The lanes; empty where only the overview is shown.
  private(set) var lanes = Rect(x: 0, y: 0, width: 0, height: 0)
  /// The numbers beside the heat map.
  private(set) var side = Rect(x: 0, y: 0, width: 0, height: 0)
  /// Where the cells of the heat map stand, or the rows of the list.
  private(set) var content = Rect(x: 0, y: 0, width: 0, height: 0)
  /// Workers beside each other.
  private(set) var workersPerRow = 1
  /// Columns and rows of a cell of the heat map.
  private(set) var cell = Size(columns: 2, rows: 1)
  /// Number of workers.
  let count: Int
  /// The first row of workers shown.
  private(set) var firstRow = 0

  /// Most workers that get a pane, and most that get a row.
  static let mostPanes = 16
  static let mostRows = 60
  /// The least columns and rows of a pane.
  private static let leastPane = Size(columns: 20, rows: 6)
  /// Columns of a row's label in the heat map.
  static let labelWidth = 5

  init(state: InterfaceState, snapshot: EngineSnapshot) {
    let size = Size(columns: state.columns, rows: state.rows)
    self.init(in: FrameLayout(size: size).body, state: state, count: snapshot.workers.count)
  }

  init(in body: Rect, state: InterfaceState, count: Int) {
    self.count = count
    (overview, lanes) = Self.divide(body, state: state, count: count)
    chooseForm(state: state)
    let focus = min(max(state.focusedWorker, 0), max(0, count - 1))
    let rows = visibleRows
    let total = totalRows
    let start = min(max(state.workerScroll / workersPerRow, 0), max(0, total - rows))
    let focusRow = focus / workersPerRow
    firstRow =
      state.isScrolledAway ? start : max(0, min(max(start, focusRow - rows + 1), focusRow))
  }

  /// Rows of workers in all.
  var totalRows: Int { (count + workersPerRow - 1) / workersPerRow }

  /// Rows of workers on the screen.
  var visibleRows: Int {
    switch form {
    case .panes: max(1, totalRows)
    case .list: max(1, content.height)
    case .heatMap: max(1, content.height / cell.rows)
    }
  }

  /// Workers on the screen.
  var workersPerPage: Int { workersPerRow * visibleRows }

  /// Rows of lanes on the screen.
  var laneRows: Int { max(0, lanes.height - 3) }

  private static func divide(
    _ body: Rect, state: InterfaceState, count: Int
  ) -> (overview: Rect, lanes: Rect) {
    let none = Rect(x: body.x, y: body.y, width: 0, height: 0)
    if state.isZoomed { return state.workersPane == .lanes ? (none, body) : (body, none) }
    guard body.height >= 14 else {
      return state.workersPane == .lanes ? (none, body) : (body, none)
    }
    let share = count > mostRows ? body.height / 4 : body.height * 7 / 20
    let parts = body.split(bottom: min(count + 3, max(5, share)))
    return (parts.rest, parts.bottom)
  }

  private mutating func chooseForm(state: InterfaceState) {
    if count <= Self.mostPanes, let columns = Self.columns(of: count, in: overview) {
      form = .panes
      workersPerRow = columns
      content = overview
    } else if count <= Self.mostRows {
      form = .list
      let inner = overview.inset(by: 1)
      content = inner.split(top: 1).rest
    } else {
      form = .heatMap
      chooseCells()
    }
  }

  /// Panes beside each other, so that they are large and well-shaped; nil where they would be too
  /// small.
  private static func columns(of count: Int, in rect: Rect) -> Int? {
    guard count > 0 else { return nil }
    var best: (columns: Int, worth: Int)?
    for columns in 1...count {
      let rows = (count + columns - 1) / columns
      let (width, height) = (rect.width / columns, rect.height / rows)
      guard width >= leastPane.columns, height >= leastPane.rows else { continue }
      let worth = min(width, 3 * height) * 4 - (columns * rows - count)
      if worth > best?.worth ?? Int.min { best = (columns, worth) }
    }
    return best?.columns
  }

  /// The largest cells at which all workers fit; the least where none does.
  private mutating func chooseCells() {
    let inner = overview.inset(by: 1)
    if inner.width >= 60 { side = inner.split(right: 28).right }
    let map = Rect(
      x: inner.x + Self.labelWidth, y: inner.y, width: inner.width - Self.labelWidth - side.width,
      height: inner.height)
    content = map
    for (width, height) in [(6, 3), (4, 2), (2, 2), (2, 1), (1, 1)] {
      cell = Size(columns: width, rows: height)
      let fitting = map.width / width
      workersPerRow = max(1, fitting >= 10 ? fitting / 10 * 10 : fitting)
      if totalRows * height <= map.height { break }
    }
  }

  /// The pane of a worker (panes only).
  func pane(of worker: Int) -> Rect {
    let rows = overview.rows(Array(repeating: .weight(1), count: max(1, totalRows)))
    let row = rows[min(worker / workersPerRow, rows.count - 1)]
    let columns = row.columns(Array(repeating: .weight(1), count: workersPerRow))
    return columns[worker % workersPerRow]
  }

  /// The workers on the screen in the overview.
  var visibleWorkers: Range<Int> {
    let first = min(count, firstRow * workersPerRow)
    return first..<min(count, first + workersPerPage)
  }

  /// The worker under a cell of the screen, or nil.
  func worker(x: Int, y: Int) -> Int? {
    switch form {
    case .panes: return (0..<count).first { pane(of: $0).contains(x: x, y: y) }
    case .list, .heatMap:
      guard content.contains(x: x, y: y) else { return nil }
      let column = form == .list ? 0 : (x - content.x) / cell.columns
      let row = (y - content.y) / (form == .list ? 1 : cell.rows)
      guard column < workersPerRow, row < visibleRows else { return nil }
      let worker = (firstRow + row) * workersPerRow + column
      return worker < count ? worker : nil
    }
  }
}
