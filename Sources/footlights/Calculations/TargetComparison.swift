internal import Estimators
internal import MarkovProcesses

/// Bias, variance and mean squared error of targets, for a process, a policy and a critic.
struct TargetComparison {
  let process: ProcessFile
  let steps: [NamedEstimator]
  let lambdas: [NamedEstimator]
  let analysis: TargetAnalysis

  /// The n and lambda compared where none are asked for.
  static let usualSteps = "1,2,3,5,10,20,inf"
  static let usualLambdas = "0,0.5,0.8,0.9,0.95,1"

  /// - Throws: where the process has no values: it may be rewarded for ever, undiscounted.
  init(
    _ process: ProcessFile, steps: [NamedEstimator], lambdas: [NamedEstimator], file: String
  ) throws(InputError) {
    self.process = process
    self.steps = steps
    self.lambdas = lambdas
    do {
      analysis = try RewardProcess(process.mdp, policy: process.policy).targetAnalysis(
        of: (steps + lambdas).map(\.estimator), critic: process.critic, discount: process.discount)
    } catch {
      throw InputError("\(file): \(error)")
    }
  }

  /// The figures of every state as one JSON object.
  func json() throws(InputError) -> JSON {
    let targets = analysis.targets
    return .object([
      "true_values": try .numbers(analysis.trueValues),
      "n_step": try Self.json(steps, targets.prefix(steps.count)),
      "lambda_return": try Self.json(lambdas, targets.suffix(lambdas.count)),
    ])
  }

  private static func json(
    _ names: [NamedEstimator], _ targets: ArraySlice<TargetMoments>
  ) throws(InputError) -> JSON {
    var members: [JSON.Member] = []
    for (name, target) in zip(names, targets) {
      let states = target.mean.indices
      let figures: JSON = .object([
        "mean": try .numbers(target.mean),
        "bias": try .numbers(target.bias),
        "bias_squared": try .numbers(states.map(target.biasSquared)),
        "variance": try .numbers(target.variance),
        "mean_squared_error": try .numbers(states.map(target.meanSquaredError)),
      ])
      members.append(JSON.Member(key: name.name, value: figures))
    }
    return .object(members)
  }

  /// The figures of one state: a number where `json` has one for every state.
  func members(state: Int) throws(InputError) -> [JSON.Member] {
    let targets = analysis.targets
    return [
      .init(key: "true_value", value: try .number(analysis.trueValues[state])),
      .init(
        key: "n_step", value: try Self.json(steps, targets.prefix(steps.count), state: state)),
      .init(
        key: "lambda_return",
        value: try Self.json(lambdas, targets.suffix(lambdas.count), state: state)),
    ]
  }

  private static func json(
    _ names: [NamedEstimator], _ targets: ArraySlice<TargetMoments>, state: Int
  ) throws(InputError) -> JSON {
    var members: [JSON.Member] = []
    for (name, target) in zip(names, targets) {
      let figures: JSON = .object([
        "mean": try .number(target.mean[state]),
        "bias": try .number(target.bias[state]),
        "bias_squared": try .number(target.biasSquared(state)),
        "variance": try .number(target.variance[state]),
        "mean_squared_error": try .number(target.meanSquaredError(state)),
      ])
      members.append(JSON.Member(key: name.name, value: figures))
    }
    return .object(members)
  }

  /// The figures of one state under its title.
  func table(state: Int) -> String {
    let title = """
      state \(state) of 0 to \(process.mdp.states - 1) · gamma \(process.discount) · \
      true value \(shown(analysis.trueValues[state])) · critic \(shown(process.critic[state]))

      """
    return title + rows(state: state)
  }

  /// The figures of one state as a table, the least error of either family marked.
  func rows(state: Int) -> String {
    var table = TextTable(header: ["target", "mean", "bias", "bias²", "variance", "MSE", ""])
    table.leftAligned = [0, 6]
    let families =
      [("n", steps, analysis.targets.prefix(steps.count))]
      + [("λ", lambdas, analysis.targets.suffix(lambdas.count))]
    for (symbol, names, targets) in families {
      let least = targets.map { $0.meanSquaredError(state) }.min()
      for (name, target) in zip(names, targets) {
        let error = target.meanSquaredError(state)
        let figures = [
          target.mean[state], target.bias[state], target.biasSquared(state),
          target.variance[state], error,
        ]
        table.rows.append(
          ["\(symbol) \(name.name)"] + figures.map(shown) + [error == least ? "least" : ""])
      }
    }
    return table.text
  }
}
