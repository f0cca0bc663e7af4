internal import Agents
internal import Estimators
internal import Networks
internal import Synchronization
internal import Telemetry
internal import Threads

/// A thread of lowest priority that looks at frozen copies of the parameters: layers of a grid
/// world, bias and variance of the targets at the state on the stage, the greedy policy's return.
/// It makes what is being looked at and no more.
final class Analyst: Sendable {
  /// The latest of each; the times are those of the session's clock.
  struct Findings: Sendable {
    var layers: GridLayers?
    var layersMade = 0.0
    var biasVariance: BiasVarianceReport?
    var biasVarianceMade = 0.0
    var evaluation: EvaluationReport?
    var gradient: GradientReport?
    var gradientMade = 0.0
  }

  private let session: SessionState
  private let findings = Locked(Findings())
  private let stopping = Atomic<Bool>(false)
  private let thread = Locked<OSThread?>(nil)

  /// How much of a core it may use where training leaves one idle, and where it does not: there each
  /// moment it runs keeps a whole team of threads waiting.
  private static let shareOfIdleCore = 0.33
  private static let shareOfBusyCore = 0.01

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
        study.round { update in findings.withLock(update) }
        let share = session.wantsEveryCore ? Self.shareOfBusyCore : Self.shareOfIdleCore
        OSThread.sleep(seconds: max(0.1, (MonotonicClock.threadSeconds - spent) / share))
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
}

/// The analyst's own things: a copy of the parameters and what is computed from it.
private final class Study {
  private let session: SessionState
  private let theta: FloatBuffer
  private let grid: GridStudy?
  private let clones: CloneStudy
  private let gradient: GradientStudy
  private var evaluation: EvaluationStudy

  init(session: SessionState) {
    self.session = session
    theta = session.network.makeParameters()
    grid = GridStudy(session: session)
    clones = CloneStudy(session: session)
    gradient = GradientStudy(session: session)
    evaluation = EvaluationStudy(session: session)
  }

  func round(_ publish: ((inout Analyst.Findings) -> Void) -> Void) {
    let facts = session.facts.withLock { $0 }
    let version = session.shared.pull(into: theta)
    let now = session.now
    if let report = evaluation.round(theta.pointer, seconds: facts.stopwatch.seconds(at: now)) {
      publish { $0.evaluation = report }
    }
    if facts.interest.estimators?.page != .gradient {
      gradient.forget()
    } else if let found = gradient.report(theta.pointer, version: version, facts: facts) {
      publish {
        $0.gradient = found.report
        $0.gradientMade = found.frozen
      }
    }
    if let grid {
      guard facts.interest.layers || facts.interest.biasVariance else { return }
      grid.read(theta.pointer, discount: facts.settings.discount)
      if facts.interest.layers, let layers = grid.layers(version: version) {
        publish {
          $0.layers = layers
          $0.layersMade = now
        }
      }
      if facts.interest.biasVariance, let report = grid.biasVariance(version: version) {
        publish {
          $0.biasVariance = report
          $0.biasVarianceMade = now
        }
      }
    } else if facts.interest.biasVariance,
      let found = clones.report(theta.pointer, version: version, facts: facts)
    {
      publish {
        $0.biasVariance = found.report
        $0.biasVarianceMade = found.frozen
      }
    }
  }
}
