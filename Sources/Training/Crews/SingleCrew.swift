internal import Agents
internal import Networks
internal import Synchronization
internal import Threads

/// The one learner of an agent that learns by itself: a turn is a step in its world and what is learnt
/// after it.
final class SingleCrew: Crew {
  private let learner: any ExplainedLearner
  private let reporter: SingleReporter
  private let session: SessionState

  init(learner: any ExplainedLearner, session: SessionState) {
    self.learner = learner
    self.session = session
    reporter = SingleReporter(board: session.boards.withLock { $0[learner.actor.index] })
    publish()
  }

  var rollouts: [Rollout] { [] }
  var actors: [Actor] { [learner.actor] }
  var firstActor: Actor? { learner.actor }
  var stage: Int? { learner.place }

  func update(settings: LearningSettings) {}

  func turn(of worker: Int, settings: LearningSettings) {
    turns(1, steps: .max, settings: settings)
  }

  func phase(of worker: Int, from stage: Int, settings: LearningSettings) {
    if learner.advance() { noteTurn() }
    publish()
  }

  func finishTurns(settings: LearningSettings) {
    if learner.place != 0 { turn() }
    publish()
  }

  func turns(_ count: Int, steps: Int, settings: LearningSettings) {
    for _ in 0..<count where !session.isOver(atStep: steps) { turn() }
    publish()
  }

  func workUntilCalled(steps: Int, settings: LearningSettings) {
    repeat {
      turn()
      if session.watched && reporter.isAsked { publish() }
    } while !session.isCalled && session.clock.steps < steps
    publish()
  }

  @inline(__always)
  private func turn() {
    learner.turn()
    noteTurn()
  }

  private func noteTurn() {
    _ = session.clock.advance(by: 1)
    session.shared.count(updates: learner.updates)
    if learner.hasDiverged { session.shared.diverge() }
    if learner.hasEndedEpisode, let episode = learner.actor.lastEpisode {
      session.log(episode)
      if session.watched { reporter.ended(episode) }
    }
    guard session.watched else { return }
    reporter.learnt(learner)
    session.visits?.count(learner)
  }

  /// Others read the parameters from a copy, which is made when somebody is about to.
  private func publish() {
    session.shared.publish(learner.parameters, version: learner.updates)
    guard session.watched else { return }
    reporter.show(learner)
    reporter.showAnatomy(learner)
  }
}
