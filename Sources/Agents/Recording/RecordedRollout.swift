public import Estimators
public import Randomness

/// What stands before the steps of a recorded rollout.
public struct RolloutHeader: Sendable {
  /// Bytes of the whole record: of a compact one; of one for who reads, 0.
  public var bytes: Int32 = 0
  /// Bytes of the record before it in memory; for who keeps them.
  public var previousBytes: Int32 = 0
  /// The worker.
  public var worker: Int32 = 0
  /// Steps.
  public var count: Int32 = 0
  /// Episodes that ended within them.
  public var ends: Int32 = 0
  /// The start of the first step's episode; -1 where the world draws its own.
  public var start: Int32 = -1
  /// The first worker of the group it acted in, whose forward passes were batched.
  public var groupFirst: Int32 = 0
  /// Workers of that group.
  public var groupWidth: Int32 = 1
  /// Steps of the group's rollout: of the longest of its workers.
  public var groupLength: Int32 = 0
  /// The rollout is under way: nothing has been learnt from it. For who reads, a row of the state the
  /// worker is in stands behind those of its steps.
  public var isOpen = false
  /// V of the states the steps led to is known; in a rollout under way not before its first target.
  public var hasNextValues = false
  /// V of the state the last step led to.
  public var lastNextValue: Float = 0
  /// The worker's number of the first step.
  public var firstNumber = 0
  /// Episodes the worker had ended before the first step.
  public var episode = 0
  /// Steps of the episode before the first step.
  public var episodeStep = 0
  /// Undiscounted return of these.
  public var episodeReturn = 0.0
  /// What the worker was going to draw from before the first step.
  public var random = RandomStream(seed: 0)
  /// The estimator of the targets.
  public var estimator = ReturnEstimator.td
  /// The discount of the targets.
  public var discount = 1.0
  /// The update that was made from it; of one under way, `pulledVersion` alone.
  public var update = UpdateReport()
}

/// A recorded rollout for who reads, in memory that somebody else keeps.
public struct RecordedRollout {
  /// Where its header begins.
  public let base: UnsafeRawPointer
  /// How it is laid out.
  public let layout: RecordLayout

  /// The rollout at `base`.
  public init(base: UnsafeRawPointer, layout: RecordLayout) {
    self.base = base
    self.layout = layout
  }

  /// Its header.
  public var header: RolloutHeader {
    base.assumingMemoryBound(to: RolloutHeader.self).pointee
  }

  /// Step `index`, from 0; of an open rollout the last row is the state the worker is in.
  public func step(_ index: Int) -> RecordedStep {
    RecordedStep(
      base: base + RecordLayout.headerBytes + index * layout.rowBytes, layout: layout)
  }

  /// End number `index` of an episode.
  public func end(_ index: Int) -> EpisodeEnd {
    end(at: index).load(as: EpisodeEnd.self)
  }

  /// The state that was reached there.
  public func reached(_ index: Int) -> UnsafeBufferPointer<Double> {
    let state = end(at: index) + MemoryLayout<EpisodeEnd>.stride
    return UnsafeBufferPointer(
      start: state.assumingMemoryBound(to: Double.self), count: layout.stateSize)
  }

  private func end(at index: Int) -> UnsafeRawPointer {
    let head = base.assumingMemoryBound(to: RolloutHeader.self)
    let rows = Int(head.pointee.count) + (head.pointee.isOpen ? 1 : 0)
    return base + layout.bytes(rows: rows, ends: index)
  }
}

/// A recorded step in memory that somebody else keeps.
public struct RecordedStep {
  let base: UnsafeRawPointer
  let layout: RecordLayout

  /// The world's state before it.
  public var state: UnsafeBufferPointer<Double> { numbers(0, layout.stateSize) }
  /// What the agent saw of it.
  public var observation: UnsafeBufferPointer<Float> {
    numbers(layout.observation, layout.observationWidth)
  }
  /// The logits of the policy.
  public var logits: UnsafeBufferPointer<Float> { numbers(layout.logits, layout.actions) }
  /// The action taken.
  public var action: Int32 { base.load(fromByteOffset: layout.numbers, as: Int32.self) }
  /// The reward that followed.
  public var reward: Float { float(1) }
  /// V of the state.
  public var value: Float { float(2) }
  /// V of the state it led to; 0 where that is an end of the world.
  public var nextValue: Float { float(3) }
  /// The target G; NaN before the step has been learnt from.
  public var target: Float { float(4) }
  /// G - V(s); NaN before the step has been learnt from.
  public var advantage: Float { float(5) }
  /// The world reached an end.
  public var terminated: Bool { flags & Self.terminatedFlag != 0 }
  /// The time limit cut the episode.
  public var truncated: Bool { flags & Self.truncatedFlag != 0 }

  static let terminatedFlag: UInt8 = 1
  static let truncatedFlag: UInt8 = 2

  private var flags: UInt8 { base.load(fromByteOffset: layout.flags, as: UInt8.self) }

  private func float(_ index: Int) -> Float {
    base.load(fromByteOffset: layout.numbers + 4 * index, as: Float.self)
  }

  private func numbers<Number>(_ offset: Int, _ count: Int) -> UnsafeBufferPointer<Number> {
    UnsafeBufferPointer(
      start: (base + offset).assumingMemoryBound(to: Number.self), count: count)
  }
}
