import Telemetry

/// What follows `race` in the setting line: `n 5 vs lambda .95 pairs 20 steps 50000`.
enum RaceLine {
  /// What is accepted, as help and errors say it.
  static let accepted = "X vs Y [pairs P] [steps N]"

  private static let counts = [
    "pairs": 1...1_000, "steps": 1...1_000_000_000,
  ]

  /// Reads two settings and the numbers behind them.
  ///
  /// - Throws: `SettingError` with what was found and what is accepted, on one line.
  static func parse(_ text: String) throws(SettingError) -> RaceRequest {
    let words = text.split(separator: " ").map(String.init)
    let places = words.indices.filter { words[$0] == "vs" }
    guard let middle = places.first, places.count == 1 else {
      throw SettingError(
        description: "race: found \"\(text)\"; accepted: \(accepted), such as n 5 vs lambda .95")
    }
    let rest = words[(middle + 1)...]
    let options = rest.firstIndex { counts.keys.contains($0) } ?? words.endIndex
    let first = try change(words[..<middle], "before vs")
    let second = try change(words[(middle + 1)..<options], "after vs")
    var request = RaceRequest(first: first, second: second)
    try read(Array(words[options...]), into: &request)
    return request
  }

  /// One of the two settings, written as it would be alone.
  private static func change(
    _ words: ArraySlice<String>, _ place: String
  ) throws(SettingError) -> SettingChange {
    guard !words.isEmpty else {
      throw SettingError(
        description: "race: found nothing \(place); accepted: \(accepted)")
    }
    let text = words.joined(separator: " ")
    if let agent = AgentName(rawValue: text), agent.hasTable { return .agent(agent) }
    let request: SettingRequest
    do throws(SettingError) {
      request = try SettingParser(themes: []).parse(text)
    } catch {
      throw SettingError(description: "race: \(error.description)")
    }
    guard case .change(let change) = request else {
      throw SettingError(
        description: "race: found \"\(text)\"; accepted: what changes the learning: "
          + "n 5, lambda .95, lr .001, gamma .9, a2c ...")
    }
    return change
  }

  private static func read(
    _ words: [String], into request: inout RaceRequest
  ) throws(SettingError) {
    var rest = words[...]
    var seen: Set<String> = []
    while let name = rest.popFirst() {
      guard let range = counts[name], seen.insert(name).inserted else {
        throw SettingError(
          description: "race: found \"\(name)\" at the end; accepted: \(accepted)")
      }
      let found = rest.popFirst()
      guard let number = found.flatMap({ Int($0) }), range.contains(number) else {
        let shown = found.map { "\"\($0)\"" } ?? "nothing"
        throw SettingError(
          description: "race: \(name): found \(shown); "
            + "accepted: \(range.lowerBound) to \(range.upperBound)")
      }
      if name == "pairs" { request.pairs = number } else { request.steps = number }
    }
  }
}
