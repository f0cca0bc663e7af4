internal import Environments
internal import Estimators
internal import Networks
internal import Telemetry

extension EpisodeFile {
  /// The file's content.
  func text() -> String {
    var text = ""
    var hash = FNV1a()
    func append(_ line: JSON) {
      let line = line.text + "\n"
      hash.combine(line.utf8)
      text += line
    }
    append(.object(headerFields))
    for update in record.updates { append(.object(["update": .object(update.fields)])) }
    for (t, step) in record.steps.enumerated() {
      append(.object(["step": .object(fields(of: step, t: record.omitted + t))]))
    }
    append(.object(["reached": record.reached.json]))
    let end: JSON = .object([
      "steps": .integer(record.steps.count), "hash": .string(hash.hexadecimal),
    ])
    append(.object(["end": end]))
    return text
  }

  /// The episode as one object: the fields of the header, the updates, the steps, the state reached.
  func json() -> JSON {
    let steps = record.steps.enumerated().map { t, step in
      JSON.object(fields(of: step, t: record.omitted + t))
    }
    return .object(
      headerFields + [
        JSON.Member(
          key: "updates", value: .array(record.updates.map { .object($0.fields) })),
        JSON.Member(key: "steps", value: .array(steps)),
        JSON.Member(key: "reached", value: record.reached.json),
      ])
  }

  private var headerFields: [JSON.Member] {
    let run = header.run
    let settings = environment.specification.settings.sorted { $0.key < $1.key }
    let world = settings.map { JSON.Member(key: $0.key, value: .string($0.value)) }
    let maze = (environment as? Maze).map { JSON.string($0.definition.text) }
    let opening = members([
      "format": .string(Self.format), "version": .integer(Self.version),
      "name": .string(header.name), "environment": .string(run.environment),
    ])
    let worldly =
      world.isEmpty ? [] : [JSON.Member(key: "environment_settings", value: .object(world))]
    return opening + worldly
      + members([
        "maze": maze ?? .null, "actions": .array(run.actions.map(JSON.string)),
        "observed": .array(run.observed.map(\.json)), "agent": .string(run.agent),
        "preset": .string(run.preset), "scheduler": .string(run.scheduler),
        "seed": .number("\(run.seed)"), "threads": .integer(run.threads),
        "network": .string(run.network), "parameters": .integer(run.parameters),
        "settings": header.settings.json, "worker": .integer(record.worker),
        "episode": .integer(record.episode), "start": record.start.map(JSON.integer) ?? .null,
        "first_number": .integer(record.firstNumber), "omitted": .integer(record.omitted),
        "omitted_return": .computed(record.omittedReturn), "length": .integer(record.length),
        "return": .computed(record.undiscountedReturn),
      ])
  }
}

extension EpisodeFile {
  /// The fields of a step's line; `t` counts the steps of the episode from 0.
  private func fields(of step: EpisodeRecord.Step, t: Int) -> [JSON.Member] {
    let action: JSON =
      header.run.continuousAction == nil
      ? .integer(step.action) : .computed(Float(ContinuousAction.drawn(step.action)))
    return members([
      "t": .integer(t), "state": .array(step.state.map(JSON.computed)),
      "observation": .array(step.observation.map(JSON.computed)),
      "logits": .array(step.logits.map(JSON.computed)), "action": action,
      "reward": .computed(step.reward), "value": .computed(step.value),
      "next_value": .computed(step.nextValue), "terminated": .bool(step.terminated),
      "truncated": .bool(step.truncated), "target": .computed(step.target),
      "advantage": .computed(step.advantage), "update": step.update.map(JSON.integer) ?? .null,
    ])
  }
}

extension EpisodeRecord.Reached {
  fileprivate var json: JSON {
    .object([
      "state": .array(state.map(JSON.computed)),
      "observation": .array(observation.map(JSON.computed)),
    ])
  }
}

extension UpdateRecord {
  fileprivate var fields: [JSON.Member] {
    members([
      "version": .integer(version), "pulled_version": .integer(pulledVersion),
      "clock": .integer(clock), "first_number": .integer(firstNumber), "count": .integer(count),
      "batch": .integer(batch), "estimator": .string("\(estimator)"),
      "gamma": .computed(discount), "policy_loss": .computed(policyLoss),
      "value_loss": .computed(valueLoss), "entropy": .computed(entropy),
      "value_coefficient": .computed(valueCoefficient),
      "entropy_coefficient": .computed(entropyCoefficient),
      "gradient_norm": .computed(gradientNorm), "clipping_factor": .computed(clippingFactor),
      "learning_rate": .computed(learningRate),
    ])
  }
}

extension LiveSettings {
  fileprivate var json: JSON {
    .object([
      "estimator": .string("\(estimator)"), "agent": .string(agent.rawValue),
      "gamma": .computed(discount), "entropy_coefficient": .computed(entropyCoefficient),
      "learning_rate": .computed(learningRate), "workers": .integer(workers),
      "rollout_length": .integer(rolloutLength),
    ])
  }
}

extension ObservedName {
  fileprivate var json: JSON {
    .object(["name": .string(name), "symbol": .string(symbol), "unit": .string(unit)])
  }
}

extension JSON {
  /// A number that was computed, in the shortest text that reads back as the same bits; null for NaN,
  /// a text for an infinity.
  static func computed<Number: BinaryFloatingPoint & CustomStringConvertible>(
    _ value: Number
  ) -> JSON {
    if value.isNaN { return .null }
    return value.isInfinite ? .string(value.description) : .number(value.description)
  }
}

private func members(_ fields: KeyValuePairs<String, JSON>) -> [JSON.Member] {
  fields.map { JSON.Member(key: $0.key, value: $0.value) }
}
