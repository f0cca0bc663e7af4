internal import Synchronization

/// A barrier for a few threads that meet every few microseconds: it spins for a moment, then gives
/// the core away while it waits.
///
/// What a thread wrote before `wait` is seen by every thread after it.
public final class Barrier: Sendable {
  /// Number of threads that meet.
  public let parties: Int
  private let arrived = Atomic<Int>(0)
  private let round = Atomic<Int>(0)
  private static let spins = 4_000

  /// A barrier for `parties` threads, at least 1.
  public init(parties: Int) {
    precondition(parties >= 1, "a barrier needs a thread")
    self.parties = parties
  }

  /// Returns when all parties have called it.
  public func wait() {
    guard parties > 1 else { return }
    let mine = round.load(ordering: .acquiring)
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == parties {
      arrived.store(0, ordering: .relaxed)
      round.store(mine &+ 1, ordering: .releasing)
      return
    }
    var spun = 0
    while round.load(ordering: .acquiring) == mine {
      spun += 1
      if spun > Self.spins { OSThread.yield() }
    }
  }
}

/// A value that several threads use in turns which a `Barrier` keeps apart.
///
/// The compiler cannot see the turns, hence `nonisolated(unsafe)`; the thread sanitizer does. Who
/// holds one says beside it which thread may write when.
public struct TakenInTurns<Value>: Sendable {
  /// The value.
  nonisolated(unsafe) public let value: Value

  /// Shares a value.
  public init(_ value: Value) {
    self.value = value
  }
}
