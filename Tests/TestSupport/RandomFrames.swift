public import CellCanvas

/// Frames that follow one another with random changes, the same ones for the same seed.
public struct RandomFrames {
  /// The frame now.
  public private(set) var canvas: Canvas
  private var state: UInt64

  private static let glyphs = Array("abc019 .─│╭╮⣿⡇▁▄█▲λθ→".unicodeScalars)

  /// A blank frame of a size.
  public init(columns: Int, rows: Int, seed: Int) {
    canvas = Canvas(size: Size(columns: columns, rows: rows), background: Style())
    state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  /// Changes some of it: single cells, runs of one glyph, blank rectangles, rows that move.
  public mutating func advance() {
    for _ in 0..<below(40) {
      canvas[below(canvas.size.columns), below(canvas.size.rows)] = cell()
    }
    for _ in 0..<below(4) { fill(with: cell()) }
    for _ in 0..<below(2) { fill(with: Cell(" ", Style(background: color()))) }
    if below(3) == 0 {
      let copy = canvas
      let distance = below(5) - 2
      canvas.draw(copy, x: 0, y: distance)
    }
  }

  private mutating func fill(with cell: Cell) {
    let rect = Rect(
      x: below(canvas.size.columns), y: below(canvas.size.rows),
      width: 1 + below(canvas.size.columns), height: 1 + below(3))
    canvas.fill(rect, cell.scalar, style: cell.style)
  }

  private mutating func cell() -> Cell {
    let glyph = RandomFrames.glyphs[below(RandomFrames.glyphs.count)]
    let marks = Attributes(rawValue: below(3) == 0 ? UInt8(below(16)) : 0)
    return Cell(
      glyph, Style(foreground: color(), background: color(), attributes: marks))
  }

  private mutating func color() -> Color {
    let shades: [UInt32] = [0x000000, 0x102030, 0xff8040, 0x808080, 0x00ff88, 0xffffff]
    let choice = below(shades.count + 2)
    return choice < shades.count ? Color(shades[choice]) : .terminalDefault
  }

  private mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % bound
  }
}
