internal import Agents
internal import Environments
internal import Networks
internal import Scenes
internal import Telemetry

/// A learner on the calling thread, with neither screen nor clock: advanced to numbers of
/// environment steps and evaluated in between. Equal configurations give equal runs: A3C is
/// interleaved in virtual time.
final class LoneLearner {
  let session: SessionState
  let crew: any Crew
  private let settings: LearningSettings
  private let theta: FloatBuffer
  private let evaluation: GreedyEvaluation
  private let stepsBefore: Int
  private let updatesBefore: Int
  private lazy var table = TableReading(session)

  /// A learner at its beginning, new or from an origin. Threads, limits and goal of `configuration`
  /// are ignored.
  init(_ configuration: RunConfiguration, from origin: Origin? = nil) {
    var configuration = configuration
    configuration.threads = 1
    configuration.scheduler = .virtual
    configuration.stepLimit = nil
    configuration.episodeLimit = nil
    configuration.updateLimit = nil
    configuration.goal = nil
    let session = SessionState(configuration, watched: false, from: origin)
    self.session = session
    settings = configuration.initialSettings
    crew = session.makeCrew(
      thread: 0, settings: settings, agent: configuration.agent)
    theta = session.model.makeParameters()
    evaluation = GreedyEvaluation(
      policy: session.model.greedyPolicy(rows: configuration.evaluationEpisodes),
      environment: configuration.environment,
      episodes: configuration.evaluationEpisodes)
    stepsBefore = session.clock.steps
    updatesBefore = session.shared.version
  }

  /// Environment steps done since the beginning.
  var steps: Int { session.clock.steps - stepsBefore }

  /// Updates done since the beginning.
  var updates: Int { session.shared.version - updatesBefore }

  /// The first worker's world.
  var scene: Scene? {
    crew.firstActor.map(\.scene)
  }

  /// Whether a parameter has become non-finite: it learns nothing any more.
  var hasDiverged: Bool { session.shared.diverged }

  /// Learns until at least that many environment steps are done; A2C ends with an update.
  func advance(to steps: Int) {
    _ = advance(to: steps) { true }
  }

  /// Learns until at least that many environment steps are done, in small pieces as long as `goesOn`
  /// says so. Where it is interrupted makes no difference to what is learnt.
  ///
  /// - Returns: whether it has done what can be done: the steps, or as many as it learnt from.
  func advance(to steps: Int, while goesOn: () -> Bool) -> Bool {
    let target = stepsBefore + steps
    let turns = max(1, Self.piece / settings.workers)
    while session.clock.steps < target, !hasDiverged {
      guard goesOn() else { return false }
      crew.turns(turns, steps: target, settings: settings)
      if crew.isComplete { crew.update(settings: settings) }
    }
    return true
  }

  /// About how many environment steps are done between two questions whether to go on.
  private static let piece = 64

  /// Plays the greedy policy: `evaluationEpisodes` fresh episodes, the same for equal seeds and keys.
  func evaluate(key: UInt64) -> GreedyEvaluation.Result {
    session.shared.pull(into: theta)
    return evaluation.run(theta.pointer, seed: session.configuration.seed, key: key)
  }

  /// Mean return of the episodes that have ended since it was last asked, at most the latest 100; where
  /// none has the return so far of the one under way.
  func takeOnlineReturn() -> Double {
    let summary = session.episodes.summary
    let ended = summary.episodes - episodesSeen
    episodesSeen = summary.episodes
    return ended > 0
      ? session.episodes.meanReturn(ofLatest: ended) ?? .nan
      : crew.firstActor?.episodeReturn ?? .nan
  }

  private var episodesSeen = 0

  /// Q over the squares and the way of the greedy policy; nil where there are none.
  func actionValues() -> GridActionValues? {
    guard let table else { return nil }
    session.shared.pull(into: theta)
    return table.read(theta.pointer, present: crew.firstActor)
  }

  /// A copy of the parameters; the last good ones where it has diverged.
  func parameters() -> FloatBuffer {
    let copy = session.model.makeParameters()
    session.shared.pull(into: copy)
    return copy
  }
}

/// Reads the values of actions of a tabular world, and where they lead.
private struct TableReading {
  private let reading: any TabularReading
  private let way: LearntPath

  /// Nothing, where the agent has no table or the world no known process.
  init?(_ session: SessionState) {
    let environment = session.configuration.environment
    guard session.configuration.agent.hasTable, let way = LearntPath(in: environment),
      case .discrete(let states) = environment.specification.observation
    else { return nil }
    self.way = way
    reading = session.model.tabularReading(states: states)
  }

  /// - Parameter actor: the worker, from whose state the way begins where there are several starts.
  func read(_ theta: UnsafePointer<Float>, present actor: Actor?) -> GridActionValues? {
    guard let values = reading.read(theta).actionValues, let actor else { return nil }
    return GridActionValues(
      values: values, path: way.path(by: values, world: actor.environment))
  }
}
