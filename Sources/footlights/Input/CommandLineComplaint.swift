internal import ArgumentParser
internal import Spelling

/// What is wrong with a command line as such: commands, options, values that are missing.
///
/// The argument parser finds most of it; here it gets a line that names the option and says where
/// what is accepted stands.
struct CommandLineComplaint {
  /// The command's name, where one is given.
  private let name: String?
  /// The command that is meant.
  private let command: any ParsableCommand.Type
  private let arguments: ArraySlice<String>

  private static var commands: [any ParsableCommand.Type] {
    Footlights.configuration.subcommands
  }

  init(_ arguments: [String]) {
    let named = Self.commands.first { $0._commandName == arguments.first }
    name = named?._commandName
    command = named ?? WatchCommand.self
    self.arguments = arguments.dropFirst(named == nil ? 0 : 1)
  }

  /// Throws where the command does not exist, or an option that takes one value is given twice.
  func check() throws(InputError) {
    if name == nil, let word = arguments.first, !word.hasPrefix("-") {
      try Self.checkCommand(word == "help" ? arguments.dropFirst().first : word)
    }
    guard arguments.count(where: { $0.hasPrefix("--") }) > 1 else { return }
    let options = OptionList(command)
    var seen: Set<String> = []
    var rest = arguments
    while let argument = rest.popFirst(), argument != "--" {
      let option = String(argument.prefix { $0 != "=" })
      guard options.takingValue.contains(option) else { continue }
      if option == argument { _ = rest.popFirst() }
      guard seen.insert(option).inserted || OptionList.repeatable.contains(option) else {
        throw InputError("\(option): given twice, accepted is once")
      }
    }
  }

  /// The argument parser would call a misspelt command an unexpected argument.
  private static func checkCommand(_ word: String?) throws(InputError) {
    let names = commands.map { $0._commandName }
    guard let word, !names.contains(word), !word.hasPrefix("-") else { return }
    throw InputError(
      "unknown command \(quoted(word))\(suggestion(for: word, among: names)); accepted are "
        + names.joined(separator: ", "))
  }

  /// A line for what the argument parser has to say.
  func wording(of message: String) -> String {
    let words = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    let option = words.count == 3 ? String(words[1].prefix { $0 != " " }) : ""
    let place = "'footlights help \(name ?? "watch")'"
    switch words.first {
    case "Unknown option ":
      let known = OptionList(command).all
      return "unknown option \(quoted(option))\(suggestion(for: option, among: known)); "
        + "\(place) lists what is accepted"
    case "Missing value for ":
      return "\(option): its value is missing; \(place) says what is accepted"
    case "Missing expected argument ": return "\(option) is missing; \(place) says what is accepted"
    default:
      let text = message.last == "." ? String(message.dropLast()) : message
      return "\(text.prefix(1).lowercased())\(text.dropFirst()); \(place) lists what is accepted"
    }
  }
}

/// The options of a command, read from its help.
private struct OptionList {
  /// All options: `--seed`, `-h`.
  private(set) var all: [String] = []
  /// Those followed by a value.
  private(set) var takingValue: Set<String> = []

  /// Options that may be given several times.
  static let repeatable: Set = ["--set"]

  init(_ command: any ParsableCommand.Type) {
    let help = Footlights.helpMessage(for: command, columns: 80)
    for line in help.split(separator: "\n") where line.hasPrefix("  -") {
      let words = line.split(separator: " ")
      let names = words.prefix { $0.hasPrefix("-") }
        .map { $0.last == "," ? String($0.dropLast()) : String($0) }
      all += names
      if words.dropFirst(names.count).first?.hasPrefix("<") == true { takingValue.formUnion(names) }
    }
  }
}
