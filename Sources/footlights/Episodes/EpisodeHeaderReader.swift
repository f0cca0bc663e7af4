internal import Environments
internal import Estimators
internal import Spelling
internal import Telemetry
internal import Training

/// Reads the first line of an episode file, and the states of its world.
struct EpisodeHeaderReader {
  let header: EpisodeHeader
  let environment: any Environment
  /// The record without its steps.
  let record: EpisodeRecord
  /// Steps of the whole episode, and its return.
  let length: Int
  let undiscountedReturn: Double

  private static let keys = [
    "format", "version", "name", "environment", "environment_settings", "maze", "actions",
    "observed", "agent", "preset",
    "scheduler", "seed", "threads", "network", "parameters", "settings", "worker", "episode",
    "start", "first_number", "omitted", "omitted_return", "length", "return",
  ]

  init(_ field: JSONField) throws(InputError) {
    let fields = try EpisodeFields(field, Self.keys)
    let environment = try Self.environment(fields)
    let specification = environment.specification
    let observed = ObservedName.of(specification)
    try Self.checkActions(try fields["actions"], specification)
    try Self.checkObserved(try fields["observed"], observed, specification)
    let run = RunDescription(
      environment: specification.name, task: specification.summary,
      agent: try AgentName(try fields["agent"]).rawValue, preset: try fields["preset"].line(),
      scheduler: try fields["scheduler"].line(), seed: try fields["seed"].unsigned(),
      threads: try fields["threads"].count(from: 1), actions: specification.actions,
      observed: observed, realTimeRate: specification.stepsPerSecond,
      solvedReturn: specification.solvedReturn, parameters: try fields["parameters"].count(),
      network: try fields["network"].line(), stepLimit: nil,
      continuousAction: ContinuousAction(specification))
    header = EpisodeHeader(
      name: try fields["name"].line(), run: run,
      settings: try LiveSettings(try fields["settings"]))
    self.environment = environment
    let start = try fields["start"]
    record = EpisodeRecord(
      worker: try fields["worker"].count(to: RunLimits.mostWorkers - 1),
      episode: try fields["episode"].count(),
      start: start.value == .null ? nil : try start.count(to: specification.starts - 1),
      firstNumber: try fields["first_number"].count(), omitted: try fields["omitted"].count(),
      omittedReturn: try fields["omitted_return"].exactly(), steps: [], updates: [],
      reached: EpisodeRecord.Reached(state: [], observation: []))
    length = try fields["length"].count(from: 1)
    undiscountedReturn = try fields["return"].exactly()
  }

  /// The world. A map in the header comes before a name: no other file is read.
  private static func environment(_ fields: EpisodeFields) throws(InputError) -> any Environment {
    let field = try fields["environment"]
    let name = try field.line()
    let registry = Worlds.registry
    let map = try fields["maze"]
    do {
      if case .string(let text) = map.value {
        return try registry.makeMaze(Array(text.utf8), name: name, file: "\(map.file): maze")
      }
      guard map.value == .null else { throw map.wrongType("the text of a map, or null") }
      guard registry.names.contains(name) else {
        throw field.error(
          "is \(quoted(name))\(suggestion(for: name, among: registry.names)), accepted is a name "
            + "that 'footlights list environments' lists, or any with a map in 'maze'")
      }
      return try registry.make(name, settings: try worldSettings(fields))
    } catch let error as InputError {
      throw error
    } catch {
      throw InputError("\(error)")
    }
  }

  /// The settings of the world; none where the header leaves them out.
  private static func worldSettings(
    _ fields: EpisodeFields
  ) throws(InputError) -> [EnvironmentRegistry.Setting] {
    guard let field = fields.optional("environment_settings") else { return [] }
    let given = try field.members(known: EnvironmentRegistry.settingKeys)
    var settings: [EnvironmentRegistry.Setting] = []
    for (key, value) in given.sorted(by: { $0.key < $1.key }) {
      settings.append((key, try value.line()))
    }
    return settings
  }

  private static func checkActions(
    _ field: JSONField, _ specification: EnvironmentSpecification
  ) throws(InputError) {
    var names: [String] = []
    for item in try field.items("a list of names") { names.append(try item.line()) }
    guard names == specification.actions else {
      guard specification.continuousAction == nil else {
        throw field.error(
          "has \(quoted(names.joined(separator: ", "))), accepted is an empty list: the action of "
            + "\(specification.name) is a real number")
      }
      throw field.error(
        "has \(quoted(names.joined(separator: ", "))), those of \(specification.name) are "
          + specification.actions.joined(separator: ", "))
    }
  }

  private static func checkObserved(
    _ field: JSONField, _ observed: [ObservedName], _ specification: EnvironmentSpecification
  ) throws(InputError) {
    var found: [ObservedName] = []
    for item in try field.items("a list of quantities") {
      let fields = try EpisodeFields(item, ["name", "symbol", "unit"])
      found.append(
        ObservedName(
          name: try fields["name"].line(), symbol: try fields["symbol"].line(),
          unit: try fields["unit"].line()))
    }
    guard found == observed else {
      throw field.error(
        "has \(found.count) quantities that are not the \(observed.count) of \(specification.name)")
    }
  }

  /// A state of the world and what is observed in it.
  func state(_ fields: EpisodeFields) throws(InputError) -> ([Double], [Float]) {
    var world = environment
    let name = world.specification.name
    let state: [Double] = try fields["state"].list(of: world.stateSize, "numbers") {
      item throws(InputError) in try item.exactly()
    }
    do {
      try world.restore(checking: state)
    } catch {
      throw try fields["state"].error("is no state of \(name): \(error)")
    }
    let width = world.specification.observation.width
    let observation: [Float] = try fields["observation"].list(of: width, "numbers") {
      item throws(InputError) in try item.exactly()
    }
    var seen = [Float](repeating: 0, count: width)
    world.observe(into: &seen)
    guard seen.isIdentical(to: observation) else {
      throw try fields["observation"].error(
        "is \(observation), but \(name) shows \(seen) in this state")
    }
    return (state, observation)
  }

  /// Step `t` of the episode.
  func step(
    _ field: JSONField, t: Int, updates: Int
  ) throws(InputError) -> EpisodeRecord.Step {
    let fields = try EpisodeFields(
      field,
      [
        "t", "state", "observation", "logits", "action", "reward", "value", "next_value",
        "terminated", "truncated", "target", "advantage", "update",
      ])
    let found = try fields["t"].count()
    guard found == t else {
      throw try fields["t"].error("is \(found), accepted is \(t): the steps stand in order")
    }
    let (state, observation) = try state(fields)
    let update = try fields["update"]
    let place =
      update.value == .null
      ? nil
      : try update.integer(
        in: 0...max(0, updates - 1),
        updates == 0 ? "null: there are no updates" : "null, or an update from 0 to \(updates - 1)")
    if updates == 0, place != nil { throw update.wrongType("null: there are no updates") }
    return EpisodeRecord.Step(
      state: state, observation: observation,
      logits: try fields["logits"].list(of: environment.specification.policyOutputs, "logits") {
        item throws(InputError) in
        try item.computed()
      },
      action: try action(try fields["action"]),
      reward: try fields["reward"].exactly(), value: try fields["value"].computed(),
      nextValue: try fields["next_value"].computed(),
      terminated: try fields["terminated"].flag(), truncated: try fields["truncated"].flag(),
      target: try fields["target"].computed(), advantage: try fields["advantage"].computed(),
      update: place)
  }

  /// An action of the world: the number of one of a few, or the code of a real number.
  private func action(_ field: JSONField) throws(InputError) -> Int {
    let actions = environment.specification.actions.count
    guard actions > 0 else {
      let drawn: Float = try field.exactly()
      return Int(Int32(bitPattern: drawn.bitPattern))
    }
    return try field.integer(
      in: 0...actions - 1,
      "an action of \(environment.specification.name): a whole number from 0 to \(actions - 1)")
  }
}
