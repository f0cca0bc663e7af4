internal import Agents
internal import Networks
internal import Telemetry

/// A learner on the calling thread, with neither screen nor clock: advanced to numbers of
/// environment steps and evaluated in between. Equal configurations give equal runs: A3C is
/// interleaved in virtual time.
final class LoneLearner {
  let session: SessionState
  private let crew: any Crew
  private let settings: LearningSettings
  private let theta: FloatBuffer
  private let evaluation: GreedyEvaluation

  /// A learner at its beginning. Threads, limits and goal of `configuration` are ignored.
  init(_ configuration: RunConfiguration) {
    var configuration = configuration
    configuration.threads = 1
    configuration.scheduler = .virtual
    configuration.stepLimit = nil
    configuration.episodeLimit = nil
    configuration.goal = nil
    let session = SessionState(configuration, watched: false)
    self.session = session
    settings = configuration.initialSettings
    crew = session.makeCrew(
      thread: 0, settings: settings, synchronisation: configuration.agent)
    theta = session.network.makeParameters()
    evaluation = GreedyEvaluation(
      network: session.network, environment: configuration.environment,
      episodes: configuration.evaluationEpisodes)
  }

  /// Environment steps done.
  var steps: Int { session.clock.steps }

  /// Whether a parameter has become non-finite: it learns nothing any more.
  var hasDiverged: Bool { session.shared.diverged }

  /// Learns until at least that many environment steps are done; A2C ends with an update.
  func advance(to steps: Int) {
    guard session.clock.steps < steps, !hasDiverged else { return }
    crew.workUntilCalled(steps: steps, settings: settings)
  }

  /// Plays the greedy policy: `evaluationEpisodes` fresh episodes, the same for equal seeds and keys.
  func evaluate(key: UInt64) -> GreedyEvaluation.Result {
    session.shared.pull(into: theta)
    return evaluation.run(theta.pointer, seed: session.configuration.seed, key: key)
  }

  /// A copy of the parameters; the last good ones where it has diverged.
  func parameters() -> FloatBuffer {
    let copy = session.network.makeParameters()
    session.shared.pull(into: copy)
    return copy
  }
}
