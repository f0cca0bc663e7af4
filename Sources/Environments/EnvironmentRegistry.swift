internal import Spelling

/// All environments by name: Gymnasium's names where it has them, `Maze/NAME` for the mazes the
/// registry is given.
///
/// ```swift
/// let registry = EnvironmentRegistry(mazes: [(name: "corridor", text: bytes)])
/// let world = try registry.make("Maze/corridor", settings: [("slip", "0.1")])
/// ```
public struct EnvironmentRegistry: Sendable {
  /// A setting as text: its name and its value.
  public typealias Setting = (key: String, value: String)

  /// What a setting is called, what it means, and what it is where nobody says.
  public typealias SettingDocumentation = (key: String, meaning: String, standard: String)

  /// One environment, as it is listed.
  public struct Entry: Sendable, Equatable {
    /// The name it is made by.
    public let name: String
    /// What the agent has to do, in one line.
    public let summary: String
  }

  private let mazes: [(name: String, text: [UInt8])]

  /// A registry of the built-in environments and of `mazes`, texts by name (without `Maze/`).
  public init(mazes: [(name: String, text: [UInt8])] = []) {
    self.mazes = mazes
  }

  /// The names of all built-in environments.
  public static let builtInNames =
    plainWorlds.map(\.specification.name) + ConfiguredWorld.all.map(\.name)

  /// The settings of the built-in environments that have any; those of mazes are
  /// `MazeConfiguration.documentation`.
  public static let builtInSettings: [(environment: String, settings: [SettingDocumentation])] =
    ConfiguredWorld.all.map { ($0.name, $0.documentation) }

  /// The keys of all settings that some environment has.
  public static let settingKeys =
    MazeConfiguration.keys + builtInSettings.flatMap { $0.settings.map(\.key) }

  /// Every name `make` knows.
  public var names: [String] {
    Self.builtInNames + mazes.map { Self.mazePrefix + $0.name }
  }

  /// Every environment with its summary.
  ///
  /// - Throws: when one of the registry's mazes is not a maze.
  public func entries() throws(EnvironmentError) -> [Entry] {
    var entries: [Entry] = []
    for name in names {
      let specification = try make(name).specification
      entries.append(Entry(name: name, summary: specification.summary))
    }
    return entries
  }

  /// The environment called `name`, with `settings` applied in order.
  ///
  /// Built-in environments have the settings of `builtInSettings`, most of them none; a maze has
  /// those of `MazeConfiguration.keys`.
  ///
  /// - Throws: for an unknown name or setting (with the nearest known one) and for a bad value.
  public func make(
    _ name: String, settings: [Setting] = []
  ) throws(EnvironmentError) -> any Environment {
    if let world = Self.plainWorlds.first(where: { $0.specification.name == name }) {
      if let setting = settings.first {
        throw .unknownSetting(setting.key, environment: name, nearest: nil, accepted: [])
      }
      return world
    }
    if let world = ConfiguredWorld.all.first(where: { $0.name == name }) {
      return try world.make(settings)
    }
    guard let maze = mazes.first(where: { Self.mazePrefix + $0.name == name }) else {
      throw .unknownEnvironment(name, nearest: suggestion(for: name), known: names)
    }
    return try makeMaze(maze.text, name: name, file: maze.name + ".txt", settings: settings)
  }

  /// The maze in `text`, called `name`, with `settings` applied over those of its header.
  ///
  /// - Parameter file: the name of the file the text is from, for messages.
  /// - Throws: for a text that is not a maze, an unknown setting and a bad value.
  public func makeMaze(
    _ text: [UInt8], name: String, file: String, settings: [Setting] = []
  ) throws(EnvironmentError) -> Maze {
    var definition: MazeDefinition
    do {
      definition = try MazeParser.parse(text, file: file)
    } catch {
      throw .maze(error)
    }
    for (key, value) in settings {
      do {
        try definition.configuration.set(key, to: value)
      } catch {
        throw Self.settingError(error, key: key, value: value, environment: name)
      }
    }
    return Maze(name: name, definition: definition)
  }

  private static let mazePrefix = "Maze/"

  /// The worlds without settings.
  private static let plainWorlds: [any Environment] = [
    CartPole(), Pendulum(), MountainCar(), MountainCarContinuous(), Acrobot(), Taxi.make(),
    RandomWalk.five, RandomWalk.nineteen,
  ]

  private static func settingError(
    _ problem: MazeConfiguration.Problem, key: String, value: String, environment: String
  ) -> EnvironmentError {
    switch problem {
    case .unknownKey:
      let keys = MazeConfiguration.keys
      return .unknownSetting(
        key, environment: environment, nearest: nearest(to: key, among: keys), accepted: keys)
    case .badValue(let accepted):
      return .badSetting(key: key, value: value, accepted: accepted)
    }
  }

  /// The name that was probably meant; a maze's name without `Maze/` counts too.
  private func suggestion(for name: String) -> String? {
    if let close = nearest(to: name, among: names) { return close }
    return nearest(to: name, among: mazes.map(\.name)).map { Self.mazePrefix + $0 }
  }
}
