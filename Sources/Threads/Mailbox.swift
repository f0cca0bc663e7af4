internal import Synchronization

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Messages from any thread to one that works: looking whether there is mail costs a relaxed load,
/// so the worker may look at every step.
public final class Mailbox<Message: Sendable>: Sendable {
  private let messages = Locked<[Message]>([])
  private let mail = Atomic<Bool>(false)
  private let bell = Condition()

  /// An empty mailbox.
  public init() {}

  /// Whether there is mail.
  public var hasMail: Bool { mail.load(ordering: .relaxed) }

  /// Leaves a message.
  public func post(_ message: Message) {
    messages.withLock {
      $0.append(message)
      mail.store(true, ordering: .relaxed)
    }
    bell.ring()
  }

  /// Takes all messages out, in order; none when there are none.
  public func take() -> [Message] {
    messages.withLock { pending in
      mail.store(false, ordering: .relaxed)
      defer { pending.removeAll(keepingCapacity: true) }
      return pending
    }
  }

  /// Waits until there is mail, at most `seconds`.
  public func wait(seconds: Double) {
    bell.wait(seconds: seconds) { hasMail }
  }
}

/// A barrier for threads that may wait for long: they sleep.
public final class Rendezvous: Sendable {
  /// Number of threads that meet.
  public let parties: Int
  private let arrived = Atomic<Int>(0)
  private let round = Atomic<Int>(0)
  private let bell = Condition()

  /// A meeting of `parties` threads, at least 1.
  public init(parties: Int) {
    precondition(parties >= 1, "a meeting needs a thread")
    self.parties = parties
  }

  /// Returns when all parties have called it. What a thread wrote before is seen by all after it.
  public func meet() {
    guard parties > 1 else { return }
    let mine = round.load(ordering: .acquiring)
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == parties {
      arrived.store(0, ordering: .relaxed)
      round.store(mine &+ 1, ordering: .releasing)
      bell.ring()
      return
    }
    while round.load(ordering: .acquiring) == mine {
      bell.wait(seconds: 1) { round.load(ordering: .acquiring) != mine }
    }
  }
}

/// A pthread condition variable: somebody sleeps until somebody else rings.
final class Condition: Sendable {
  // Only pthread functions, which synchronise among themselves, use the two.
  nonisolated(unsafe) private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  nonisolated(unsafe) private let condition: UnsafeMutablePointer<pthread_cond_t>

  init() {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    condition = .allocate(capacity: 1)
    condition.initialize(to: pthread_cond_t())
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    condition.deallocate()
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Wakes all who wait. What they wait for must have been made true before.
  func ring() {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Sleeps until `isTrue` holds after a ring, at most `seconds`.
  func wait(seconds: Double, until isTrue: () -> Bool) {
    var deadline = timespec()
    clock_gettime(CLOCK_REALTIME, &deadline)
    let nanoseconds = Double(deadline.tv_nsec) + seconds.truncatingRemainder(dividingBy: 1) * 1e9
    deadline.tv_sec += Int(seconds) + Int(nanoseconds / 1e9)
    deadline.tv_nsec = Int(nanoseconds.truncatingRemainder(dividingBy: 1e9))
    pthread_mutex_lock(mutex)
    while !isTrue() {
      if pthread_cond_timedwait(condition, mutex, &deadline) != 0 { break }
    }
    pthread_mutex_unlock(mutex)
  }
}
