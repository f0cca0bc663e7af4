internal import Agents
internal import CellCanvas
internal import Environments
internal import Telemetry
internal import Training

/// A comparison by learning as a table, a plot, JSON, CSV and SVG.
struct LearningReport {
  let plan: LearningPlan
  /// The estimators as they were named, and what became of their runs.
  let contenders: [(name: String, summary: LearningSummary)]

  init(_ plan: LearningPlan, contenders: [(String, LearningSummary)]) {
    self.plan = plan
    self.contenders = contenders.map { (name: $0.0, summary: $0.1) }
  }

  private var configuration: RunConfiguration { plan.configurations[0] }
  private var world: String { configuration.environment.specification.name }

  // MARK: Files

  /// All figures as one JSON object; null where there are none.
  func json() throws(InputError) -> JSON {
    var estimators: [JSON.Member] = []
    for contender in contenders {
      estimators.append(
        JSON.Member(key: contender.name, value: try json(of: contender.summary)))
    }
    return .object([
      "env": .string(world),
      "agent": .string(configuration.agent.rawValue),
      "preset": .string(configuration.preset),
      "workers": .integer(configuration.workers),
      "gamma": try .number(configuration.hyperparameters.discount),
      "steps": .integer(plan.steps),
      "seeds": .array(plan.seeds.map { .number(String($0)) }),
      "evaluation_episodes": .integer(configuration.evaluationEpisodes),
      "goal": try .optional(plan.goal),
      "confidence": try .number(LearningSummary.confidence),
      "interval_method": .string(LearningSummary.intervalMethod),
      "estimators": .object(estimators),
    ])
  }

  private func json(of summary: LearningSummary) throws(InputError) -> JSON {
    let runs = summary.runs
    let curve = summary.curve
    return .object([
      "scores": try .optionals(runs.map(\.score)),
      "interquartile_mean": try .optional(summary.score.mean),
      "interval": try summary.score.interval.map { interval throws(InputError) in
        try .numbers([interval.lowerBound, interval.upperBound])
      } ?? .null,
      "diverged": .integer(summary.diverged),
      "curve": .object([
        "steps": .array(plan.checkpoints.map { .integer($0) }),
        "interquartile_mean": try .optionals(curve.map(\.mean)),
        "low": try .optionals(curve.map { $0.interval?.lowerBound }),
        "high": try .optionals(curve.map { $0.interval?.upperBound }),
      ]),
      "returns": .array(try runs.map { run throws(InputError) in try .optionals(run.returns) }),
      "reached_goal": plan.goal == nil ? .null : .integer(summary.reached),
      "steps_to_goal": .array(runs.map { $0.stepsToGoal.map { .integer($0) } ?? .null }),
      "seconds_to_goal": try .optionals(runs.map(\.secondsToGoal)),
      "seconds": try .numbers(runs.map(\.seconds)),
    ])
  }

  /// Every evaluation on a line of its own; without a return where the run has diverged.
  var csv: String {
    var text = "estimator,seed,step,return\n"
    for (name, summary) in contenders {
      for (seed, run) in zip(plan.seeds, summary.runs) {
        for (step, result) in zip(plan.checkpoints, run.returns) {
          text += "\(name),\(seed),\(step),\(result.map { "\($0)" } ?? "")\n"
        }
      }
    }
    return text
  }

  /// The learning curves as a picture.
  var svg: String { chart.svg(width: 900, height: 520) }

  private var chart: Chart {
    let seeds = plan.seeds.count
    return Chart(
      title: "\(world), \(configuration.agent.rawValue), \(seeds) seed\(seeds == 1 ? "" : "s")",
      xLabel: "environment steps",
      yLabel: seeds == 1
        ? "mean return of the greedy policy"
        : "mean return of the greedy policy: interquartile mean over seeds, 95 % interval",
      curves: contenders.map { name, summary in
        Chart.Curve(
          name: name,
          points: zip(plan.checkpoints, summary.curve).map { step, estimate in
            Chart.Point(x: Double(step), y: estimate.mean ?? .nan, band: estimate.interval)
          })
      })
  }

  // MARK: For people

  /// Table and plot.
  var text: String {
    let seeds = plan.seeds.count
    let goal = plan.goal.map { "goal \(Quantity.short($0))" } ?? "no goal (--until-return sets one)"
    let numbers =
      "seed\(seeds == 1 ? "" : "s") \(plan.seeds[0])"
      + (seeds == 1 ? "" : " to \(plan.seeds[seeds - 1])")
    return """
      \(world) · \(configuration.agent.rawValue) · \(configuration.workers) workers · \
      preset \(configuration.preset) · \(plan.steps) steps · \(numbers) · \(goal)
      score of a seed: mean return of the greedy policy over \
      \(configuration.evaluationEpisodes) episodes after all steps

      \(table)\(notes)
      \(chart.printed)
      """
  }

  private var table: String {
    var header = ["estimator", "interquartile mean", "95 % interval"]
    if plan.goal != nil { header += ["reached the goal", "median steps", "median seconds"] }
    var table = TextTable(header: header)
    table.leftAligned = [0]
    for (name, summary) in contenders {
      var row = [name, summary.score.mean.map(Quantity.short) ?? "diverged"]
      row.append(
        summary.score.interval.map {
          "[\(Quantity.short($0.lowerBound)), \(Quantity.short($0.upperBound))]"
        } ?? "none")
      if plan.goal != nil {
        row.append("\(summary.reached) of \(summary.runs.count)")
        row.append(summary.medianSteps.map { Quantity.count(Int($0)) } ?? "not reached")
        row.append(summary.medianSeconds.map(Quantity.short) ?? "not reached")
      }
      table.rows.append(row)
    }
    return table.text
  }

  /// What the figures do not say by themselves.
  private var notes: String {
    var notes: [String] = []
    if plan.seeds.count == 1 {
      notes.append("one seed: no interval is claimed; --seeds 2 or more gives one")
    }
    for (name, summary) in contenders where summary.diverged > 0 {
      let count = summary.runs.count
      let others = count - summary.diverged
      notes.append(
        "\(name): \(summary.diverged) of \(count) runs diverged and have no score"
          + (others == 0 ? "" : "; mean and interval are those of the other \(others)"))
    }
    if plan.goal != nil {
      notes.append("medians are over all seeds; seconds are of learning, on one core")
    }
    return notes.map { "\($0)\n" }.joined()
  }
}

extension JSON {
  /// A number, or null.
  static func optional(_ value: Double?) throws(InputError) -> JSON {
    guard let value else { return .null }
    return try .number(value)
  }

  /// Numbers, null where there is none.
  static func optionals(_ values: [Double?]) throws(InputError) -> JSON {
    .array(try values.map { value throws(InputError) in try .optional(value) })
  }
}
