internal import Estimators
internal import Telemetry

extension EpisodeFile {
  /// The episode for people: what it is, then a row for each step.
  func table() -> String {
    summary + "\n" + stepTable.text
  }

  private var summary: String {
    let run = header.run
    let settings = header.settings
    let omitted = record.omitted > 0 ? ", the first \(record.omitted) of them not recorded" : ""
    var rows = TextTable(header: [])
    rows.leftAligned = [0, 1]
    rows.rows = [
      ["episode", "\(header.name): episode \(record.episode) of worker \(record.worker)"],
      ["run", "\(run.environment), \(run.agent), preset \(run.preset), seed \(run.seed)"],
      ["network", "\(run.network), \(run.parameters) parameters"],
      [
        "settings",
        "\(settings.agent.rawValue), \(settings.estimator), gamma \(settings.discount), "
          + "entropy_coefficient \(Float(settings.entropyCoefficient)), "
          + "learning_rate \(settings.learningRate), workers \(settings.workers)",
      ],
      ["return", "\(shown(record.undiscountedReturn)) in \(record.length) steps\(omitted)"],
      ["end", ending(record.steps[record.steps.count - 1]) ?? "not reached"],
      ["updates", updates],
    ]
    return rows.text
  }

  private var updates: String {
    guard let first = record.updates.first, let last = record.updates.last else { return "none" }
    return "\(record.updates.count), making versions \(first.version) to \(last.version) of theta"
  }

  private var stepTable: TextTable {
    var table = TextTable(
      header: ["t", "action", "reward", "V", "target", "advantage", "update", "end"])
    table.leftAligned = [1, 7]
    table.rows = record.steps.enumerated().map { t, step in
      let isLearnt = step.update != nil
      return [
        "\(record.omitted + t)", name(ofAction: step.action), shown(Double(step.reward)),
        shown(Double(step.value)), isLearnt ? shown(Double(step.target)) : "",
        isLearnt ? shown(Double(step.advantage)) : "",
        step.update.map { "\(record.updates[$0].version)" } ?? "", ending(step) ?? "",
      ]
    }
    return table
  }

  private func name(ofAction action: Int) -> String {
    header.run.continuousAction == nil
      ? header.run.actions[action] : shown(ContinuousAction.drawn(action))
  }

  private func ending(_ step: EpisodeRecord.Step) -> String? {
    if step.terminated { return "terminated" }
    return step.truncated ? "truncated" : nil
  }
}
