internal import Agents
internal import Environments
internal import Estimators
internal import MarkovProcesses
internal import Networks
internal import Randomness
internal import Scenes
internal import Telemetry

/// What is known exactly of a tabular world under the present policy and critic.
final class GridStudy {
  /// The policy's probabilities and the critic's values, as last read.
  private(set) var content = TabularContent(probabilities: [], values: [])
  /// The world under that policy.
  private(set) var process: RewardProcess
  let mdp: TabularMDP
  private let session: SessionState
  private let reading: any TabularReading
  private let subjects: SubjectReading
  private let starts: [Int]
  private let studyLimit: Int
  private var measure: RegretMeasure?
  private var version = -1
  private var discount = -1.0
  /// What was last computed of the process that was read.
  private var latest = Latest()

  /// The latest figures of the present policy and critic.
  private struct Latest {
    var layers: GridLayers?
    var strip: (subject: KeptState, report: BiasVarianceReport)?
    var estimators: Computed?
  }

  /// A report, and what it is of.
  private struct Computed {
    let wanted: EstimatorInterest
    let subject: KeptState?
    let report: EstimatorReport?
  }

  /// Targets shown as dots, of each estimator.
  private static let dots = 256
  /// Steps after which no further rollout is begun for them, and rollouts there are in any case.
  private static let mostSteps = 100_000
  private static let fewestDots = 32
  /// The same random numbers for every frozen copy: dots move only as the policy does.
  private static let streamKey: UInt64 = 0xD075_0000_0000_0000

  /// Nothing, where the world is not tabular.
  init?(session: SessionState) {
    let environment = session.configuration.environment
    guard let mdp = environment.knownMDP else { return nil }
    self.session = session
    self.mdp = mdp
    starts = environment.startStates
    studyLimit = environment.specification.studyLimit
    subjects = SubjectReading(session: session)
    reading = session.model.tabularReading(states: mdp.states)
    process = RewardProcess(mdp, policy: uniformPolicy(mdp))
  }

  /// Reads policy and critic of `version` at every state; nothing where they are read already, so
  /// that a run that stands still costs nothing.
  func read(_ theta: UnsafePointer<Float>, version: Int, discount: Double) {
    guard version != self.version || discount != self.discount else { return }
    if discount != self.discount { measure = nil }
    latest = Latest()
    if version != self.version {
      content = reading.read(theta)
      process = RewardProcess(mdp, policy: content.probabilities)
    }
    (self.version, self.discount) = (version, discount)
  }

  /// The layers of the map; only the visits change while policy and critic stay.
  func layers() -> GridLayers? {
    latest.layers = latest.layers ?? computeLayers()
    latest.layers?.visits = session.visits?.all ?? Array(repeating: 0, count: mdp.states)
    return latest.layers
  }

  private func computeLayers() -> GridLayers? {
    if measure == nil {
      measure = try? RegretMeasure(mdp, discount: discount, starts: starts)
    }
    guard let measure else { return nil }
    // A greedy policy may go round for ever, without discount, while it is being learnt.
    let exact = process.extendedValues(discount: discount)
    return GridLayers(
      critic: content.values, exact: exact, best: measure.best.values, visits: [],
      policy: content.probabilities,
      regret: measure.regret(ofActions: mostProbableActions(content.probabilities)),
      actionValues: content.actionValues.map { GridActionValues(values: $0, path: nil) },
      update: version, age: 0)
  }

  /// The exact figures at the state of the worker on the stage.
  func strip(worker: Int) -> BiasVarianceReport? {
    let grid = EstimatorGrid.strip
    guard let subject = subjects.subject(.worker, worker: worker),
      let state = subject.tabularState
    else { return nil }
    if let strip = latest.strip, strip.subject == subject.kept { return strip.report }
    guard let analysis = analysis(of: grid.estimators) else { return nil }
    let report = report(analysis, grid, at: state, name: subject.kept.name)
    latest.strip = (subject.kept, report)
    return report
  }

  /// Whatever the open page of the view of the estimators shows that is exact: computed anew where
  /// anything has changed.
  func estimators(_ wanted: EstimatorInterest, worker: Int) -> EstimatorReport? {
    let subject = subjects.subject(wanted.subject, worker: worker)
    if let present = latest.estimators, present.wanted == wanted, present.subject == subject?.kept {
      return present.report
    }
    let report: EstimatorReport? =
      switch wanted.page {
      case .state: subject.flatMap { self.state($0, clouds: wanted.clouds) }
      case .average: average(subject, field: wanted.field)
      case .rollout, .gradient, .race: nil
      }
    latest.estimators = Computed(wanted: wanted, subject: subject?.kept, report: report)
    return report
  }

  /// Bias and variance at one state, and the targets of sampled rollouts from it.
  private func state(_ subject: SubjectReport, clouds: [ReturnEstimator]) -> EstimatorReport? {
    let grid = EstimatorGrid.view
    guard let state = subject.tabularState, let analysis = analysis(of: grid.with(clouds)) else {
      return nil
    }
    var report = EstimatorReport()
    report.subject = subject
    report.state = self.report(analysis, grid, at: state, name: subject.kept.name)
    let targets = sampledTargets(of: clouds, from: state)
    for (i, moments) in analysis.targets.dropFirst(grid.estimators.count).enumerated() {
      report.clouds.append(
        TargetCloud(
          estimator: clouds[i], targets: targets.map { $0[i] }, mean: moments.mean[state],
          standardDeviation: moments.variance[state].squareRoot()))
    }
    return report
  }

  /// Targets of rollouts from a state: as many as are drawn, fewer where rollouts are very long.
  private func sampledTargets(of clouds: [ReturnEstimator], from state: Int) -> [[Double]] {
    var rollouts = ProcessRollouts(
      process, critic: content.values, longest: RolloutHorizon.steps(discount: discount))
    var sampled = SampledTargets(estimators: clouds, discount: discount)
    var targets: [[Double]] = []
    var steps = 0
    for k in 0..<Self.dots {
      guard steps < Self.mostSteps || k < Self.fewestDots else { break }
      var random = RandomStream(
        seed: session.configuration.seed, key: Self.streamKey + UInt64(k))
      rollouts.play(from: state, using: &random)
      steps += rollouts.rewards.count
      sampled.add(rollouts)
      targets.append(sampled.latestTargets)
    }
    return targets
  }

  /// Bias and variance on the mean over the states the policy comes to, and one estimator's in all.
  private func average(_ subject: SubjectReport?, field: ReturnEstimator) -> EstimatorReport? {
    let grid = EstimatorGrid.view
    guard let analysis = analysis(of: grid.with([field])) else { return nil }
    let shares = process.visitDistribution(starts: starts, horizon: studyLimit)
    func mean(_ figure: (Int) -> Double) -> Double {
      shares.indices.reduce(0) { $0 + shares[$1] * figure($1) }
    }
    let entries = analysis.targets.map { target in
      BiasVarianceReport.Entry(
        estimator: target.estimator, biasSquared: mean(target.biasSquared),
        variance: mean { target.variance[$0] })
    }
    var report = EstimatorReport()
    report.subject = subject
    report.average = grid.report(
      entries, state: "mean over \(shares.count) states",
      trueValue: mean { analysis.trueValues[$0] }, criticValue: mean { content.values[$0] },
      samples: nil, update: version)
    if let moments = analysis.targets.last {
      report.field = EstimatorField(
        estimator: field, bias: moments.bias, variance: moments.variance, visits: shares,
        update: version, age: 0)
    }
    return report
  }

  /// Nothing of a run that is about to diverge, whose network says what is no number.
  private func analysis(of estimators: [ReturnEstimator]) -> TargetAnalysis? {
    guard content.values.allSatisfy(\.isFinite) else { return nil }
    return try? process.targetAnalysis(of: estimators, critic: content.values, discount: discount)
  }

  private func report(
    _ analysis: TargetAnalysis, _ grid: EstimatorGrid, at state: Int, name: String
  ) -> BiasVarianceReport {
    let entries = analysis.targets.map {
      BiasVarianceReport.Entry(
        estimator: $0.estimator, biasSquared: $0.biasSquared(state), variance: $0.variance[state])
    }
    return grid.report(
      entries, state: name, trueValue: analysis.trueValues[state],
      criticValue: content.values[state], samples: nil, update: version)
  }
}
