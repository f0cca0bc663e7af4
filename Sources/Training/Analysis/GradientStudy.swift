internal import Agents
internal import Environments
internal import Networks
internal import Telemetry
internal import Threads

/// Variance and direction of estimates of the policy gradient for a frozen copy of the parameters:
/// exact in a tabular world, elsewhere measured in parts that sharpen.
final class GradientStudy {
  private let session: SessionState
  /// Made when it is first asked for; nil where the world is not tabular.
  private lazy var exact = session.configuration.environment.knownMDP.map {
    ExactGradient(
      $0, starts: session.configuration.environment.startStates, network: session.network)
  }
  private var measured: MeasuredGradient?
  /// The parameters the last report, or the measurement under way, was frozen from.
  private var version = -1
  private var discount = -1.0
  private var frozen = 0.0
  private var hasReported = false

  /// Episodes of a measurement, where there is time and where training wants every core.
  private static let enough = 1_024
  private static let enoughInHaste = 256
  /// Seconds of a round of it, the last part apart.
  private static let round = 0.005
  /// A new measurement takes the place of the last report when it has as many episodes.
  private static let fewest = 64

  init(session: SessionState) {
    self.session = session
  }

  /// Gives up what is under way: nobody looks. Whoever looks again gets new figures.
  func forget() {
    version = -1
    measured = nil
    hasReported = false
  }

  /// The next report, if there is anything new to say, and when its parameters were frozen. A run
  /// that is about to diverge gives none.
  func report(
    _ theta: UnsafePointer<Float>, version: Int, facts: SessionFacts
  ) -> (report: GradientReport, frozen: Double)? {
    let discount = facts.settings.discount
    if discount != self.discount { hasReported = false }
    let isNew = version != self.version || discount != self.discount
    let report: GradientReport?
    if let exact {
      guard isNew else { return nil }
      freeze(version, discount)
      report = exact.report(theta, version: version, discount: discount)
    } else {
      report = measure(theta, version: version, discount: discount, isNew: isNew)
    }
    guard let report, report.entries.allSatisfy({ $0.variance.isFinite }) else { return nil }
    return (report, frozen)
  }

  private func freeze(_ version: Int, _ discount: Double) {
    self.version = version
    self.discount = discount
    frozen = session.now
  }

  private func measure(
    _ theta: UnsafePointer<Float>, version: Int, discount: Double, isNew: Bool
  ) -> GradientReport? {
    let enough = session.wantsEveryCore ? Self.enoughInHaste : Self.enough
    let done = measured.map { $0.episodes >= enough } ?? true
    if (done && isNew) || discount != self.discount {
      freeze(version, discount)
      measured = MeasuredGradient(
        environment: session.configuration.environment, network: session.network, theta: theta,
        discount: discount, seed: session.configuration.seed, key: UInt64(max(version, 0)))
    } else if done {
      return nil
    }
    guard let measured else { return nil }
    let begun = MonotonicClock.threadSeconds
    repeat {
      measured.play()
    } while measured.episodes < enough && MonotonicClock.threadSeconds < begun + Self.round
    guard measured.episodes >= Self.fewest || !hasReported else { return nil }
    hasReported = hasReported || measured.episodes >= Self.fewest
    return measured.report(version: self.version, enough: enough)
  }
}
