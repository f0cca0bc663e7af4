internal import CellCanvas

/// Where the parts of the page of the race stand. With little room the worlds go first, each leaving a
/// line of numbers, then the difference.
struct RaceLayout {
  /// Status and verdict, without a frame.
  private(set) var head: Rect
  /// The two worlds with their numbers, in frames.
  private(set) var worlds: [Rect] = []
  /// Or a line for each.
  private(set) var lines: [Rect] = []
  private(set) var curves: Rect
  private(set) var difference = Rect(x: 0, y: 0, width: 0, height: 0)

  private static let leastWorld = 7
  private static let leastPlot = 8

  /// The parts of a page. `map` is the size of a grid world in squares, which should be seen whole.
  init(in rect: Rect, map: Size? = nil) {
    let parts = rect.split(top: min(2, rect.height))
    head = parts.top
    var area = parts.rest
    if area.height >= Self.leastWorld + Self.leastPlot, rect.width >= 56 {
      let usual = max(Self.leastWorld, min(18, area.height * 43 / 100))
      let rows = min(area.height - Self.leastPlot, max(usual, (map?.rows ?? 0) + 2))
      let halves = area.split(top: rows)
      worlds = halves.top.columns([.weight(1), .weight(1)])
      area = halves.rest
    } else if area.height >= 2 {
      let count = min(2, area.height)
      let halves = area.split(top: count)
      lines = halves.top.rows([.fixed(1), .fixed(1)])
      area = halves.rest
    }
    if area.width >= 56 {
      // The difference stands below the second world.
      let columns = area.columns([.weight(1), .weight(1)])
      (curves, difference) = (columns[0], columns[1])
    } else if area.height >= 2 * Self.leastPlot {
      let rows = area.rows([.weight(1), .weight(1)])
      (curves, difference) = (rows[0], rows[1])
    } else {
      curves = area
    }
  }
}
