internal import Agents
internal import Telemetry
internal import Threads

extension HistoryIndex {
  /// The index of everything a run has recorded. For one that stands still.
  init(_ history: History, workers: Int, generation: Int) {
    var stretches: [[Stretch]] = Array(repeating: [], count: workers)
    for ring in history.rings {
      ring.content.withLock { content in
        for records in [content.learnt, content.open] {
          records.forEach { record in
            let stretch = Stretch(record)
            if stretches.indices.contains(stretch.worker) {
              stretches[stretch.worker].append(stretch)
            }
          }
        }
      }
    }
    let tracks = stretches.map { Track(Stretch.latest($0)) }
    var updates: [Int: Update] = [:]
    for (worker, track) in tracks.enumerated() {
      for rollout in track.rollouts where updates[rollout.version] == nil {
        updates[rollout.version] = Update(
          version: rollout.version, worker: worker, first: rollout.first)
      }
    }
    self.init(
      generation: generation, tracks: tracks,
      updates: updates.values.sorted { $0.version < $1.version })
  }
}

/// A recorded rollout as far as an index is concerned.
private struct Stretch {
  var worker: Int
  var first: Int
  var count: Int
  /// The version of theta it made; nil while it is under way.
  var version: Int?
  var episode: Int
  /// The rows with which episodes ended.
  var ends: [Int]

  init(_ record: CompactRollout) {
    let header = record.header
    worker = Int(header.worker)
    first = header.firstNumber
    count = Int(header.count)
    version = header.isOpen ? nil : header.update.version
    episode = header.episode
    ends = (0..<Int(header.ends)).map { Int(record.end($0).row) }
  }

  /// One worker's latest stretches without a gap, in order.
  static func latest(_ all: [Stretch]) -> [Stretch] {
    let sorted = all.sorted {
      ($0.first, $0.version == nil ? 1 : 0) < ($1.first, $1.version == nil ? 1 : 0)
    }
    var result: [Stretch] = []
    for stretch in sorted {
      guard let last = result.last else {
        result = [stretch]
        continue
      }
      let end = last.first + last.count
      // A rollout under way that has been learnt from meanwhile is here twice.
      if stretch.version == nil, stretch.first < end { continue }
      if stretch.first != end { result.removeAll() }
      result.append(stretch)
    }
    return result
  }
}

extension HistoryIndex.Track {
  /// The track of one worker's stretches, which follow one another.
  fileprivate init(_ stretches: [Stretch]) {
    guard let first = stretches.first, let last = stretches.last else {
      self.init(steps: 0..<0, rollouts: [], episodes: [])
      return
    }
    var episodes = [
      HistoryIndex.Episode(first: first.first, count: 0, episode: first.episode, hasEnded: false)
    ]
    for stretch in stretches {
      var row = 0
      for end in stretch.ends {
        episodes[episodes.count - 1].count += end + 1 - row
        episodes[episodes.count - 1].hasEnded = true
        row = end + 1
        episodes.append(
          HistoryIndex.Episode(
            first: stretch.first + row, count: 0, episode: episodes[episodes.count - 1].episode + 1,
            hasEnded: false))
      }
      episodes[episodes.count - 1].count += stretch.count - row
    }
    self.init(
      steps: first.first..<last.first + last.count,
      rollouts: stretches.compactMap { stretch in
        stretch.version.map {
          HistoryIndex.Rollout(first: stretch.first, count: stretch.count, version: $0)
        }
      },
      episodes: episodes)
  }
}
