internal import Agents
internal import Networks
internal import Synchronization
internal import Threads

/// The one learner of the basic actor-critic: a turn is a step in its world and the update made of it.
final class ActorCriticCrew: Crew {
  private let learner: ActorCriticLearner
  private let recorder: HistoryRing?
  private let session: SessionState
  private let reporter: Reporter
  private let lanes: LaneRecorder

  init(
    actor: Actor, network: ActorCriticNetwork, session: SessionState, settings: LearningSettings,
    recorder: HistoryRing?
  ) {
    self.session = session
    self.recorder = recorder
    let boards = session.boards.withLock { $0 }
    reporter = Reporter(board: boards[actor.index], actions: network.shape.actions)
    lanes = LaneRecorder(session: session)
    learner = ActorCriticLearner(
      actor: actor, network: network, shared: session.shared, clock: session.clock,
      settings: settings, recorder: recorder)
  }

  var rollouts: [Rollout] { [learner.rollout] }
  var actors: [Actor] { Array(learner.rollout.actors) }
  var firstActor: Actor? { learner.rollout.actors[0] }
  var stage: Int? { Int(learner.phase.rawValue) }

  func update(settings: LearningSettings) {}

  func turn(of worker: Int, settings: LearningSettings) {
    turns(1, steps: .max, settings: settings)
  }

  func phase(of worker: Int, from stage: Int, settings: LearningSettings) {
    learner.take(settings)
    if learner.advance(observer: observer) { noteStep() }
    if session.watched { show() }
  }

  func finishTurns(settings: LearningSettings) {
    guard learner.phase != .policy else { return }
    learner.take(settings)
    turn()
  }

  func turns(_ count: Int, steps: Int, settings: LearningSettings) {
    learner.take(settings)
    for _ in 0..<count where !session.isOver(atStep: steps) { turn() }
    if session.watched { show() }
    recorder?.takeOpen(CollectionOfOne(learner.rollout), focus: session.focus)
  }

  func workUntilCalled(steps: Int, settings: LearningSettings) {
    learner.take(settings)
    repeat {
      turn()
      if session.watched && reporter.isAsked { show() }
    } while !session.isCalled && session.clock.steps < steps
    if session.watched { show() }
  }

  @inline(__always)
  private func turn() {
    learner.turn(observer: observer)
    noteStep()
  }

  private var observer: LaneRecorder? {
    session.lanesWanted.load(ordering: .relaxed) ? lanes : nil
  }

  private func noteStep() {
    let rollout = learner.rollout
    if !rollout.ended.isEmpty { session.noteEnded(rollout, recorder) { _ in reporter } }
    guard session.watched else { return }
    reporter.learnt(learner.report)
    session.visits?.count(rollout)
  }

  private func show() {
    reporter.show(
      learner.rollout, 0, theta: learner.theta, version: learner.report.version)
    reporter.showAnatomy {
      AnatomyFacts(
        learner, optimiser: session.configuration.hyperparameters.optimiser, demand: $0)
    }
  }
}
