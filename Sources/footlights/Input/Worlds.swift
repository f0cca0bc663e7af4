internal import Environments
internal import FootlightsAssets
internal import Spelling

/// Environments and mazes as the command line names them.
enum Worlds {
  /// The built-in environments and the bundled mazes.
  static var registry: EnvironmentRegistry {
    EnvironmentRegistry(mazes: BundledAssets.mazes.map { (name: $0.name, text: $0.text) })
  }

  /// The environment called `name`, or the maze in the file of that path.
  ///
  /// - Parameter place: what messages name as the origin of the name: an option or a file.
  static func environment(
    _ name: String, named place: String, settings: [EnvironmentRegistry.Setting]
  ) throws(InputError) -> any Environment {
    let registry = registry
    guard registry.names.contains(name) || !(name == "-" || isPath(name)) else {
      return try mazeFile(name, settings: settings)
    }
    do {
      return try registry.make(name, settings: settings)
    } catch {
      throw problem(error, place)
    }
  }

  /// A list of all names would hide what is wrong.
  private static func problem(_ error: EnvironmentError, _ place: String) -> InputError {
    switch error {
    case .unknownEnvironment(let name, let nearest, _):
      InputError(
        "\(place): unknown environment \(quoted(name))\(suggestion(of: nearest)); accepted are "
          + EnvironmentRegistry.builtInNames.joined(separator: ", ")
          + ", Maze/NAME or the path of a maze file, "
          + "'footlights list environments' lists the names")
    case .unknownSetting, .badSetting: InputError("--set: \(error)")
    case .maze: InputError("\(error)")
    }
  }

  /// The maze called `NAME` or `Maze/NAME`, or the one in the file of that path.
  static func maze(
    _ name: String, settings: [EnvironmentRegistry.Setting]
  ) throws(InputError) -> Maze {
    let registry = registry
    for known in [name, "Maze/" + name] where registry.names.contains(known) {
      do {
        if let maze = try registry.make(known, settings: settings) as? Maze { return maze }
      } catch {
        throw InputError("\(error)")
      }
      throw InputError("--maze: \(quoted(name)) is no maze; \(acceptedMazes)")
    }
    if name != "-", !isPath(name), !exists(name) {
      let guess = suggestion(for: name, among: BundledAssets.mazes.map(\.name))
      throw InputError(
        "--maze: no maze or file is called \(quoted(name))\(guess); \(acceptedMazes)")
    }
    return try mazeFile(name, settings: settings)
  }

  private static var acceptedMazes: String {
    "accepted is a bundled maze ('footlights list mazes' lists them) or the path of a map file"
  }

  /// Whether a name can only be meant as a path: it exists, or looks like one.
  private static func isPath(_ name: String) -> Bool {
    exists(name) || name.contains(".")
      || (name.contains("/") && !name.lowercased().hasPrefix("maze/"))
  }

  private static func exists(_ path: String) -> Bool {
    InputFile(path: path).exists
  }

  private static func mazeFile(
    _ path: String, settings: [EnvironmentRegistry.Setting]
  ) throws(InputError) -> Maze {
    let file = InputFile(path: path)
    let bytes = try file.read(limit: MazeParser.mostBytes)
    do {
      return try registry.makeMaze(bytes, name: path, file: file.name, settings: settings)
    } catch {
      throw problem(error, "--set")
    }
  }
}
