internal import Agents
internal import Telemetry
internal import Threads

extension SessionState {
  /// Keeps the episode a moment is in (nil: the worker in focus's present one) under a name, where there
  /// is room.
  func keepEpisode(at moment: Moment?, name: String) {
    guard let history else { return }
    let index = HistoryIndex(
      history, workers: boards.withLock { $0.count }, generation: history.generation)
    var worker = focus
    var number = Int.max
    switch moment {
    case .step(let other, let step): (worker, number) = (other, step)
    case .kept(KeptEpisode.Reason.last.id, _):
      guard let last = history.lastEnded else { return }
      (worker, number) = (last.worker, last.numbers.upperBound - 1)
    case .kept(let id, _):
      guard var entry = history.kept.entry(id: id), let block = history.rollouts(of: entry)
      else { return }
      entry.steps = .copied(block)
      entry.summary.reason = .named
      entry.summary.name = name
      _ = history.kept.keep(entry)
      return
    case nil: break
    }
    guard index.tracks.indices.contains(worker),
      let episode = index.tracks[worker].episodes.last(where: { $0.first <= number && $0.count > 0 }
      )
    else { return }
    let last = episode.first + episode.count - 1
    let block = history.block(worker: worker, numbers: episode.first...last + 1)
      .compacted()
    guard let record = EpisodeRecord(block, around: last, in: configuration.environment) else {
      return
    }
    let summary = KeptEpisode(
      id: 0, reason: .named, name: name, worker: worker, episode: record.episode,
      undiscountedReturn: record.undiscountedReturn, length: record.length)
    _ = history.kept.keep(KeptEpisodes.Entry(summary: summary, steps: .copied(block), number: last))
  }
}
