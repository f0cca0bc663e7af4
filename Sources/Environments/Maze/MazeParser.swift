internal import Scenes
internal import Spelling

/// Reads a maze from the bytes of a text file.
///
/// ```
/// ; title: Two rooms
/// ; slip: 0.2
/// #######
/// #S.#.G#
/// #.....#
/// #######
/// ```
///
/// The map is one line per row: `#` wall, `.` floor, `S` start (at least one), `G` goal (at least
/// one), `P` pit; outside the map is wall. Before it there may be header lines `; key: value` with
/// the keys `title`, `summary` and those of `MazeConfiguration`. Lines end in LF or CRLF, and empty
/// lines before and after the map are ignored.
public struct MazeParser {
  /// The most rows and the most columns a maze may have.
  public static let longestSide = 1000
  /// The most squares a maze may have: exact values of a wide room of this size take seconds.
  public static let mostSquares = 40_000
  /// The most bytes a maze's file may have. To refuse a longer one in good words, its first
  /// `mostBytes + 1` bytes are enough.
  public static let mostBytes = 1 << 20

  static let headerKeys = ["title", "summary"] + MazeConfiguration.keys

  private let file: String
  private var definitionTitle: String?
  private var definitionSummary: String?
  private var configuration = MazeConfiguration()
  private var keysSeen: Set<String> = []
  private var squares: [GridMap.Square] = []
  private var columns = 0
  private var rows = 0
  /// The line of the map's first row, counted from 1.
  private var firstLine = 1

  private init(file: String) {
    self.file = file
  }

  /// The maze in `bytes`, the content of the file called `file` (for messages only).
  ///
  /// Takes time linear in the size; a file that is too large is refused from its first rows.
  ///
  /// - Throws: a `MazeParseError` that names file and line, what was found and what is accepted.
  public static func parse(_ bytes: [UInt8], file: String) throws(MazeParseError) -> MazeDefinition
  {
    var parser = MazeParser(file: file)
    try parser.read(bytes)
    let map = GridMap(rows: parser.rows, columns: parser.columns, squares: parser.squares)
    try parser.check(map)
    return MazeDefinition(
      map: map, configuration: parser.configuration, title: parser.definitionTitle,
      summary: parser.definitionSummary)
  }

  private func error(
    _ problem: MazeParseError.Problem, line: Int? = nil
  ) -> MazeParseError {
    MazeParseError(file: file, line: line, problem: problem)
  }

  private mutating func read(_ bytes: [UInt8]) throws(MazeParseError) {
    let isTooLong = bytes.count > Self.mostBytes
    let head = bytes.prefix(Self.mostBytes)
    if head.contains(0) { throw error(.binary) }
    // A file cut in the middle of a character is still text: only a whole one is checked.
    if !isTooLong && String(validating: bytes, as: UTF8.self) == nil { throw error(.binary) }

    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var rest = head.starts(with: byteOrderMark) ? head.dropFirst(3) : head
    var line = 0
    var blankLine: Int?
    while !rest.isEmpty {
      line += 1
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      var text = rest[rest.startIndex..<end]
      rest = rest[min(end + 1, rest.endIndex)...]
      if text.last == UInt8(ascii: "\r") { text.removeLast() }
      if text.isEmpty {
        if rows > 0 && blankLine == nil { blankLine = line }
      } else if rows == 0 && text.first == UInt8(ascii: ";") {
        try readHeader(String(decoding: text.dropFirst(), as: UTF8.self), line: line)
      } else {
        if let blankLine {
          throw error(.raggedRow(columns: 0, expected: columns), line: blankLine)
        }
        try readRow(text, line: line)
      }
    }
    if isTooLong { throw error(.tooLong(bytes: bytes.count)) }
    if rows == 0 { throw error(.empty) }
  }

  private mutating func readHeader(_ text: String, line: Int) throws(MazeParseError) {
    guard let colon = text.firstIndex(of: ":") else { throw error(.malformedHeader, line: line) }
    let key = Self.trimmed(text[..<colon])
    let value = Self.trimmed(text[text.index(after: colon)...])
    guard keysSeen.insert(key).inserted else { throw error(.repeatedKey(key), line: line) }
    switch key {
    case "title": definitionTitle = value.withoutControlCharacters
    case "summary": definitionSummary = value.withoutControlCharacters
    default:
      do {
        try configuration.set(key, to: value)
      } catch {
        switch error {
        case .unknownKey:
          let guess = nearest(to: key, among: Self.headerKeys)
          throw self.error(.unknownKey(key, nearest: guess), line: line)
        case .badValue(let accepted):
          let problem = MazeParseError.Problem.badValue(key: key, value: value, accepted: accepted)
          throw self.error(problem, line: line)
        }
      }
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let tail = text.drop(while: isSpace)
    let end = tail.lastIndex { !isSpace($0) }.map(tail.index(after:)) ?? tail.startIndex
    return String(tail[..<end])
  }

  private mutating func readRow(_ text: ArraySlice<UInt8>, line: Int) throws(MazeParseError) {
    // Every character has one byte that does not continue another, so this counts characters.
    let width = text.count { $0 & 0xC0 != 0x80 }
    guard width <= Self.longestSide else { throw error(.tooWide(columns: width), line: line) }
    try readSquares(text, line: line)
    if rows == 0 {
      columns = width
      firstLine = line
    }
    guard width == columns else {
      throw error(.raggedRow(columns: width, expected: columns), line: line)
    }
    rows += 1
    guard rows <= Self.longestSide else { throw error(.tooManyRows, line: line) }
    guard squares.count <= Self.mostSquares else {
      throw error(.tooManySquares(rows: rows, columns: columns), line: line)
    }
  }

  private mutating func readSquares(_ text: ArraySlice<UInt8>, line: Int) throws(MazeParseError) {
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "#"): squares.append(.wall)
      case UInt8(ascii: "."): squares.append(.floor)
      case UInt8(ascii: "S"): squares.append(.start)
      case UInt8(ascii: "G"): squares.append(.goal)
      case UInt8(ascii: "P"): squares.append(.pit)
      default:
        let scalar = String(decoding: text[index...], as: UTF8.self).unicodeScalars.first ?? "?"
        let column = index - text.startIndex + 1
        throw error(.unknownSquare(scalar, column: column), line: line)
      }
    }
  }

  private func check(_ map: GridMap) throws(MazeParseError) {
    let starts = map.squares.indices.filter { map.squares[$0] == .start }
    if starts.isEmpty { throw error(.noStart) }
    if !map.squares.contains(.goal) { throw error(.noGoal) }
    let distances = map.distancesToGoal
    for (number, square) in starts.enumerated() where distances[square] == nil {
      let (row, column) = square.quotientAndRemainder(dividingBy: columns)
      let problem = MazeParseError.Problem.unreachableGoal(start: number + 1, column: column + 1)
      throw error(problem, line: firstLine + row)
    }
  }
}
