import Spelling
import Telemetry

/// Reads and completes the line typed after `:`.
struct SettingParser {
  var commands: [SettingCommand]

  /// The words of the bundled settings, with the themes that can be chosen.
  init(themes: [String]) {
    commands = SettingCommand.all(themes: themes)
  }

  /// What the line asks for. `name value`, `name=value` and a bare estimator (`lambda:.9`) are read.
  ///
  /// - Throws: `SettingError` with what was found and what is accepted, on one line.
  func parse(_ line: String) throws(SettingError) -> SettingRequest {
    let (name, argument) = Self.split(line)
    guard !name.isEmpty else {
      throw SettingError(description: "nothing typed; accepted: a setting such as n 5 or lambda .9")
    }
    if argument.isEmpty, let estimator = SettingCommand.estimator(name) {
      return .change(.estimator(estimator))
    }
    guard let command = commands.first(where: { $0.names.contains(name) }) else {
      throw SettingError(description: unknown(name))
    }
    if command.argument.isEmpty != argument.isEmpty {
      let found = argument.isEmpty ? "nothing" : "\"\(argument)\""
      throw SettingError(description: "\(name): found \(found); accepted: \(command.accepted)")
    }
    guard let request = try command.read(argument) else {
      throw SettingError(
        description: "\(name): found \"\(argument)\"; accepted: \(command.accepted)")
    }
    return request
  }

  /// The line with its last word completed as far as the known words agree.
  func complete(_ line: String) -> String {
    let typed = line.drop(while: { $0 == " " })
    if let space = typed.firstIndex(where: { $0 == " " || $0 == "=" }) {
      let name = String(typed[..<space])
      let start = typed[typed.index(after: space)...].drop(while: { $0 == " " })
      guard let command = commands.first(where: { $0.names.contains(name) }) else { return line }
      let matches = command.choices.filter { $0.hasPrefix(start) }
      return name + " " + (Self.commonStart(matches) ?? String(start))
    }
    let matches = commands.map { $0.names[0] }.filter { $0.hasPrefix(typed) }
    guard let common = Self.commonStart(matches) else { return line }
    let takesMore =
      matches.count == 1 && commands.contains { $0.names[0] == common && !$0.argument.isEmpty }
    return takesMore ? common + " " : common
  }

  /// The words or arguments that fit what is typed so far: what a person may type next.
  func hints(_ line: String) -> String {
    let (name, _) = Self.split(line)
    if let command = commands.first(where: { $0.names.contains(name) }) {
      let argument = command.argument.isEmpty ? "" : " " + command.argument
      return "\(command.names[0])\(argument): \(command.summary)"
    }
    let words = commands.map { $0.names[0] }.filter { name.isEmpty || $0.hasPrefix(name) }
    return words.joined(separator: "  ")
  }

  private static func split(_ line: String) -> (name: String, argument: String) {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let trimmed = String(
      String(line.drop(while: isSpace)).reversed().drop(while: isSpace).reversed())
    guard let space = trimmed.firstIndex(where: { isSpace($0) || $0 == "=" }) else {
      return (trimmed.lowercased(), "")
    }
    let argument = trimmed[trimmed.index(after: space)...].drop { isSpace($0) || $0 == "=" }
    return (trimmed[..<space].lowercased(), argument.lowercased())
  }

  private func unknown(_ name: String) -> String {
    if let meant = nearest(to: name, among: commands.flatMap(\.names)) {
      return "no setting \"\(name)\"; did you mean \(meant)?"
    }
    let known = commands.map { $0.names[0] }.joined(separator: ", ")
    return "no setting \"\(name)\"; accepted: \(known)"
  }

  private static func commonStart(_ words: [String]) -> String? {
    guard var common = words.first else { return nil }
    for word in words {
      while !word.hasPrefix(common) { common.removeLast() }
    }
    return common
  }
}
