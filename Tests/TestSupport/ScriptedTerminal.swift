public import CellCanvas

/// A terminal in memory: events come from a script with times, frames are kept.
///
/// Time passes only while somebody waits, so that what a test sees does not depend on the machine.
/// When the script is at its end the terminal reports `interrupted`.
public final class ScriptedTerminal: Terminal {
  /// Columns and rows.
  public var size: Size
  /// Colours and glyphs.
  public var capabilities: TerminalCapabilities
  /// Seconds since the beginning.
  public private(set) var now = 0.0
  /// The frames that differed from the one before, and when they were shown.
  public private(set) var frames: [(time: Double, canvas: Canvas)] = []
  /// When a frame was handed over, whether it differed or not.
  public private(set) var presentations: [Double] = []
  /// Seconds that drawing one frame is to take.
  public var secondsPerFrame = 0.0

  private var script: ArraySlice<(time: Double, event: TerminalEvent)>

  /// A terminal of a size with a script in order of time.
  public init(
    columns: Int = 120, rows: Int = 36, script: [(time: Double, event: TerminalEvent)]
  ) {
    size = Size(columns: columns, rows: rows)
    capabilities = TerminalCapabilities(colors: .truecolor, unicode: true)
    self.script = script[...]
  }

  /// The text of the last frame, row by row.
  public var lines: [String] { frames.last?.canvas.plainText ?? [] }

  /// Keeps a frame.
  public func present(_ canvas: Canvas) {
    now += secondsPerFrame
    presentations.append(now)
    if frames.last?.canvas != canvas { frames.append((now, canvas)) }
  }

  /// The script's next event, if it is due within the time.
  public func nextEvent(timeoutMilliseconds: Int) -> TerminalEvent? {
    let deadline = now + Double(timeoutMilliseconds) / 1000
    guard let next = script.first else { return .interrupted }
    guard next.time <= deadline else {
      now = deadline
      return nil
    }
    now = max(now, next.time)
    script = script.dropFirst()
    if case .resize(let size) = next.event { self.size = size }
    return next.event
  }
}
