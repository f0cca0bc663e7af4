import TestSupport
import Testing

@Suite("Keys and mouse, in a pseudo-terminal", .serialized)
struct KeyTests {
  @Test(
    "What a terminal sends for a key arrives as that key",
    arguments: [
      ("\u{1B}[A", "key(CellCanvas.Key.up)"), ("\u{1B}OB", "key(CellCanvas.Key.down)"),
      ("\u{1B}OC", "key(CellCanvas.Key.right)"), ("\u{1B}OD", "key(CellCanvas.Key.left)"),
      ("\u{1B}", "key(CellCanvas.Key.escape)"), ("\r", "key(CellCanvas.Key.enter)"),
      ("\t", "key(CellCanvas.Key.tab)"), ("\u{1B}[Z", "key(CellCanvas.Key.backTab)"),
      ("\u{7F}", "key(CellCanvas.Key.backspace)"), ("\u{1B}[3~", "key(CellCanvas.Key.delete)"),
      ("\u{1B}OH", "key(CellCanvas.Key.home)"), ("\u{1B}[F", "key(CellCanvas.Key.end)"),
      ("\u{1B}[5~", "key(CellCanvas.Key.pageUp)"), ("\u{1B}[6~", "key(CellCanvas.Key.pageDown)"),
      ("\u{1B}OP", "key(CellCanvas.Key.function(1))"),
      ("\u{1B}[24~", "key(CellCanvas.Key.function(12))"),
      ("é", "key(CellCanvas.Key.character(\"é\"))"), ("λ", "key(CellCanvas.Key.character(\"λ\"))"),
      ("字", "key(CellCanvas.Key.character("), (" ", "key(CellCanvas.Key.character(\" \"))"),
      ("\u{10}", "key(CellCanvas.Key.control(\"p\"))"),
      ("\u{13}", "key(CellCanvas.Key.control(\"s\"))"),
      ("\u{1B}[<0;11;6M", "mouse(CellCanvas.Mouse(x: 10, y: 5, kind: CellCanvas.Mouse.Kind.press)"),
      (
        "\u{1B}[<64;250;6M",
        "mouse(CellCanvas.Mouse(x: 249, y: 5, kind: CellCanvas.Mouse.Kind.wheelUp)"
      ),
      (
        "\u{1B}[<65;1;1M",
        "mouse(CellCanvas.Mouse(x: 0, y: 0, kind: CellCanvas.Mouse.Kind.wheelDown)"
      ),
    ])
  func key(sent: String, event: String) throws {
    let terminal = try probe(columns: 300)
    try #require(terminal.wait(for: "probe"))
    terminal.send(sent)
    #expect(terminal.wait(for: "0 \(event)"), "\(terminal.screen.lines)")
  }

  @Test("A click is a press and a release")
  func click() throws {
    let terminal = try probe()
    try #require(terminal.wait(for: "probe"))
    terminal.send("\u{1B}[<0;11;6M\u{1B}[<0;11;6m")
    #expect(
      terminal.wait(for: "0 mouse(CellCanvas.Mouse(x: 10, y: 5, kind: CellCanvas.Mouse.Kind.press"))
    #expect(
      terminal.wait(
        for: "1 mouse(CellCanvas.Mouse(x: 10, y: 5, kind: CellCanvas.Mouse.Kind.release"))
    terminal.send("\u{1B}[<0;12;6M")
    #expect(
      terminal.wait(for: "2 mouse(CellCanvas.Mouse(x: 11, y: 5, kind: CellCanvas.Mouse.Kind.press"))
    terminal.send("\u{1B}[<0;12;6m")
    #expect(
      terminal.wait(
        for: "3 mouse(CellCanvas.Mouse(x: 11, y: 5, kind: CellCanvas.Mouse.Kind.release"))
    terminal.send(String(repeating: "\u{1B}[<65;3;2M", count: 3))
    #expect(terminal.wait(for: "6 mouse"), "\(terminal.screen.lines)")
  }

  @Test("Keys that arrive together arrive in order, and unknown sequences are left out")
  func burst() throws {
    let terminal = try probe()
    try #require(terminal.wait(for: "probe"))
    terminal.send("a\u{1B}[200~b\u{1B}[?1;2cé\u{1B}[Bc")
    #expect(terminal.wait(for: "4 key(CellCanvas.Key.character(\"c\"))"))
    let keys = terminal.screen.lines[1...5].map { $0.drop { $0 != "." }.dropFirst(5) }
    #expect(
      keys == [
        "character(\"a\"))", "character(\"b\"))", "character(\"é\"))", "down)", "character(\"c\"))",
      ])
  }
}
