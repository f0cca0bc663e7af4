import TestSupport
import Testing

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
      ["TERM": String(repeating: "x", count: 5000)]: "unknown terminal type",
      ["TERM": "a\u{1B}[2Jb/../c"]: "'a[2Jb/../c'",
    ])
  func refusal(variables: [String: String], says: String) throws {
    let terminal = try probe([], columns: 200, variables)
    #expect(terminal.waitForEnd() == .status(2))
    let lines = terminal.screen.lines.filter { !$0.isEmpty }
    #expect(lines.count == 1 && lines[0].contains(says), "\(lines)")
    #expect(!terminal.output.contains(27))
    #expect(terminal.modes == terminal.initialModes)
  }
}
