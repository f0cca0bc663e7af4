internal import Telemetry

/// Reads the anatomy of the worker in focus: as it stands while the run waits; while it goes on, the
/// last round that was finished, calmly.
struct AnatomyReader {
  private var account: AnatomyAccount?
  private var lastAsked = -1.0
  /// Seconds between two rounds of a run that goes on: enough to read a number.
  private static let calm = 0.7

  /// Takes what was given, and asks for more.
  mutating func read(_ board: AnatomyBoard, of worker: Int, _ session: SessionFacts, now: Double) {
    if let given = board.readIfAvailable() { account = given }
    if account?.worker != worker || account?.agent != session.agent { account = nil }
    guard session.status == .running else {
      // Who steps asks for the present round; the last thing a run did is asked for here.
      if account == nil { board.ask(.present) }
      return
    }
    guard account == nil || now - lastAsked >= Self.calm else { return }
    board.ask(.finished)
    lastAsked = now
  }

  /// The anatomy; nil before the first round.
  ///
  /// - Parameter workers: the reports of all workers, for who waits.
  func report(_ workers: [WorkerReport]) -> AnatomyReport? {
    switch account {
    case nil: return nil
    case .report(let report): return report
    case .facts(var facts):
      if facts.waiting.isEmpty {
        facts.waiting = workers.filter { $0.phase == .wait }.map(\.index)
      }
      return facts.report
    }
  }
}
