import Foundation
import TestSupport
import Testing

@Suite("The terminal, in a pseudo-terminal", .serialized)
struct TerminalTests {
  @Test("Leaving restores modes, first screen, cursor, keypad and mouse")
  func leaving() throws {
    let terminal = try probe()
    try #require(terminal.wait(for: "probe 80x24"))
    #expect(terminal.screen.isAlternate)
    #expect(!terminal.screen.showsCursor)
    #expect(terminal.screen.modes.isSuperset(of: [1000, 1006]))
    #expect(terminal.modes != terminal.initialModes)
    terminal.send("q")
    #expect(terminal.waitForEnd() == .status(0))
    expectRestored(terminal)
    #expect(terminal.screen.lines.contains("left"))
  }

  @Test(
    "A signal that asks to leave is an event, and the terminal is restored",
    arguments: [SIGINT, SIGTERM])
  func signals(number: Int32) throws {
    let terminal = try probe()
    try #require(terminal.wait(for: "probe"))
    terminal.signal(number)
    #expect(terminal.waitForEnd() == .status(128 + number))
    expectRestored(terminal)
  }

  @Test("Ctrl-C is SIGINT")
  func controlC() throws {
    let terminal = try probe()
    try #require(terminal.wait(for: "probe"))
    terminal.send("\u{3}")
    #expect(terminal.waitForEnd() == .status(130))
    expectRestored(terminal)
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
    try #require(terminal.wait(for: "probe"))
    terminal.send(key)
    let end = terminal.waitForEnd()
    #expect([.signal(SIGILL), .signal(SIGTRAP), .signal(SIGSEGV), .signal(SIGBUS)].contains(end))
    expectRestored(terminal)
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

  @Test("Keys come from the terminal of the output where the input is something else")
  func otherInput() throws {
    let command = "'\(builtProgram("TerminalProbe"))' </dev/null"
    let terminal = try PseudoTerminal("/bin/sh", ["-c", command])
    try #require(terminal.wait(for: "probe"))
    terminal.send("q")
    #expect(terminal.waitForEnd() == .status(0))
    expectRestored(terminal)
  }

  @Test("Nothing is written when nothing has changed")
  func quiet() throws {
    let terminal = try probe()
    try #require(terminal.wait { $0.screen[79, 23].scalar == "+" })
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
    try #require(terminal.wait(for: "probe"))
    terminal.send("\u{1A}")
    try #require(terminal.wait(for: "stopped \(128 + SIGTSTP)"))
    expectRestored(terminal)
    terminal.send("\n")
    #expect(terminal.wait(for: "resumed"))
    #expect(terminal.wait(for: "probe"))
    #expect(terminal.screen.isAlternate && !terminal.screen.showsCursor)
    terminal.send("q")
    #expect(terminal.waitForEnd() == .status(0))
    #expect(terminal.screen.lines.contains("ended 0"))
    expectRestored(terminal)
  }

  @Test("Stopped and continued from outside, the terminal is taken over again")
  func stopping() throws {
    let terminal = try probe()
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
    expectRestored(terminal)
  }

  private func expectRestored(_ terminal: PseudoTerminal) {
    #expect(terminal.modes == terminal.initialModes)
    #expect(!terminal.screen.isAlternate)
    #expect(terminal.screen.showsCursor)
    #expect(!terminal.screen.isKeypadOn)
    #expect(terminal.screen.modes.isDisjoint(with: [1000, 1002, 1003, 1006]))
  }
}
