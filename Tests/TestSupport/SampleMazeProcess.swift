internal import Estimators
internal import MarkovProcesses
internal import Scenes
internal import Telemetry

/// A maze with a slip of a tenth under a policy on its way to the best one, and a critic that is off.
struct SampleMazeProcess {
  private let map: GridMap
  private let mdp: TabularMDP
  private let layers: GridLayers
  private let discount = 0.95

  init(_ map: GridMap) {
    self.map = map
    layers = SampleScenes.layers(of: map)
    let squares = map.states.indices.filter { map.states[$0] >= 0 }
    mdp = TabularMDP(
      states: squares.count, actions: 4,
      outcomes: squares.map { square in
        (0..<4).map { action in
          (0..<4).map { direction in
            Self.outcome(
              of: direction, from: square, in: map, probability: direction == action ? 0.925 : 0.025
            )
          }
        }
      })
  }

  private static func outcome(
    of direction: Int, from square: Int, in map: GridMap, probability: Double
  ) -> TabularMDP.Outcome {
    let (down, right) = [(-1, 0), (0, 1), (1, 0), (0, -1)][direction]
    let (row, column) = (square / map.columns + down, square % map.columns + right)
    switch map[row, column] {
    case .goal: return TabularMDP.Outcome(probability: probability, nextState: -1, reward: 1)
    case .pit: return TabularMDP.Outcome(probability: probability, nextState: -1, reward: -1)
    case .wall:
      return TabularMDP.Outcome(
        probability: probability, nextState: map.states[square], reward: -0.01)
    case .floor, .start:
      return TabularMDP.Outcome(
        probability: probability, nextState: map.states[row * map.columns + column], reward: -0.01)
    }
  }

  /// All parts of the first two pages, for the state in the middle.
  func report(update: Int) -> EstimatorReport {
    var report = EstimatorReport()
    let process = RewardProcess(mdp, policy: layers.policy)
    let all = SampleEstimatorReports.nStep + SampleEstimatorReports.lambda
    guard
      let analysis = try? process.targetAnalysis(of: all, critic: layers.critic, discount: discount)
    else { return report }
    let agent = map.states.indices.filter { map.states[$0] >= 0 }
    let square = agent[agent.count / 2]
    let state = map.states[square]
    let name = "row \(square / map.columns) column \(square % map.columns)"
    report.subject = SubjectReport(
      kept: KeptState(name: name, state: [Double(state)]), tabularState: state,
      scene: .grid(GridScene(map: map, agent: square)))
    let visits = visits()
    report.state = reportOf(analysis, name: name, weights: [state: 1], update: update)
    report.average = reportOf(
      analysis, name: "the policy's states",
      weights: Dictionary(uniqueKeysWithValues: visits.enumerated().map { ($0, $1) }),
      update: update)
    report.clouds = clouds(at: state, analysis)
    report.field = EstimatorField(
      estimator: .td, bias: analysis.targets[0].bias, variance: analysis.targets[0].variance,
      visits: visits, update: update, age: 0.2)
    return report
  }

  private func reportOf(
    _ analysis: TargetAnalysis, name: String, weights: [Int: Double], update: Int
  ) -> BiasVarianceReport {
    func mean(_ value: (Int) -> Double) -> Double {
      weights.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * value($1.key) }
    }
    let entries = analysis.targets.map { target in
      BiasVarianceReport.Entry(
        estimator: target.estimator, biasSquared: mean { target.biasSquared($0) },
        variance: mean { target.variance[$0] })
    }
    let count = SampleEstimatorReports.nStep.count
    return BiasVarianceReport(
      state: name, trueValue: mean { analysis.trueValues[$0] },
      criticValue: mean { layers.critic[$0] }, nStep: Array(entries.prefix(count)),
      lambda: Array(entries.dropFirst(count)), exact: true, samples: 0, update: update, age: 0.1)
  }

  // MARK: Rollouts

  private func step(_ state: Int, _ chance: inout SampleChance) -> TabularMDP.Outcome {
    func drawn(_ weights: [Double]) -> Int {
      var left = chance.unit()
      for (index, weight) in weights.enumerated() {
        left -= weight
        if left < 0 { return index }
      }
      return weights.count - 1
    }
    let action = drawn(layers.policy[state])
    let outcomes = mdp.outcomes[state][action]
    return outcomes[drawn(outcomes.map(\.probability))]
  }

  /// The share of its steps that the policy spends in each state.
  private func visits() -> [Double] {
    var chance = SampleChance(seed: 3)
    var counts = [Int](repeating: 0, count: mdp.states)
    let starts = map.states.indices.filter { map.squares[$0] == .start }.map { map.states[$0] }
    for episode in 0..<200 {
      var state = starts[episode % starts.count]
      for _ in 0..<200 where state >= 0 {
        counts[state] += 1
        state = step(state, &chance).nextState
      }
    }
    let sum = Double(counts.reduce(0, +))
    return counts.map { Double($0) / sum }
  }

  /// Targets of the same 256 rollouts for every estimator.
  private func clouds(at start: Int, _ analysis: TargetAnalysis) -> [TargetCloud] {
    var chance = SampleChance(seed: 9)
    var targets = SampleEstimatorReports.clouds.map { _ in [Double]() }
    for _ in 0..<256 {
      var (rewards, values, state) = ([Double](), [Double](), start)
      while state >= 0, rewards.count < 400 {
        let outcome = step(state, &chance)
        state = outcome.nextState
        rewards.append(outcome.reward)
        values.append(state >= 0 ? layers.critic[state] : 0)
      }
      for (index, estimator) in SampleEstimatorReports.clouds.enumerated() {
        targets[index].append(target(estimator, rewards, values, hasEnded: state < 0))
      }
    }
    return zip(SampleEstimatorReports.clouds, targets).compactMap { estimator, targets in
      guard
        let moments = analysis.targets.first(where: {
          SampleEstimatorReports.isSame($0.estimator, estimator)
        })
      else { return nil }
      return TargetCloud(
        estimator: estimator, targets: targets, mean: moments.mean[start],
        standardDeviation: moments.variance[start].squareRoot())
    }
  }

  private func target(
    _ estimator: ReturnEstimator, _ rewards: [Double], _ values: [Double], hasEnded: Bool
  ) -> Double {
    let count: Int =
      switch estimator {
      case .td: 1
      case .nStep(let n): min(n, rewards.count)
      case .monteCarlo, .lambda: rewards.count
      }
    var terminated = [Bool](repeating: false, count: count)
    if hasEnded, count == rewards.count { terminated[count - 1] = true }
    let form: ReturnEstimator = if case .lambda = estimator { estimator } else { .monteCarlo }
    return estimateReturns(
      form, discount: discount, rewards: Array(rewards.prefix(count)),
      nextValues: Array(values.prefix(count)), terminated: terminated,
      truncated: terminated.map { _ in false })[0]
  }
}
