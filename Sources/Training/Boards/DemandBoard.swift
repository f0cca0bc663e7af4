internal import Synchronization
internal import Threads

/// Where a learner leaves what a pane of its own shows, when it is asked for; nobody asks, nothing is
/// worked out.
final class DemandBoard<Report: Sendable>: Sendable {
  private let content = Locked<Report?>(nil)
  private let wanted = Atomic<Bool>(false)

  /// Asks for it, once.
  func ask() { wanted.store(true, ordering: .relaxed) }

  /// Whether it was asked for since it was last given.
  var isWanted: Bool { wanted.load(ordering: .relaxed) }

  /// Gives what was asked for.
  func give(_ report: Report) {
    content.withLock { $0 = report }
    wanted.store(false, ordering: .relaxed)
  }

  /// What was given last; nil at once where it is being written, or nothing has been given.
  func readIfAvailable() -> Report? {
    content.withLockIfAvailable { $0 } ?? nil
  }
}
