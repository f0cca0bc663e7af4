internal import Agents
internal import HeapModule
internal import Networks
internal import Randomness

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// All A3C workers on one thread in virtual time: whoever's clock is least takes its turn, and every
/// turn takes it a time drawn from the delay distribution. Equal seeds give equal runs.
final class VirtualCrew: Crew {
  /// When a worker takes its next turn; the lower number goes first where two are due.
  private struct Due: Comparable {
    var time: Double
    var worker: Int

    static func < (a: Due, b: Due) -> Bool { (a.time, a.worker) < (b.time, b.worker) }
  }

  private let workers: [A3CWorker]
  private let desk: CrewDesk
  private let recorder: HistoryRing?
  private let session: SessionState
  private var queue = Heap<Due>()
  private var delays: RandomStream

  /// The key of the stream of delays, apart from every worker's own.
  private static let delayKey: UInt64 = 0xDE1A_0000_0000_0000

  init(
    actors: [Actor], network: ActorCriticNetwork, session: SessionState,
    settings: LearningSettings, recorder: HistoryRing?
  ) {
    self.session = session
    self.recorder = recorder
    desk = CrewDesk(
      session: session, actions: network.shape.actions, workers: actors.map(\.index),
      recorder: recorder)
    workers = actors.map {
      A3CWorker(
        actor: $0, network: network, shared: session.shared, clock: session.clock,
        settings: settings, recorder: recorder)
    }
    delays = RandomStream(seed: session.configuration.seed, key: Self.delayKey)
    queue.insert(contentsOf: actors.indices.map { Due(time: 0, worker: $0) })
  }

  var rollouts: [Rollout] { workers.map(\.rollout) }
  var actors: [Actor] { workers.flatMap(\.rollout.actors) }
  var firstActor: Actor? { workers.first?.rollout.actors.first }
  var stage: Int? { queue.min.map { workers[$0.worker].stage } }

  func update(settings: LearningSettings) {}

  func turn(of worker: Int, settings: LearningSettings) {
    guard let due = queue.min else { return }
    turn(settings)
    if session.watched { desk.show(due.worker, workers[due.worker]) }
  }

  func phase(of worker: Int, from stage: Int, settings: LearningSettings) {
    while let due = queue.min, due.worker != worker, !session.isOver {
      turn(of: due.worker, settings: settings)
    }
    guard let due = queue.min, due.worker == worker else { return }
    desk.phase(due.worker, workers[due.worker], settings)
    if workers[due.worker].stage == 0 { endTurn(due) }
  }

  func finishTurns(settings: LearningSettings) {
    if let stage, stage > 0 { turn(settings) }
  }

  func turns(_ count: Int, steps: Int, settings: LearningSettings) {
    for _ in 0..<count * workers.count where !session.isOver(atStep: steps) { turn(settings) }
    if session.watched { showAll() }
    recorder?.takeOpen(workers.lazy.map(\.rollout), focus: session.focus)
  }

  func workUntilCalled(steps: Int, settings: LearningSettings) {
    repeat { turn(settings) } while !session.isCalled && session.clock.steps < steps
    if session.watched { showAll() }
  }

  private func turn(_ settings: LearningSettings) {
    guard let due = queue.min else { return }
    let pushed = desk.turn(due.worker, workers[due.worker], settings)
    if pushed && session.watched { desk.showIfAsked(due.worker, workers[due.worker]) }
    endTurn(due)
  }

  /// The worker that was due is due again after a delay.
  private func endTurn(_ due: Due) {
    queue.replaceMin(with: Due(time: due.time + delay(), worker: due.worker))
  }

  private func showAll() {
    for i in workers.indices { desk.show(i, workers[i]) }
  }

  private func delay() -> Double {
    switch session.configuration.delay {
    case .none: 1
    case .uniform: delays.uniform(from: 0.5, to: 1.5)
    case .exponential: -log(1 - delays.uniform())
    }
  }
}
