internal import MarkovProcesses

/// A known process, a policy and a critic, as a file gives them.
struct ProcessFile {
  let mdp: TabularMDP
  let policy: [[Double]]
  let critic: [Double]
  let discount: Double

  private static let known = ["states", "actions", "gamma", "outcomes", "policy", "estimate_V"]
  /// What a table of reference data says besides.
  private static let passedOver = [
    "label", "true_values", "n_step", "lambda_return", "monte_carlo_check",
  ]
  private static let mostStates = 1_000_000

  /// A process that is known without a file.
  init(_ mdp: TabularMDP, policy: [[Double]], critic: [Double], discount: Double) {
    self.mdp = mdp
    self.policy = policy
    self.critic = critic
    self.discount = discount
  }

  /// The process in a JSON object.
  ///
  /// - Throws: where a field is missing, has another type or size, or is no probability.
  init(_ field: JSONField) throws(InputError) {
    let fields = try field.members(known: Self.known, passedOver: Self.passedOver)
    func required(_ key: String) throws(InputError) -> JSONField {
      try fields.required(key, in: field.file)
    }
    let accepted = "a whole number from 1 to \(Self.mostStates)"
    let states = try required("states").integer(in: 1...Self.mostStates, accepted)
    let actions = try required("actions").integer(in: 1...Self.mostStates, accepted)
    discount = try required("gamma").number(in: 0...1, "a number from 0 to 1")
    var outcomes: [[[TabularMDP.Outcome]]] = []
    for state in try Self.rows(required("outcomes"), count: states, of: "states") {
      var row: [[TabularMDP.Outcome]] = []
      for action in try Self.rows(state, count: actions, of: "actions") {
        row.append(try Self.outcomes(action, states: states))
      }
      outcomes.append(row)
    }
    mdp = TabularMDP(states: states, actions: actions, outcomes: outcomes)
    var policy: [[Double]] = []
    for row in try Self.rows(required("policy"), count: states, of: "states") {
      policy.append(try row.distribution(count: actions, of: "actions"))
    }
    self.policy = policy
    let estimate = try required("estimate_V")
    critic = try estimate.numbers()
    guard critic.count == states else {
      throw estimate.error("has \(critic.count) values, there are \(states) states")
    }
  }

  private static func rows(
    _ field: JSONField, count: Int, of things: String
  ) throws(InputError) -> [JSONField] {
    let rows = try field.items("a list with an item for each of \(count) \(things)")
    guard rows.count == count else {
      throw field.error("has \(rows.count) items, there are \(count) \(things)")
    }
    return rows
  }

  /// What may follow an action: a list of [probability, next state (-1: the end), reward].
  private static func outcomes(
    _ field: JSONField, states: Int
  ) throws(InputError) -> [TabularMDP.Outcome] {
    var outcomes: [TabularMDP.Outcome] = []
    for item in try field.items("a list of [probability, next state, reward]") {
      let parts = try item.items("[probability, next state, reward]")
      guard parts.count == 3 else {
        throw item.error(
          "has \(parts.count) numbers, accepted are 3: [probability, next state, reward]")
      }
      outcomes.append(
        TabularMDP.Outcome(
          probability: try parts[0].number(in: 0...1, "a probability from 0 to 1"),
          nextState: try parts[1].integer(
            in: -1...(states - 1), "a state from 0 to \(states - 1), or -1 for the end"),
          reward: try parts[2].number()))
    }
    try field.checkDistribution(outcomes.map(\.probability))
    return outcomes
  }
}
