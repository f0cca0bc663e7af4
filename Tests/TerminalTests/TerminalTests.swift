import Foundation
import TestSupport
import Testing

/// The probe in a pseudo-terminal.
private func probe(
  _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
  _ variables: [String: String] = [:]
) throws -> PseudoTerminal {
  var environment = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
  environment.merge(variables) { $1 }
  return try PseudoTerminal(
    builtProgram("TerminalProbe"), arguments, columns: columns, rows: rows,
    environment: environment.filter { !$0.value.isEmpty })
}

@Suite("The terminal, in a pseudo-terminal", .serialized)
struct TerminalTests {
  @Test("Leaving restores modes, first screen, cursor, keypad and mouse")
  func leaving() throws {
    let terminal = try probe()
    let before = terminal.modes
    try #require(terminal.wait(for: "probe 80x24"))
    #expect(terminal.screen.isAlternate)
    #expect(!terminal.screen.showsCursor)
    #expect(terminal.screen.modes.isSuperset(of: [1000, 1006]))
    #expect(terminal.modes != before)
    terminal.send("q")
    #expect(terminal.waitForEnd() == .status(0))
    expectRestored(terminal, before)
    #expect(terminal.screen.lines.contains("left"))
  }

  @Test(
    "A signal that asks to leave is an event, and the terminal is restored",
    arguments: [SIGINT, SIGTERM])
  func signals(number: Int32) throws {
    let terminal = try probe()
    let before = terminal.modes
    try #require(terminal.wait(for: "probe"))
    terminal.signal(number)
    #expect(terminal.waitForEnd() == .status(128 + number))
    expectRestored(terminal, before)
  }

  @Test("Ctrl-C is SIGINT")
  func controlC() throws {
    let terminal = try probe()
    let before = terminal.modes
    try #require(terminal.wait(for: "probe"))
    terminal.send("\u{3}")
    #expect(terminal.waitForEnd() == .status(130))
    expectRestored(terminal, before)
  }

  @Test("A closed window ends the program")
  func hangUp() throws {
    let terminal = try probe()
    try #require(terminal.wait(for: "probe"))
    terminal.hangUp()
    #expect(terminal.waitForEnd() == .status(129))
  }

  @Test(
    "A crash restores the terminal, says what happened, and stays a crash",
    arguments: ["!": "told to crash", "\u{1B}[15~": "a thread crashed", "$": ""])
  func crash(key: String, says: String) throws {
    let terminal = try probe()
    let before = terminal.modes
    try #require(terminal.wait(for: "probe"))
    terminal.send(key)
    let end = terminal.waitForEnd()
    #expect([.signal(SIGILL), .signal(SIGTRAP), .signal(SIGSEGV), .signal(SIGBUS)].contains(end))
    expectRestored(terminal, before)
    #expect(says.isEmpty || terminal.screen.lines.joined(separator: " ").contains(says))
  }

  @Test("Standard error does not write over the screen and is not lost")
  func standardError() throws {
    let terminal = try probe()
    try #require(terminal.wait(for: "probe"))
    terminal.send("e")
    try #require(terminal.wait(for: "character(\"e\")"))
    #expect(!terminal.screen.lines.contains { $0.contains("an error line") })
    terminal.send("q")
    #expect(terminal.waitForEnd() == .status(0))
    #expect(terminal.screen.lines.contains("an error line"))
  }

  @Test("Nothing is written when nothing has changed")
  func quiet() throws {
    let terminal = try probe()
    try #require(terminal.wait(for: "probe"))
    terminal.settle()
    let count = terminal.output.count
    terminal.send("=")
    terminal.settle(seconds: 0.3)
    #expect(terminal.output.count == count)
  }

  @Test(
    "A window that grows or shrinks is drawn at its size", arguments: [(100, 40), (30, 7), (1, 1)])
  func resize(columns: Int, rows: Int) throws {
    let terminal = try probe()
    try #require(terminal.wait(for: "probe 80x24"))
    terminal.resize(columns: columns, rows: rows)
    let corner: (PseudoTerminal) -> Bool = { $0.screen[columns - 1, rows - 1].scalar == "+" }
    #expect(terminal.wait(until: corner))
    #expect(columns < 20 || terminal.wait(for: "probe \(columns)x\(rows)"))
    terminal.resize(columns: 80, rows: 24)
    #expect(terminal.wait(for: "probe 80x24"))
    terminal.send("q")
    #expect(terminal.waitForEnd() == .status(0))
  }

  @Test("Ctrl-Z gives the terminal back to the shell, and coming back draws everything again")
  func suspension() throws {
    let script = "'\(builtProgram("TerminalProbe"))'; echo stopped $?; read line; fg; echo ended $?"
    let terminal = try PseudoTerminal("/bin/sh", ["-mc", script])
    let before = terminal.modes
    try #require(terminal.wait(for: "probe"))
    terminal.send("\u{1A}")
    try #require(terminal.wait(for: "stopped \(128 + SIGTSTP)"))
    expectRestored(terminal, before)
    terminal.send("\n")
    #expect(terminal.wait(for: "resumed"))
    #expect(terminal.wait(for: "probe"))
    #expect(terminal.screen.isAlternate && !terminal.screen.showsCursor)
    terminal.send("q")
    #expect(terminal.waitForEnd() == .status(0))
    #expect(terminal.screen.lines.contains("ended 0"))
    expectRestored(terminal, before)
  }

  @Test("Stopped and continued from outside, the terminal is taken over again")
  func stopping() throws {
    let terminal = try probe()
    let before = terminal.modes
    try #require(terminal.wait(for: "probe"))
    // Nobody would continue a session's leader: Ctrl-Z does not stop it.
    terminal.send("\u{1A}")
    #expect(terminal.wait(for: "resumed"))
    terminal.signal(SIGSTOP)
    #expect(terminal.waitForStop())
    terminal.signal(SIGCONT)
    #expect(terminal.wait { $0.screen.lines.count { $0.contains("resumed") } == 2 })
    terminal.send("q")
    #expect(terminal.waitForEnd() == .status(0))
    expectRestored(terminal, before)
  }

  private func expectRestored(_ terminal: PseudoTerminal, _ modes: [UInt]) {
    #expect(terminal.modes == modes)
    #expect(!terminal.screen.isAlternate)
    #expect(terminal.screen.showsCursor)
    #expect(!terminal.screen.isKeypadOn)
    #expect(terminal.screen.modes.isDisjoint(with: [1000, 1002, 1003, 1006]))
  }
}

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

@Suite("Colours and character sets, in a pseudo-terminal", .serialized)
struct CapabilityTests {
  @Test(
    "As many colours are used as the terminal has and the person wants",
    arguments: [
      (["x"], ["COLORTERM": "truecolor"], "truecolor", ScreenEmulator.Ink.rgb(0x336699)),
      (["x"], ["COLORTERM": "24bit", "TERM": "tmux-256color"], "truecolor", .rgb(0x336699)),
      (["x"], ["COLORTERM": "truecolor", "TERM": "screen-256color"], "ansi256", .palette(60)),
      (["x"], [:], "ansi256", .palette(60)),
      (["x"], ["TERM": "xterm"], "ansi16", .palette(4)),
      (["x"], ["NO_COLOR": "1"], "none", .own),
      (["x"], ["TERM": "vt100"], "none", .own),
      (["256"], ["NO_COLOR": "1"], "ansi256", .palette(60)),
      (["truecolor"], ["TERM": "xterm"], "truecolor", .rgb(0x336699)),
      (["256"], ["TERM": "xterm"], "ansi256", .palette(60)),
      (["16"], ["TERM": "xterm"], "ansi16", .palette(12)),
      (["16"], ["COLORTERM": "truecolor"], "ansi16", .palette(12)),
      (["none"], ["COLORTERM": "truecolor"], "none", .own),
    ])
  func colors(
    arguments: [String], variables: [String: String], name: String, ink: ScreenEmulator.Ink
  ) throws {
    let terminal = try probe(arguments, variables)
    #expect(terminal.wait(for: "probe 80x24 \(name) "), "\(terminal.screen.lines.first ?? "")")
    #expect(terminal.screen[0, 0].foreground == ink)
    #expect(terminal.screen[0, 0].marks == [1])
  }

  @Test("Pairs of colours that run out are handed out afresh")
  func pairs() throws {
    let terminal = try probe(["256"], columns: 240, ["TERM": "xterm-256color"])
    try #require(terminal.wait(for: "probe"))
    for round in 0..<4 {
      terminal.send("p")
      #expect(terminal.wait(for: "\(round) key"))
    }
    terminal.send("q")
    #expect(terminal.waitForEnd() == .status(0))
  }

  @Test(
    "Glyphs are Unicode in a UTF-8 locale, ASCII elsewhere or when asked for",
    arguments: [
      ([], ["LC_ALL": "C.UTF-8"], "é─⣿"), ([], ["LC_ALL": "C"], "ascii"),
      (["ascii"], ["LC_ALL": "C.UTF-8"], "ascii"), ([], ["LC_ALL": ""], "ascii"),
      ([], ["LC_ALL": "xx_XX.UTF-8"], "é─⣿"),
    ])
  func glyphs(arguments: [String], variables: [String: String], shown: String) throws {
    let terminal = try probe(arguments, variables)
    #expect(terminal.wait(for: shown))
  }

  @Test(
    "A terminal that cannot be used is refused in one line, before anything is drawn",
    arguments: [
      ["TERM": ""]: "TERM is not set", ["TERM": "no-such-type"]: "'no-such-type'",
      ["TERM": "dumb"]: "'dumb'",
    ])
  func refusal(variables: [String: String], says: String) throws {
    let terminal = try probe([], columns: 200, variables)
    let before = terminal.modes
    #expect(terminal.waitForEnd() == .status(2))
    let lines = terminal.screen.lines.filter { !$0.isEmpty }
    #expect(lines.count == 1 && lines[0].contains(says), "\(lines)")
    #expect(!terminal.output.contains(27))
    #expect(terminal.modes == before)
  }
}
