/// How many colours a terminal shows.
public enum ColorDepth: Int, Sendable, Hashable, Comparable {
  /// None: attributes carry meaning.
  case none
  /// The sixteen ANSI colours.
  case ansi16
  /// xterm's palette of 256.
  case ansi256
  /// Red, green and blue of 8 bits each.
  case truecolor

  /// Fewer colours before more.
  public static func < (left: ColorDepth, right: ColorDepth) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What a terminal can show.
public struct TerminalCapabilities: Sendable, Hashable {
  /// Number of colours.
  public var colors: ColorDepth
  /// Whether Unicode glyphs come out right.
  public var unicode: Bool

  /// Stated capabilities.
  public init(colors: ColorDepth, unicode: Bool) {
    self.colors = colors
    self.unicode = unicode
  }
}

/// Where frames go and events come from.
///
/// Used from one thread. `present` writes only what differs from the frame before.
public protocol Terminal: AnyObject {
  /// Columns and rows now.
  var size: Size { get }
  /// Colours and glyphs.
  var capabilities: TerminalCapabilities { get }
  /// Shows a frame; one of another size is clipped or padded.
  func present(_ canvas: Canvas)
  /// The next event, or nil when none came within the time (0: only what is there already).
  func nextEvent(timeoutMilliseconds: Int) -> TerminalEvent?
}

/// What a terminal reports.
public enum TerminalEvent: Sendable, Hashable {
  /// A key.
  case key(Key)
  /// A mouse button or wheel.
  case mouse(Mouse)
  /// The terminal has another size now.
  case resize(Size)
  /// SIGINT or SIGTERM: leave.
  case interrupted
  /// The terminal is gone (SIGHUP).
  case hangUp
  /// About to stop (Ctrl-Z); the terminal has been restored.
  case suspended
  /// In the foreground again; the whole frame must be drawn.
  case resumed
}

/// What the mouse did, and in which cell.
public struct Mouse: Sendable, Hashable {
  /// What a mouse can do.
  public enum Kind: Sendable, Hashable {
    /// A button went down.
    case press
    /// A button went up.
    case release
    /// The wheel turned away from the user.
    case wheelUp
    /// The wheel turned towards the user.
    case wheelDown
  }

  /// Column.
  public var x: Int
  /// Row.
  public var y: Int
  /// What happened.
  public var kind: Kind

  /// A report of the mouse.
  public init(x: Int, y: Int, kind: Kind) {
    self.x = x
    self.y = y
    self.kind = kind
  }
}

/// A key, or a key with Control.
public enum Key: Sendable, Hashable {
  /// A character that was typed.
  case character(Character)
  /// An arrow.
  case up, down, left, right
  /// Return or Enter.
  case enter
  /// Escape.
  case escape
  /// Tab.
  case tab
  /// Shift and Tab.
  case backTab
  /// The key that deletes to the left.
  case backspace
  /// The key that deletes to the right.
  case delete
  /// Home and End.
  case home, end
  /// A page up or down.
  case pageUp, pageDown
  /// A function key, from 1.
  case function(Int)
  /// A letter with Control, in lower case.
  case control(Character)
}
