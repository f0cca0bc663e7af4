public import CellCanvas

/// What a person asked of the terminal.
public struct TerminalOptions: Sendable, Equatable {
  /// Number of colours; nil asks the terminal, `NO_COLOR` and `COLORTERM`.
  public var colors: ColorDepth?
  /// ASCII glyphs even where the locale is UTF-8.
  public var isASCII: Bool
  /// Whether clicks and the wheel are reported (the terminal's own selection then needs Shift).
  public var usesMouse: Bool

  /// Options; without arguments the terminal decides.
  public init(colors: ColorDepth? = nil, isASCII: Bool = false, usesMouse: Bool = true) {
    self.colors = colors
    self.isASCII = isASCII
    self.usesMouse = usesMouse
  }
}

/// The terminal cannot be used.
public enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// `TERM` is unset or empty.
  case typeNotSet
  /// `TERM` names a type of which there is no description.
  case typeUnknown(String)
  /// The terminal cannot move its cursor.
  case typeTooSimple(String)
  /// Descriptions of terminals are not installed.
  case noDescriptions(String)
  /// Output does not go to a terminal.
  case notATerminal
  /// The system refused.
  case refused

  /// One line: what was found and what is accepted.
  public var description: String {
    switch self {
    case .typeNotSet:
      "TERM is not set: set it to the type of your terminal, such as xterm-256color"
    case .typeUnknown(let name):
      "TERM: unknown terminal type \(quoted(name)): set it to a type this system describes, "
        + "such as xterm-256color"
    case .typeTooSimple(let name):
      "TERM: a terminal of type \(quoted(name)) cannot move its cursor: the screen needs one that can, "
        + "such as xterm-256color"
    case .noDescriptions(let name):
      "TERM: no description of terminal type \(quoted(name)): the system has no terminfo database "
        + "(package ncurses-base)"
    case .notATerminal:
      "the screen needs a terminal for its input and output"
    case .refused:
      "the terminal cannot be taken over"
    }
  }

  /// The name in quotes, shortened, without control characters.
  private func quoted(_ name: String) -> String {
    let shown = name.unicodeScalars.filter { $0.value >= 32 && $0.value < 127 }.prefix(40)
    return "'" + String(String.UnicodeScalarView(shown)) + "'"
  }
}
