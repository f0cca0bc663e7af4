internal import Agents
internal import Environments
internal import Networks
internal import Telemetry
internal import Threads

/// Variance and direction of estimates of the policy gradient for a frozen copy of the parameters:
/// exact in a tabular world, elsewhere measured in parts that sharpen.
final class GradientStudy {
  private let session: SessionState
  private let network: ActorCriticNetwork
  /// Made when it is first asked for; nil where the world is not tabular.
  private lazy var exact = session.configuration.environment.knownMDP.map {
    ExactGradient(
      $0, starts: session.configuration.environment.startStates, network: network)
  }
  private var measured: MeasuredGradient?
  /// The parameters the last report, or the measurement under way, was frozen from.
  private var version = -1
  private var discount = -1.0
  private var frozen = 0.0
  private var hasReported = false
  /// The last report.
  private var latest: GradientReport?

  /// Episodes of a measurement, where there is time and where training wants every core.
  private static let enough = 1_024
  private static let enoughInHaste = 256
  /// Seconds of processor time of a round of it, the last part apart, likewise.
  private static let round = 0.03
  private static let roundInHaste = 0.005
  /// A new measurement takes the place of the last report when it has as many episodes.
  private static let fewest = 64

  /// Nil where there is no policy network over a few actions.
  init?(session: SessionState) {
    guard let network = session.model.network, !network.shape.policy.isGaussian else { return nil }
    self.session = session
    self.network = network
  }

  /// Gives up what is under way: nobody looks. Whoever looks again gets new figures.
  func forget() {
    version = -1
    measured = nil
    hasReported = false
    latest = nil
  }

  /// The next report, and when its parameters were frozen: the last one again, of now, where all is
  /// measured and nothing has changed since. A run that is about to diverge gives none.
  func report(
    _ theta: UnsafePointer<Float>, version: Int, facts: SessionFacts
  ) -> (report: GradientReport, frozen: Double)? {
    let discount = facts.settings.discount
    if discount != self.discount { hasReported = false }
    let isNew = version != self.version || discount != self.discount
    if let exact {
      if isNew {
        freeze(version, discount)
        latest = exact.report(theta, version: version, discount: discount)
      } else {
        frozen = session.now
      }
    } else if let report = measure(theta, version: version, discount: discount, isNew: isNew) {
      latest = report
    } else if isComplete && !isNew {
      frozen = session.now
    } else {
      return nil
    }
    guard let latest, latest.entries.allSatisfy({ $0.variance.isFinite }) else { return nil }
    return (latest, frozen)
  }

  private var enough: Int { session.wantsEveryCore ? Self.enoughInHaste : Self.enough }

  /// Whether the measurement, if there is one, is as sharp as it gets.
  private var isComplete: Bool { measured.map { $0.episodes >= enough } ?? true }

  private func freeze(_ version: Int, _ discount: Double) {
    self.version = version
    self.discount = discount
    frozen = session.now
  }

  private func measure(
    _ theta: UnsafePointer<Float>, version: Int, discount: Double, isNew: Bool
  ) -> GradientReport? {
    let enough = enough
    let done = isComplete
    if (done && isNew) || discount != self.discount {
      freeze(version, discount)
      measured = MeasuredGradient(
        environment: session.configuration.environment, network: network, theta: theta,
        discount: discount, seed: session.configuration.seed, key: UInt64(max(version, 0)))
    } else if done {
      return nil
    }
    guard let measured else { return nil }
    let seconds = session.wantsEveryCore ? Self.roundInHaste : Self.round
    let end = MonotonicClock.threadSeconds + seconds
    repeat {
      measured.play()
    } while measured.episodes < enough && MonotonicClock.threadSeconds < end
    guard measured.episodes >= Self.fewest || !hasReported else { return nil }
    hasReported = hasReported || measured.episodes >= Self.fewest
    return measured.report(version: self.version, enough: enough)
  }
}
