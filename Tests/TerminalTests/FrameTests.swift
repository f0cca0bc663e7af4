import CellCanvas
import TestSupport
import Testing

@Suite("Frames, in a pseudo-terminal", .serialized)
struct FrameTests {
  @Test(
    "What is on the screen is the frame, cell by cell, after any sequence of changes",
    arguments: [(1001, 80, 24), (1002, 37, 11), (1003, 120, 36), (1004, 1, 5), (1005, 5, 1)])
  func fidelity(seed: Int, columns: Int, rows: Int) throws {
    let terminal = try probe(["truecolor", "\(seed)"], columns: columns, rows: rows)
    var frames = RandomFrames(columns: columns, rows: rows, seed: seed)
    try #require(terminal.wait { $0.screen.isAlternate })
    for round in 0..<40 {
      terminal.send("n")
      frames.advance()
      let wanted = expected(frames.canvas)
      let isShown = terminal.wait { shown($0.screen) == wanted }
      let found = shown(terminal.screen)
      let differing = wanted.indices.filter { found[$0] != wanted[$0] }
        .map { "\($0): \(found[$0]) for \(wanted[$0])" }
      try #require(isShown, "round \(round): \(differing.prefix(5))")
    }
    terminal.send("q")
    #expect(terminal.waitForEnd() == .status(0))
  }

  /// What can be seen of a cell: nothing of the ink on a blank.
  private struct Seen: Equatable {
    var scalar: Unicode.Scalar
    var foreground: ScreenEmulator.Ink?
    var background: ScreenEmulator.Ink
    var marks: [Int]

    init(_ place: ScreenEmulator.Place) {
      let hidesInk = place.scalar == " " && place.marks.isDisjoint(with: [4, 7])
      scalar = place.scalar
      foreground = hidesInk ? nil : place.foreground
      background = place.background
      marks = hidesInk ? [] : place.marks.sorted()
    }
  }

  private func expected(_ canvas: Canvas) -> [Seen] {
    canvas.cells.map { cell in
      var place = ScreenEmulator.Place()
      place.scalar = cell.scalar
      place.foreground = ink(cell.style.foreground)
      place.background = ink(cell.style.background)
      let numbers: [(Attributes, Int)] = [(.bold, 1), (.dim, 2), (.underline, 4), (.reverse, 7)]
      for (mark, number) in numbers where cell.style.attributes.contains(mark) {
        place.marks.insert(number)
      }
      return Seen(place)
    }
  }

  private func shown(_ screen: ScreenEmulator) -> [Seen] {
    (0..<(screen.columns * screen.rows)).map { index in
      Seen(screen[index % screen.columns, index / screen.columns])
    }
  }

  /// Colour numbers below 8 would mean the palette: black is drawn as nearly black.
  private func ink(_ color: Color) -> ScreenEmulator.Ink {
    color.isTerminalDefault ? .own : .rgb(max(8, Int(color.hex)))
  }
}
