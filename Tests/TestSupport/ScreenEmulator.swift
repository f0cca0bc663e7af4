/// What a terminal of type `xterm-256color` would show after the bytes it was sent.
///
/// Good enough for the output of ncurses: cursor movement, erasing, insertion and deletion, scroll
/// regions, repetition, line graphics, the second screen, colours and attributes (ECMA-48, xterm's
/// control sequences).
public struct ScreenEmulator: Sendable {
  /// A colour as it was asked for.
  public enum Ink: Sendable, Hashable {
    /// The terminal's own.
    case own
    /// An entry of the palette.
    case palette(Int)
    /// Red, green and blue, `0xRRGGBB`.
    case rgb(Int)
  }

  /// One place of the screen.
  public struct Place: Sendable, Hashable {
    /// The glyph.
    public var scalar: Unicode.Scalar = " "
    /// Colour of the glyph.
    public var foreground = Ink.own
    /// Colour behind the glyph.
    public var background = Ink.own
    /// SGR numbers in force: 1 bold, 2 dim, 4 underline, 7 reverse.
    public var marks: Set<Int> = []

    /// A blank in the terminal's own colours.
    public init() {}
  }

  /// Columns.
  public internal(set) var columns: Int
  /// Rows.
  public internal(set) var rows: Int
  /// Whether the second screen is shown.
  public internal(set) var isAlternate = false
  /// Whether the cursor is shown.
  public internal(set) var showsCursor = true
  /// Private modes that are set: 7 wraps long lines, 1000 and 1006 report the mouse.
  public internal(set) var modes: Set<Int> = [7]
  /// Whether the keypad sends its own sequences.
  public internal(set) var isKeypadOn = false

  var cells: [[Place]]
  var firstScreen: [[Place]] = []
  var pen = Place()
  var x = 0
  var y = 0
  var saved = (x: 0, y: 0)
  var savedByScreen = (x: 0, y: 0)
  var region: ClosedRange<Int>
  var isGraphic = false
  var isWrapPending = false
  private var state = State.ground
  private var parameters = ""
  private var pendingText: [UInt8] = []

  private enum State {
    case ground, escape, control, command, commandEscape, charset
  }

  /// A blank screen.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = ScreenEmulator.blank(columns, rows)
    region = 0...max(0, rows - 1)
  }

  /// One string per row, blanks at the end left out.
  public var lines: [String] {
    cells.map { row in
      var line = String.UnicodeScalarView()
      for cell in row { line.append(cell.scalar) }
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  /// The place at a column and row.
  public subscript(x: Int, y: Int) -> Place { cells[y][x] }

  /// The terminal's window has another size: rows and columns are cut or added.
  public mutating func resize(columns: Int, rows: Int) {
    cells = ScreenEmulator.fitted(cells, columns, rows)
    if !firstScreen.isEmpty { firstScreen = ScreenEmulator.fitted(firstScreen, columns, rows) }
    self.columns = columns
    self.rows = rows
    region = 0...max(0, rows - 1)
    x = min(x, columns - 1)
    y = min(y, rows - 1)
    isWrapPending = false
  }

  /// Takes what the program has written.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { feed(byte) }
  }

  private mutating func feed(_ byte: UInt8) {
    switch state {
    case .ground: ground(byte)
    case .escape: escape(byte)
    case .control:
      if byte >= 0x40 {
        state = .ground
        control(Character(Unicode.Scalar(byte)), parameters)
      } else {
        parameters.unicodeScalars.append(Unicode.Scalar(byte))
      }
    case .command:
      if byte == 7 { state = .ground } else if byte == 27 { state = .commandEscape }
    case .commandEscape: state = .ground
    case .charset:
      isGraphic = byte == UInt8(ascii: "0")
      state = .ground
    }
  }

  private mutating func ground(_ byte: UInt8) {
    switch byte {
    case 27: state = .escape
    case 8:
      x = max(0, x - 1)
      isWrapPending = false
    case 9: x = min(columns - 1, (x / 8 + 1) * 8)
    case 10, 11, 12: lineFeed()
    case 13:
      x = 0
      isWrapPending = false
    case 14: isGraphic = true
    case 15: isGraphic = false
    case 0..<32, 127: break
    default: text(byte)
    }
  }

  private mutating func escape(_ byte: UInt8) {
    state = .ground
    switch byte {
    case UInt8(ascii: "["):
      parameters = ""
      state = .control
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      state = .command
    case UInt8(ascii: "("): state = .charset
    case UInt8(ascii: ")"): state = .commandEscape
    case UInt8(ascii: "7"): saved = (x, y)
    case UInt8(ascii: "8"): move(saved.x, saved.y)
    case UInt8(ascii: "="): isKeypadOn = true
    case UInt8(ascii: ">"): isKeypadOn = false
    case UInt8(ascii: "M"): reverseLineFeed()
    case UInt8(ascii: "D"): lineFeed()
    case UInt8(ascii: "E"):
      x = 0
      lineFeed()
    case UInt8(ascii: "c"): self = ScreenEmulator(columns: columns, rows: rows)
    default: break
    }
  }

  private mutating func text(_ byte: UInt8) {
    pendingText.append(byte)
    let lead = pendingText[0]
    let length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard pendingText.count >= length else { return }
    let scalar = String(decoding: pendingText, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    pendingText = []
    put(isGraphic ? ScreenEmulator.graphic(scalar) : scalar)
  }

  /// VT100 line graphics.
  private static func graphic(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let from = "jklmnqtuvwxa~".unicodeScalars
    let to = "┘┐┌└┼─├┤┴┬│▒·".unicodeScalars
    guard let index = from.firstIndex(of: scalar) else { return scalar }
    let distance = from.distance(from: from.startIndex, to: index)
    return to[to.index(to.startIndex, offsetBy: distance)]
  }
}
