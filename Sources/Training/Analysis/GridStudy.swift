internal import Agents
internal import Environments
internal import Estimators
internal import MarkovProcesses
internal import Networks
internal import Scenes
internal import Telemetry
internal import Threads

/// What is known exactly of a tabular world under the present policy and critic.
final class GridStudy {
  private let session: SessionState
  private let mdp: TabularMDP
  private let reading: TabularReading
  private var measure: RegretMeasure?
  private var content = TabularReading.Content(probabilities: [], values: [])
  private var process: RewardProcess
  private var discount = -1.0

  /// Nothing, where the world is not tabular.
  init?(session: SessionState) {
    guard let mdp = session.configuration.environment.knownMDP else { return nil }
    self.session = session
    self.mdp = mdp
    reading = TabularReading(network: session.network, states: mdp.states)
    process = RewardProcess(mdp, policy: uniformPolicy(mdp))
  }

  /// Reads policy and critic at every state.
  func read(_ theta: UnsafePointer<Float>, discount: Double) {
    content = reading.read(theta)
    process = RewardProcess(mdp, policy: content.probabilities)
    guard discount != self.discount else { return }
    self.discount = discount
    measure = try? RegretMeasure(
      mdp, discount: discount, starts: session.configuration.environment.startStates)
  }

  func layers(version: Int) -> GridLayers? {
    guard let measure, let exact = try? process.values(discount: discount) else { return nil }
    return GridLayers(
      critic: content.values, exact: exact, best: measure.best.values,
      visits: session.visits?.all ?? Array(repeating: 0, count: mdp.states),
      policy: content.probabilities,
      regret: measure.regret(ofActions: mostProbableActions(content.probabilities)),
      update: version, age: 0)
  }

  /// The exact figures at the state of the worker on the stage.
  func biasVariance(version: Int) -> BiasVarianceReport? {
    guard let state = stateOnStage,
      let analysis = try? process.targetAnalysis(
        of: BiasVarianceGrid.estimators, critic: content.values, discount: discount)
    else { return nil }
    let entries = analysis.targets.map {
      BiasVarianceReport.Entry(
        estimator: $0.estimator, biasSquared: $0.biasSquared(state), variance: $0.variance[state])
    }
    return BiasVarianceReport(
      state: name(of: state), trueValue: analysis.trueValues[state],
      criticValue: content.values[state],
      nStep: Array(entries.prefix(BiasVarianceGrid.nStep.count)),
      lambda: Array(entries.dropFirst(BiasVarianceGrid.nStep.count)),
      exact: true, samples: 0, update: version, age: 0)
  }

  private var stateOnStage: Int? {
    let worker = session.facts.withLock { $0.interest.worker }
    let boards = session.boards.withLock { $0 }
    guard boards.indices.contains(worker) else { return nil }
    boards[worker].askForView()
    let state = boards[worker].content.withLock { $0.view.observation.first.map { Int($0) } }
    guard let state, (0..<mdp.states).contains(state) else { return nil }
    return state
  }

  private func name(of state: Int) -> String {
    guard let map = (session.configuration.environment as? Maze)?.map,
      let square = map.states.firstIndex(of: state)
    else { return "state \(state)" }
    return "row \(square / map.columns) column \(square % map.columns)"
  }
}

/// The estimators whose bias and variance are drawn side by side.
enum BiasVarianceGrid {
  /// Over n; the last is the whole return.
  static let nStep: [ReturnEstimator] = [
    .nStep(1), .nStep(2), .nStep(3), .nStep(5), .nStep(10), .nStep(20), .monteCarlo,
  ]
  /// Over lambda.
  static let lambda: [ReturnEstimator] = [0, 0.5, 0.8, 0.9, 0.95, 1].map { .lambda($0) }
  static let estimators = nStep + lambda
}
