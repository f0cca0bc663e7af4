import Environments
import Scenes
import Testing

@Suite("Maze files")
struct MazeParserTests {
  private func parse(_ text: String) throws -> MazeDefinition {
    try MazeParser.parse(Array(text.utf8), file: "my.txt")
  }

  @Test("A plain map gets the default rules")
  func plainMap() throws {
    let definition = try parse("#SP\nG.#\n")
    #expect(definition.map.squares == [.wall, .start, .pit, .goal, .floor, .wall])
    #expect(definition.map.rows == 2)
    #expect(definition.map.columns == 3)
    #expect(definition.configuration == MazeConfiguration())
    #expect(definition.configuration.stepReward == -0.01)
    #expect(definition.title == nil)
  }

  @Test("A header gives title, summary and rules")
  func header() throws {
    let definition = try parse(
      """
      ; title: Two: rooms
      ; summary: walk
      ;slip:0.2
      ; slip-model: uniform
      ;  step-reward:  -0.04\u{20}
      ; step-limit: 77

      S.G
      """)
    #expect(definition.title == "Two: rooms")
    #expect(definition.summary == "walk")
    #expect(
      definition.configuration
        == MazeConfiguration(stepReward: -0.04, slip: 0.2, slipModel: .uniform, stepLimit: 77))
  }

  @Test("Line ends of either kind, a byte-order mark and empty lines at the end are accepted")
  func lineEnds() throws {
    let expected = try parse("S.\n.G").map
    for text in ["S.\n.G\n", "S.\r\n.G\r\n", "S.\r\n.G", "\u{FEFF}S.\n.G\n", "\nS.\n.G\n\n\r\n"] {
      #expect(try parse(text).map == expected)
    }
  }

  private static let squares = "squares are # wall, . floor, S start, G goal, P pit"
  private static let keys = "title, summary, step-reward, slip, slip-model, step-limit"

  private static let mistakes: [(String, String)] = [
    ("", "my.txt: the file holds no maze; \(squares)"),
    ("\n\n", "my.txt: the file holds no maze; \(squares)"),
    ("; slip: 0.1\n", "my.txt: the file holds no maze; \(squares)"),
    ("S.\u{0}G", "my.txt: not a text file; a maze is UTF-8 text, \(squares)"),
    ("...\n..G", "my.txt: the maze has no start; mark at least one square with S"),
    ("S..\n...", "my.txt: the maze has no goal; mark at least one square with G"),
    ("S..\n....\n..G", "my.txt:2: the row has 4 columns, expected 3 as in the first row"),
    ("; slip: 0\nS..\n.\n..G", "my.txt:3: the row has 1 column, expected 3 as in the first row"),
    ("S..\n\n..G", "my.txt:2: the row has 0 columns, expected 3 as in the first row"),
    ("S..\n.x.\n..G", "my.txt:2: unknown square 'x' in column 2; \(squares)"),
    ("S..\n..é\n..G", "my.txt:2: unknown square 'é' in column 3; \(squares)"),
    ("S. \n..G", "my.txt:1: unknown square ' ' (a space) in column 3; \(squares)"),
    ("S\t.", "my.txt:1: unknown square U+0009 (a tab) in column 2; \(squares)"),
    ("S\u{1B}[31mG", "my.txt:1: unknown square U+001B in column 2; \(squares)"),
    ("S.G\n; slip: 0.1", "my.txt:2: unknown square ';' in column 1; \(squares)"),
    ("S.G\n###\nS.#", "my.txt:3: no way leads from start 2 in column 1 to a goal"),
    ("; slip: 0\nS#G", "my.txt:2: no way leads from start 1 in column 1 to a goal"),
    ("SPG", "my.txt:1: no way leads from start 1 in column 1 to a goal"),
    ("; slip 0.1\nSG", "my.txt:1: a header line is written '; key: value'"),
    (
      "; slp: 0.1\nSG",
      "my.txt:1: unknown key 'slp' (did you mean 'slip'?); accepted are \(keys)"
    ),
    (
      "; step_reward: 0.1\nSG",
      "my.txt:1: unknown key 'step_reward' (did you mean 'step-reward'?); accepted are \(keys)"
    ),
    ("; colour: red\nSG", "my.txt:1: unknown key 'colour'; accepted are \(keys)"),
    ("; slip: 0\n; slip: 0.1\nSG", "my.txt:2: the key 'slip' is given twice"),
    ("; slip: 2\nSG", "my.txt:1: slip is '2', accepted is a probability from 0 to 1"),
    (
      "; slip: \(String(repeating: "7", count: 500_000))\nSG",
      "my.txt:1: slip is '\(String(repeating: "7", count: 40))...', "
        + "accepted is a probability from 0 to 1"
    ),
    ("; slip: nan\nSG", "my.txt:1: slip is 'nan', accepted is a probability from 0 to 1"),
    (
      "; step-reward: inf\nSG",
      "my.txt:1: step-reward is 'inf', accepted is a finite number from -1e6 to 1e6"
    ),
    (
      "; step-reward: 1e7\nSG",
      "my.txt:1: step-reward is '1e7', accepted is a finite number from -1e6 to 1e6"
    ),
    (
      "; slip-model: icy\nSG",
      "my.txt:1: slip-model is 'icy', accepted is perpendicular or uniform"
    ),
    (
      "; step-limit: 0\nSG",
      "my.txt:1: step-limit is '0', accepted is a whole number from 1 to 1000000000"
    ),
  ]

  @Test("Every mistake is told in one line that names file, line and what is accepted")
  func wordings() {
    for (text, message) in Self.mistakes {
      let error = #expect(throws: MazeParseError.self, "\(message)") { try parse(text) }
      #expect(error?.description == message)
    }
  }

  @Test("Bytes that are not UTF-8 are no text")
  func binary() {
    let error = #expect(throws: MazeParseError.self) {
      try MazeParser.parse([0x53, 0xFF, 0x47], file: "my.txt")
    }
    #expect(error?.problem == .binary)
  }

  @Test("A maze is at most 1000 squares long and wide, and has at most 40 000 of them")
  func sizes() throws {
    func map(rows: Int, columns: Int) -> String {
      let row = String(repeating: ".", count: columns)
      return "S" + row.dropFirst() + "\n" + String(repeating: row + "\n", count: rows - 2)
        + row.dropLast() + "G\n"
    }
    #expect(try parse(map(rows: 40, columns: 1000)).map.squares.count == 40_000)
    #expect(try parse(map(rows: 1000, columns: 40)).map.squares.count == 40_000)
    let tooLarge: [(Int, Int, String)] = [
      (2, 1001, "my.txt:1: the row has 1001 columns; a maze has at most 1000"),
      (1001, 2, "my.txt:1001: too many rows; a maze has at most 1000"),
      (
        300, 200,
        "my.txt:201: 200 columns x 201 rows are 40200 squares; a maze has at most 40000"
      ),
    ]
    for (rows, columns, message) in tooLarge {
      let error = #expect(throws: MazeParseError.self) {
        try parse(map(rows: rows, columns: columns))
      }
      #expect(error?.description == message)
    }
  }

  @Test("A huge file is refused from its beginning")
  func hugeFiles() {
    var bytes = [UInt8](repeating: UInt8(ascii: "."), count: 10_000 * 1001)
    for line in 1...1000 { bytes[10_001 * line - line - 1] = UInt8(ascii: "\n") }
    let wide = #expect(throws: MazeParseError.self) {
      try MazeParser.parse(bytes, file: "my.txt")
    }
    #expect(wide?.problem == .tooWide(columns: 9_999))
    let empty = [UInt8](repeating: UInt8(ascii: "\n"), count: MazeParser.mostBytes + 1)
    let long = #expect(throws: MazeParseError.self) {
      try MazeParser.parse(empty, file: "my.txt")
    }
    #expect(
      long?.description == "my.txt: the file has 1048577 bytes; a maze file has at most 1048576")
  }

  @Test("The name of a file and its texts are shown without their control characters")
  func controlCharacters() throws {
    #expect(try parse("; title: a\u{1B}[31m\u{202E}b\nSG").title == "a[31mb")
    let error = MazeParseError(file: "a\u{1B}[2Jb\n.txt", line: 3, problem: .noStart)
    #expect(
      error.description
        == "a[2Jb.txt:3: the maze has no start; mark at least one square with S")
  }
}
