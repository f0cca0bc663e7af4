internal import Networks
public import Randomness

/// The last transitions of an agent, to be learnt from in any order (Lin, "Self-improving reactive
/// agents based on reinforcement learning, planning and teaching", 1992): a ring of fixed capacity
/// in flat memory, in which a new transition takes the slot of the oldest.
///
/// A transition (s, a, r, s', terminated) is one stretch of memory with both observations written
/// out: s' is the state the step led to, where the episode was cut as well, and never one after a
/// reset. What is kept is *terminated*, not whether the episode was over: the value of a state in
/// which the time limit struck still counts. Nothing is allocated after the start.
public final class ReplayBuffer {
  /// The largest number of transitions it holds.
  public let capacity: Int
  /// Numbers in an observation; 1 where it is the index of a state.
  public let observationWidth: Int
  /// Transitions stored from the start, those overwritten since among them.
  public private(set) var stored = 0

  @usableFromInline let records: UnsafeMutablePointer<Float>
  @usableFromInline let stride: Int
  private let memory: FloatBuffer

  // Where the numbers of a transition stand: s, s', and then these three.
  @usableFromInline let action: Int
  @usableFromInline let reward: Int
  @usableFromInline let end: Int

  /// An empty buffer.
  ///
  /// - Precondition: both numbers are at least 1.
  public init(capacity: Int, observationWidth: Int) {
    precondition(
      capacity >= 1 && capacity <= Int(Int32.max), "no buffer holds \(capacity) transitions")
    precondition(observationWidth >= 1, "an observation has at least 1 number")
    self.capacity = capacity
    self.observationWidth = observationWidth
    action = 2 * observationWidth
    reward = action + 1
    end = action + 2
    // Eights keep a short transition within one line of the processor's cache.
    stride = (2 * observationWidth + 3 + 7) / 8 * 8
    memory = FloatBuffer(count: capacity * stride)
    records = memory.pointer
  }

  /// Transitions held: what is sampled from.
  public var count: Int { min(stored, capacity) }

  /// How full it is, 0 to 1.
  public var fill: Double { Double(count) / Double(capacity) }

  /// Stores a transition in place of the oldest, where there is no slot free.
  ///
  /// - Parameters:
  ///   - observation: s, `observationWidth` numbers.
  ///   - action: a, as it was carried out: the index of a discrete one, below 2^24, or a number.
  ///   - reward: r, which followed it.
  ///   - next: s', the state it led to, before any reset.
  ///   - terminated: Whether the world ended there, so that nothing is bootstrapped from s'.
  public func store(
    _ observation: UnsafePointer<Float>, action a: Float, reward r: Float,
    next: UnsafePointer<Float>, terminated: Bool
  ) {
    let record = records + (stored % capacity) * stride
    record.update(from: observation, count: observationWidth)
    (record + observationWidth).update(from: next, count: observationWidth)
    record[action] = a
    record[reward] = r
    record[end] = terminated ? 1 : 0
    stored += 1
  }

  /// Draws slots uniformly and with replacement from those in use: one draw of `random` a slot, but
  /// for the rare ones that `RandomStream.below` repeats.
  ///
  /// - Precondition: there is a transition.
  public func sample(
    _ batch: Int, into slots: UnsafeMutablePointer<Int32>, random: inout RandomStream
  ) {
    precondition(stored > 0, "an empty buffer has nothing to sample")
    let held = count
    for index in 0..<batch { slots[index] = Int32(truncatingIfNeeded: random.below(held)) }
  }

  /// s of the transition in `slot`: `observationWidth` numbers.
  @inlinable
  public func observation(_ slot: Int32) -> UnsafePointer<Float> { record(slot) }

  /// s' of the transition in `slot`.
  @inlinable
  public func next(_ slot: Int32) -> UnsafePointer<Float> { record(slot) + observationWidth }

  /// a of the transition in `slot`: the index of a discrete action, or a number.
  @inlinable
  public func action(_ slot: Int32) -> Float { record(slot)[action] }

  /// r of the transition in `slot`.
  @inlinable
  public func reward(_ slot: Int32) -> Float { record(slot)[reward] }

  /// Whether the world ended with the transition in `slot`.
  @inlinable
  public func terminated(_ slot: Int32) -> Bool { record(slot)[end] != 0 }

  /// How many transitions had been stored since the one in `slot`: 0 for the newest, `count` - 1 for the
  /// oldest.
  ///
  /// - Parameter stored: Transitions stored by then; those of now where nil.
  public func age(_ slot: Int32, when stored: Int? = nil) -> Int {
    let stored = stored ?? self.stored
    precondition(slot >= 0 && slot < min(stored, capacity), "slot \(slot) is not in use")
    let newest = (stored - 1) % capacity
    return newest >= slot ? newest - Int(slot) : newest - Int(slot) + capacity
  }

  @inlinable
  func record(_ slot: Int32) -> UnsafePointer<Float> {
    assert(slot >= 0 && slot < capacity, "no slot \(slot)")
    return UnsafePointer(records + Int(slot) * stride)
  }
}
