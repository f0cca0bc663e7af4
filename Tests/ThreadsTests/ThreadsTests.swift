import Testing
import Threads

@Suite("Threads")
struct ThreadsTests {
  private func inParallel(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) throws {
    let running = try (0..<count).map { number in try OSThread { body(number) } }
    for thread in running { thread.join() }
  }

  @Test("A lock lets one thread at a time at its value")
  func locked() throws {
    let counts = Locked<[Int]>([0, 0])
    try inParallel(8) { _ in
      for _ in 0..<10_000 {
        counts.withLock { counts in
          counts[0] += 1
          counts[1] = counts[0]
        }
      }
    }
    #expect(counts.withLock { $0 } == [80_000, 80_000])
  }

  @Test("Who asks for a lock that is held is told so at once")
  func lockedIfAvailable() throws {
    let value = Locked(1)
    let asked = Locked<[Bool]>([])
    try value.withLock { _ in
      try inParallel(1) { _ in
        let got = value.withLockIfAvailable { $0 } != nil
        asked.withLock { $0.append(got) }
      }
    }
    #expect(asked.withLock { $0 } == [false])
    #expect(value.withLockIfAvailable { $0 } == 1)
  }

  @Test("A lock lets go of its value, and frees it when it goes itself")
  func lockedReleases() {
    final class Thing: Sendable {}
    weak var seen: Thing?
    do {
      let thing = Thing()
      seen = thing
      let lock = Locked(thing)
      struct Failure: Error {}
      #expect(throws: Failure.self) { try lock.withLock { _ in throw Failure() } }
      #expect(lock.withLockIfAvailable { $0 === thing } == true)
    }
    #expect(seen == nil)
  }

  /// Threads that write their place, meet, and read everybody's.
  private func rounds(
    parties: Int, _ count: Int, meet: @escaping @Sendable () -> Void
  ) throws -> Int {
    let places = UnsafeMutablePointer<Int>.allocate(capacity: parties)
    places.initialize(repeating: -1, count: parties)
    defer { places.deallocate() }
    let board = TakenInTurns(places)
    let faults = Locked(0)
    try inParallel(parties) { number in
      for round in 0..<count {
        board.value[number] = round
        meet()
        if !(0..<parties).allSatisfy({ board.value[$0] == round }) { faults.withLock { $0 += 1 } }
        meet()
      }
    }
    return faults.withLock { $0 }
  }

  @Test(
    "Threads at a barrier see what all wrote before it, ten thousand times", arguments: [1, 2, 3])
  func barrier(parties: Int) throws {
    let barrier = Barrier(parties: parties)
    #expect(try rounds(parties: parties, 10_000) { barrier.wait() } == 0)
  }

  @Test("A barrier for more threads than there are cores loses nobody")
  func crowdedBarrier() throws {
    let barrier = Barrier(parties: 16)
    #expect(try rounds(parties: 16, 100) { barrier.wait() } == 0)
  }

  @Test("Threads at a rendezvous see what all wrote before it", arguments: [1, 2, 5])
  func rendezvous(parties: Int) throws {
    let rendezvous = Rendezvous(parties: parties)
    #expect(try rounds(parties: parties, 1_000) { rendezvous.meet() } == 0)
  }

  @Test("A mailbox gives every message once, those of a sender in order")
  func mailbox() throws {
    let mailbox = Mailbox<(sender: Int, number: Int)>()
    let received = Locked<[[Int]]>(Array(repeating: [], count: 4))
    try inParallel(5) { number in
      if number < 4 {
        for message in 0..<2_000 { mailbox.post((number, message)) }
        return
      }
      var count = 0
      while count < 8_000 {
        mailbox.wait(seconds: 10)
        for message in mailbox.take() {
          received.withLock { $0[message.sender].append(message.number) }
          count += 1
        }
      }
    }
    #expect(received.withLock { $0 } == Array(repeating: Array(0..<2_000), count: 4))
    #expect(!mailbox.hasMail && mailbox.take().isEmpty)
  }

  @Test("A wait ends without mail after its time, and at once with it")
  func mailboxWait() {
    let mailbox = Mailbox<Int>()
    mailbox.wait(seconds: 0)
    mailbox.wait(seconds: 0.001)
    #expect(!mailbox.hasMail)
    mailbox.post(1)
    mailbox.wait(seconds: 3_600)
    #expect(mailbox.take() == [1])
  }

  @Test("The clock never goes back, and there is at least one core")
  func clock() {
    var last = MonotonicClock.seconds
    for _ in 0..<1_000 {
      let now = MonotonicClock.seconds
      #expect(now >= last)
      last = now
    }
    #expect(OSThread.cores >= 1)
  }
}
