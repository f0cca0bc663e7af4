internal import Threads

/// Every episode that ended: the mean of the last 100, and those a front end has not seen yet.
final class EpisodeLog: Sendable {
  /// An episode that ended.
  struct Entry: Sendable {
    /// Environment steps of all workers when it ended.
    var step: Int
    var worker: Int
    var undiscountedReturn: Double
    var length: Int
  }

  private struct Content {
    var last = Ring<Double>(capacity: EpisodeLog.window, filler: 0)
    var total = 0
    var lastStep = 0
    var unseen: [Entry] = []
  }

  /// Episodes the running mean is taken over.
  static let window = 100
  private static let mostUnseen = 65_536

  private let content: Locked<Content>
  private let watched: Bool

  /// - Parameter watched: whether somebody will take entries out.
  init(watched: Bool) {
    self.watched = watched
    var content = Content()
    if watched { content.unseen.reserveCapacity(Self.mostUnseen) }
    self.content = Locked(content)
  }

  /// Takes in an episode. Entries come in the order of their steps, also where threads overtake
  /// one another on the way here.
  ///
  /// - Returns: episodes so far, this one included.
  func append(_ entry: Entry) -> Int {
    content.withLock { content in
      var entry = entry
      entry.step = max(entry.step, content.lastStep)
      content.lastStep = entry.step
      content.last.append(entry.undiscountedReturn)
      content.total += 1
      if watched && content.unseen.count < Self.mostUnseen { content.unseen.append(entry) }
      return content.total
    }
  }

  /// Episodes that ended, and the mean return of the last 100 of them.
  var summary: (episodes: Int, meanReturn: Double?) {
    content.withLock { content in
      let last = content.last.elements
      guard !last.isEmpty else { return (content.total, nil) }
      return (content.total, last.reduce(0, +) / Double(last.count))
    }
  }

  /// Mean return of the latest episodes, at most `count` of them; nil before the first.
  func meanReturn(ofLatest count: Int) -> Double? {
    content.withLock { content in
      let latest = content.last.elements.suffix(count)
      return latest.isEmpty ? nil : latest.reduce(0, +) / Double(latest.count)
    }
  }

  /// Takes out the episodes nobody has seen yet, oldest first.
  func takeUnseen() -> [Entry] {
    content.withLock { content in
      defer { content.unseen.removeAll(keepingCapacity: true) }
      return content.unseen
    }
  }
}
