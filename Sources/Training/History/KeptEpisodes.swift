internal import Agents
internal import Synchronization
internal import Telemetry
internal import Threads

/// The episodes that are kept: best, worst and longest as they come, and those a person has named.
final class KeptEpisodes: Sendable {
  /// An episode that is kept.
  struct Entry: Sendable {
    /// What is said of it.
    var summary: KeptEpisode
    /// The rollouts its steps are in.
    var block: RecordBlock
    /// The worker's number of a step of it.
    var number: Int
  }

  private struct Content {
    var records: [KeptEpisode.Reason: Entry] = [:]
    var named: [Entry] = []
    var names = 0
  }

  private let content = Locked(Content())
  // What an episode has to beat; -infinity, infinity and 0 at first.
  private let best = Atomic<UInt64>((-Double.infinity).bitPattern)
  private let worst = Atomic<UInt64>(Double.infinity.bitPattern)
  private let longest = Atomic<Int>(0)

  /// Whether an episode that has just ended is worth keeping; mostly it is not.
  @inline(__always)
  func isRecord(_ ended: EndedEpisode) -> Bool {
    ended.undiscountedReturn > Double(bitPattern: best.load(ordering: .relaxed))
      || ended.undiscountedReturn < Double(bitPattern: worst.load(ordering: .relaxed))
      || ended.numbers.count > longest.load(ordering: .relaxed)
  }

  /// Keeps an episode as every record that it breaks; of two threads that break one at a time the
  /// better stays.
  func keep(_ ended: EndedEpisode, _ block: RecordBlock) {
    content.withLock { content in
      for reason in [KeptEpisode.Reason.best, .worst, .longest]
      where Self.beats(ended, content.records[reason]?.summary, reason) {
        content.records[reason] = Entry(
          summary: KeptEpisode(ended, reason), block: block, number: ended.numbers.upperBound - 1)
        switch reason {
        case .best: best.store(ended.undiscountedReturn.bitPattern, ordering: .relaxed)
        case .worst: worst.store(ended.undiscountedReturn.bitPattern, ordering: .relaxed)
        case .longest: longest.store(ended.numbers.count, ordering: .relaxed)
        case .last, .named: break
        }
      }
    }
  }

  private static func beats(
    _ ended: EndedEpisode, _ present: KeptEpisode?, _ reason: KeptEpisode.Reason
  ) -> Bool {
    guard let present else { return true }
    return switch reason {
    case .best: ended.undiscountedReturn > present.undiscountedReturn
    case .worst: ended.undiscountedReturn < present.undiscountedReturn
    case .longest: ended.numbers.count > present.length
    case .last, .named: false
    }
  }

  /// Keeps an episode under a name, if there is room for it.
  ///
  /// - Returns: whether there was.
  func keep(_ entry: Entry) -> Bool {
    content.withLock { content in
      let bytes = content.named.reduce(entry.block.bytes) { $0 + $1.block.bytes }
      guard content.named.count < KeptEpisode.mostNamed, bytes <= HistoryBudget.mostNamedBytes
      else { return false }
      content.names += 1
      var entry = entry
      entry.summary.id = KeptEpisode.Reason.named.id + content.names - 1
      content.named.append(entry)
      return true
    }
  }

  /// Forgets a named episode.
  func forget(id: Int) {
    content.withLock { $0.named.removeAll { $0.summary.id == id } }
  }

  /// The kept episode of that number; `last` is not among them.
  func entry(id: Int) -> Entry? {
    content.withLock { content in
      content.records.values.first { $0.summary.id == id }
        ?? content.named.first { $0.summary.id == id }
    }
  }

  /// All of them: best, worst, longest, then the named ones as they came.
  var summaries: [KeptEpisode] {
    content.withLock { content in
      KeptEpisode.Reason.allCases.compactMap { content.records[$0]?.summary }
        + content.named.map(\.summary)
    }
  }
}

extension KeptEpisode {
  /// An episode that has ended, kept for one of the reasons that need no name.
  init(_ ended: EndedEpisode, _ reason: Reason) {
    self.init(
      id: reason.id, reason: reason, name: reason.rawValue, worker: ended.worker,
      episode: ended.episode, undiscountedReturn: ended.undiscountedReturn,
      length: ended.numbers.count)
  }
}
