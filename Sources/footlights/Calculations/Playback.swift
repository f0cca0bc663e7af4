internal import Environments
internal import Randomness

/// One environment played from a given state with given actions, to the episode's end at most.
struct Playback {
  private(set) var states: [[Double]]
  private(set) var observations: [[Float]] = []
  private(set) var rewards: [Double] = []
  private(set) var actions: [Action] = []
  /// Indices, from 0, of the steps that terminated or truncated the episode.
  private(set) var terminatedAt: [Int] = []
  private(set) var truncatedAt: [Int] = []

  private static let known = ["state", "actions"]

  /// Plays `{"state": [...], "actions": [...]}`; the time limit counts from 0 at that state. Where
  /// actions are real numbers, each may stand in a list of one, as Gymnasium's arrays do.
  ///
  /// - Throws: where the state or an action is none of the environment's.
  init(
    _ field: JSONField, in environment: any Environment, seed: UInt64
  ) throws(InputError) {
    var environment = environment
    var random = RandomStream(seed: seed)
    let specification = environment.specification
    let fields = try field.members(known: Self.known)
    let state = try fields.required("state", in: field.file)
    let numbers = try state.numbers()
    let listed = try fields.required("actions", in: field.file).items("a list of actions")
    var actions: [Action] = []
    for item in listed { actions.append(try Self.action(item, of: specification)) }

    environment.reset(start: nil, random: &random)
    do {
      try environment.begin(in: numbers)
    } catch {
      throw state.error("is no state of \(specification.name): \(error)")
    }
    states = [environment.worldState]
    for action in actions {
      let outcome = environment.step(action, random: &random)
      record(environment, action: action, outcome: outcome)
      if outcome.ended { break }
    }
  }

  /// An action of a world: the index of one of a few, or a real number.
  private static func action(
    _ item: JSONField, of specification: EnvironmentSpecification
  ) throws(InputError) -> Action {
    switch specification.actionSpace {
    case .discrete(let names):
      let last = names.count - 1
      return .discrete(
        try item.integer(
          in: 0...last, "an action of \(specification.name): a whole number from 0 to \(last)"))
    case .box(let quantity):
      let accepted = "an action of \(specification.name): a real number, the \(quantity.name)"
      guard case .array = item.value else { return .continuous(try item.number(accepted)) }
      let items = try item.items()
      guard items.count == 1 else {
        throw item.error("has \(items.count) numbers, accepted is \(accepted)")
      }
      return .continuous(try items[0].number(accepted))
    }
  }

  private mutating func record(
    _ environment: some Environment, action: Action, outcome: StepOutcome
  ) {
    if outcome.terminated { terminatedAt.append(rewards.count) }
    if outcome.truncated { truncatedAt.append(rewards.count) }
    actions.append(action)
    rewards.append(outcome.reward)
    states.append(environment.worldState)
    let width = environment.specification.observation.width
    var observation = [Float](repeating: 0, count: width)
    environment.observe(into: &observation)
    observations.append(observation)
  }

  /// The episode as one JSON object.
  func json() throws(InputError) -> JSON {
    .object([
      "states": try Self.rows(states),
      "observations": .array(observations.map { .array($0.map { .number($0.description) }) }),
      "rewards": try .numbers(rewards),
      "terminated_at": .array(terminatedAt.map(JSON.integer)),
      "truncated_at": .array(truncatedAt.map(JSON.integer)),
    ])
  }

  private static func rows(_ rows: [[Double]]) throws(InputError) -> JSON {
    var items: [JSON] = []
    for row in rows { items.append(try .numbers(row)) }
    return .array(items)
  }

  /// The episode as a table, a row for each step.
  func table(of specification: EnvironmentSpecification) -> String {
    let symbols = Self.symbols(of: specification, count: states[0].count)
    var table = TextTable(header: ["t", "action"] + symbols + ["reward", "end"])
    table.leftAligned = [1, table.header.count - 1]
    for (t, state) in states.enumerated() {
      // The row of time t holds the state, the action taken there, and what followed.
      guard t < actions.count else {
        table.rows.append(["\(t)", ""] + state.map(shown))
        break
      }
      let end = [
        terminatedAt.contains(t) ? "terminated" : nil, truncatedAt.contains(t) ? "truncated" : nil,
      ].compactMap(\.self).joined(separator: " ")
      table.rows.append(
        ["\(t)", Self.text(of: actions[t], specification)] + state.map(shown)
          + [shown(rewards[t]), end])
    }
    return table.text
  }

  private static func text(
    of action: Action, _ specification: EnvironmentSpecification
  ) -> String {
    switch action {
    case .discrete(let index): specification.actions[index]
    case .continuous(let number): shown(number)
    }
  }

  private static func symbols(
    of specification: EnvironmentSpecification, count: Int
  ) -> [String] {
    guard case .box(let quantities) = specification.observation, quantities.count == count else {
      return count == 1 ? ["state"] : (0..<count).map { "s\($0)" }
    }
    return quantities.map { $0.unit.isEmpty ? $0.symbol : "\($0.symbol) (\($0.unit))" }
  }
}
