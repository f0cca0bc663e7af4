/// What can be run: the entries of the chooser and of `footlights list`.
public struct Catalogue: Sendable, Equatable {
  /// One thing that can be chosen.
  public struct Entry: Sendable, Equatable {
    /// Its name as on the command line.
    public var name: String
    /// What it is, in a line.
    public var summary: String

    /// A named thing.
    public init(name: String, summary: String) {
      self.name = name
      self.summary = summary
    }
  }

  /// A preset: one environment, one agent, its settings.
  public struct Preset: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// What it is, in a line.
    public var summary: String
    /// The environment it is for.
    public var environment: String
    /// The agent it is for.
    public var agent: String

    /// A preset for an environment and an agent.
    public init(name: String, summary: String, environment: String, agent: String) {
      self.name = name
      self.summary = summary
      self.environment = environment
      self.agent = agent
    }
  }

  /// Environments, mazes among them (`Maze/NAME`).
  public var environments: [Entry]
  /// Agents.
  public var agents: [Entry]
  /// Presets.
  public var presets: [Preset]

  /// What can be run.
  public init(environments: [Entry], agents: [Entry], presets: [Preset]) {
    self.environments = environments
    self.agents = agents
    self.presets = presets
  }
}
