public import CellCanvas

/// A terminal in memory: it keeps the frames, counts the cells a real one would have written, and
/// gives events from a list.
public final class RecordingTerminal: Terminal {
  /// Columns and rows; a resize event changes them when it is given out.
  public private(set) var size: Size
  /// Stated at the start.
  public let capabilities: TerminalCapabilities
  /// Every frame, the latest last.
  public private(set) var frames: [Canvas] = []
  /// Cells that differed from the frame before, for each frame.
  public private(set) var cellsWritten: [Int] = []
  private var script: ArraySlice<TerminalEvent>

  /// A terminal that reports the events in order, then nothing.
  public init(
    size: Size = Size(columns: 80, rows: 24),
    capabilities: TerminalCapabilities = TerminalCapabilities(colors: .truecolor, unicode: true),
    events: [TerminalEvent] = []
  ) {
    self.size = size
    self.capabilities = capabilities
    script = events[...]
  }

  /// The latest frame as lines; none before the first.
  public var screen: [String] { frames.last?.plainText ?? [] }

  /// Adds an event to the end of the list.
  public func enqueue(_ event: TerminalEvent) {
    script.append(event)
  }

  /// Keeps a frame and counts its changes.
  public func present(_ canvas: Canvas) {
    cellsWritten.append(canvas.changes(from: frames.last).reduce(0) { $0 + $1.cells.count })
    frames.append(canvas)
  }

  /// The next of the list, at once; nil when it is empty.
  public func nextEvent(timeoutMilliseconds: Int) -> TerminalEvent? {
    let event = script.popFirst()
    if case .resize(let newSize)? = event { size = newSize }
    return event
  }
}
