internal import Agents
internal import Networks
internal import Synchronization

/// A thread's A3C workers on real threads: they take turns step by step (or rollout by rollout), so
/// that staleness is what it would be with a core for each.
final class A3CCrew: Crew {
  private let workers: [A3CWorker]
  /// The same, for who takes turns: counting references would be felt in a small world.
  private let uncounted: [Unmanaged<A3CWorker>]
  private let desk: CrewDesk
  private let recorder: HistoryRing?
  private let session: SessionState
  private let byRollout: Bool

  init(
    actors: [Actor], network: ActorCriticNetwork, session: SessionState,
    settings: LearningSettings, recorder: HistoryRing?
  ) {
    self.session = session
    self.recorder = recorder
    byRollout = session.configuration.interleave == .rollout
    desk = CrewDesk(
      session: session, actions: network.shape.actions, workers: actors.map(\.index),
      recorder: recorder)
    workers = actors.map {
      A3CWorker(
        actor: $0, network: network, shared: session.shared, clock: session.clock,
        settings: settings, recorder: recorder)
    }
    uncounted = workers.map { .passUnretained($0) }
  }

  var rollouts: [Rollout] { workers.map(\.rollout) }
  var actors: [Actor] { workers.flatMap(\.rollout.actors) }
  var firstActor: Actor? { workers.first?.rollout.actors.first }
  var stage: Int? { workers.first { $0.stage > 0 }?.stage }

  func update(settings: LearningSettings) {}

  func turn(of worker: Int, settings: LearningSettings) {
    guard let i = workers.firstIndex(where: { $0.rollout.actors[0].index == worker }) else {
      return
    }
    turn(i, settings)
    if session.watched { desk.show(i, workers[i]) }
  }

  func phase(of worker: Int, from stage: Int, settings: LearningSettings) {
    for i in workers.indices {
      if workers[i].rollout.actors[0].index == worker {
        desk.phase(i, workers[i], settings)
      } else if stage == 0 || workers[i].stage > 0 {
        turn(i, settings)
        if session.watched { desk.show(i, workers[i]) }
      }
    }
  }

  func finishTurns(settings: LearningSettings) {
    for i in workers.indices where workers[i].stage > 0 { turn(i, settings) }
  }

  func turns(_ count: Int, steps: Int, settings: LearningSettings) {
    for _ in 0..<count {
      for i in workers.indices { turn(i, settings) }
      if session.isCalled || session.clock.steps >= steps { break }
    }
    if session.watched { showAll() }
    recorder?.takeOpen(workers.lazy.map(\.rollout), focus: session.focus)
  }

  private func showAll() {
    for i in workers.indices { desk.show(i, workers[i]) }
  }

  func workUntilCalled(steps: Int, settings: LearningSettings) {
    // A thread without workers sleeps at the next meeting.
    guard !workers.isEmpty else { return }
    repeat {
      for i in workers.indices {
        let pushed = byRollout ? rollout(i, settings) : turn(i, settings)
        guard pushed else { continue }
        if session.watched { desk.showIfAsked(i, workers[i]) }
        if session.isOver { break }
      }
    } while !session.isCalled && session.clock.steps < steps
    if session.watched { showAll() }
  }

  private func rollout(_ i: Int, _ settings: LearningSettings) -> Bool {
    while !turn(i, settings) {}
    return true
  }

  @discardableResult
  @inline(__always)
  private func turn(_ i: Int, _ settings: LearningSettings) -> Bool {
    uncounted[i]._withUnsafeGuaranteedRef { desk.turn(i, $0, settings) }
  }
}
