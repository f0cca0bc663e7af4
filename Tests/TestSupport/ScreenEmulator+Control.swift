extension ScreenEmulator {
  static func blank(_ columns: Int, _ rows: Int) -> [[Place]] {
    [[Place]](repeating: [Place](repeating: Place(), count: columns), count: rows)
  }

  static func fitted(_ cells: [[Place]], _ columns: Int, _ rows: Int) -> [[Place]] {
    (0..<rows).map { row in
      (0..<columns).map { column in
        row < cells.count && column < cells[row].count ? cells[row][column] : Place()
      }
    }
  }

  /// A blank in the pen's background, as erasing leaves it.
  private var erased: Place {
    var place = Place()
    place.background = pen.background
    return place
  }

  mutating func put(_ scalar: Unicode.Scalar) {
    if isWrapPending {
      x = 0
      lineFeed()
    }
    var place = pen
    place.scalar = scalar
    cells[y][x] = place
    isWrapPending = x == columns - 1 && modes.contains(7)
    x = min(x + 1, columns - 1)
    pen.scalar = scalar
  }

  mutating func move(_ column: Int, _ row: Int) {
    x = min(max(column, 0), columns - 1)
    y = min(max(row, 0), rows - 1)
    isWrapPending = false
  }

  mutating func lineFeed() {
    isWrapPending = false
    if y == region.upperBound {
      scroll(from: region.lowerBound, by: 1)
    } else {
      y = min(y + 1, rows - 1)
    }
  }

  mutating func reverseLineFeed() {
    if y == region.lowerBound {
      scroll(from: region.lowerBound, by: -1)
    } else {
      y = max(y - 1, 0)
    }
  }

  /// Moves the rows of the region from `top` on: up by a positive count, down by a negative one.
  private mutating func scroll(from top: Int, by count: Int) {
    let empty = [Place](repeating: erased, count: columns)
    for _ in 0..<min(abs(count), rows) {
      if count > 0 {
        cells.remove(at: top)
        cells.insert(empty, at: region.upperBound)
      } else {
        cells.remove(at: region.upperBound)
        cells.insert(empty, at: top)
      }
    }
  }

  /// A control sequence: its last character and what stood before.
  mutating func control(_ final: Character, _ text: String) {
    if text.hasPrefix("?") {
      for mode in numbers(text.dropFirst()) { set(mode: mode, to: final == "h") }
      return
    }
    if text.hasPrefix(">") || text.hasPrefix("<") || text.hasPrefix("!") { return }
    let values = numbers(text[...])
    let first = max(values.first ?? 0, 1)
    switch final {
    case "A": move(x, y - first)
    case "B", "e": move(x, y + first)
    case "C", "a": move(x + first, y)
    case "D": move(x - first, y)
    case "E": move(0, y + first)
    case "F": move(0, y - first)
    case "G", "`": move(first - 1, y)
    case "d": move(x, first - 1)
    case "H", "f": move((values.count > 1 ? max(values[1], 1) : 1) - 1, first - 1)
    case "r":
      let bottom = values.count > 1 && values[1] > 0 ? min(values[1], rows) : rows
      region = min(first - 1, bottom - 1)...(bottom - 1)
      move(0, 0)
    case "m": select(values.isEmpty ? [0] : values)
    default: edit(final, values.first ?? 0)
    }
  }

  private func numbers(_ text: Substring) -> [Int] {
    text.isEmpty
      ? [] : text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
  }

  private mutating func edit(_ final: Character, _ value: Int) {
    let count = max(value, 1)
    switch final {
    case "J": eraseScreen(value)
    case "K": erase(row: y, value == 0 ? x..<columns : value == 1 ? 0..<(x + 1) : 0..<columns)
    case "X": erase(row: y, x..<min(columns, x + count))
    case "P", "@":
      for _ in 0..<min(count, columns) {
        cells[y].remove(at: final == "P" ? x : columns - 1)
        cells[y].insert(erased, at: final == "P" ? columns - 1 : x)
      }
    case "L": if region.contains(y) { scroll(from: y, by: -count) }
    case "M": if region.contains(y) { scroll(from: y, by: count) }
    case "S": scroll(from: region.lowerBound, by: count)
    case "T": scroll(from: region.lowerBound, by: -count)
    case "b": for _ in 0..<count { put(pen.scalar) }
    default: break
    }
  }

  private mutating func erase(row: Int, _ range: Range<Int>) {
    for column in range { cells[row][column] = erased }
  }

  private mutating func eraseScreen(_ value: Int) {
    if value == 0 { erase(row: y, x..<columns) }
    if value == 1 { erase(row: y, 0..<(x + 1)) }
    let whole = value == 0 ? (y + 1)..<rows : value == 1 ? 0..<y : 0..<rows
    for row in whole { erase(row: row, 0..<columns) }
  }

  private mutating func set(mode: Int, to isOn: Bool) {
    if isOn { modes.insert(mode) } else { modes.remove(mode) }
    switch mode {
    case 25: showsCursor = isOn
    case 1049 where isOn != isAlternate:
      isAlternate = isOn
      if isOn {
        savedByScreen = (x, y)
        firstScreen = cells
        cells = ScreenEmulator.blank(columns, rows)
      } else {
        cells = firstScreen
        firstScreen = []
        move(savedByScreen.x, savedByScreen.y)
      }
    default: break
    }
  }

  private mutating func select(_ values: [Int]) {
    var rest = values[...]
    while let value = rest.popFirst() {
      switch value {
      case 0:
        let last = pen.scalar
        pen = Place()
        pen.scalar = last
      case 1, 2, 4, 7: pen.marks.insert(value)
      case 22: pen.marks.subtract([1, 2])
      case 24, 27: pen.marks.remove(value - 20)
      case 30...37: pen.foreground = .palette(value - 30)
      case 90...97: pen.foreground = .palette(value - 82)
      case 40...47: pen.background = .palette(value - 40)
      case 100...107: pen.background = .palette(value - 92)
      case 39: pen.foreground = .own
      case 49: pen.background = .own
      case 38: pen.foreground = ink(&rest)
      case 48: pen.background = ink(&rest)
      default: break
      }
    }
  }

  private func ink(_ rest: inout ArraySlice<Int>) -> Ink {
    switch rest.popFirst() {
    case 5: return .palette(rest.popFirst() ?? 0)
    case 2:
      let components = (0..<3).map { _ in rest.popFirst() ?? 0 }
      return .rgb(components.reduce(0) { $0 << 8 | $1 })
    default: return .own
    }
  }
}
