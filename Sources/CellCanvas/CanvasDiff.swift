/// Cells of one row that differ from the frame before.
public struct ChangedRun: Sendable, Equatable {
  /// Column of the first.
  public var x: Int
  /// Row.
  public var y: Int
  /// The new cells.
  public var cells: ArraySlice<Cell>

  /// Changed cells from (x, y) to the right.
  public init(x: Int, y: Int, cells: ArraySlice<Cell>) {
    self.x = x
    self.y = y
    self.cells = cells
  }
}

/// The runs by which one frame differs from another, row by row, from left to right.
///
/// Makes no copies: a run is a slice of the new frame.
public struct CanvasChanges: Sequence, IteratorProtocol, Sendable {
  private let old: Canvas?
  private let new: Canvas
  private var index = 0

  init(from old: Canvas?, to new: Canvas) {
    self.old = old?.size == new.size ? old : nil
    self.new = new
  }

  /// The next run.
  public mutating func next() -> ChangedRun? {
    let cells = new.cells
    let columns = new.size.columns
    if let old {
      while index < cells.count, old.cells[index] == cells[index] { index += 1 }
    }
    guard index < cells.count else { return nil }
    let start = index
    let end = (start / columns + 1) * columns
    if let old {
      while index < end, old.cells[index] != cells[index] { index += 1 }
    } else {
      index = end
    }
    return ChangedRun(x: start % columns, y: start / columns, cells: cells[start..<index])
  }
}

extension Canvas {
  /// The runs of cells that differ from an earlier frame; every row whole when there is none or it
  /// had another size.
  public func changes(from old: Canvas?) -> CanvasChanges {
    CanvasChanges(from: old, to: self)
  }
}
