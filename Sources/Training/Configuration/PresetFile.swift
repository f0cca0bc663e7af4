internal import Spelling
internal import Telemetry
internal import Yams

/// Presets as YAML: a mapping from names to presets (see `Preset`).
public enum PresetFile {
  /// What is wrong with a file of presets.
  public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file's name as given.
    public var file: String
    /// The line, from 1; nil where it concerns the whole file.
    public var line: Int?
    /// What was found and what is accepted.
    public var message: String

    /// One line: file, line, what was found, what is accepted.
    public var description: String {
      line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
    }
  }

  /// The most bytes a file of presets may have. To refuse a longer one, one byte more is enough.
  public static let mostBytes = 1 << 20

  private static let headKeys = ["summary", "environment", "agent"]

  /// Reads the presets in `bytes`.
  ///
  /// - Parameter file: the file's name, for messages.
  /// - Throws: at the first thing that is not as it should be; nothing is taken from such a file.
  public static func parse(_ bytes: [UInt8], file: String) throws(Problem) -> [Preset] {
    guard bytes.count <= mostBytes else {
      throw Problem(
        file: file, line: nil, message: "longer than \(mostBytes) bytes, the most a file may have")
    }
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem(file: file, line: nil, message: "not a text file; accepted is YAML in UTF-8")
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw problem(error, file: file)
    } catch {
      throw Problem(file: file, line: nil, message: "not YAML")
    }
    guard let mapping = root?.mapping, !mapping.isEmpty else {
      throw Problem(
        file: file, line: root?.mark?.line, message: "accepted is a mapping from names to presets")
    }
    var presets: [Preset] = []
    for (name, body) in mapping { presets.append(try preset(name, body, file: file)) }
    return presets
  }

  private static func preset(_ name: Node, _ body: Node, file: String) throws(Problem) -> Preset {
    let title = name.string ?? ""
    guard let entries = body.mapping else {
      throw Problem(
        file: file, line: body.mark?.line ?? name.mark?.line,
        message: "preset '\(title)': accepted is a mapping from settings to values")
    }
    var head: [String: String] = [:]
    for key in headKeys {
      guard let value = entries[Node(key)]?.string else {
        throw Problem(
          file: file, line: name.mark?.line, message: "preset '\(title)' has no '\(key)'")
      }
      head[key] = value
    }
    guard let agent = AgentName(rawValue: head["agent"] ?? "") else {
      throw Problem(
        file: file, line: entries[Node("agent")]?.mark?.line,
        message: "agent: found '\(head["agent"] ?? "")', accepted is \(AgentName.accepted)")
    }
    var preset = Preset(
      name: title, summary: head["summary"] ?? "", environment: head["environment"] ?? "",
      agent: agent)
    // The optimiser first: decay and epsilon are constants of the one in use.
    let isOptimiser = { (entry: (key: Node, value: Node)) in entry.key.string == "optimiser" }
    for (key, value) in entries.filter(isOptimiser) + entries.filter({ !isOptimiser($0) }) {
      try take(key, value, into: &preset, file: file)
    }
    return preset
  }

  private static func take(
    _ key: Node, _ value: Node, into preset: inout Preset, file: String
  ) throws(Problem) {
    let line = key.mark?.line
    guard let name = key.string else {
      throw Problem(file: file, line: line, message: "a setting's name must be a word")
    }
    if headKeys.contains(name) { return }
    guard let text = text(of: value) else {
      throw Problem(file: file, line: line, message: "\(name): accepted is a single value")
    }
    do {
      try preset.set(name, to: text)
    } catch {
      if case .unknownKey(let key, nearest: nil) = error,
        let head = nearest(to: key, among: headKeys)
      {
        throw Problem(
          file: file, line: line, message: "unknown setting '\(key)'\(suggestion(of: head))")
      }
      throw Problem(file: file, line: line, message: error.description)
    }
  }

  /// A single value, or a list of single values with commas between them; nil for anything else.
  private static func text(of value: Node) -> String? {
    guard let items = value.sequence else { return value.string }
    let texts = items.compactMap(\.string)
    return texts.count == items.count ? texts.joined(separator: ",") : nil
  }

  private static func problem(_ error: YamlError, file: String) -> Problem {
    switch error {
    case .scanner(_, let message, let mark, _), .parser(_, let message, let mark, _),
      .composer(_, let message, let mark, _):
      return Problem(file: file, line: mark.line, message: "not YAML: \(message)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return Problem(
        file: file, line: context.mark.line,
        message: "'\(duplicates.joined(separator: "', '"))' stands there more than once")
    default:
      return Problem(file: file, line: nil, message: "not YAML")
    }
  }
}
