internal import Agents
internal import Networks
internal import Synchronization
internal import Telemetry
internal import Threads

/// The one learner of REINFORCE: a turn is a step in its world and, after its last episode, the update
/// made of all of them.
final class ReinforceCrew: Crew {
  private let learner: ReinforceLearner
  private let recorder: HistoryRing?
  private let session: SessionState
  private let reporter: Reporter
  private let lanes: LaneRecorder
  private let baselines: DemandBoard<BaselineReport>

  init(
    actor: Actor, network: ActorCriticNetwork, session: SessionState, settings: LearningSettings,
    recorder: HistoryRing?
  ) {
    self.session = session
    self.recorder = recorder
    let boards = session.boards.withLock { $0 }
    reporter = Reporter(board: boards[actor.index], actions: network.shape.actions)
    lanes = LaneRecorder(session: session)
    baselines = boards[actor.index].baselines
    learner = ReinforceLearner(
      actor: actor, network: network, shared: session.shared, clock: session.clock,
      settings: settings, recorder: recorder)
    learner.measuresSpread = session.watched
  }

  var rollouts: [Rollout] { [learner.rollout] }
  var actors: [Actor] { Array(learner.rollout.actors) }
  var firstActor: Actor? { learner.rollout.actors[0] }
  var stage: Int? { learner.phase.rawValue }

  func update(settings: LearningSettings) {}

  func turn(of worker: Int, settings: LearningSettings) {
    turns(1, steps: .max, settings: settings)
  }

  func phase(of worker: Int, from stage: Int, settings: LearningSettings) {
    let hasUpdated = learner.advance(settings, observer: observer)
    if learner.phase == .act { noteTurn(hasUpdated) }
    if session.watched { show() }
  }

  func finishTurns(settings: LearningSettings) {
    if learner.phase != .act { turn(settings) }
  }

  func turns(_ count: Int, steps: Int, settings: LearningSettings) {
    for _ in 0..<count where !session.isOver(atStep: steps) { turn(settings) }
    if session.watched { show() }
    recorder?.takeOpen(CollectionOfOne(learner.rollout), focus: session.focus)
  }

  func workUntilCalled(steps: Int, settings: LearningSettings) {
    repeat {
      turn(settings)
      if session.watched && reporter.isAsked { show() }
    } while !session.isCalled && session.clock.steps < steps
    if session.watched { show() }
  }

  @inline(__always)
  private func turn(_ settings: LearningSettings) {
    noteTurn(learner.turn(settings, observer: observer))
  }

  private var observer: LaneRecorder? {
    session.lanesWanted.load(ordering: .relaxed) ? lanes : nil
  }

  /// An episode that completes an update counts with it.
  @inline(__always)
  private func noteTurn(_ hasUpdated: Bool) {
    if !learner.rollout.ended.isEmpty {
      session.noteEnded(learner.rollout, recorder) { _ in reporter }
    }
    guard hasUpdated, session.watched else { return }
    reporter.learnt(learner.report)
    session.visits?.count(learner.rollout)
    if learner.comparesBaselines { baselines.give(BaselineReport(learner)) }
    learner.comparesBaselines = baselines.isWanted
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
