import CellCanvas
internal import Telemetry

/// What the help says: the agent at work, the key table under its headings, then the signs of the screen.
enum HelpText {
  /// A line of the help.
  enum Line: Equatable {
    case heading(String)
    case entry(key: String, text: String)
    case blank
  }

  /// The blocks of the help, each a heading and its entries.
  static func blocks(_ agent: AgentName) -> [[Line]] { [agent.explanation] + lasting }

  /// Those of every agent.
  private static let lasting: [[Line]] = viewBlocks + [signs] + overlayBlocks

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

  /// A heading and its entries; neighbours of one text share a line where their keys have room.
  private static func block(_ title: String, _ bindings: [KeyBinding]) -> [Line] {
    var lines: [Line] = [.heading(title)]
    for binding in bindings {
      if case .entry(let keys, binding.text) = lines.last,
        keys.count + binding.keyText.count < HelpOverlay.keyColumns - 2
      {
        lines[lines.count - 1] = .entry(key: keys + " " + binding.keyText, text: binding.text)
      } else {
        lines.append(.entry(key: binding.keyText, text: binding.text))
      }
    }
    return lines
  }

  /// One line for each sign on the screen.
  static let signs: [Line] = [
    .heading("Signs"),
    .entry(key: "V", text: "the return the critic expects from a state"),
    .entry(key: "A", text: "how much better than V an action was"),
    .entry(key: "H", text: "entropy of the policy, nats; at most ln|A|"),
    .entry(key: "π", text: "probability of each action"),
    .entry(key: "r", text: "reward of the last step"),
    .entry(key: "return", text: "an episode's rewards, undiscounted"),
    .entry(key: "lag", text: "updates between a worker's pull and push"),
    .entry(key: "|∇|", text: "norm of a gradient before clipping"),
    .entry(key: "θ v", text: "version of the shared parameters: updates"),
    .entry(key: "n λ", text: "how many rewards a target takes before V"),
    .entry(key: "γ β lr", text: "discount, entropy coefficient, step size"),
    .entry(key: "bias²", text: "(mean target - true value)²"),
    .entry(key: "variance", text: "spread of the target between rollouts"),
    .entry(key: "pull push", text: "a worker copies θ; gives θ its gradient"),
  ]
}
