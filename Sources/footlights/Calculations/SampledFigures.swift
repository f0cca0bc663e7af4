internal import Estimators

/// Targets measured from rollouts of one state, as JSON and as a table.
struct SampledFigures {
  let targets: SampledTargets
  let steps: [NamedEstimator]
  let lambdas: [NamedEstimator]
  /// Steps after which rollouts were cut, and how many of them were.
  let cut: (longest: Int, count: Int)

  /// A discounted reward is left out where it is worth less than this share of one now.
  private static let leastShare = 1e-4
  private static let mostSteps = 50_000_000

  /// The steps of a rollout after which what is left is worth nothing, or takes too long.
  static func longest(discount: Double, samples: Int) -> Int {
    let affordable = max(1_000, mostSteps / max(1, samples))
    var (share, steps) = (1.0, 0)
    while share > leastShare, steps < affordable {
      share *= discount
      steps += 1
    }
    return max(1, steps)
  }

  /// The measured figures of the state.
  func json() throws(InputError) -> JSON {
    let entries = targets.entries
    return .object([
      "samples": .integer(targets.samples),
      "confidence": try .number(targets.level.probability),
      "longest_rollout": .integer(cut.longest),
      "rollouts_cut": .integer(cut.count),
      "true_value": try .number(targets.trueValue),
      "true_value_interval": try Self.interval(
        targets.trueValue - targets.trueValueInterval...targets.trueValue
          + targets.trueValueInterval),
      "n_step": try Self.json(steps, entries.prefix(steps.count)),
      "lambda_return": try Self.json(lambdas, entries.suffix(lambdas.count)),
    ])
  }

  private static func json(
    _ names: [NamedEstimator], _ entries: ArraySlice<SampledTargets.Entry>
  ) throws(InputError) -> JSON {
    var members: [JSON.Member] = []
    for (name, entry) in zip(names, entries) {
      let figures: JSON = .object([
        "mean": try .number(entry.mean),
        "bias": try .number(entry.bias),
        "bias_interval": try interval(entry.biasInterval),
        "bias_squared": try .number(entry.biasSquared),
        "bias_squared_interval": try interval(entry.biasSquaredInterval),
        "variance": try .number(entry.variance),
        "variance_interval": try interval(entry.varianceInterval),
        "mean_squared_error": try .number(entry.meanSquaredError),
      ])
      members.append(JSON.Member(key: name.name, value: figures))
    }
    return .object(members)
  }

  /// Null where nothing is claimed.
  private static func interval(_ interval: ClosedRange<Double>) throws(InputError) -> JSON {
    guard interval.lowerBound.isFinite, interval.upperBound.isFinite else { return .null }
    return try .numbers([interval.lowerBound, interval.upperBound])
  }

  /// A table, the least error of either family marked.
  var table: String {
    var table = TextTable(
      header: ["target", "mean", "bias", "bias²", "interval", "variance", "interval", "MSE", ""])
    table.leftAligned = [0, 8]
    let entries = targets.entries
    let families = [
      ("n", steps, entries.prefix(steps.count)), ("λ", lambdas, entries.suffix(lambdas.count)),
    ]
    for (symbol, names, entries) in families {
      let least = entries.map(\.meanSquaredError).min()
      for (name, entry) in zip(names, entries) {
        table.rows.append([
          "\(symbol) \(name.name)", shown(entry.mean), shown(entry.bias), shown(entry.biasSquared),
          Self.between(entry.biasSquaredInterval), shown(entry.variance),
          Self.between(entry.varianceInterval), shown(entry.meanSquaredError),
          entry.meanSquaredError == least ? "least" : "",
        ])
      }
    }
    return table.text
  }

  private static func between(_ interval: ClosedRange<Double>) -> String {
    guard interval.upperBound.isFinite else { return "none" }
    return "[\(shown(interval.lowerBound)), \(shown(interval.upperBound))]"
  }

  /// From how many rollouts the figures are.
  var note: String {
    let percent = Int((targets.level.probability * 100).rounded())
    let start =
      "measured from \(targets.samples) rollouts, \(percent) % intervals, true value "
      + "\(shown(targets.trueValue)) ± \(shown(targets.trueValueInterval))"
    guard cut.count > 0 else { return start + "\n" }
    return start
      + "\n\(cut.count) rollouts were cut after \(cut.longest) steps and bootstrapped\n"
  }
}
