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
  public var header: RolloutHeader { headerPointer.pointee }

  /// Where its header is.
  @inlinable
  public var headerPointer: UnsafePointer<RolloutHeader> {
    base.assumingMemoryBound(to: RolloutHeader.self)
  }

  /// Episodes that ended within it.
  @inlinable
  public var endCount: Int { Int(headerPointer.pointee.ends) }

  /// End number `index` of an episode.
  @inlinable
  public func end(_ index: Int) -> EpisodeEnd {
    let ends = base + RecordLayout.endsOffset(stateSize: layout.stateSize)
    return ends.load(fromByteOffset: index * RecordLayout.episodeEndBytes, as: EpisodeEnd.self)
  }

  /// The world's state before the first step.
  var state: UnsafePointer<Double> {
    (base + RecordLayout.headerBytes).assumingMemoryBound(to: Double.self)
  }

  /// The action of step `t`.
  func action(_ t: Int) -> Int32 { block(t).load(fromByteOffset: 4 * (t % 4), as: Int32.self) }

  /// V of the state of step `t`.
  func value(_ t: Int) -> Float {
    block(t).load(fromByteOffset: RecordLayout.blockValues + 4 * (t % 4), as: Float.self)
  }

  /// The logits of the policy in the state of step `t`, `layout.actions` of them.
  func logits(_ t: Int) -> UnsafePointer<Float> {
    (block(t) + RecordLayout.blockLogits + 4 * layout.actions * (t % 4)).assumingMemoryBound(
      to: Float.self)
  }

  /// The four steps that step `t` is one of.
  private func block(_ t: Int) -> UnsafeRawPointer {
    let first = base + layout.stepsOffset(ends: endCount)
    return first + t / 4 * RecordLayout.blockBytes(actions: layout.actions)
  }
}
