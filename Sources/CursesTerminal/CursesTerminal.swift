internal import CNcurses
public import CellCanvas

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The terminal the program was started in, by way of ncurses.
///
/// One at a time, and used on the main thread only. Between `start` and `stop` standard error is
/// held back where it is a terminal, so that nothing writes over the screen; SIGINT, SIGTERM,
/// SIGHUP, SIGTSTP, SIGCONT and SIGWINCH become events; and a crash gives the terminal back first.
public final class CursesTerminal: Terminal {
  /// Colours and glyphs; settled by `start`.
  public private(set) var capabilities = TerminalCapabilities(colors: .none, unicode: false)
  /// The signal that asked the program to end (SIGINT, SIGTERM, SIGHUP), if one did; by convention
  /// its exit status is 128 and this number.
  public private(set) var endingSignal: Int32?

  private let options: TerminalOptions
  private var output: Int32 = STDOUT_FILENO
  private var ownInput: Int32?
  private var isOpen = false
  var isLeft = false
  private var isGone = false
  private var pairs = ColorPairs(depth: .none, colors: 0, pairs: 0, hasDefaultColors: false)
  private var shown: Canvas?
  private var decoder = KeyDecoder()
  private var pending: [TerminalEvent] = []

  /// A terminal that has not been touched yet.
  public init(options: TerminalOptions = TerminalOptions()) {
    self.options = options
  }

  deinit {
    if isOpen { stop() }
  }

  /// Columns and rows now; 0x0 before `start`.
  public var size: Size {
    guard isOpen else { return Size(columns: 0, rows: 0) }
    return Size(columns: Int(screen_columns()), rows: Int(screen_rows()))
  }

  /// Takes the terminal over: second screen, keys one by one, no cursor.
  ///
  /// To be called before other threads read the environment.
  ///
  /// - Throws: `TerminalError` when it cannot be used; nothing has been written then.
  public func start() throws(TerminalError) {
    guard !isOpen else { return }
    guard let name = CursesTerminal.variable("TERM"), !name.isEmpty else { throw .typeNotSet }
    let described = try CursesTerminal.colors(ofType: name)
    let input = try input()
    let unicode = screen_set_locale() && !options.isASCII
    let plan = ColorPlan(
      asked: options.colors, name: name, colors: described,
      hasWideColors: screen_has_wide_colors(), variable: CursesTerminal.variable)
    guard guard_begin(input, output) else { throw .refused }
    guard open(name, plan, input) else {
      guard_end()
      throw .refused
    }
    isOpen = true
    let colors = Int(screen_colors())
    let depth = plan.depth == .none || colors < 8 ? .none : plan.depth
    capabilities = TerminalCapabilities(colors: depth, unicode: unicode)
    pairs = ColorPairs(
      depth: depth, colors: colors, pairs: Int(screen_pairs()),
      hasDefaultColors: screen_has_default_colors())
    rememberRestoration()
  }

  /// Gives the terminal back as it was. Harmless when repeated.
  public func stop() {
    guard isOpen else { return }
    isOpen = false
    isLeft = false
    shown = nil
    pending = []
    screen_close()
    guard_end()
    if let ownInput { close(ownInput) }
    ownInput = nil
  }

  /// Ends a wait in `nextEvent`, the present one or the next. From any thread.
  public static func wake() { guard_wake() }

  /// Writes what differs from the frame before; nothing at all where nothing does.
  public func present(_ canvas: Canvas) {
    guard isOpen, !isLeft, !isGone else { return }
    if shown?.size != canvas.size { screen_erase() }
    var isChanged = shown == nil
    var isComplete = true
    for run in canvas.changes(from: shown) {
      isChanged = true
      isComplete = put(run) && isComplete
    }
    if !isComplete {
      // All pairs are taken: those of this frame are handed out afresh.
      pairs.reset()
      screen_repaint()
      for run in canvas.changes(from: nil) { _ = put(run) }
    }
    shown = canvas
    if isChanged { screen_flush() }
  }

  /// The next key, click, signal or change of size; nil when there was none in time or after `wake`.
  ///
  /// After `suspended` the next call stops the process; it returns `resumed` once it goes on.
  ///
  /// - Parameter timeoutMilliseconds: The longest wait; 0 asks only for what is there, a negative
  ///   number waits for ever.
  public func nextEvent(timeoutMilliseconds: Int) -> TerminalEvent? {
    guard isOpen else { return nil }
    if isGone { return .hangUp }
    if isLeft { return sleepUntilContinued() }
    if pending.isEmpty { collect() }
    if pending.isEmpty, !isGone {
      let found = guard_wait(Int32(clamping: timeoutMilliseconds))
      collect()
      let isCut = found & Int32(GUARD_HANG_UP) != 0
      let isMute = found & Int32(GUARD_INPUT) != 0 && guard_is_hung_up()
      if pending.isEmpty, isCut || isMute { hangUp() }
    }
    return pending.isEmpty ? nil : pending.removeFirst()
  }

  // MARK: Opening

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static func colors(ofType name: String) throws(TerminalError) -> Int {
    var colors: Int32 = 0
    switch screen_check_type(name, &colors) {
    case SCREEN_TYPE_USABLE: return Int(colors)
    case SCREEN_TYPE_NO_CURSOR_MOVEMENT: throw .typeTooSimple(name)
    case SCREEN_TYPE_NO_DATABASE: throw .noDescriptions(name)
    default: throw .typeUnknown(name)
    }
  }

  /// Standard input, or the terminal of standard output where input comes from elsewhere.
  private func input() throws(TerminalError) -> Int32 {
    guard isatty(output) == 1 else { throw .notATerminal }
    if isatty(STDIN_FILENO) == 1 { return STDIN_FILENO }
    guard let path = ttyname(output) else { throw .notATerminal }
    let descriptor = Self.openForReading(path)
    guard descriptor >= 0 else { throw .notATerminal }
    ownInput = descriptor
    return descriptor
  }

  private static func openForReading(_ path: UnsafePointer<CChar>) -> Int32 {
    #if canImport(Darwin)
      Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #else
      Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #endif
  }

  private func open(_ name: String, _ plan: ColorPlan, _ input: Int32) -> Bool {
    let usesColor = plan.depth != .none
    if let colors = plan.described, let description = screen_description(name, Int32(colors)) {
      defer { free(description) }
      if screen_open(name, description, input, output, usesColor, options.usesMouse) { return true }
    }
    return screen_open(name, nil, input, output, usesColor, options.usesMouse)
  }

  private func rememberRestoration() {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { buffer in
      let count = screen_restore_sequence(buffer.baseAddress, 1024)
      guard_set_sequence(buffer.baseAddress, count)
    }
  }

  // MARK: Drawing

  /// Whether every cell found its pair of colours.
  private func put(_ run: ChangedRun) -> Bool {
    var isComplete = true
    var last: (style: Style, pair: Int32, attributes: UInt32)?
    withUnsafeTemporaryAllocation(of: screen_cell.self, capacity: run.cells.count) { buffer in
      for (index, cell) in run.cells.enumerated() {
        if last?.style != cell.style {
          let pair = pairs.number(of: cell.style)
          if pair == nil { isComplete = false }
          last = (cell.style, pair ?? 0, pairs.attributes(of: cell.style))
        }
        buffer[index] = screen_cell(
          scalar: cell.scalar.value, pair: last?.pair ?? 0, attributes: last?.attributes ?? 0)
      }
      screen_put(Int32(run.y), Int32(run.x), buffer.baseAddress, Int32(run.cells.count))
    }
    return isComplete
  }

  private func drawEverythingAgain() {
    shown = nil
    screen_repaint()
  }

  // MARK: Events

  private func collect() {
    while !isLeft {
      let number = guard_next_signal()
      if number < 0 { break }
      take(signal: number)
    }
    if isLeft { return }
    // Without a limit a paste could keep the screen from being drawn.
    var inputs: [screen_input] = []
    while inputs.count < 1024 {
      let input = screen_read()
      if input.kind == SCREEN_INPUT_NONE { break }
      inputs.append(input)
    }
    pending += decoder.events(of: inputs)
  }

  private func take(signal number: Int32) {
    switch number {
    case SIGINT, SIGTERM:
      endingSignal = number
      pending.append(.interrupted)
    case SIGHUP:
      endingSignal = number
      hangUp()
    case SIGWINCH: adoptSize()
    case SIGTSTP:
      isLeft = true
      screen_leave()
      pending.append(.suspended)
    case SIGCONT:
      // Stopped by SIGSTOP: the shell has set the terminal's modes meanwhile.
      screen_leave()
      comeBack()
      pending.append(.resumed)
    default: break
    }
  }

  private func hangUp() {
    isGone = true
    pending.append(.hangUp)
  }

  private func adoptSize() {
    let before = size
    screen_update_size(output)
    guard size != before else { return }
    drawEverythingAgain()
    rememberRestoration()
    pending.append(.resize(size))
  }

  private func comeBack() {
    adoptSize()
    drawEverythingAgain()
    screen_flush()
  }

  private func sleepUntilContinued() -> TerminalEvent? {
    if !pending.isEmpty { return pending.removeFirst() }
    guard_stop()
    isLeft = false
    comeBack()
    // The news of having been continued is old by now.
    var number = guard_next_signal()
    while number >= 0 {
      if number != SIGCONT { take(signal: number) }
      number = guard_next_signal()
    }
    pending.insert(.resumed, at: 0)
    return pending.removeFirst()
  }
}
