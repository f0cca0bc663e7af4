internal import Agents
internal import Environments
internal import Telemetry

/// Now and then plays the greedy policy, to tell when the world is solved.
struct EvaluationStudy {
  private let session: SessionState
  private let evaluation: GreedyEvaluation
  private let solvedReturn: Double?
  private var lastMade = -Double.infinity
  private var lastStep = -1
  private var solved: (step: Int, seconds: Double)?
  private var count: UInt64 = 0

  /// Seconds between two evaluations; more where the time is wanted for something else.
  private static let interval = 1.0
  private static let longInterval = 5.0
  private static let episodes = 100

  init(session: SessionState) {
    self.session = session
    solvedReturn = session.configuration.environment.specification.solvedReturn
    evaluation = GreedyEvaluation(
      policy: session.model.greedyPolicy(rows: Self.episodes),
      environment: session.configuration.environment,
      episodes: Self.episodes)
  }

  /// An evaluation when one is due and training has gone on since the last.
  mutating func round(
    _ theta: UnsafePointer<Float>, seconds: Double, isUrgent: Bool
  ) -> EvaluationReport? {
    let step = session.clock.steps
    let due = lastMade + (isUrgent ? Self.interval : Self.longInterval)
    guard let solvedReturn, session.now >= due, step > lastStep else { return nil }
    lastMade = session.now
    lastStep = step
    count += 1
    let result = evaluation.run(theta, seed: session.configuration.seed, key: 1 << 32 + count)
    if solved == nil, result.meanReturn >= solvedReturn { solved = (step, seconds) }
    return EvaluationReport(
      step: step, meanReturn: result.meanReturn, standardDeviation: result.standardDeviation,
      episodes: result.episodes, solvedAt: solved?.step, solvedAfterSeconds: solved?.seconds)
  }
}
