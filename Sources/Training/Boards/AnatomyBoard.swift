internal import Synchronization
internal import Threads

/// Where a worker leaves what the anatomy is made of, when it is asked for; nobody asks, nothing is
/// written.
final class AnatomyBoard: Sendable {
  /// What is asked for.
  enum Demand: UInt8 {
    case nothing
    /// The last round of the loop that was finished: of a run that goes on.
    case finished
    /// The round as it stands: of a run that waits.
    case present
  }

  private let content = Locked<AnatomyAccount?>(nil)
  private let asked = Atomic<UInt8>(Demand.nothing.rawValue)

  /// Asks for it, once.
  func ask(_ demand: Demand) { asked.store(demand.rawValue, ordering: .relaxed) }

  /// What is asked for and has not been given.
  var demand: Demand { Demand(rawValue: asked.load(ordering: .relaxed)) ?? .nothing }

  /// Gives what was asked for.
  func give(_ account: AnatomyAccount) {
    content.withLock { $0 = account }
    ask(.nothing)
  }

  /// What was given last; nil at once where it is being written, or nothing has been given.
  func readIfAvailable() -> AnatomyAccount? {
    content.withLockIfAvailable { $0 } ?? nil
  }
}
