import CellCanvas
import TestSupport
import Testing

@Suite("Canvas")
struct CanvasTests {
  private func canvas(_ columns: Int, _ rows: Int) -> Canvas {
    Canvas(size: Size(columns: columns, rows: rows), background: Style())
  }

  @Test("a cell takes at most 16 bytes")
  func cellSize() {
    #expect(MemoryLayout<Cell>.stride <= 16)
  }

  @Test("what lies outside is clipped")
  func clipping() {
    var canvas = canvas(4, 2)
    #expect(canvas.text("abcdef", x: -2, y: 0, style: Style()) == 6)
    canvas.text("xyz", x: 2, y: 1, style: Style())
    canvas.put("!", x: 0, y: 7, style: Style())
    canvas.fill(Rect(x: -5, y: -5, width: 6, height: 6), "#", style: Style())
    expectScreen(canvas, "#def\n  xy")
  }

  @Test("an empty frame accepts everything")
  func emptyFrame() {
    var canvas = canvas(0, 0)
    canvas.text("abc", x: 0, y: 0, style: Style())
    canvas.fill(Rect(x: 0, y: 0, width: 9, height: 9), "x", style: Style())
    canvas.restyle(canvas.bounds) { $0.attributes = .bold }
    #expect(canvas.plainText == [])
    #expect(canvas[0, 0] == Cell(" ", Style()))
  }

  @Test("every character takes one column: controls and marks none, wide ones a question mark")
  func width() {
    var canvas = canvas(12, 1)
    #expect(
      canvas.text("a\u{1b}[\u{7}\u{301}界\u{1F600}é\u{200b}z", x: 0, y: 0, style: Style()) == 6)
    expectScreen(canvas, "a[??éz")
    #expect("θ\u{307} λ-return".columnCount == 10)
    #expect("▶ ╭╮ ⣿ █ ∞ ² · … ẋ".columnCount == 18)
  }

  @Test("text stops at its greatest width")
  func maxWidth() {
    var canvas = canvas(8, 1)
    #expect(canvas.text("abcdef", x: 0, y: 0, style: Style(), maxWidth: 3) == 3)
    #expect(canvas.runs([("xy", Style()), ("zzz", Style())], x: 3, y: 0, maxWidth: 4) == 4)
    expectScreen(canvas, "abcxyzz")
  }

  @Test("text is cut with a mark")
  func truncation() {
    #expect("workers".truncated(to: 5, glyphs: .unicode) == "work…")
    #expect("workers".truncated(to: 7, glyphs: .unicode) == "workers")
    #expect("workers".truncated(to: 1, glyphs: .ascii) == "~")
    #expect("workers".truncated(to: 0, glyphs: .unicode) == "")
  }

  @Test("the changed runs turn the old frame into the new one, and are all that differs")
  func changes() {
    var generator = SystemIndependentGenerator(seed: 11)
    for _ in 0..<200 {
      let size = Size(
        columns: .random(in: 0...9, using: &generator), rows: .random(in: 0...5, using: &generator))
      var old = Canvas(size: size, background: Style())
      var new = old
      for _ in 0..<12 {
        let (x, y) = (
          Int.random(in: 0...9, using: &generator), Int.random(in: 0...5, using: &generator)
        )
        let style = Style(attributes: Bool.random(using: &generator) ? .bold : [])
        old.put("o", x: x, y: y, style: style)
        new.put(Bool.random(using: &generator) ? "o" : "n", x: x, y: y, style: style)
      }
      var differing = 0
      for y in 0..<size.rows {
        for x in 0..<size.columns where old[x, y] != new[x, y] { differing += 1 }
      }
      var written = 0
      for run in new.changes(from: old) {
        #expect(!run.cells.isEmpty && run.x + run.cells.count <= size.columns)
        written += run.cells.count
        for (offset, cell) in run.cells.enumerated() { old[run.x + offset, run.y] = cell }
      }
      #expect(old == new)
      #expect(written == differing)
    }
  }

  @Test("without an earlier frame of the same size every row is written")
  func firstFrame() {
    let frame = canvas(3, 2)
    #expect(frame.changes(from: nil).map(\.cells.count) == [3, 3])
    #expect(frame.changes(from: canvas(2, 2)).map(\.cells.count) == [3, 3])
    #expect(Array(frame.changes(from: frame)).isEmpty)
  }

  @Test("the recording terminal counts what changes and plays its events")
  func recordingTerminal() {
    let terminal = RecordingTerminal(
      size: Size(columns: 3, rows: 1),
      events: [.key(.character("q")), .resize(Size(columns: 5, rows: 2))])
    var frame = canvas(3, 1)
    terminal.present(frame)
    frame.put("x", x: 1, y: 0, style: Style())
    terminal.present(frame)
    terminal.present(frame)
    #expect(terminal.cellsWritten == [3, 1, 0])
    #expect(terminal.screen == [" x"])
    #expect(terminal.nextEvent(timeoutMilliseconds: 0) == .key(.character("q")))
    #expect(terminal.nextEvent(timeoutMilliseconds: 0) == .resize(Size(columns: 5, rows: 2)))
    #expect(terminal.size == Size(columns: 5, rows: 2))
    #expect(terminal.nextEvent(timeoutMilliseconds: 0) == nil)
  }

  @Test("the line difference names what is missing and what is too much")
  func lineDifferences() {
    #expect(lineDifference(expected: ["a  ", "b", ""], found: ["a", "b"]) == nil)
    #expect(lineDifference(expected: ["a", "b"], found: ["a", "c", "d"]) == "  a\n- b\n+ c\n+ d")
  }
}

@Suite("Rectangles")
struct RectTests {
  private let rect = Rect(x: 2, y: 1, width: 11, height: 7)

  @Test("weights share what fixed lengths leave, without a cell over")
  func splitting() {
    let parts = rect.columns([.fixed(3), .weight(1), .weight(2)], gap: 1)
    #expect(parts.map(\.x) == [2, 6, 9])
    #expect(parts.map(\.width) == [3, 2, 4])
    #expect(rect.rows([.weight(1), .weight(1), .weight(1)]).map(\.height) == [2, 3, 2])
  }

  @Test("where fixed lengths do not fit the last get less")
  func tooSmall() {
    #expect(rect.columns([.fixed(8), .fixed(8), .weight(1)]).map(\.width) == [8, 3, 0])
    let none = Rect(x: 0, y: 0, width: 0, height: 0)
    #expect(none.rows([.fixed(2), .weight(1)]).map(\.isEmpty) == [true, true])
    #expect(rect.columns([]).isEmpty)
  }

  @Test("parts at the edges and the rest make the whole")
  func edges() {
    #expect(rect.split(top: 2).rest == Rect(x: 2, y: 3, width: 11, height: 5))
    #expect(rect.split(bottom: 2).bottom == Rect(x: 2, y: 6, width: 11, height: 2))
    #expect(rect.split(right: 20).rest.isEmpty)
    #expect(rect.split(left: -3).left.isEmpty)
  }

  @Test("insets and intersections never get negative")
  func insets() {
    #expect(rect.inset(by: 1) == Rect(x: 3, y: 2, width: 9, height: 5))
    #expect(rect.inset(by: 4).isEmpty)
    #expect(
      rect.intersection(Rect(x: 10, y: 0, width: 9, height: 3))
        == Rect(x: 10, y: 1, width: 3, height: 2))
    #expect(rect.intersection(Rect(x: 50, y: 50, width: 9, height: 3)).isEmpty)
    #expect(rect.contains(x: 12, y: 7) && !rect.contains(x: 13, y: 7))
  }
}
