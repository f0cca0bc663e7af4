internal import Agents
internal import Networks
internal import Telemetry
internal import Threads

/// Evaluates the greedy policy towards the goal of a run, while training waits.
final class Referee {
  private let session: SessionState
  private let theta: FloatBuffer
  private lazy var evaluation = GreedyEvaluation(
    policy: session.model.greedyPolicy(rows: session.configuration.evaluationEpisodes),
    environment: session.configuration.environment,
    episodes: session.configuration.evaluationEpisodes)
  private var inARow = 0
  private var count: UInt64 = 0
  /// Environment steps at which the next evaluation is due; never without a goal.
  private(set) var nextEvaluation: Int

  init(session: SessionState) {
    self.session = session
    theta = session.model.makeParameters()
    nextEvaluation =
      session.configuration.goal == nil ? .max : session.configuration.evaluationInterval
  }

  func isDue(_ steps: Int) -> Bool { steps >= nextEvaluation }

  /// Evaluates now.
  ///
  /// - Parameter seconds: of training so far.
  /// - Returns: the mean return when with it the goal has been reached.
  func evaluate(seconds: Double) -> Double? {
    guard let goal = session.configuration.goal else { return nil }
    let steps = session.clock.steps
    let interval = session.configuration.evaluationInterval
    nextEvaluation = (steps / interval + 1) * interval
    session.shared.pull(into: theta)
    count += 1
    let result = evaluation.run(theta.pointer, seed: session.configuration.seed, key: count)
    inARow = result.meanReturn >= goal.meanReturn ? inARow + 1 : 0
    guard inARow >= goal.hold else { return nil }
    session.facts.withLock {
      $0.reached = SessionFacts.Reached(steps: steps, seconds: seconds, evaluation: result)
    }
    return result.meanReturn
  }
}
