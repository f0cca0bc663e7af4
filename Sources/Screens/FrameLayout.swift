import CellCanvas

/// Where header, view and footer stand on a screen.
struct FrameLayout: Equatable {
  /// The top line; empty where there is only one line.
  let header: Rect
  /// The view.
  let body: Rect
  /// The bottom line.
  let footer: Rect
  /// Too small for a view: one status line is all there is.
  let isTiny: Bool

  /// The least size of a view.
  static let least = Size(columns: 40, rows: 12)

  init(size: Size) {
    let whole = Rect(size)
    isTiny = size.columns < Self.least.columns || size.rows < Self.least.rows
    if isTiny {
      header = Rect(x: 0, y: 0, width: size.columns, height: min(1, size.rows))
      body = Rect(x: 0, y: 0, width: 0, height: 0)
      footer = body
      return
    }
    let parts = whole.rows([.fixed(1), .weight(1), .fixed(1)])
    (header, body, footer) = (parts[0], parts[1], parts[2])
  }
}
