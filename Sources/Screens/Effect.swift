public import Telemetry

/// What the program has to do after an event.
public enum Effect: Sendable, Equatable {
  /// Hand a command to the engine.
  case engine(EngineCommand)
  /// End the present run and begin another.
  case start(RunRequest)
  /// Write the frame on the screen to a file, and tell its name by `InterfaceEvent.notice`.
  case savePicture
  /// Write an episode of a run to a file under a name, and tell the file's by `InterfaceEvent.notice`.
  case saveEpisode(EpisodeRecord, of: RunDescription, name: String)
  /// Leave.
  case quit
}

/// A run a person has chosen.
public struct RunRequest: Sendable, Equatable {
  /// The environment's name.
  public var environment: String
  /// The agent's name.
  public var agent: String
  /// The preset's name; nil where the pair's own defaults are meant.
  public var preset: String?

  /// A run of an agent in an environment.
  public init(environment: String, agent: String, preset: String?) {
    self.environment = environment
    self.agent = agent
    self.preset = preset
  }
}
