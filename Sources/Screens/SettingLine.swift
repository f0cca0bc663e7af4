public import Telemetry

/// The line in which a setting is typed after `:`.
public struct SettingLine: Sendable, Equatable {
  /// What is typed in it.
  public enum Question: Sendable, Equatable {
    /// A setting.
    case setting
    /// The name for the episode a moment is in.
    case episodeName(Moment?)
  }

  /// What is asked for.
  public var question: Question
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

  /// Longest line taken; what a person types is far shorter.
  static let limit = 200

  /// An empty line.
  public init(asking question: Question = .setting) {
    self.question = question
  }

  mutating func insert(_ character: Character) {
    guard text.count < Self.limit else { return }
    text.insert(character, at: text.index(text.startIndex, offsetBy: cursor))
    cursor += 1
    error = nil
  }

  mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    deleteForward()
  }

  mutating func deleteForward() {
    guard cursor < text.count else { return }
    text.remove(at: text.index(text.startIndex, offsetBy: cursor))
    error = nil
  }

  mutating func replace(with new: String) {
    text = new
    cursor = new.count
    error = nil
  }

  /// Goes back (1) or forth (-1) in the lines typed before.
  mutating func recall(_ step: Int, from history: [String]) {
    let target = min(max(historyIndex + step, 0), history.count)
    guard target != historyIndex else { return }
    if historyIndex == 0 { draft = text }
    historyIndex = target
    replace(with: target == 0 ? draft : history[history.count - target])
  }
}
