internal import Agents
internal import Networks
internal import Synchronization
internal import Threads

/// A thread's share of an A2C team.
final class A2CCrew: Crew {
  private let member: A2CMember
  private let session: SessionState
  private let reporters: [[Reporter]]
  private let lanes: LaneRecorder
  private let recorder: HistoryRing?

  init(
    thread: Int, actors: [[Actor]], team: A2CTeam, network: ActorCriticNetwork,
    session: SessionState, settings: LearningSettings, recorder: HistoryRing?
  ) {
    self.session = session
    self.recorder = recorder
    let boards = session.boards.withLock { $0 }
    let actions = network.shape.actions
    reporters = actors.map { group in
      group.map { Reporter(board: boards[$0.index], actions: actions) }
    }
    lanes = LaneRecorder(session: session)
    member = A2CMember(
      team: team, thread: thread, actors: actors, network: network, settings: settings,
      recorder: recorder)
  }

  var rollouts: [Rollout] { member.rollouts }
  var actors: [Actor] { member.rollouts.flatMap(\.actors) }
  var firstActor: Actor? { member.rollouts.first?.actors.first }
  /// A thread without a group comes to the updates only.
  var stage: Int? { member.rollouts.isEmpty ? nil : member.phase.rawValue }

  func turn(of worker: Int, settings: LearningSettings) {}

  func phase(of worker: Int, from stage: Int, settings: LearningSettings) {
    if stage == A2CMember.Phase.update.rawValue { return update(settings: settings) }
    // Who is further waits for the others.
    guard member.phase.rawValue == stage, !member.rollouts.isEmpty else { return }
    if member.phase == .act { act() } else { member.advance(observer: observer) }
    if session.watched { show() }
  }

  /// What was begun is finished by an update of all threads together.
  func finishTurns(settings: LearningSettings) {}

  func turns(_ count: Int, steps: Int, settings: LearningSettings) {
    for _ in 0..<count where !member.isComplete { act() }
    if session.watched { show() }
    recorder?.takeOpen(member.rollouts, focus: session.focus)
  }

  func update(settings: LearningSettings) {
    _ = update(settings) { true }
    if session.watched {
      noteRollouts()
      show()
    }
  }

  func workUntilCalled(steps: Int, settings: LearningSettings) {
    var goOn = true
    while goOn {
      while !member.isComplete { act() }
      // The update that is being made is not among those that are done.
      goOn = update(settings) {
        !session.isCalled && session.clock.steps < steps
          && session.shared.version + 1 < session.updateLimit
      }
      if session.watched {
        noteRollouts()
        show(onlyAsked: true)
      }
    }
    if session.watched { show() }
  }

  private func act() {
    member.act()
    for (rollout, own) in zip(member.rollouts, reporters) where !rollout.ended.isEmpty {
      session.noteEnded(rollout, recorder) { own[$0] }
    }
  }

  private func update(_ settings: LearningSettings, _ decide: () -> Bool) -> Bool {
    return member.update(next: settings, observer: observer, leaderDecides: decide)
  }

  /// Who follows the workers through their stages; nobody while no lanes are drawn.
  private var observer: LaneRecorder? {
    session.lanesWanted.load(ordering: .relaxed) ? lanes : nil
  }

  private func noteRollouts() {
    for (rollout, own) in zip(member.rollouts, reporters) {
      for k in own.indices { own[k].learnt(member.report) }
      session.visits?.count(rollout)
    }
  }

  private func show(onlyAsked: Bool = false) {
    for (rollout, own) in zip(member.rollouts, reporters) {
      for k in own.indices where !onlyAsked || own[k].isAsked {
        own[k].show(rollout, k, theta: member.theta, version: member.report.version)
        own[k].showAnatomy {
          AnatomyFacts(
            member, rollout, k, optimiser: session.configuration.hyperparameters.optimiser,
            demand: $0)
        }
      }
    }
  }
}
