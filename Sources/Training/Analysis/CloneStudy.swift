internal import Agents
internal import Environments
internal import Estimators
internal import Networks
internal import Randomness
internal import Telemetry
internal import Threads

/// Bias and variance of the targets where the transition probabilities are not known, measured from
/// clones (see `StateMeasurement`) of the world of a run.
///
/// A measurement is played in slices, so that a first figure appears soon and grows sharper. When
/// it is sharp enough another begins with fresh parameters; the old figures are shown until the
/// new ones are worth it.
final class CloneStudy {
  /// What was found, and when its parameters were frozen, by the session's clock.
  struct Finding {
    var strip: BiasVarianceReport?
    var estimators: EstimatorReport?
    var made: Double
  }

  /// What is measured.
  private enum Aim: Equatable {
    /// The strip beside the stage: the state of a worker.
    case strip(worker: Int)
    /// A state, its targets as dots too.
    case state(StudySubject, worker: Int, clouds: [ReturnEstimator])
    /// The mean over the states the policy comes to.
    case average
  }

  private enum Figures {
    case state(StateMeasurement)
    case average(AverageMeasurement)

    var samples: Int {
      switch self {
      case .state(let measurement): measurement.targets.samples
      case .average(let measurement): measurement.average.samples
      }
    }

    /// Whether all targets were numbers.
    var isFinite: Bool {
      switch self {
      case .state(let measurement): measurement.targets.isFinite
      case .average(let measurement): measurement.average.isFinite
      }
    }
  }

  private struct Measurement {
    let aim: Aim
    let subject: SubjectReport?
    let version: Int
    let discount: Double
    let frozen: Double
    var figures: Figures
  }

  private let session: SessionState
  private let network: ActorCriticNetwork
  private let subjects: SubjectReading
  private let clones: CloneRollouts
  private let walk: PolicyWalk
  private var measurement: Measurement?
  private var shown: (aim: Aim, samples: Int, finding: Finding)?

  /// Rollouts of a measurement, where there is time and where training wants every core.
  private static let enough = 4_096
  private static let enoughInHaste = 256
  /// Rollouts after which figures are worth showing in place of older ones.
  private static let worthShowing = 256
  /// Seconds of processor time of a slice, where there is time and where training wants every core.
  private static let slice = 0.03
  private static let sliceInHaste = 0.008
  private static let stepsBetweenLooks = 2_048
  private static let seedKey: UInt64 = 0xC10E_0000_0000_0000

  /// Nil where there is no policy network.
  init?(session: SessionState) {
    guard let network = session.model.network else { return nil }
    self.session = session
    self.network = network
    let environment = session.configuration.environment
    subjects = SubjectReading(session: session)
    clones = CloneRollouts(network: network, environment: environment)
    walk = PolicyWalk(
      network: network, environment: environment,
      walks: clones.capacity / AverageMeasurement.futures,
      random: RandomStream(seed: session.configuration.seed, key: Self.seedKey))
  }

  /// Plays another slice for what is being looked at; what is known so far.
  func round(
    _ theta: UnsafePointer<Float>, version: Int, facts: SessionFacts
  ) -> Finding? {
    guard let aim = Self.aim(of: facts.interest) else {
      forget(unless: version)
      return nil
    }
    let busy = session.wantsEveryCore
    let enough = busy ? Self.enoughInHaste : Self.enough
    let discount = facts.settings.discount
    // Figures of another discount are none of this one.
    if measurement?.discount != discount { forget() }
    var isOpen = false
    if let present = measurement, present.aim == aim {
      isOpen = present.figures.samples < enough
    }
    if !isOpen, !begin(aim, theta, version: version, discount: discount) {
      // Nothing has changed since: the figures are those of now.
      if shown?.aim == aim, measurement?.version == version { shown?.finding.made = session.now }
      return shown?.aim == aim ? shown?.finding : nil
    }
    play(seconds: busy ? Self.sliceInHaste : Self.slice, enough: enough)
    show(progress: Double(measurement?.figures.samples ?? 0) / Double(enough))
    return shown?.aim == aim ? shown?.finding : nil
  }

  /// Nobody looks: whoever looks again shall not see how things once were, unless nothing has
  /// changed.
  private func forget(unless version: Int? = nil) {
    guard measurement?.version != version else { return }
    measurement = nil
    shown = nil
  }

  private static func aim(of interest: Interest) -> Aim? {
    if interest.biasVariance { return .strip(worker: interest.worker) }
    guard let wanted = interest.estimators else { return nil }
    switch wanted.page {
    case .state:
      return .state(wanted.subject, worker: interest.worker, clouds: wanted.clouds)
    case .average: return .average
    case .rollout, .gradient, .race: return nil
    }
  }

  /// Begins to measure the present parameters; not where that would repeat the last measurement.
  private func begin(
    _ aim: Aim, _ theta: UnsafePointer<Float>, version: Int, discount: Double
  ) -> Bool {
    var subject: SubjectReport?
    switch aim {
    case .strip(let worker): subject = subjects.subject(.worker, worker: worker)
    case .state(let wanted, let worker, _): subject = subjects.subject(wanted, worker: worker)
    case .average: break
    }
    if subject == nil, aim != .average { return false }
    if let last = measurement, last.aim == aim, last.version == version,
      last.subject?.kept.state == subject?.kept.state
    {
      return false
    }
    measurement = Measurement(
      aim: aim, subject: subject, version: version, discount: discount, frozen: session.now,
      figures: figures(
        aim, FrozenPolicy(network, theta: theta, discount: discount),
        state: subject?.kept.state ?? []))
    return true
  }

  private func figures(_ aim: Aim, _ policy: FrozenPolicy, state: [Double]) -> Figures {
    let seed = session.configuration.seed ^ Self.seedKey
    switch aim {
    case .strip:
      return .state(
        StateMeasurement(
          policy, state: state, estimators: EstimatorGrid.strip.estimators, seed: seed))
    case .state(_, _, let clouds):
      return .state(
        StateMeasurement(
          policy, state: state, estimators: EstimatorGrid.view.with(clouds), seed: seed))
    case .average:
      return .average(
        AverageMeasurement(policy, estimators: EstimatorGrid.view.estimators, seed: seed))
    }
  }

  private func play(seconds: Double, enough: Int) {
    guard var present = measurement else { return }
    let end = MonotonicClock.threadSeconds + seconds
    repeat {
      switch present.figures {
      case .state(var figures):
        _ = figures.play(clones, steps: Self.stepsBetweenLooks)
        present.figures = .state(figures)
      case .average(var figures):
        _ = figures.play(clones, walk: walk, steps: Self.stepsBetweenLooks)
        present.figures = .average(figures)
      }
    } while present.figures.samples < enough && MonotonicClock.threadSeconds < end
    measurement = present
  }

  /// Shows the new figures if they are worth it, else the old ones with the new progress.
  private func show(progress: Double) {
    guard let present = measurement else { return }
    let samples = present.figures.samples
    let isWorthIt =
      shown?.aim != present.aim || samples >= min(Self.worthShowing, shown?.samples ?? 0)
    // A run that is about to diverge is told nothing about.
    if samples > 0, isWorthIt, present.figures.isFinite {
      shown = (present.aim, samples, finding(present))
    }
    shown?.finding.strip?.progress = min(1, progress)
    shown?.finding.estimators?.state?.progress = min(1, progress)
    shown?.finding.estimators?.average?.progress = min(1, progress)
  }

  // MARK: Reports

  private func finding(_ present: Measurement) -> Finding {
    var finding = Finding(made: present.frozen)
    switch (present.figures, present.aim) {
    case (.state(let figures), .strip):
      finding.strip = report(figures, EstimatorGrid.strip, present)
    case (.state(let figures), .state(_, _, let clouds)):
      var report = EstimatorReport()
      report.subject = present.subject
      report.state = self.report(figures, EstimatorGrid.view, present)
      report.clouds = self.clouds(figures, clouds)
      finding.estimators = report
    case (.average(let figures), _):
      var report = EstimatorReport()
      report.average = self.report(figures, version: present.version)
      finding.estimators = report
    case (.state, .average): break
    }
    return finding
  }

  private func report(
    _ figures: StateMeasurement, _ grid: EstimatorGrid, _ present: Measurement
  ) -> BiasVarianceReport {
    let entries = figures.targets.entries.map { entry in
      BiasVarianceReport.Entry(
        estimator: entry.estimator, biasSquared: entry.biasSquared, variance: entry.variance,
        biasInterval: entry.biasSquaredInterval.upperBound - entry.biasSquared,
        varianceInterval: entry.varianceInterval.upperBound - entry.variance)
    }
    return grid.report(
      entries, state: present.subject?.kept.name ?? "", trueValue: figures.targets.trueValue,
      criticValue: figures.criticValue, samples: figures.targets.samples, update: present.version)
  }

  private func report(_ figures: AverageMeasurement, version: Int) -> BiasVarianceReport {
    let entries = figures.average.entries.map { entry in
      BiasVarianceReport.Entry(
        estimator: entry.estimator, biasSquared: entry.biasSquared, variance: entry.variance,
        biasInterval: entry.biasSquaredInterval.upperBound - entry.biasSquared,
        varianceInterval: entry.varianceInterval.upperBound - entry.variance)
    }
    return EstimatorGrid.view.report(
      entries, state: "mean over \(figures.average.states) states",
      trueValue: figures.average.trueValue, criticValue: figures.criticValue,
      samples: figures.average.samples, update: version)
  }

  private func clouds(
    _ figures: StateMeasurement, _ clouds: [ReturnEstimator]
  ) -> [TargetCloud] {
    let first = EstimatorGrid.view.estimators.count
    let entries = figures.targets.entries
    return clouds.indices.map { i in
      TargetCloud(
        estimator: clouds[i], targets: figures.firstTargets.map { $0[first + i] },
        mean: entries[first + i].mean,
        standardDeviation: entries[first + i].variance.squareRoot())
    }
  }
}
