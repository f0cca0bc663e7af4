internal import Agents
internal import Networks

/// A thread's A3C workers on real threads: they take turns step by step (or rollout by rollout), so
/// that staleness is what it would be with a core for each.
final class A3CCrew: Crew {
  private let workers: [A3CWorker]
  private let reporters: [Reporter]
  private let session: SessionState
  private let byRollout: Bool

  init(actors: [Actor], session: SessionState, settings: LearningSettings) {
    self.session = session
    byRollout = session.configuration.interleave == .rollout
    workers = actors.map {
      A3CWorker(
        actor: $0, network: session.network, shared: session.shared, clock: session.clock,
        settings: settings)
    }
    reporters = actors.map { Reporter(session: session, worker: $0.index) }
  }

  var actors: [Actor] { workers.flatMap(\.rollout.actors) }
  var isComplete: Bool { false }

  func update(settings: LearningSettings) {}

  func turns(_ count: Int, settings: LearningSettings) {
    for _ in 0..<count {
      for i in workers.indices {
        turn(i, settings)
        if session.watched { reporters[i].show(workers[i]) }
      }
      if session.shared.diverged { return }
    }
  }

  func workUntilCalled(steps: Int, settings: LearningSettings) {
    while true {
      for i in workers.indices {
        if byRollout {
          while !turn(i, settings) {}
        } else {
          turn(i, settings)
        }
      }
      if session.isCalled || session.clock.steps >= steps { return }
    }
  }

  @discardableResult
  private func turn(_ i: Int, _ settings: LearningSettings) -> Bool {
    let worker = workers[i]
    let pushed = worker.turn(settings, observer: session.lanes)
    if !worker.rollout.ended.isEmpty { session.log(worker.rollout) }
    if pushed {
      if worker.report.diverged { session.call() }
      if session.watched { reporters[i].pushed(worker) }
    }
    return pushed
  }
}
