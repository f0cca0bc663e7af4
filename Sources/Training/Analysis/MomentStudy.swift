internal import Agents
internal import Networks
internal import Telemetry
internal import Threads

/// What an update made of the state of the moment in view, and what the state is worth now: while the
/// run stands still.
final class MomentStudy {
  private let session: SessionState
  private let network: ActorCriticNetwork
  private let history: History
  private let replay: ThetaReplay
  private let workspace: ActorCriticWorkspace
  private var past: HistoryReader
  /// The stretch of updates that `replay` has at hand.
  private var span: KeyframeSpan?
  private var done: (moment: Moment?, generation: Int, version: Int)?

  /// Nil where nothing is recorded.
  init?(session: SessionState) {
    guard let history = session.history, let network = session.model.network else { return nil }
    self.session = session
    self.network = network
    self.history = history
    replay = ThetaReplay(
      network: network, parameters: session.shared,
      optimiser: session.configuration.hyperparameters.optimiser)
    workspace = network.makeWorkspace(rows: 1)
    past = HistoryReader(history: history, environment: session.configuration.environment)
  }

  /// The effect at the moment in view; nil where there is nothing new to be said of it.
  ///
  /// - Parameters:
  ///   - theta: the present parameters.
  ///   - version: their version.
  func effect(
    _ theta: UnsafePointer<Float>, version: Int, facts: SessionFacts
  ) -> MomentEffect? {
    guard let interest = facts.interest.history, interest.isOpen, facts.status != .running
    else { return nil }
    let report = past.report(
      interest, focus: facts.interest.worker, workers: session.boards.withLock { $0.count },
      isStill: true)
    if let done, done == (report.moment, report.index.generation, version) { return nil }
    guard let episode = report.episode else { return nil }
    let step = episode.steps.indices.contains(report.cursor) ? episode.steps[report.cursor] : nil
    let observation = step?.observation ?? episode.reached.observation
    var effect = MomentEffect(
      moment: report.moment, before: nil, after: nil,
      now: reading(observation, theta, version: version))
    if let update = step?.update, !isKept(report.moment) {
      let made = episode.updates[update].version
      prepare(made)
      effect.before = reading(observation, version: made - 1)
      effect.after = reading(observation, version: made)
    }
    done = (report.moment, report.index.generation, version)
    return effect
  }

  private func isKept(_ moment: Moment?) -> Bool {
    if case .kept = moment { true } else { false }
  }

  /// Takes up the stretch of updates around one of them.
  private func prepare(_ version: Int) {
    if let span, span.updates.contains(version), replay.versions.contains(version) { return }
    span = session.shared.keyframeSpan(of: version)
    guard let span else { return }
    replay.begin(history.recordedUpdates(versions: span.updates), from: span.start)
  }

  private func reading(_ observation: [Float], version: Int) -> MomentEffect.Reading? {
    guard span != nil, let theta = replay.theta(of: version) else { return nil }
    return reading(observation, theta.pointer, version: version)
  }

  private func reading(
    _ observation: [Float], _ theta: UnsafePointer<Float>, version: Int
  ) -> MomentEffect.Reading {
    for (index, number) in observation.enumerated() { workspace.observation(0)[index] = number }
    network.forward(theta, rows: 0..<1, workspace: workspace)
    let outputs = workspace.logits(0)
    guard !workspace.isGaussian else {
      let policy = GaussianPolicy(
        mean: Double(Gaussian.mean(outputs)), deviation: Double(Gaussian.deviation(outputs)))
      return MomentEffect.Reading(
        version: version, probabilities: [], gaussian: policy, value: Double(workspace.value(0)))
    }
    return MomentEffect.Reading(
      version: version,
      probabilities: PolicyReading.softmax(outputs, count: workspace.actions),
      value: Double(workspace.value(0)))
  }
}
