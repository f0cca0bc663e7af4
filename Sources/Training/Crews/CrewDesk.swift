internal import Agents
internal import Networks
internal import Synchronization
internal import Threads

/// What every crew of A3C workers does beside learning: log episodes and write the boards.
final class CrewDesk {
  private let session: SessionState
  private let reporters: [Reporter]
  private let lanes: LaneRecorder
  private let optimiser: Optimiser
  private let recorder: HistoryRing?

  init(session: SessionState, actions: Int, workers: [Int], recorder: HistoryRing?) {
    self.session = session
    self.recorder = recorder
    let boards = session.boards.withLock { $0 }
    reporters = workers.map { Reporter(board: boards[$0], actions: actions) }
    lanes = LaneRecorder(session: session)
    optimiser = session.configuration.hyperparameters.optimiser
  }

  /// Who follows the workers through their stages; nobody while no lanes are drawn.
  var observer: LaneRecorder? {
    session.lanesWanted.load(ordering: .relaxed) ? lanes : nil
  }

  /// One turn of a worker.
  ///
  /// - Returns: whether it pushed.
  @inline(__always)
  func turn(_ i: Int, _ worker: A3CWorker, _ settings: LearningSettings) -> Bool {
    let pushed = worker.turn(settings, observer: observer)
    if pushed { notePush(i, worker) }
    return pushed
  }

  /// One phase of a worker, and where it stands then.
  func phase(_ i: Int, _ worker: A3CWorker, _ settings: LearningSettings) {
    if worker.advance(settings, observer: observer) { notePush(i, worker) }
    if session.watched { show(i, worker) }
  }

  /// An episode ends with its rollout, so that this is the time for both.
  private func notePush(_ i: Int, _ worker: A3CWorker) {
    if !worker.rollout.ended.isEmpty {
      session.noteEnded(worker.rollout, recorder) { _ in reporters[i] }
    }
    if session.watched { noteRollout(i, worker) }
  }

  private func noteRollout(_ i: Int, _ worker: A3CWorker) {
    reporters[i].learnt(worker.report)
    session.visits?.count(worker.rollout)
  }

  /// Writes a worker's board if somebody has read it since.
  func showIfAsked(_ i: Int, _ worker: A3CWorker) {
    if reporters[i].isAsked { show(i, worker) }
  }

  /// Writes a worker's board.
  func show(_ i: Int, _ worker: A3CWorker) {
    reporters[i].show(
      worker.rollout, 0, theta: worker.theta.pointer, version: worker.report.version)
    reporters[i].showAnatomy { AnatomyFacts(worker, optimiser: optimiser, demand: $0) }
  }
}

extension A3CWorker {
  /// How far it is within a turn: 0 where the next one begins.
  var stage: Int { phase == .act ? 0 : phase == .pull ? Phase.allCases.count : phase.rawValue }
}
