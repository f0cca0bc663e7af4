internal import Telemetry

/// The choice of what to run: environment, then agent, then preset; typing narrows the list.
public struct Chooser: Sendable, Equatable {
  /// What is being chosen now.
  public enum Page: Sendable, Hashable, CaseIterable {
    /// The world.
    case environment
    /// The algorithm.
    case agent
    /// Its settings.
    case preset
  }

  /// What is being chosen now.
  public var page: Page = .environment
  /// What was typed to narrow the list.
  public var filter = ""
  /// The selected entry, counted within the narrowed list.
  public var selection = 0
  /// The environment chosen on the first page.
  public var environment: String?
  /// The agent chosen on the second page.
  public var agent: String?

  /// A choice not begun.
  public init() {}

  /// A choice that begins at what is running.
  init(snapshot: EngineSnapshot, catalogue: Catalogue) {
    select(snapshot.run.environment, in: catalogue)
  }

  /// The entries of the page, narrowed to what was typed: every typed word occurs in the name or
  /// the summary, those whose name begins with what was typed first.
  func entries(in catalogue: Catalogue) -> [Catalogue.Entry] {
    let words = filter.lowercased().split(separator: " ")
    let found = allEntries(in: catalogue).filter { entry in
      let text = (entry.name + " " + entry.summary).lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    guard let first = words.first else { return found }
    let isBetter: (Catalogue.Entry) -> Bool = { $0.name.lowercased().hasPrefix(first) }
    return found.filter(isBetter) + found.filter { !isBetter($0) }
  }

  /// The entries of the page: agents and presets that fit what was chosen before.
  private func allEntries(in catalogue: Catalogue) -> [Catalogue.Entry] {
    let presets = catalogue.presets.filter { $0.environment == environment }
    switch page {
    case .environment: return catalogue.environments
    case .agent:
      let fitting = catalogue.agents.filter { agent in presets.contains { $0.agent == agent.name } }
      return fitting.isEmpty ? catalogue.agents : fitting
    case .preset:
      return presets.filter { $0.agent == agent }.map {
        Catalogue.Entry(name: $0.name, summary: $0.summary)
      }
    }
  }

  /// Opens a page and selects an entry of it by name, the first where there is none of that name.
  mutating func open(_ page: Page, selecting name: String, in catalogue: Catalogue) {
    self.page = page
    filter = ""
    select(name, in: catalogue)
  }

  private mutating func select(_ name: String, in catalogue: Catalogue) {
    selection = entries(in: catalogue).firstIndex { $0.name == name } ?? 0
  }
}
