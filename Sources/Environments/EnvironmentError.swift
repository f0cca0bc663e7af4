internal import Spelling

/// Why an environment cannot be made.
public enum EnvironmentError: Error, Sendable, Equatable {
  /// No environment has this name; `nearest` is what was probably meant.
  case unknownEnvironment(String, nearest: String?, known: [String])
  /// The environment has no such setting.
  case unknownSetting(String, environment: String, nearest: String?, accepted: [String])
  /// A setting's value is not accepted.
  case badSetting(key: String, value: String, accepted: String)
  /// The map is not a maze.
  case maze(MazeParseError)
}

extension EnvironmentError: CustomStringConvertible {
  /// One line: what was found, what is accepted.
  public var description: String {
    switch self {
    case .unknownEnvironment(let name, let nearest, let known):
      "unknown environment '\(name)'" + suggestion(of: nearest)
        + "; accepted are \(known.joined(separator: ", ")) or the path of a maze file"
    case .unknownSetting(let key, let environment, let nearest, let accepted):
      "\(environment) has no setting '\(key)'" + suggestion(of: nearest)
        + (accepted.isEmpty
          ? "; it has none of its own" : "; accepted are \(accepted.joined(separator: ", "))")
    case .badSetting(let key, let value, let accepted):
      "\(key) is '\(value)', accepted is \(accepted)"
    case .maze(let error):
      error.description
    }
  }
}
