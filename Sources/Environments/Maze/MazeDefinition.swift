public import Scenes

/// A maze as a file defines it: the map, the rules, and what it is called.
public struct MazeDefinition: Sendable, Equatable {
  /// The still map, with at least one start.
  public var map: GridMap
  /// Step reward, slip and step limit.
  public var configuration: MazeConfiguration
  /// A short title for people, where the file gives one.
  public var title: String?
  /// One line on what makes the maze interesting, where the file gives one.
  public var summary: String?

  /// A map with its rules.
  public init(
    map: GridMap, configuration: MazeConfiguration = MazeConfiguration(), title: String? = nil,
    summary: String? = nil
  ) {
    self.map = map
    self.configuration = configuration
    self.title = title
    self.summary = summary
  }
}
