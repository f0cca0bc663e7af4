internal import Telemetry

/// Reads the anatomy of the worker in focus: as it stands while the run waits; while it goes on, the
/// last round that was finished, calmly.
struct AnatomyReader {
  private var facts: AnatomyFacts?
  private var lastAsked = -1.0
  /// Seconds between two rounds of a run that goes on: enough to read a number.
  private static let calm = 0.7

  /// Takes what was given, and asks for more.
  mutating func read(_ board: AnatomyBoard, of worker: Int, _ session: SessionFacts, now: Double) {
    if let given = board.readIfAvailable() { facts = given }
    if facts?.worker != worker || facts?.agent != session.agent { facts = nil }
    guard session.status == .running else {
      // Who steps asks for the present round; the last thing a run did is asked for here.
      if facts == nil { board.ask(.present) }
      return
    }
    guard facts == nil || now - lastAsked >= Self.calm else { return }
    board.ask(.finished)
    lastAsked = now
  }

  /// The anatomy; nil before the first round.
  ///
  /// - Parameter workers: the reports of all workers, for who waits.
  func report(_ workers: [WorkerReport]) -> AnatomyReport? {
    guard var facts else { return nil }
    if facts.waiting.isEmpty {
      facts.waiting = workers.filter { $0.phase == .wait }.map(\.index)
    }
    return facts.report
  }
}
