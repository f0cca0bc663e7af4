internal import Environments

/// Where the actors of a rollout stood when it began, and where their episodes ended. With the actions
/// that is enough to act it again (`RolloutReplay`), so that steps need not note where they lead.
///
/// Of every actor it lies as a compact rollout begins: header, state, ends of episodes.
final class OriginRecord {
  private let width: Int
  /// Numbers of a state.
  private let stateSize: Int
  // The actors' records, one behind the other. Behind a pointer no access has to be checked for being
  // the only one.
  private let memory: UnsafeMutablePointer<UnsafeMutableRawPointer>
  private var stride: Int

  /// - Parameter actors: `width` of them.
  /// - Parameter steps: of the rollout; as many episodes can end.
  init(_ actors: UnsafeMutablePointer<Actor>, width: Int, steps: Int) {
    self.width = width
    stateSize = actors[0].environment.stateSize
    stride = RecordLayout.endsOffset(stateSize: stateSize) + steps * RecordLayout.episodeEndBytes
    memory = .allocate(capacity: 1)
    memory.initialize(to: .allocate(byteCount: width * stride, alignment: 64))
    for k in 0..<width {
      let header = (memory.pointee + k * stride).bindMemory(to: RolloutHeader.self, capacity: 1)
      header.initialize(to: RolloutHeader())
      header.pointee.worker = Int32(actors[k].index)
      header.pointee.groupFirst = Int32(actors[0].index)
      header.pointee.groupWidth = Int32(width)
    }
  }

  deinit {
    memory.pointee.deallocate()
    memory.deallocate()
  }

  /// The record of actor `k`; what is not known before the rollout's end is not in its header.
  @inline(__always)
  subscript(k: Int) -> UnsafeMutableRawPointer { memory.pointee + k &* stride }

  /// Bytes of the record of actor `k`, header, state and ends.
  @inline(__always)
  func bytes(_ k: Int) -> Int {
    RecordLayout.endsOffset(stateSize: stateSize) &+ ends(k) &* RecordLayout.episodeEndBytes
  }

  /// Episodes of actor `k` that have ended so far.
  @inline(__always)
  func ends(_ k: Int) -> Int { Int(header(k).pointee.ends) }

  @inline(__always)
  private func header(_ k: Int) -> UnsafeMutablePointer<RolloutHeader> {
    self[k].assumingMemoryBound(to: RolloutHeader.self)
  }

  /// A rollout begins where the actors are.
  func begin(_ actors: UnsafeMutablePointer<Actor>) {
    for k in 0..<width {
      let header = header(k)
      header.pointee.ends = 0
      header.pointee.firstNumber = actors[k].steps
      header.pointee.episode = actors[k].episodes
      header.pointee.episodeStep = actors[k].episodeStep
      header.pointee.episodeReturn = actors[k].episodeReturn
      header.pointee.start = Int32(truncatingIfNeeded: actors[k].start ?? -1)
      header.pointee.random = actors[k].random
      let state = self[k] + RecordLayout.headerBytes
      actors[k].saveInPlace(into: state.assumingMemoryBound(to: Double.self))
    }
  }

  /// An episode of actor `k` has ended.
  @inline(__always)
  func noteEnd(_ k: Int, _ end: EpisodeEnd) {
    (self[k] + bytes(k)).storeBytes(of: end, as: EpisodeEnd.self)
    header(k).pointee.ends &+= 1
  }

  /// Makes room for more steps; what is noted stays.
  func grow(steps: Int) {
    let (old, oldStride) = (memory.pointee, stride)
    stride = RecordLayout.endsOffset(stateSize: stateSize) + steps * RecordLayout.episodeEndBytes
    memory.pointee = .allocate(byteCount: width * stride, alignment: 64)
    for k in 0..<width {
      (memory.pointee + k * stride).copyMemory(from: old + k * oldStride, byteCount: oldStride)
    }
    old.deallocate()
  }
}

/// The end of an episode within a recorded rollout.
public struct EpisodeEnd: Sendable, Equatable {
  /// The place of its last step among the worker's steps of the rollout.
  public var row: Int32 = 0
  /// The start of the next episode; -1 where the world draws its own.
  public var nextStart: Int32 = -1
  /// Undiscounted return of the episode.
  public var undiscountedReturn = 0.0
  /// V of the state reached, where that still counts: 0 where the world has ended.
  public var nextValue: Float = 0
}
