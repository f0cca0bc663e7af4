internal import Agents
internal import Environments
internal import Estimators
internal import Networks
internal import Randomness
internal import Telemetry
internal import Threads

/// Measures bias and variance of the targets at the state on the stage where the transition
/// probabilities are not known: the world is cloned there, and many futures are played under the
/// frozen policy. All estimators judge the same futures; the true value is their mean return.
///
/// A measurement is played in parts, so that a first figure appears soon and grows sharper.
final class CloneStudy {
  private let session: SessionState
  private let workspace: ActorCriticWorkspace
  private var futures: [Future]
  private var measurement: Measurement?
  private var random: RandomStream

  private static let batch = 128
  /// Rollouts of a measurement, where there is time and where training wants every core.
  private static let enough = 4_096
  private static let enoughInHaste = 512
  private static let streamKey: UInt64 = 0xC10E_0000_0000_0000

  /// One clone and what has happened to it.
  private struct Future {
    var world: any Environment
    var rewards: [Double] = []
    var nextValues: [Double] = []
    var ended = false
    var terminated = false
  }

  /// What is measured now: one state under one policy and critic.
  private struct Measurement {
    var theta: FloatBuffer
    var version: Int
    /// When the parameters were frozen, by the session's clock.
    var frozen: Double
    var state: [Double]
    var name: String
    var criticValue: Double
    var discount: Double
    var targets: SampledTargets
  }

  init(session: SessionState) {
    self.session = session
    workspace = session.network.makeWorkspace(rows: Self.batch)
    random = RandomStream(seed: session.configuration.seed, key: Self.streamKey)
    futures = (0..<Self.batch).map { _ in Future(world: session.configuration.environment) }
  }

  /// Plays another part of the measurement, a new one when the last is sharp enough; its report.
  func report(
    _ theta: UnsafePointer<Float>, version: Int, facts: SessionFacts
  ) -> (report: BiasVarianceReport, frozen: Double)? {
    let enough = session.wantsEveryCore ? Self.enoughInHaste : Self.enough
    let done = measurement.map { $0.targets.samples >= enough } ?? true
    if done || measurement?.discount != facts.settings.discount {
      guard begin(theta, version: version, facts: facts) else { return nil }
    }
    guard var present = measurement else { return nil }
    play(&present)
    measurement = present
    return (report(present), present.frozen)
  }

  private func begin(
    _ theta: UnsafePointer<Float>, version: Int, facts: SessionFacts
  ) -> Bool {
    let boards = session.boards.withLock { $0 }
    guard boards.indices.contains(facts.interest.worker) else { return false }
    let board = boards[facts.interest.worker]
    board.askForView()
    let view = board.content.withLock { $0.view }
    guard view.version > 0 || view.episodeStep > 0 || !view.state.allSatisfy({ $0 == 0 }) else {
      return false
    }
    let unchanged =
      measurement.map { $0.version == version && $0.state == view.state } ?? false
    if unchanged { return false }
    let frozen = session.network.makeParameters()
    frozen.pointer.update(from: theta, count: frozen.count)
    measurement = Measurement(
      theta: frozen, version: version, frozen: session.now, state: view.state,
      name: "worker \(facts.interest.worker) step \(view.episodeStep)", criticValue: 0,
      discount: facts.settings.discount,
      targets: SampledTargets(
        estimators: BiasVarianceGrid.estimators, discount: facts.settings.discount))
    return true
  }

  /// Plays one batch of futures to their ends.
  private func play(_ measurement: inout Measurement) {
    for i in futures.indices {
      futures[i].world.restore(from: measurement.state)
      futures[i].rewards.removeAll(keepingCapacity: true)
      futures[i].nextValues.removeAll(keepingCapacity: true)
      futures[i].ended = false
      futures[i].terminated = false
    }
    var alive = Array(futures.indices)
    forward(alive, measurement.theta.pointer)
    measurement.criticValue = Double(workspace.value(0))
    while !alive.isEmpty {
      step(alive)
      forward(alive, measurement.theta.pointer)
      for (row, i) in alive.enumerated() {
        futures[i].nextValues.append(Double(workspace.value(row)))
      }
      if alive.contains(where: { futures[$0].ended }) {
        alive.removeAll { futures[$0].ended }
        if !alive.isEmpty { forward(alive, measurement.theta.pointer) }
      }
    }
    for future in futures {
      measurement.targets.add(
        rewards: future.rewards, nextValues: future.nextValues, terminated: future.terminated)
    }
  }

  private func forward(_ alive: [Int], _ theta: UnsafePointer<Float>) {
    for (row, i) in alive.enumerated() {
      futures[i].world.observe(into: workspace.observation(row))
    }
    session.network.forward(theta, rows: 0..<alive.count, workspace: workspace)
  }

  private func step(_ alive: [Int]) {
    for (row, i) in alive.enumerated() {
      let action = Categorical.sample(
        workspace.logits(row), count: workspace.actions, using: &random)
      let outcome = futures[i].world.step(action, random: &random)
      futures[i].rewards.append(outcome.reward)
      futures[i].ended = outcome.ended
      futures[i].terminated = outcome.terminated
    }
  }

  private func report(_ measurement: Measurement) -> BiasVarianceReport {
    let entries = measurement.targets.entries.map { entry in
      BiasVarianceReport.Entry(
        estimator: entry.estimator, biasSquared: entry.biasSquared, variance: entry.variance,
        biasInterval: entry.biasSquaredInterval.upperBound - entry.biasSquared,
        varianceInterval: entry.varianceInterval.upperBound - entry.variance)
    }
    return BiasVarianceReport(
      state: measurement.name, trueValue: measurement.targets.trueValue,
      criticValue: measurement.criticValue,
      nStep: Array(entries.prefix(BiasVarianceGrid.nStep.count)),
      lambda: Array(entries.dropFirst(BiasVarianceGrid.nStep.count)),
      exact: false, samples: measurement.targets.samples, update: measurement.version, age: 0)
  }
}
