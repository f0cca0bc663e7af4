public import CellCanvas

/// One entry of the key table: which keys, where they apply, what they do, and how that is said.
public struct KeyBinding: Sendable, Equatable {
  /// A heading of the help.
  public enum Group: String, Sendable, Hashable, CaseIterable {
    /// Time: pause, steps, speed.
    case time = "Time"
    /// What the agent learns from.
    case learning = "Learning"
    /// What is looked at.
    case looking = "Looking"
    /// View 3: estimators, their states, the race.
    case estimators = "Estimators"
    /// View 4: moving in an episode, the episodes that are kept.
    case episode = "Episode"
    /// Programme: choose, type, save, leave.
    case program = "Footlights"
    /// Within an overlay.
    case overlays = "Within"
  }

  /// The keys; any of them does it.
  public var keys: [Key]
  /// Where they apply.
  public var context: KeyContext
  /// What they do.
  public var action: Action
  /// The heading of the help it stands under.
  public var group: Group
  /// The label in the footer; entries next to each other with one label share it. Nil: not there.
  public var hint: String?
  /// What is shown first in a narrow footer: 1 before 2.
  public var priority: Int
  /// What they do, as the help says it.
  public var text: String

  /// An entry of the table.
  public init(
    _ keys: [Key], _ context: KeyContext, _ action: Action, _ group: Group, hint: String? = nil,
    priority: Int = 9, _ text: String
  ) {
    self.keys = keys
    self.context = context
    self.action = action
    self.group = group
    self.hint = hint
    self.priority = priority
    self.text = text
  }

  /// The keys in words: `space`, `s .`, `Tab`.
  public var keyText: String { keys.map(\.title).joined(separator: " ") }
}

extension Key {
  /// The key in a word or a letter.
  public var title: String {
    switch self {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    case .control(let character): "Ctrl-" + character.uppercased()
    }
  }
}
