internal import Agents
internal import Synchronization
internal import Telemetry

/// The return and the length that an episode has to beat in order to be kept: anything does at first.
final class RecordMarks: Sendable {
  private let best = Atomic<UInt64>((-Double.infinity).bitPattern)
  private let worst = Atomic<UInt64>(Double.infinity.bitPattern)
  private let longest = Atomic<Int>(0)

  /// Whether an episode beats one of them.
  @inline(__always)
  func isRecord(_ ended: EndedEpisode) -> Bool {
    ended.undiscountedReturn > Double(bitPattern: best.load(ordering: .relaxed))
      || ended.undiscountedReturn < Double(bitPattern: worst.load(ordering: .relaxed))
      || ended.length > longest.load(ordering: .relaxed)
  }

  /// An episode has beaten one.
  func raise(_ reason: KeptEpisode.Reason, to ended: EndedEpisode) {
    switch reason {
    case .best: best.store(ended.undiscountedReturn.bitPattern, ordering: .relaxed)
    case .worst: worst.store(ended.undiscountedReturn.bitPattern, ordering: .relaxed)
    case .longest: longest.store(ended.length, ordering: .relaxed)
    case .last, .named: break
    }
  }

  /// Takes over those of another.
  func take(_ other: RecordMarks) {
    best.store(other.best.load(ordering: .relaxed), ordering: .relaxed)
    worst.store(other.worst.load(ordering: .relaxed), ordering: .relaxed)
    longest.store(other.longest.load(ordering: .relaxed), ordering: .relaxed)
  }
}
