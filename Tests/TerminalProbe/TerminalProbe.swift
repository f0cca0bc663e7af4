internal import CellCanvas
internal import CursesTerminal
internal import TestSupport

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A program for tests: shows every event it gets as text, and misbehaves on demand.
@main
struct TerminalProbe {
  private var log: [String] = []
  private var ink = Color(0x336699, ansi: 12)
  private var pairs = 0

  static func complain(_ text: String) {
    _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  }

  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    var options = TerminalOptions()
    options.isASCII = arguments.contains("ascii")
    options.usesMouse = !arguments.contains("no-mouse")
    let depths: [String: ColorDepth] = [
      "none": .none, "16": .ansi16, "256": .ansi256, "truecolor": .truecolor,
    ]
    options.colors = arguments.compactMap { depths[$0] }.first
    let terminal = CursesTerminal(options: options)
    do {
      try terminal.start()
    } catch {
      complain("\(error)\n")
      exit(2)
    }
    if let seed = arguments.compactMap({ Int($0) }).first(where: { $0 > 999 }) {
      showRandomFrames(terminal, seed: seed)
    } else {
      var probe = TerminalProbe()
      probe.run(terminal)
    }
    terminal.stop()
    print("left")
    exit(terminal.endingSignal.map { 128 + $0 } ?? 0)
  }

  /// A frame for every key, until `q`.
  private static func showRandomFrames(_ terminal: CursesTerminal, seed: Int) {
    let size = terminal.size
    var frames = RandomFrames(columns: size.columns, rows: size.rows, seed: seed)
    terminal.present(frames.canvas)
    while let event = terminal.nextEvent(timeoutMilliseconds: 10_000) {
      guard event == .key(.character("n")) else { return }
      frames.advance()
      terminal.present(frames.canvas)
    }
  }

  private mutating func run(_ terminal: CursesTerminal) {
    terminal.present(frame(terminal))
    while true {
      guard let event = terminal.nextEvent(timeoutMilliseconds: 10_000) else { continue }
      log.append("\(log.count) \(event)")
      switch event {
      case .interrupted, .hangUp: return
      case .key(.character("q")): return
      case .key(.character("!")): fatalError("the probe was told to crash")
      case .key(.character("$")): UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
      case .key(.character("e")): Self.complain("an error line\n")
      case .key(.character("=")):
        // Shows nothing, since nothing is to change.
        log.removeLast()
        for _ in 0..<100 { terminal.present(frame(terminal)) }
      case .key(.character("p")): pairs += 40_000
      case .key(.function(5)): OSCrash.onAnotherThread()
      default: break
      }
      terminal.present(frame(terminal))
    }
  }

  private func frame(_ terminal: CursesTerminal) -> Canvas {
    let size = terminal.size
    var canvas = Canvas(size: size, background: Style())
    let capabilities = terminal.capabilities
    canvas.text(
      "probe \(size.columns)x\(size.rows) \(capabilities.colors) \(capabilities.unicode ? "é─⣿" : "ascii")",
      x: 0, y: 0, style: Style(foreground: ink, attributes: .bold))
    for (row, line) in log.suffix(max(0, size.rows - 2)).enumerated() {
      canvas.text(line, x: 0, y: row + 1, style: Style())
    }
    for index in 0..<min(pairs, size.columns * 3) {
      let shade = Color(UInt32(truncatingIfNeeded: (index + pairs) * 61), ansi: 1)
      canvas.put(
        "x", x: index % size.columns, y: 8 + index / size.columns, style: Style(foreground: shade))
    }
    canvas.put("+", x: size.columns - 1, y: size.rows - 1, style: Style())
    return canvas
  }
}

/// A crash on a thread that is not the main one.
enum OSCrash {
  static func onAnotherThread() {
    #if canImport(Darwin)
      var thread: pthread_t?
      pthread_create(&thread, nil, { _ in fatalError("a thread crashed") }, nil)
    #else
      var thread = pthread_t()
      pthread_create(&thread, nil, { _ in fatalError("a thread crashed") }, nil)
    #endif
    sleep(5)
  }
}
