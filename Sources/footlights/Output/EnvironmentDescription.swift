internal import Environments

/// Everything a world says of itself: what `footlights list environments NAME` prints.
struct EnvironmentDescription {
  private let specification: EnvironmentSpecification

  init(_ specification: EnvironmentSpecification) { self.specification = specification }

  /// As a table of what is observed below lines of words.
  var text: String {
    var table = TextTable(header: [])
    table.leftAligned = [0, 1]
    table.rows = facts.map { ["  " + $0.key, $0.value] }
    return "\(specification.name)\n\(table.text)"
  }

  /// As one JSON object.
  var json: JSON {
    .object(
      [JSON.Member(key: "name", value: .string(specification.name))]
        + facts.map { JSON.Member(key: $0.key, value: .string($0.value)) })
  }

  private var facts: [(key: String, value: String)] {
    var facts = [("summary", specification.summary)]
    switch specification.observation {
    case .discrete(let count):
      facts.append(("observation", "one of \(count) states, as an index from 0"))
    case .box(let quantities):
      for (index, quantity) in quantities.enumerated() {
        facts.append(("observation \(index)", Self.text(quantity)))
      }
    }
    switch specification.actionSpace {
    case .discrete(let names):
      let list = names.enumerated().map { "\($0) \($1)" }.joined(separator: ", ")
      facts.append(("action", names.isEmpty ? "none: there is nothing to choose" : list))
    case .box(let quantity): facts.append(("action", Self.text(quantity)))
    }
    facts.append(("reward", specification.rewards))
    facts.append(("start", specification.begins))
    facts.append(("end", specification.ends))
    if let solved = specification.solvedReturn {
      facts.append(("solved", "a mean return of \(Self.number(solved))"))
    }
    let settings =
      EnvironmentRegistry.builtInSettings
      .first { $0.environment == specification.name }?.settings ?? []
    for setting in settings {
      facts.append(("set \(setting.key)", "\(setting.meaning) [\(setting.standard)]"))
    }
    return facts
  }

  private static func text(_ quantity: ObservedQuantity) -> String {
    let unit = quantity.unit.isEmpty ? "" : " in \(quantity.unit)"
    return
      "\(quantity.name) \(quantity.symbol)\(unit), \(bound(quantity.low)) to \(bound(quantity.high))"
  }

  private static func bound(_ value: Double) -> String {
    value == .infinity ? "∞" : value == -.infinity ? "-∞" : number(value)
  }

  private static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? Quantity.short(value)
  }
}
