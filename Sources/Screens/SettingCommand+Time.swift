import Telemetry

extension SettingCommand {
  /// Where to go in what is recorded.
  static let time: [SettingCommand] = [
    SettingCommand(
      names: ["goto"], argument: "the number of a step, update N, oldest or present",
      summary: "a moment of the past", choices: ["update ", "oldest", "present"]
    ) { text in
      switch text {
      case "oldest": return .goto(.oldest)
      case "present": return .goto(.present)
      default: break
      }
      let words = text.split(separator: " ")
      if words.count == 2, words[0] == "update" {
        return whole(String(words[1]), 0...Int.max).map { .goto(.update($0)) }
      }
      return whole(text, 0...Int.max).map { .goto(.number($0)) }
    }
  ]
}
