import CellCanvas

/// What the help says: the key table under its headings, then the signs of the screen.
enum HelpText {
  /// A line of the help.
  enum Line: Equatable {
    case heading(String)
    case entry(key: String, text: String)
    case blank
  }

  /// The blocks of the help, each a heading and its entries.
  static let blocks: [[Line]] = viewBlocks + [signs] + overlayBlocks

  private static var viewBlocks: [[Line]] {
    KeyBinding.Group.allCases.filter { $0 != .overlays }.map { group in
      block(group.rawValue, KeyTable.bindings.filter { $0.group == group })
    }
  }

  private static var overlayBlocks: [[Line]] {
    let contexts: [(KeyContext, String)] = [
      (.chooser, "In the chooser (letters narrow the list)"), (.settingLine, "In the setting line"),
      (.help, "In this help"), (.quitQuestion, "At the question before leaving"),
    ]
    return contexts.map { context, title in
      block(title, KeyTable.bindings.filter { $0.context == context })
    }
  }

  private static func block(_ title: String, _ bindings: [KeyBinding]) -> [Line] {
    [.heading(title)] + bindings.map { .entry(key: $0.keyText, text: $0.text) }
  }

  /// One line for each sign on the screen.
  static let signs: [Line] = [
    .heading("Signs"),
    .entry(key: "V", text: "value: the return the critic expects from a state"),
    .entry(key: "A", text: "advantage: how much better than V an action turned out"),
    .entry(key: "H", text: "entropy of the policy in nats; ln|A| is its greatest"),
    .entry(key: "π", text: "probability of each action"),
    .entry(key: "r", text: "reward of the last step"),
    .entry(key: "return", text: "sum of the rewards of an episode, undiscounted"),
    .entry(key: "lag", text: "updates by others between a worker's pull and its push"),
    .entry(key: "|∇|", text: "norm of a worker's gradient before clipping"),
    .entry(key: "θ v", text: "version of the shared parameters: updates so far"),
    .entry(key: "n λ", text: "how many rewards a target takes before it trusts V"),
    .entry(key: "γ β lr", text: "discount, entropy coefficient, learning rate"),
    .entry(key: "bias²", text: "(mean target - true value)²: the critic's error let in"),
    .entry(key: "variance", text: "spread of the target from one rollout to another"),
    .entry(key: "pull push", text: "a worker copies θ; gives its gradient to θ"),
  ]
}
