internal import Estimators

/// Every estimate of the returns of a rollout.
struct RolloutEstimates {
  /// One estimator's figures, time-major as in the record.
  struct Column {
    let name: String
    let values: [Double]
  }

  let record: RolloutRecord
  let monteCarlo: [Double]
  let monteCarloWithoutBootstrap: [Double]
  let td: [Double]
  let nStep: [Column]
  let lambdaReturn: [Column]
  /// Lambda-returns less the critic's values.
  let gae: [Column]

  /// The n and lambda of a rollout that asks for none.
  static let usualSteps = ["1", "2", "3", "5", "inf"]
  static let usualLambdas = ["0", "0.5", "0.9", "0.95", "1"]

  init(_ record: RolloutRecord, steps: [NamedEstimator], lambdas: [NamedEstimator]) {
    func estimate(_ estimator: ReturnEstimator, nextValues: [Double]) -> [Double] {
      estimateReturns(
        estimator, discount: record.discount, rewards: record.rewards, nextValues: nextValues,
        terminated: record.terminated, truncated: record.truncated, worlds: record.worlds)
    }
    self.record = record
    monteCarlo = estimate(.monteCarlo, nextValues: record.nextValues)
    monteCarloWithoutBootstrap = estimate(
      .monteCarlo, nextValues: [Double](repeating: 0, count: record.rewards.count))
    td = estimate(.td, nextValues: record.nextValues)
    nStep = steps.map {
      Column(name: $0.name, values: estimate($0.estimator, nextValues: record.nextValues))
    }
    let lambdaReturn = lambdas.map {
      Column(name: $0.name, values: estimate($0.estimator, nextValues: record.nextValues))
    }
    gae = lambdaReturn.map { column in
      Column(name: column.name, values: zip(column.values, record.values).map { $0 - $1 })
    }
    self.lambdaReturn = lambdaReturn
  }

  /// The estimates as one JSON object; a flat record gives flat lists.
  func json() throws(InputError) -> JSON {
    .object([
      "monte_carlo": try shaped(monteCarlo),
      "monte_carlo_without_bootstrap": try shaped(monteCarloWithoutBootstrap),
      "td": try shaped(td),
      "n_step": try shaped(nStep),
      "lambda_return": try shaped(lambdaReturn),
      "gae": try shaped(gae),
    ])
  }

  private func shaped(_ columns: [Column]) throws(InputError) -> JSON {
    var members: [JSON.Member] = []
    for column in columns {
      members.append(JSON.Member(key: column.name, value: try shaped(column.values)))
    }
    return .object(members)
  }

  private func shaped(_ values: [Double]) throws(InputError) -> JSON {
    guard record.isNested else { return try .numbers(values) }
    var rows: [JSON] = []
    for t in 0..<record.count {
      rows.append(try .numbers(Array(values[t * record.worlds..<(t + 1) * record.worlds])))
    }
    return .array(rows)
  }

  /// The estimates as a table for each world.
  func table() -> String {
    (0..<record.worlds).map(table(world:)).joined(separator: "\n")
  }

  private func table(world: Int) -> String {
    var table = TextTable(header: ["t", "r", "V", "V next", "end", "MC", "MC no V", "TD"])
    table.header += nStep.map { "n \($0.name)" }
    table.header += lambdaReturn.map { "λ \($0.name)" }
    table.header += gae.map { "GAE \($0.name)" }
    table.leftAligned = [4]
    for t in 0..<record.count {
      let i = t * record.worlds + world
      let given = [record.rewards[i], record.values[i], record.nextValues[i]].map(shown)
      let columns = [monteCarlo, monteCarloWithoutBootstrap, td]
      let named = nStep + lambdaReturn + gae
      table.rows.append(
        ["\(t)"] + given + [end(i, last: t == record.count - 1)] + columns.map { shown($0[i]) }
          + named.map { shown($0.values[i]) })
    }
    return (record.worlds > 1 ? "world \(world)\n" : "") + table.text
  }

  private func end(_ i: Int, last: Bool) -> String {
    if record.terminated[i] { return "terminated" }
    if record.truncated[i] { return "truncated" }
    return last ? "cut" : ""
  }
}
