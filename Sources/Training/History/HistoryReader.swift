internal import Agents
internal import Environments
internal import Telemetry

/// Reads for a front end what is recorded: where one can go, and the episode the moment in view is in.
/// While a run goes on, only the end of what a worker has learnt from last.
struct HistoryReader {
  private let history: History
  private let environment: any Environment
  private var index = HistoryIndex()
  private var latest: (place: Place, record: EpisodeRecord)?

  /// Which episode was read last, and of which state of the record.
  private struct Place: Equatable {
    var generation: Int
    var worker: Int
    var episode: Int
    var kept: Int?
  }

  init(history: History, environment: any Environment) {
    self.history = history
    self.environment = environment
  }

  /// What is recorded around the moment of interest, or around the present of worker `focus`.
  mutating func report(
    _ interest: HistoryInterest, focus: Int, workers: Int, isStill: Bool
  ) -> HistoryReport {
    let generation = history.generation
    if !isStill {
      index = HistoryIndex(generation: generation)
    } else if index.generation != generation || index.tracks.count != workers {
      index = HistoryIndex(history, workers: workers, generation: generation)
    }
    var report = HistoryReport(index: index, moment: nil, episode: nil, cursor: 0)
    switch interest.moment {
    case .kept(let id, let cursor): showKept(id, cursor, in: &report)
    case .step(let worker, let number) where isStill: show(worker, number, in: &report)
    default: isStill ? show(focus, .max, in: &report) : showNewest(focus, in: &report)
    }
    if let episode = report.episode, episode.steps.indices.contains(report.cursor),
      let update = episode.steps[report.cursor].update
    {
      report.clock = episode.updates[update].clock
    }
    report.kept = kept
    return report
  }

  /// The nearest recorded step of a worker; its present state where that is the last.
  private mutating func show(_ worker: Int, _ number: Int, in report: inout HistoryReport) {
    let worker = min(max(worker, 0), index.tracks.count - 1)
    guard index.tracks.indices.contains(worker) else { return }
    let track = index.tracks[worker]
    let number = min(max(number, track.steps.lowerBound), track.steps.upperBound)
    guard let episode = track.episodes.last(where: { $0.first <= number }) else { return }
    let place = Place(
      generation: index.generation, worker: worker, episode: episode.episode, kept: nil)
    if latest?.place != place {
      // With the number after its last step: the state under way.
      let block = history.block(
        worker: worker, numbers: episode.first...episode.first + episode.count)
      latest = EpisodeRecord(block, around: number, in: environment).map { (place, $0) }
    }
    guard let record = latest?.record, latest?.place == place else { return }
    report.episode = record
    report.cursor = min(max(number - record.firstNumber, 0), record.steps.count)
    if number < track.steps.upperBound { report.moment = .step(worker: worker, number: number) }
  }

  private mutating func showKept(_ id: Int, _ cursor: Int, in report: inout HistoryReport) {
    let place = Place(generation: index.generation, worker: -1, episode: -1, kept: id)
    if latest?.place != place {
      latest = keptRecord(id).map { (place, $0) }
    }
    guard let record = latest?.record else { return }
    report.episode = record
    report.cursor = min(max(cursor, 0), record.steps.count)
    report.moment = .kept(id: id, index: report.cursor)
  }

  private func keptRecord(_ id: Int) -> EpisodeRecord? {
    if id == KeptEpisode.Reason.last.id { return history.lastEnded.flatMap(record) }
    guard let entry = history.kept.entry(id: id) else { return nil }
    return history.rollouts(of: entry)
      .flatMap { EpisodeRecord($0, around: entry.number, in: environment) }
  }

  private func record(of ended: EndedEpisode) -> EpisodeRecord? {
    let last = ended.numbers.upperBound - 1
    let block = history.block(worker: ended.worker, numbers: ended.numbers.lowerBound...last)
    return EpisodeRecord(block, around: last, in: environment)
  }

  private var kept: [KeptEpisode] {
    var kept = history.kept.summaries
    if let ended = history.lastEnded {
      let place = kept.firstIndex { $0.reason == .named } ?? kept.count
      kept.insert(KeptEpisode(ended, .last), at: place)
    }
    return kept
  }

  /// The end of what a worker has learnt from last, in a run that goes on.
  private mutating func showNewest(_ worker: Int, in report: inout HistoryReport) {
    guard let block = history.newest(worker: worker), let number = block.lastNumber,
      let record = EpisodeRecord(block, around: number, in: environment)
    else {
      // A ring that is being written, or nothing yet: what was shown stays.
      if latest?.record.worker == worker { report.episode = latest?.record }
      report.cursor = max(0, (report.episode?.steps.count ?? 1) - 1)
      return
    }
    latest = (Place(generation: -1, worker: worker, episode: record.episode, kept: nil), record)
    report.episode = record
    report.cursor = max(0, record.steps.count - 1)
  }
}
