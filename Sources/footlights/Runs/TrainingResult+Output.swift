internal import Telemetry
internal import Training

extension TrainingResult {
  /// The outcome as one JSON object.
  func json() throws(InputError) -> JSON {
    var members: [JSON.Member] = []
    func add(_ key: String, _ value: JSON) { members.append(JSON.Member(key: key, value: value)) }
    add("env", .string(environment))
    add("agent", .string(agent))
    add("estimator", .string(estimator))
    add("scheduler", .string(scheduler))
    add("seed", .number(String(seed)))
    add("workers", .integer(workers))
    add("threads", .integer(threads))
    add("steps", .integer(progress.steps))
    add("updates", .integer(progress.updates))
    add("episodes", .integer(progress.episodes))
    add("seconds", try .number(progress.seconds))
    add("steps_per_second", try .number(stepsPerSecond))
    add("mean_return", try Self.optional(progress.meanReturn))
    add("evaluation", try evaluationJSON())
    add("reached", reached.map { .bool($0) } ?? .null)
    add("steps_to_reach", stepsToReach.map { .integer($0) } ?? .null)
    add("seconds_to_reach", try Self.optional(secondsToReach))
    add("parameters_hash", .string(parametersHash))
    add("diverged", .bool(divergence != nil))
    if let tabular { try Self.add(tabular, to: &members) }
    return .object(members)
  }

  private func evaluationJSON() throws(InputError) -> JSON {
    .object([
      "episodes": .integer(evaluation.episodes),
      "mean_return": try .number(evaluation.meanReturn),
      "std_return": try .number(evaluation.standardDeviation),
      "mean_length": try .number(evaluation.meanLength),
    ])
  }

  private static func add(
    _ tabular: Tabular, to members: inout [JSON.Member]
  ) throws(InputError) {
    members.append(
      JSON.Member(
        key: "regret", value: tabular.regret.isFinite ? try .number(tabular.regret) : .null))
    members.append(
      JSON.Member(
        key: "greedy_actions", value: .array(tabular.greedyActions.map { .integer($0) })))
    members.append(
      JSON.Member(key: "critic_rms_error", value: try optional(tabular.criticError)))
    guard let stepReward = tabular.stepReward, let slip = tabular.slip,
      let slipModel = tabular.slipModel
    else { return }
    members.append(
      JSON.Member(
        key: "maze",
        value: .object([
          "step_reward": try .number(stepReward), "slip": try .number(slip),
          "slip_model": .string(slipModel), "gamma": try .number(tabular.discount),
        ])))
  }

  private static func optional(_ value: Double?) throws(InputError) -> JSON {
    guard let value else { return .null }
    return try .number(value)
  }

  /// The outcome in a few lines for people.
  var text: String {
    var lines = [
      "\(environment)  \(agent)  \(estimator)  \(workers) workers  seed \(seed)",
      "  steps        \(Quantity.count(progress.steps)) in "
        + "\(Quantity.short(progress.seconds)) s, \(Quantity.count(Int(stepsPerSecond)))/s, "
        + "\(Quantity.count(progress.updates)) updates, "
        + "\(Quantity.count(progress.episodes)) episodes",
    ]
    if let mean = progress.meanReturn {
      lines.append("  training     mean return \(Quantity.short(mean)) over the last 100 episodes")
    }
    lines.append(
      "  evaluation   mean return \(Quantity.short(evaluation.meanReturn)) ± "
        + "\(Quantity.short(evaluation.standardDeviation)) over \(evaluation.episodes) episodes "
        + "of the greedy policy")
    if let tabular {
      lines.append("  regret       \(Quantity.short(tabular.regret)) of the uniform policy's")
      if let error = tabular.criticError {
        let states = "\(tabular.greedyActions.count) states"
        lines.append(
          "  critic       RMS error \(shown(error)) over \(states), against exact values")
      }
    }
    if let stepsToReach, let secondsToReach {
      lines.append(
        "  goal         reached at step \(Quantity.count(stepsToReach)) "
          + "after \(Quantity.short(secondsToReach)) s")
    } else if reached == false {
      lines.append("  goal         not reached")
    }
    if let divergence { lines.append("  diverged     \(divergence)") }
    lines.append("  parameters   \(parametersHash)")
    return lines.joined(separator: "\n") + "\n"
  }
}
