import Randomness
import Testing

@testable import Agents

@Suite("The replay buffer")
struct ReplayBufferTests {
  /// Transition k: numbers from which it can be told, a termination every third.
  private func store(_ k: Int, in buffer: ReplayBuffer) {
    let width = buffer.observationWidth
    buffer.store(
      (0..<width).map { Float(100 * k + $0) }, action: Float(k % 5), reward: Float(-k),
      next: (0..<width).map { Float(100 * k + 50 + $0) }, terminated: k % 3 == 0)
  }

  private func holds(_ k: Int, _ buffer: ReplayBuffer, slot: Int32) -> Bool {
    (0..<buffer.observationWidth).allSatisfy {
      buffer.observation(slot)[$0] == Float(100 * k + $0)
        && buffer.next(slot)[$0] == Float(100 * k + 50 + $0)
    } && buffer.action(slot) == Float(k % 5) && buffer.reward(slot) == Float(-k)
      && buffer.terminated(slot) == (k % 3 == 0)
  }

  @Test(
    "Holds the last transitions as they were, whatever their width", arguments: [1, 2, 4, 6, 9])
  func ring(width: Int) {
    let buffer = ReplayBuffer(capacity: 7, observationWidth: width)
    #expect(buffer.count == 0 && buffer.fill == 0)
    for k in 0..<30 {
      store(k, in: buffer)
      #expect(buffer.stored == k + 1 && buffer.count == min(k + 1, 7))
      #expect(buffer.fill == Double(min(k + 1, 7)) / 7)
      for old in max(0, k - 6)...k {
        let slot = Int32(old % 7)
        #expect(holds(old, buffer, slot: slot))
        #expect(buffer.age(slot) == k - old)
        // Its slot was this one's a round ago.
        if old >= 7 { #expect(buffer.age(slot, when: old) == 6) }
      }
    }
  }

  @Test("A buffer of one transition holds the newest")
  func one() {
    let buffer = ReplayBuffer(capacity: 1, observationWidth: 3)
    var random = RandomStream(seed: 1)
    var slots: [Int32] = [9, 9]
    for k in 0..<4 {
      store(k, in: buffer)
      buffer.sample(2, into: &slots, random: &random)
      #expect(slots == [0, 0] && holds(k, buffer, slot: 0) && buffer.age(0) == 0)
    }
  }

  @Test("The numbers stored are copies: what they came from may change")
  func copies() {
    let buffer = ReplayBuffer(capacity: 4, observationWidth: 2)
    var observation: [Float] = [1, 2]
    buffer.store(observation, action: -0.75, reward: 0.5, next: [3, 4], terminated: false)
    observation[0] = 9
    #expect(buffer.observation(0)[0] == 1 && buffer.action(0) == -0.75)
  }

  @Test("Sampling is what the stream says, slot by slot, with replacement")
  func exactDraws() {
    let buffer = ReplayBuffer(capacity: 50, observationWidth: 1)
    var random = RandomStream(seed: 3, key: 8)
    var same = random
    var slots = [Int32](repeating: 0, count: 40)
    for k in 0..<120 {
      store(k, in: buffer)
      buffer.sample(40, into: &slots, random: &random)
      #expect(slots == (0..<40).map { _ in Int32(same.below(min(k + 1, 50))) })
    }
    #expect(random == same)
    #expect(Set(slots).count < 40, "40 of 50 without one twice")
  }

  @Test("Every slot in use is as likely as any other, and no other comes", arguments: [13, 64])
  func uniform(stored: Int) {
    let buffer = ReplayBuffer(capacity: 32, observationWidth: 1)
    for k in 0..<stored { store(k, in: buffer) }
    var random = RandomStream(seed: 11)
    let batches = 4_000
    var counts = [Int](repeating: 0, count: 32)
    var slots = [Int32](repeating: 0, count: 32)
    for _ in 0..<batches {
      buffer.sample(32, into: &slots, random: &random)
      for slot in slots { counts[Int(slot)] += 1 }
    }
    let held = min(stored, 32)
    let expected = Double(32 * batches) / Double(held)
    let chiSquare = counts[..<held].reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    // Mean held - 1, deviation sqrt(2 (held - 1)): four of them above, and not suspiciously even.
    let mean = Double(held - 1)
    #expect(abs(chiSquare - mean) < 4 * (2 * mean).squareRoot())
    #expect(counts[held...].allSatisfy { $0 == 0 })
  }
}
