internal import Environments
internal import FootlightsAssets

/// Environments and mazes as the command line names them.
enum Worlds {
  /// The built-in environments and the bundled mazes.
  static var registry: EnvironmentRegistry {
    EnvironmentRegistry(mazes: BundledAssets.mazes.map { (name: $0.name, text: $0.text) })
  }

  /// The environment called `name`, or the maze in the file of that path.
  static func environment(
    _ name: String, settings: [EnvironmentRegistry.Setting]
  ) throws(InputError) -> any Environment {
    let registry = registry
    do {
      if registry.names.contains(name) { return try registry.make(name, settings: settings) }
      guard name == "-" || isPath(name) else {
        return try registry.make(name, settings: settings)
      }
    } catch {
      throw InputError("\(error)")
    }
    return try mazeFile(name, settings: settings)
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
      throw InputError("--maze: no maze or file is called \(quoted(name)); \(acceptedMazes)")
    }
    return try mazeFile(name, settings: settings)
  }

  private static var acceptedMazes: String {
    "accepted are \(BundledAssets.mazes.map(\.name).joined(separator: ", ")) or the path of a file"
  }

  /// Whether a name can only be meant as a path: it exists, or looks like one.
  private static func isPath(_ name: String) -> Bool {
    exists(name) || name.contains(".") || (name.contains("/") && !name.hasPrefix("Maze/"))
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
      throw InputError("\(error)")
    }
  }
}
