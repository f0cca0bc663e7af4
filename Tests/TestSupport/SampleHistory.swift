public import Telemetry

/// A made-up recording of a run, with the targets a learner would have used: what an engine answers
/// while the past is looked at. Episodes end, are cut by the time limit and by rollouts' ends; the
/// last steps of every worker have not been learnt from.
public struct SampleHistory: Sendable {
  /// One worker's steps without gaps, with what belongs to each.
  struct Track: Sendable {
    /// A step, the episode it is of and the version of theta it was learnt into.
    struct Entry: Sendable {
      var step: EpisodeRecord.Step
      var episode: Int
      var version: Int?
      /// Where the episode ended, if this step ended it.
      var end: EpisodeRecord.Reached?
    }

    /// The number of the first step.
    var first: Int
    /// Steps, and their return, of the first episode before it.
    var omitted: Int
    var omittedReturn: Double
    var entries: [Entry] = []
    var updates: [UpdateRecord] = []
    /// Where the worker is now.
    var reached: EpisodeRecord.Reached
    /// Episodes it has ended.
    var episode: Int
  }

  var tracks: [Track]
  var updates: [HistoryIndex.Update]
  var base: EngineSnapshot
  var generation = 1
  let sceneOf: @Sendable (_ state: [Double], _ action: Int?) -> StageReport
  /// The kept episodes by number.
  public var records: [Int: EpisodeRecord] = [:]
  /// The kept episodes, as reported.
  public var kept: [KeptEpisode] = []

  /// CartPole: four workers, A3C, λ .95, rollouts of 5 steps.
  public static let cartPole = cartPole()
  /// A maze: three workers, A3C, 5-step returns, rollouts of 5 steps.
  public static let maze = maze()

  /// CartPole learnt by an agent.
  public static func cartPole(
    agent: AgentName = .a3c, workers: Int = 4, turns: Int = 420
  ) -> SampleHistory {
    var base = SampleSnapshots.cartPole(workers: workers, agent: agent)
    base.status = .paused
    base.run.agent = agent.rawValue
    return SampleRecorder(base, world: SampleCart(), seed: 11).record(turns: turns)
  }

  /// The small maze learnt by an agent.
  public static func maze(agent: AgentName = .a3c) -> SampleHistory {
    var base = SampleSnapshots.maze()
    base.settings.agent = agent
    base.settings.workers = 3
    base.workers.removeLast(base.workers.count - 3)
    base.status = .paused
    let world = SampleWalker(map: SampleScenes.smallMaze)
    return SampleRecorder(base, world: world, seed: 4).record(turns: 260)
  }

  /// Where one can go.
  public var index: HistoryIndex {
    HistoryIndex(
      generation: generation,
      tracks: tracks.map { track in
        HistoryIndex.Track(
          steps: track.first..<(track.first + track.entries.count),
          rollouts: track.updates.map {
            HistoryIndex.Rollout(first: $0.firstNumber, count: $0.count, version: $0.version)
          },
          episodes: Self.episodes(of: track))
      },
      updates: updates)
  }

  private static func episodes(of track: Track) -> [HistoryIndex.Episode] {
    var episodes: [HistoryIndex.Episode] = []
    for (place, entry) in track.entries.enumerated() {
      if episodes.last?.episode != entry.episode {
        episodes.append(
          HistoryIndex.Episode(
            first: track.first + place, count: 0, episode: entry.episode, hasEnded: false))
      }
      episodes[episodes.count - 1].count += 1
      episodes[episodes.count - 1].hasEnded = entry.step.terminated || entry.step.truncated
    }
    if episodes.last.map(\.hasEnded) ?? true {
      episodes.append(
        HistoryIndex.Episode(
          first: track.first + track.entries.count, count: 0, episode: track.episode,
          hasEnded: false))
    }
    return episodes
  }

  /// The episode a step of a worker is in.
  public func episode(of worker: Int, at number: Int) -> EpisodeRecord {
    let track = tracks[worker]
    let episodes = Self.episodes(of: track)
    let found = episodes.last { $0.first <= number } ?? episodes[0]
    let start = found.first - track.first
    let entries = track.entries[start..<(start + found.count)]
    let versions = entries.compactMap(\.version)
    let updates = track.updates.filter { versions.contains($0.version) }
    let steps = entries.map { entry in
      var step = entry.step
      step.update = entry.version.flatMap { version in
        updates.firstIndex { $0.version == version }
      }
      return step
    }
    var record = EpisodeRecord(
      worker: worker, episode: found.episode, start: nil, firstNumber: found.first,
      omitted: start == 0 ? track.omitted : 0,
      omittedReturn: start == 0 ? track.omittedReturn : 0, steps: steps, updates: updates,
      reached: entries.last?.end ?? track.reached)
    record.openVersion = steps.contains { $0.update == nil } ? self.updates.last?.version : nil
    return record
  }

  // MARK: An engine's answers

  /// What the engine answers while a worker and a moment are looked at.
  public func report(of worker: Int = 0, at moment: Moment? = nil) -> HistoryReport {
    let (episode, cursor) = place(of: worker, at: moment)
    let step = episode.steps.indices.contains(cursor) ? episode.steps[cursor] : nil
    let update = step.flatMap { $0.update.map { episode.updates[$0] } }
    return HistoryReport(
      index: index, moment: moment, episode: episode, cursor: cursor, clock: update?.clock,
      effect: effect(of: step, update, at: moment), kept: kept)
  }

  /// A whole snapshot for what is looked at.
  public func snapshot(_ interest: Interest = Interest()) -> EngineSnapshot {
    var snapshot = base
    let worker = min(max(0, interest.worker), tracks.count - 1)
    let moment = interest.history?.moment
    let (episode, cursor) = place(of: worker, at: moment)
    snapshot.stage = stage(of: episode, at: cursor)
    if interest.history != nil { snapshot.history = report(of: worker, at: moment) }
    return snapshot
  }

  /// A snapshot of view 4 at a moment.
  public func snapshot(of worker: Int, at moment: Moment? = nil) -> EngineSnapshot {
    snapshot(
      Interest(worker: worker, history: HistoryInterest(moment: moment, isOpen: true)))
  }

  private func place(of worker: Int, at moment: Moment?) -> (EpisodeRecord, Int) {
    switch moment {
    case .kept(let id, let index):
      let record = records[id] ?? episode(of: worker, at: .max)
      return (record, min(max(0, index), record.steps.count))
    case .step(let worker, let number):
      let record = episode(of: worker, at: number)
      return (record, min(max(0, number - record.firstNumber), record.steps.count))
    case nil:
      let record = episode(of: worker, at: .max)
      return (record, record.steps.count)
    }
  }

  private func stage(of episode: EpisodeRecord, at cursor: Int) -> StageReport {
    let before = cursor > 0 ? episode.steps[cursor - 1] : nil
    let here = cursor < episode.steps.count ? episode.steps[cursor] : nil
    var stage = sceneOf(here?.state ?? episode.reached.state, before?.action)
    stage.worker = episode.worker
    stage.episode = episode.episode
    stage.step = episode.omitted + cursor
    stage.episodeReturn = episode.steps.prefix(cursor).reduce(episode.omittedReturn) {
      $0 + Double($1.reward)
    }
    stage.observation = (here?.observation ?? episode.reached.observation).map(Double.init)
    stage.action = before?.action
    stage.reward = before.map { Double($0.reward) }
    stage.advantage = before.flatMap { $0.update == nil ? nil : Double($0.advantage) }
    if let here {
      stage.probabilities = SampleMath.softmax(here.logits)
      stage.value = Double(here.value)
    }
    stage.entropy = stage.probabilities.reduce(0) { $0 - $1 * SampleMath.log(max($1, 1e-300)) }
    return stage
  }

  /// Made up: the update moves V a little towards the target, and the action with its advantage.
  private func effect(
    of step: EpisodeRecord.Step?, _ update: UpdateRecord?, at moment: Moment?
  ) -> MomentEffect? {
    guard let step else { return nil }
    func reading(_ version: Int, gain: Float) -> MomentEffect.Reading {
      var logits = step.logits
      var value = step.value
      if update != nil {
        logits[step.action] += gain * 0.1 * step.advantage
        value += gain * 0.05 * (step.target - step.value)
      }
      return MomentEffect.Reading(
        version: version, probabilities: SampleMath.softmax(logits), value: Double(value))
    }
    return MomentEffect(
      moment: moment, before: update.map { reading($0.version - 1, gain: 0.02) },
      after: update.map { reading($0.version, gain: 1.02) },
      now: reading(updates.last?.version ?? 0, gain: 4))
  }
}
