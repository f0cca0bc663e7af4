/// A recorded rollout as it is kept in memory that somebody else owns: what cannot be made again.
public struct CompactRollout {
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

  /// End number `index` of an episode.
  public func end(_ index: Int) -> EpisodeEnd {
    let ends = base + RecordLayout.headerBytes + 8 * layout.stateSize
    return ends.load(
      fromByteOffset: index * MemoryLayout<EpisodeEnd>.stride, as: EpisodeEnd.self)
  }

  /// The world's state before the first step.
  var state: UnsafePointer<Double> {
    (base + RecordLayout.headerBytes).assumingMemoryBound(to: Double.self)
  }

  /// The actions, by step.
  var actions: UnsafePointer<Int32> {
    let header = base.assumingMemoryBound(to: RolloutHeader.self)
    return (base + layout.stepsOffset(ends: Int(header.pointee.ends)))
      .assumingMemoryBound(to: Int32.self)
  }

  /// V of the states, by step.
  var values: UnsafePointer<Float> { floats(behind: 1) }

  /// The logits of the policy in every state, `layout.actions` each.
  var logits: UnsafePointer<Float> { floats(behind: 2) }

  private func floats(behind columns: Int) -> UnsafePointer<Float> {
    let count = Int(base.assumingMemoryBound(to: RolloutHeader.self).pointee.count)
    return UnsafeRawPointer(actions + columns * count).assumingMemoryBound(to: Float.self)
  }
}
