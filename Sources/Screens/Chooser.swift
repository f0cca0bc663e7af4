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
}
