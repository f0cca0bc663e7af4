internal import Synchronization

/// A barrier for a few threads that meet every few microseconds: it spins for a moment, then sleeps.
///
/// Yielding in a loop would do on an idle machine; where other work wants the cores, every meeting
/// would cost a time slice. A thread that slept is let in soon after it is woken. How long it spins
/// follows what came of it: where it spins in vain, because the others have no core, soon not for long.
///
/// What a thread wrote before `wait` is seen by every thread after it.
public final class Barrier: Sendable {
  /// Number of threads that meet.
  public let parties: Int
  private let arrived = Atomic<Int>(0)
  private let round = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let bell = Condition()
  /// Looks before going to sleep.
  private let looks = Atomic<Int>(mostLooks)
  /// As many looks take a tenth of a millisecond on an AMD EPYC.
  private static let mostLooks = 200_000
  private static let leastLooks = 5_000

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
      // Before looking for sleepers: whoever goes to sleep later sees the new round.
      round.store(mine &+ 1, ordering: .sequentiallyConsistent)
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 { bell.ring() }
      return
    }
    let looks = looks.load(ordering: .relaxed)
    for _ in 0..<looks where round.load(ordering: .acquiring) != mine {
      if looks < Self.mostLooks { setLooks(looks + looks / 8) }
      return
    }
    setLooks(looks / 2)
    sleep(until: mine)
  }

  private func setLooks(_ count: Int) {
    looks.store(min(max(count, Self.leastLooks), Self.mostLooks), ordering: .relaxed)
  }

  private func sleep(until mine: Int) {
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while round.load(ordering: .sequentiallyConsistent) == mine {
      bell.wait(seconds: 1) { round.load(ordering: .sequentiallyConsistent) != mine }
    }
    sleepers.subtract(1, ordering: .relaxed)
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
