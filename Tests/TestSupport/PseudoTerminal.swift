#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A program running in a terminal of its own, with somebody at the keys and somebody looking.
///
/// Output is read whenever something is waited for; waits end at a deadline, which is generous, as
/// it only says when to give up.
public final class PseudoTerminal {
  /// How the program ended.
  public enum End: Equatable, Sendable {
    /// With an exit status.
    case status(Int32)
    /// By a signal.
    case signal(Int32)
  }

  /// The terminal could not be made or the program not be started.
  public struct Failure: Error {
    /// What failed.
    public let what: String
    /// The system's error number.
    public let code: Int32
  }

  /// What is on the screen.
  public private(set) var screen: ScreenEmulator
  /// All that was written, in order.
  public private(set) var output: [UInt8] = []
  /// The terminal's modes before the program began.
  public let initialModes: [UInt]
  /// The program's process number.
  public let process: Int32

  private var master: Int32
  private let slave: Int32
  private var end: End?

  /// Starts a program as the leader of a session whose terminal has a size.
  ///
  /// - Parameters:
  ///   - program: Path of the program.
  ///   - arguments: Its arguments, without its name.
  ///   - environment: All of its environment.
  /// - Throws: `Failure` when the system refuses.
  public init(
    _ program: String, _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
    environment: [String: String] = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]
  ) throws {
    screen = ScreenEmulator(columns: columns, rows: rows)
    var ends: (master: Int32, slave: Int32) = (-1, -1)
    guard openpty(&ends.master, &ends.slave, nil, nil, nil) == 0 else {
      throw Failure(what: "pseudo-terminal", code: errno)
    }
    let path = try PseudoTerminal.path(of: ends.slave)
    _ = fcntl(ends.master, F_SETFD, FD_CLOEXEC)
    _ = fcntl(ends.slave, F_SETFD, FD_CLOEXEC)
    (master, slave) = (ends.master, ends.slave)
    PseudoTerminal.setSize(of: master, columns, rows)
    initialModes = PseudoTerminal.modes(of: slave)
    process = try PseudoTerminal.spawn(program, arguments, environment, path)
  }

  /// The terminal's path, into memory of our own: tests run side by side.
  private static func path(of terminal: Int32) throws -> String {
    var name = [CChar](repeating: 0, count: 256)
    let code = ttyname_r(terminal, &name, name.count)
    guard code == 0 else { throw Failure(what: "pseudo-terminal", code: code) }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    if end == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    if master >= 0 { close(master) }
    close(slave)
  }

  /// Presses keys: the bytes a terminal would send.
  public func send(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
  }

  /// Changes the size of the window.
  public func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    PseudoTerminal.setSize(of: master, columns, rows)
  }

  /// Sends the program a signal.
  public func signal(_ number: Int32) { kill(process, number) }

  /// Closes the terminal's window.
  public func hangUp() {
    close(master)
    master = -1
  }

  /// Reads until a condition holds; false when the deadline has passed or the program has ended first.
  @discardableResult
  public func wait(seconds: Double = 20, until isMet: (PseudoTerminal) -> Bool) -> Bool {
    let deadline = PseudoTerminal.now + seconds
    while !isMet(self) {
      if PseudoTerminal.now > deadline { return false }
      if !read(milliseconds: 20), hasEnded, !read(milliseconds: 0) { return isMet(self) }
    }
    return true
  }

  /// Reads until the screen shows a text.
  @discardableResult
  public func wait(for text: String, seconds: Double = 20) -> Bool {
    wait(seconds: seconds) { $0.screen.lines.contains { $0.contains(text) } }
  }

  /// Reads until nothing has come for a time.
  public func settle(seconds: Double = 0.2) {
    while read(milliseconds: Int32(seconds * 1000)) {}
  }

  /// Reads until the program has ended; nil when the deadline has passed.
  public func waitForEnd(seconds: Double = 20) -> End? {
    wait(seconds: seconds) { $0.hasEnded }
    while read(milliseconds: 0) {}
    return end
  }

  /// Reads until the program has been stopped, as by Ctrl-Z.
  public func waitForStop(seconds: Double = 20) -> Bool {
    wait(seconds: seconds) { terminal in
      var status: Int32 = 0
      return waitpid(terminal.process, &status, WNOHANG | WUNTRACED) == terminal.process
        && status & 0xFF == 0x7F
    }
  }

  /// The terminal's modes now, to be compared.
  public var modes: [UInt] {
    PseudoTerminal.modes(of: slave)
  }

  private var hasEnded: Bool {
    if end != nil { return true }
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return false }
    let number = status & 0x7F
    end = number == 0 ? .status(status >> 8 & 0xFF) : .signal(number)
    return true
  }

  /// Whether something was read.
  private func read(milliseconds: Int32) -> Bool {
    var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, milliseconds) > 0, polled.revents & Int16(POLLIN) != 0 else {
      return false
    }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = bytes.withUnsafeMutableBytes { systemRead(master, $0.baseAddress, $0.count) }
    guard count > 0 else { return false }
    output += bytes[..<count]
    screen.feed(bytes[..<count])
    return true
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func modes(of terminal: Int32) -> [UInt] {
    var modes = termios()
    tcgetattr(terminal, &modes)
    let characters = withUnsafeBytes(of: modes.c_cc) { $0.map { UInt($0) } }
    return [
      UInt(modes.c_iflag), UInt(modes.c_oflag), UInt(modes.c_cflag), UInt(modes.c_lflag),
    ] + characters
  }

  private static func setSize(of terminal: Int32, _ columns: Int, _ rows: Int) {
    var size = winsize()
    size.ws_col = UInt16(columns)
    size.ws_row = UInt16(rows)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
  }
}

private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, bytes, count)
}
