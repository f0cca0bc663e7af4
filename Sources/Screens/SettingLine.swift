/// The line in which a setting is typed after `:`.
public struct SettingLine: Sendable, Equatable {
  /// What was typed.
  public var text = ""
  /// Where the next character goes, 0 ... `text.count`.
  public var cursor = 0
  /// What was wrong with the line when it was last entered.
  public var error: String?
  /// The line of the history on show, counted from its end; 0 is the line being typed.
  public var historyIndex = 0
  /// What was being typed before the history was entered.
  public var draft = ""

  /// An empty line.
  public init() {}
}
