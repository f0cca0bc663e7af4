internal import Spelling

/// Why a file is not a maze: where, and what was found.
public struct MazeParseError: Error, Sendable, Equatable {
  /// What can be wrong with a file.
  public enum Problem: Sendable, Equatable {
    /// There is no map in the file.
    case empty
    /// The file is not text: a NUL byte or bytes that are not UTF-8.
    case binary
    /// A row has more squares than a maze may have.
    case tooWide(columns: Int)
    /// There are more rows than a maze may have.
    case tooManyRows
    /// Rows and columns are allowed, but there are too many squares in all.
    case tooManySquares(rows: Int, columns: Int)
    /// The file is longer than any maze can be.
    case tooLong(bytes: Int)
    /// A row is not as long as the first one.
    case raggedRow(columns: Int, expected: Int)
    /// A square is none of those that exist.
    case unknownSquare(Unicode.Scalar, column: Int)
    /// A header line is not `; key: value`.
    case malformedHeader
    /// No header line has this key.
    case unknownKey(String, nearest: String?)
    /// A key is given twice.
    case repeatedKey(String)
    /// A header's value is not accepted.
    case badValue(key: String, value: String, accepted: String)
    /// The map has no `S`.
    case noStart
    /// The map has no `G`.
    case noGoal
    /// No way leads from a start (counted from 1 in reading order) to a goal.
    case unreachableGoal(start: Int, column: Int)
  }

  /// The name of the file as the user gave it.
  public let file: String
  /// The line, counted from 1, where the problem is in one line.
  public let line: Int?
  /// What is wrong.
  public let problem: Problem

  /// A problem in a file, at a line counted from 1 where there is one.
  public init(file: String, line: Int? = nil, problem: Problem) {
    self.file = file
    self.line = line
    self.problem = problem
  }
}

extension MazeParseError: CustomStringConvertible {
  /// One line: file, line, what was found, what is accepted. Control characters are removed.
  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return "\(place): \(wording)".withoutControlCharacters
  }

  private var wording: String {
    switch problem {
    case .empty:
      "the file holds no maze; \(Self.squares)"
    case .binary:
      "not a text file; a maze is UTF-8 text, \(Self.squares)"
    case .tooWide(let columns):
      "the row has \(columns) columns; a maze has at most \(MazeParser.longestSide)"
    case .tooManyRows:
      "too many rows; a maze has at most \(MazeParser.longestSide)"
    case .tooManySquares(let rows, let columns):
      "\(columns) columns x \(rows) rows are \(rows * columns) squares; a maze has at most "
        + "\(MazeParser.mostSquares)"
    case .tooLong(let bytes):
      "the file has \(bytes) bytes; a maze file has at most \(MazeParser.mostBytes)"
    case .raggedRow(let columns, let expected):
      "the row has \(columns) column\(columns == 1 ? "" : "s"), expected \(expected) as in the "
        + "first row"
    case .unknownSquare(let scalar, let column):
      "unknown square \(Self.name(of: scalar)) in column \(column); \(Self.squares)"
    case .malformedHeader:
      "a header line is written '; key: value'"
    case .unknownKey(let key, let nearest):
      "unknown key '\(Self.shortened(key))'" + suggestion(of: nearest)
        + "; accepted are \(MazeParser.headerKeys.joined(separator: ", "))"
    case .repeatedKey(let key):
      "the key '\(Self.shortened(key))' is given twice"
    case .badValue(let key, let value, let accepted):
      "\(key) is '\(Self.shortened(value))', accepted is \(accepted)"
    case .noStart:
      "the maze has no start; mark at least one square with S"
    case .noGoal:
      "the maze has no goal; mark at least one square with G"
    case .unreachableGoal(let start, let column):
      "no way leads from start \(start) in column \(column) to a goal"
    }
  }

  private static let squares = "squares are # wall, . floor, S start, G goal, P pit"

  /// A text from the file, cut where it would fill the line.
  private static func shortened(_ text: String) -> String {
    text.count > 40 ? text.prefix(40) + "..." : text
  }

  /// A character in quotes; one that cannot be shown by its number.
  private static func name(of scalar: Unicode.Scalar) -> String {
    let isShown = scalar.isASCII ? scalar.value > 32 && scalar.value < 127 : !scalar.isControl
    if isShown { return "'\(scalar)'" }
    if scalar == " " { return "' ' (a space)" }
    if scalar == "\t" { return "U+0009 (a tab)" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
