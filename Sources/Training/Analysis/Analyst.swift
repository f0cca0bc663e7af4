internal import Agents
internal import Estimators
internal import Networks
internal import Synchronization
internal import Telemetry
internal import Threads

/// A thread of low priority that looks at frozen copies of the parameters: layers of a grid
/// world, bias and variance of the targets, the greedy policy's return. It makes what is being
/// looked at and no more.
final class Analyst: Sendable {
  /// The latest of each; the times are those of the session's clock.
  struct Findings: Sendable {
    var layers: GridLayers?
    var layersMade = 0.0
    var biasVariance: BiasVarianceReport?
    var biasVarianceMade = 0.0
    var evaluation: EvaluationReport?
    /// What the open page of the view of the estimators shows of bias and variance.
    var estimators: EstimatorReport?
    var estimatorsMade = 0.0
    var gradient: GradientReport?
    var gradientMade = 0.0
    /// The state of the moment in view under other parameters.
    var effect: MomentEffect?
  }

  private let session: SessionState
  private let findings = Locked(Findings())
  private let stopping = Atomic<Bool>(false)
  private let thread = Locked<OSThread?>(nil)

  /// How much of a core it may use where training leaves one idle, and where it does not: there each
  /// moment it runs keeps a whole team of threads waiting.
  private static let shareOfIdleCore = 0.33
  private static let shareOfBusyCore = 0.01
  /// The same while the view of the estimators is open: training loses less than 3 % for it.
  private static let shareForEstimators = 0.025
  /// Seconds after which it looks whether something else is looked at.
  private static let longestNap = 0.02

  init(session: SessionState) {
    self.session = session
  }

  /// The latest findings.
  var latest: Findings { findings.withLock { $0 } }

  func start() throws {
    let started = try OSThread { [self] in
      OSThread.lowerPriority()
      FlushToZero.enable()
      let study = Study(session: session)
      while !stopping.load(ordering: .relaxed) {
        let spent = MonotonicClock.threadSeconds
        let wanted = interest
        study.round { update in findings.withLock(update) }
        rest(after: MonotonicClock.threadSeconds - spent, while: wanted)
      }
    }
    thread.withLock { $0 = started }
  }

  func stop() { stopping.store(true, ordering: .relaxed) }

  func join() {
    let running = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    running?.join()
  }

  private var interest: Interest { session.facts.withLock { $0.interest } }

  /// Sleeps so long that the work before was no more than the share allowed; who looks at something
  /// else does not wait for that.
  private func rest(after spent: Double, while wanted: Interest) {
    var share = Self.shareOfIdleCore
    if session.wantsEveryCore {
      share = wanted.estimators == nil ? Self.shareOfBusyCore : Self.shareForEstimators
    }
    let end = session.now + max(0.1, spent / share)
    repeat {
      OSThread.sleep(seconds: min(Self.longestNap, end - session.now))
    } while session.now < end && interest == wanted && !stopping.load(ordering: .relaxed)
  }
}

/// The analyst's own things: a copy of the parameters and what is computed from it.
private final class Study {
  private let session: SessionState
  private let theta: FloatBuffer
  private let grid: GridStudy?
  private let clones: CloneStudy?
  private let gradient: GradientStudy?
  private var evaluation: EvaluationStudy
  private let moments: MomentStudy?

  init(session: SessionState) {
    self.session = session
    theta = session.model.makeParameters()
    let grid = GridStudy(session: session)
    self.grid = grid
    clones = grid == nil ? CloneStudy(session: session) : nil
    gradient = GradientStudy(session: session)
    evaluation = EvaluationStudy(session: session)
    moments = MomentStudy(session: session)
  }

  func round(_ publish: ((inout Analyst.Findings) -> Void) -> Void) {
    let facts = session.facts.withLock { $0 }
    let version = session.shared.pull(into: theta)
    let now = session.now
    if let effect = moments?.effect(theta.pointer, version: version, facts: facts) {
      publish { $0.effect = effect }
    }
    let report = evaluation.round(
      theta.pointer, seconds: facts.stopwatch.seconds(at: now),
      isUrgent: !session.wantsEveryCore
        || (facts.interest.estimators == nil && !facts.interest.biasVariance))
    if let report { publish { $0.evaluation = report } }
    if facts.interest.estimators == nil {
      // Who opens the view again shall not see how things once were.
      publish { $0.estimators = nil }
    }
    if facts.interest.estimators?.page != .gradient {
      gradient?.forget()
      publish { $0.gradient = nil }
    } else if let found = gradient?.report(theta.pointer, version: version, facts: facts) {
      publish {
        $0.gradient = found.report
        $0.gradientMade = found.frozen
      }
    }
    if let grid {
      round(grid, facts, version: version, now: now, publish)
    } else if let found = clones?.round(theta.pointer, version: version, facts: facts) {
      publish { $0.take(found) }
    }
  }

  /// What is exact, in a tabular world.
  private func round(
    _ grid: GridStudy, _ facts: SessionFacts, version: Int, now: Double,
    _ publish: ((inout Analyst.Findings) -> Void) -> Void
  ) {
    let interest = facts.interest
    let wanted = interest.estimators.flatMap { [.state, .average].contains($0.page) ? $0 : nil }
    guard interest.layers || interest.biasVariance || wanted != nil else { return }
    grid.read(theta.pointer, version: version, discount: facts.settings.discount)
    if interest.layers, let layers = grid.layers(worker: interest.worker) {
      publish {
        $0.layers = layers
        $0.layersMade = now
      }
    }
    if interest.biasVariance, let report = grid.strip(worker: interest.worker) {
      publish {
        $0.biasVariance = report
        $0.biasVarianceMade = now
      }
    }
    if let wanted {
      let report = grid.estimators(wanted, worker: interest.worker)
      publish {
        $0.estimators = report
        $0.estimatorsMade = now
      }
    }
  }
}

extension Analyst.Findings {
  /// Takes over what was measured from clones.
  fileprivate mutating func take(_ found: CloneStudy.Finding) {
    if let strip = found.strip {
      biasVariance = strip
      biasVarianceMade = found.made
    }
    if let report = found.estimators {
      estimators = report
      estimatorsMade = found.made
    }
  }
}
