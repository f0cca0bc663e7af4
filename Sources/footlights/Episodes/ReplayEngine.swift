internal import Environments
internal import Networks
internal import Scenes
internal import Telemetry
internal import Threads
internal import Training

/// An engine whose episodes can be written to a file.
protocol EpisodeSource: Engine {
  /// The world its episodes are lived in.
  var environment: any Environment { get }
}

/// An episode from a file in the place of a run: nothing learns, and one can go back and forth.
final class ReplayEngine: EpisodeSource {
  private let episode: EpisodeFile
  private let index: HistoryIndex
  /// What is looked at.
  private let interest: Locked<HistoryInterest?>

  /// The number of the one track there is: moments name it, whichever worker lived the episode.
  static let track = 0

  init(_ episode: EpisodeFile) {
    self.episode = episode
    index = HistoryIndex(episode.record)
    interest = Locked(HistoryInterest(moment: Self.start(of: episode), isOpen: true))
  }

  /// The moment before the first recorded step.
  var start: Moment { Self.start(of: episode) }

  private static func start(of episode: EpisodeFile) -> Moment {
    .step(worker: track, number: episode.record.firstNumber)
  }

  var environment: any Environment { episode.environment }

  /// Nothing learns: only what is looked at matters.
  func send(_ command: EngineCommand) {
    guard case .show(let shown) = command else { return }
    interest.withLock { $0 = shown.history }
  }

  func snapshot() -> EngineSnapshot {
    let looked = interest.withLock { $0 }
    let record = episode.record
    let cursor = cursor(at: looked?.moment)
    var snapshot = EngineSnapshot(
      run: episode.header.run, settings: episode.header.settings,
      status: .finished("a replay of \(episode.header.name)"), speed: .multiple(1),
      stage: record.stage(at: cursor, in: episode.environment))
    snapshot.isReplay = true
    snapshot.workers = [WorkerReport(index: Self.track)]
    let update = record.steps.indices.contains(cursor) ? record.steps[cursor].update : nil
    snapshot.history = HistoryReport(
      index: index, moment: looked?.moment, episode: record, cursor: cursor,
      clock: update.map { record.updates[$0].clock })
    return snapshot
  }

  /// The step of a moment, the nearest there is.
  private func cursor(at moment: Moment?) -> Int {
    let last = episode.record.steps.count
    return switch moment {
    case .step(_, let number):
      min(max(number, episode.record.firstNumber) - episode.record.firstNumber, last)
    case .kept(_, let index): min(max(index, 0), last)
    case nil: last
    }
  }
}

extension HistoryIndex {
  /// The index of one episode, on a track of its own.
  fileprivate init(_ record: EpisodeRecord) {
    let steps = record.firstNumber..<record.firstNumber + record.steps.count
    let rollouts = record.updates.map { update in
      let part = (update.firstNumber..<update.firstNumber + update.count).clamped(to: steps)
      return Rollout(first: part.lowerBound, count: part.count, version: update.version)
    }
    let episode = Episode(
      first: steps.lowerBound, count: steps.count, episode: record.episode,
      hasEnded: record.hasEnded)
    self.init(
      generation: 1, tracks: [Track(steps: steps, rollouts: rollouts, episodes: [episode])],
      updates: rollouts.map {
        Update(version: $0.version, worker: ReplayEngine.track, first: $0.first)
      })
  }
}
