internal import Estimators

/// A rollout as a file gives it: `[T]` for one world, time-major `[T][worlds]` for several.
struct RolloutRecord {
  /// Number of worlds.
  let worlds: Int
  /// Whether the file has a list for each step, and the answer is to have one too.
  let isNested: Bool
  let discount: Double
  /// Time-major, one after the other: step t of world w at `t * worlds + w`.
  let rewards: [Double]
  let values: [Double]
  let nextValues: [Double]
  let terminated: [Bool]
  let truncated: [Bool]
  /// The n and lambda the file asks for; nil where it does not say.
  let steps: [NamedEstimator]?
  let lambdas: [NamedEstimator]?

  /// Number of steps.
  var count: Int { rewards.count / worlds }

  private static let known = [
    "rewards", "values", "next_values", "terminated", "truncated", "gamma", "n", "lambda",
  ]
  /// What a table of reference data says besides.
  private static let passedOver = [
    "label", "T", "envs", "last_values", "monte_carlo", "monte_carlo_without_bootstrap",
    "td0_target", "td", "n_step", "lambda_return", "gae",
  ]

  /// The rollout in a JSON object.
  ///
  /// - Throws: where a field is missing, has another type or another size than the rewards.
  init(_ field: JSONField) throws(InputError) {
    let fields = try field.members(known: Self.known, passedOver: Self.passedOver)
    func required(_ key: String) throws(InputError) -> JSONField {
      try fields.required(key, in: field.file)
    }
    discount = try required("gamma").number(in: 0...1, "a number from 0 to 1")
    let rewards = try RolloutColumns(try required("rewards")) { item throws(InputError) in
      try item.number()
    }
    func column<Value>(
      _ key: String, _ read: (JSONField) throws(InputError) -> Value
    ) throws(InputError) -> [Value] {
      let columns = try RolloutColumns(try required(key), read)
      try columns.checkShape(of: key, against: rewards, file: field.file)
      return columns.values
    }
    guard rewards.steps > 0 else {
      throw try required("rewards").error("is empty, accepted is at least one step")
    }
    worlds = rewards.worlds
    isNested = rewards.isNested
    self.rewards = rewards.values
    values = try column("values") { item throws(InputError) in try item.number() }
    nextValues = try column("next_values") { item throws(InputError) in try item.number() }
    terminated = try column("terminated") { item throws(InputError) in try item.flag() }
    truncated = try column("truncated") { item throws(InputError) in try item.flag() }
    steps = try fields["n"].map { list throws(InputError) in
      try Self.estimators(list, "a whole number >= 1 or \"inf\"") {
        ReturnEstimator.wholeSteps($0).map(ReturnEstimator.nStep)
      }
    }
    lambdas = try fields["lambda"].map { list throws(InputError) in
      try Self.estimators(list, "a number from 0 to 1") {
        ReturnEstimator.fraction($0).map(ReturnEstimator.lambda)
      }
    }
  }

  /// The estimators of a list of n or lambda, named as they are written.
  private static func estimators(
    _ list: JSONField, _ accepted: String, _ parse: (String) -> ReturnEstimator?
  ) throws(InputError) -> [NamedEstimator] {
    var estimators: [NamedEstimator] = []
    for item in try list.items() {
      let name: String
      switch item.value {
      case .number(let literal): name = literal
      case .string(let text): name = text
      default: throw item.wrongType(accepted)
      }
      guard let estimator = parse(name) else { throw item.wrongType(accepted) }
      if !estimators.contains(where: { $0.name == name }) {
        estimators.append(NamedEstimator(name: name, estimator: estimator))
      }
    }
    return estimators
  }
}

extension ReturnEstimator {
  /// The n in a JSON file, where 5 may also be written 5.0.
  fileprivate static func wholeSteps(_ text: String) -> Int? {
    if let steps = steps(text) { return steps }
    guard let number = Double(text), let n = Int(exactly: number), n >= 1 else { return nil }
    return n
  }
}

/// One field of a rollout: `[T]` or `[T][worlds]`.
private struct RolloutColumns<Value> {
  let steps: Int
  let worlds: Int
  let isNested: Bool
  let values: [Value]

  init(
    _ field: JSONField, _ read: (JSONField) throws(InputError) -> Value
  ) throws(InputError) {
    let rows = try field.items("a list of steps, or a list of lists: [T] or [T][worlds]")
    steps = rows.count
    isNested = field.isNested
    var values: [Value] = []
    var worlds = 1
    for (t, row) in rows.enumerated() {
      guard isNested else {
        values.append(try read(row))
        continue
      }
      let items = try row.items("a list with an item for each world, as in the first step")
      if t == 0 { worlds = items.count }
      guard items.count == worlds, worlds > 0 else {
        throw row.error(
          "has \(items.count) worlds, expected \(max(1, worlds)) as in the first step")
      }
      for item in items { values.append(try read(item)) }
    }
    self.worlds = worlds
    self.values = values
  }

  func checkShape<Other>(
    of key: String, against rewards: RolloutColumns<Other>, file: String
  ) throws(InputError) {
    guard isNested == rewards.isNested || steps != rewards.steps else {
      let (found, expected) = isNested ? ("[T][worlds]", "[T]") : ("[T]", "[T][worlds]")
      throw InputError("\(file): \(key) is \(found), but rewards is \(expected)")
    }
    guard steps == rewards.steps else {
      throw InputError("\(file): \(key) has \(steps) steps, but rewards has \(rewards.steps)")
    }
    guard worlds == rewards.worlds else {
      throw InputError("\(file): \(key) has \(worlds) worlds, but rewards has \(rewards.worlds)")
    }
  }
}
