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
    /// Where its steps are.
    var steps: Steps
    /// The worker's number of a step of it.
    var number: Int
  }

  /// Where the steps of a kept episode are.
  enum Steps: Sendable {
    /// In these rollouts.
    case copied(RecordBlock)
    /// They can be made again, from the keyframe of a version up to another version. `first` is the number
    /// of the first of them.
    case replayed(from: Int, to: Int, first: Int)
  }

  /// Episodes that may hold keyframes: one for every record there is.
  static let held = 3

  private struct Content {
    var records: [KeptEpisode.Reason: Entry] = [:]
    var named: [Entry] = []
    var names = 0
  }

  private let content = Locked(Content())
  /// What an episode has to beat.
  let marks = RecordMarks()

  /// Whether an episode that has just ended is worth keeping; mostly it is not.
  @inline(__always)
  func isRecord(_ ended: EndedEpisode) -> Bool {
    marks.isRecord(ended)
  }

  /// Keeps an episode as every record that it breaks; of two threads that break one at a time the
  /// better stays.
  ///
  /// - Parameter steps: says where its steps are, for the record of that number; nil where they cannot be
  ///   had.
  func keep(_ ended: EndedEpisode, _ steps: (Int) -> Steps?) {
    content.withLock { content in
      for reason in [KeptEpisode.Reason.best, .worst, .longest]
      where Self.beats(ended, content.records[reason]?.summary, reason) {
        guard let steps = steps(reason.id) else { continue }
        content.records[reason] = Entry(
          summary: KeptEpisode(ended, reason), steps: steps, number: ended.numbers.upperBound - 1)
        marks.raise(reason, to: ended)
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
    case .longest: ended.length > present.length
    case .last, .named: false
    }
  }

  /// The steps of a record have been made again: they are copied from now on.
  ///
  /// - Returns: whether it is still the same episode.
  func replace(_ entry: Entry, steps block: RecordBlock) -> Bool {
    content.withLock { content in
      guard content.records[entry.summary.reason]?.summary == entry.summary else { return false }
      content.records[entry.summary.reason]?.steps = .copied(block)
      return true
    }
  }

  /// Keeps an episode under a name, if there is room for it.
  ///
  /// - Returns: whether there was.
  func keep(_ entry: Entry) -> Bool {
    content.withLock { content in
      let bytes = content.named.reduce(entry.steps.bytes) { $0 + $1.steps.bytes }
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
      length: ended.length)
  }
}

extension KeptEpisodes.Steps {
  /// Bytes of the copies.
  var bytes: Int {
    if case .copied(let block) = self { block.bytes } else { 0 }
  }
}
