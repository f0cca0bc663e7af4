import CellCanvas

/// Where the chooser stands on a screen.
struct ChooserLayout: Equatable {
  /// The whole of it, with its frame.
  let box: Rect
  /// The line of what was chosen and typed.
  let filter: Rect
  /// The entries.
  let list: Rect
  /// The line that says what the present run comes to.
  let note: Rect

  init(size: Size) {
    let width = min(120, max(0, size.columns - (size.columns > 100 ? 8 : 4)))
    let height = min(24, max(0, size.rows - 4))
    box = Rect(
      x: (size.columns - width) / 2, y: (size.rows - height) / 2, width: width, height: height)
    let parts = box.inset(columns: 2, rows: 1).rows([.fixed(1), .fixed(1), .weight(1), .fixed(1)])
    (filter, list, note) = (parts[0], parts[2], parts[3])
  }

  /// The first entry shown, so that the selected one is in sight.
  func first(selection: Int, of count: Int) -> Int {
    max(0, min(selection - list.height / 2, count - list.height))
  }

  /// The entry at a cell, or nil.
  func entry(x: Int, y: Int, selection: Int, of count: Int) -> Int? {
    guard list.contains(x: x, y: y) else { return nil }
    let index = first(selection: selection, of: count) + y - list.y
    return index < count ? index : nil
  }
}
