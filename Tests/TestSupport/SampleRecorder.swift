internal import Estimators
public import Telemetry

/// Lets made-up agents act in made-up worlds and records what a learner would have made of it.
struct SampleRecorder<World: SampleWorld & Sendable> {
  private struct Worker {
    var world: World
    var track: SampleHistory.Track
    var pulled = 0
    /// Steps of the rollout so far.
    var rollout = 0
    var hasDelayed = 0
  }

  private var base: EngineSnapshot
  private var chance: SampleChance
  private var workers: [Worker] = []
  private var updates: [HistoryIndex.Update] = []
  private var version: Int
  private var clock: Int

  init(_ base: EngineSnapshot, world: World, seed: UInt64) {
    self.base = base
    chance = SampleChance(seed: seed)
    version = base.counters.updates - 900
    clock = base.counters.steps - 4_500
    for worker in base.workers.indices {
      var world = world
      world.reset(&chance)
      let first = clock / base.workers.count + worker
      workers.append(
        Worker(
          world: world,
          track: SampleHistory.Track(
            first: first - first % 7, omitted: 0, omittedReturn: 0,
            reached: .init(state: world.state, observation: world.observation),
            episode: 140 + 3 * worker),
          pulled: version,
          // A3C: each somewhere else in its rollout.
          hasDelayed: base.settings.agent == .a3c ? worker : 0))
    }
  }

  /// Lets every worker take so many steps, in turns.
  func record(turns: Int) -> SampleHistory {
    var copy = self
    for turn in 0..<turns {
      for worker in copy.workers.indices where turn >= copy.workers[worker].hasDelayed {
        copy.act(worker, progress: Double(turn) / Double(turns))
      }
      if copy.base.settings.agent == .a2c { copy.meet() }
    }
    // Two steps more, so that every worker has steps that nothing was learnt from yet.
    for _ in 0..<2 { for worker in copy.workers.indices { copy.act(worker, progress: 1) } }
    copy.forgetOldest()
    copy.base.counters.updates = copy.version
    copy.base.counters.steps = copy.clock
    return copy.history
  }

  private mutating func act(_ index: Int, progress: Double) {
    var worker = workers[index]
    let logits = worker.world.logits(progress: progress)
    let probabilities = SampleMath.softmax(logits)
    var draw = chance.unit()
    var action = 0
    while action < logits.count - 1, draw >= probabilities[action] {
      draw -= probabilities[action]
      action += 1
    }
    var step = EpisodeRecord.Step(
      state: worker.world.state, observation: worker.world.observation, logits: logits,
      action: action, reward: 0, value: worker.world.value(progress: progress), nextValue: 0,
      terminated: false, truncated: false, target: .nan, advantage: .nan, update: nil)
    let (reward, terminated, truncated) = worker.world.step(action)
    (step.reward, step.terminated, step.truncated) = (reward, terminated, truncated)
    step.nextValue = terminated ? 0 : worker.world.value(progress: progress)
    worker.track.entries.append(
      .init(
        step: step, episode: worker.track.episode,
        end: terminated || truncated
          ? .init(state: worker.world.state, observation: worker.world.observation) : nil))
    if terminated || truncated {
      worker.track.episode += 1
      worker.world.reset(&chance)
    }
    worker.track.reached = .init(
      state: worker.world.state, observation: worker.world.observation)
    worker.rollout += 1
    clock += 1
    workers[index] = worker
    if base.settings.agent != .a2c, worker.rollout >= base.settings.rolloutLength {
      version += 1
      learn(index)
    }
  }

  /// A2C: one update when all have their rollouts.
  private mutating func meet() {
    guard workers.allSatisfy({ $0.rollout >= base.settings.rolloutLength }) else { return }
    version += 1
    for index in workers.indices { learn(index) }
  }

  private mutating func learn(_ index: Int) {
    let count = workers[index].rollout
    let entries = workers[index].track.entries
    let range = (entries.count - count)..<entries.count
    let steps = entries[range].map(\.step)
    let targets = estimateReturns(
      base.settings.estimator, discount: base.settings.discount, rewards: steps.map(\.reward),
      nextValues: steps.map(\.nextValue), terminated: steps.map(\.terminated),
      truncated: steps.map(\.truncated))
    for (place, target) in zip(range, targets) {
      workers[index].track.entries[place].version = version
      workers[index].track.entries[place].step.target = target
      workers[index].track.entries[place].step.advantage = target - entries[place].step.value
    }
    let record = record(of: index, first: range.lowerBound, steps: steps, targets: targets)
    workers[index].track.updates.append(record)
    if updates.last?.version != version {
      updates.append(
        HistoryIndex.Update(version: version, worker: index, first: record.firstNumber))
    }
    workers[index].pulled = version
    workers[index].rollout = 0
  }

  private func record(
    of index: Int, first: Int, steps: [EpisodeRecord.Step], targets: [Float]
  ) -> UpdateRecord {
    let settings = base.settings
    let mean = 1 / Double(steps.count)
    var (policyLoss, valueLoss, entropy) = (0.0, 0.0, 0.0)
    for (step, target) in zip(steps, targets) {
      let probabilities = SampleMath.softmax(step.logits)
      let advantage = Double(target - step.value)
      policyLoss -= mean * advantage * SampleMath.log(probabilities[step.action])
      valueLoss += mean * advantage * advantage
      entropy -= mean * probabilities.reduce(0) { $0 + $1 * SampleMath.log(max($1, 1e-300)) }
    }
    let norm = 0.1 + abs(policyLoss) + 0.3 * valueLoss
    return UpdateRecord(
      version: version, pulledVersion: settings.agent == .a2c ? version - 1 : workers[index].pulled,
      clock: clock, firstNumber: workers[index].track.first + first, count: steps.count,
      batch: settings.agent == .a2c ? steps.count * workers.count : steps.count,
      estimator: settings.estimator, discount: settings.discount, policyLoss: policyLoss,
      valueLoss: valueLoss, entropy: entropy, valueCoefficient: 0.5,
      entropyCoefficient: settings.entropyCoefficient, gradientNorm: norm,
      clippingFactor: min(1, 0.5 / norm), learningRate: settings.learningRate)
  }

  /// The ring has lost the first three rollouts of every worker: the first episode begins without
  /// its start.
  private mutating func forgetOldest() {
    for index in workers.indices {
      let lost = workers[index].track.updates.prefix(3)
      let count = lost.reduce(0) { $0 + $1.count }
      let entries = workers[index].track.entries
      let episode = entries[count].episode
      let before = entries[..<count].filter { $0.episode == episode }
      workers[index].track.omitted = before.count
      workers[index].track.omittedReturn = before.reduce(0) { $0 + Double($1.step.reward) }
      workers[index].track.entries.removeFirst(count)
      workers[index].track.updates.removeFirst(lost.count)
      workers[index].track.first += count
    }
    let oldest = workers.flatMap { $0.track.updates.prefix(1).map(\.version) }.min() ?? 0
    updates.removeAll { update in
      let track = workers[update.worker].track
      return update.version < oldest || update.first < track.first
    }
  }

  private var history: SampleHistory {
    let world = workers[0].world
    var history = SampleHistory(
      tracks: workers.map(\.track), updates: updates, base: base,
      sceneOf: { state, action in
        StageReport(worker: 0, scene: world.restored(from: state).scene(after: action))
      })
    history.keepTheUsual()
    return history
  }
}

extension SampleHistory {
  /// Keeps the best, worst, longest and last episode, and a named one.
  mutating func keepTheUsual() {
    var ended: [EpisodeRecord] = []
    for (worker, track) in index.tracks.enumerated() {
      ended += track.episodes.filter(\.hasEnded).map { episode(of: worker, at: $0.first) }
    }
    let whole = ended.filter { $0.omitted == 0 }
    let byReturn = whole.sorted { $0.undiscountedReturn < $1.undiscountedReturn }
    let chosen: [(KeptEpisode.Reason, String, EpisodeRecord?)] = [
      (.best, "best", byReturn.last), (.worst, "worst", byReturn.first),
      (.longest, "longest", whole.max { $0.length < $1.length }), (.last, "last", whole.last),
      (.named, "leans to the left", whole.first),
    ]
    for (id, (reason, name, record)) in chosen.enumerated() {
      guard let record else { continue }
      keep(record, id: id, reason: reason, name: name)
    }
  }

  /// Keeps an episode.
  public mutating func keep(
    _ record: EpisodeRecord, id: Int, reason: KeptEpisode.Reason, name: String
  ) {
    records[id] = record
    kept.append(
      KeptEpisode(
        id: id, reason: reason, name: name, worker: record.worker, episode: record.episode,
        undiscountedReturn: record.undiscountedReturn, length: record.length))
  }
}

extension SampleMath {
  /// Probabilities of logits.
  static func softmax(_ logits: [Float]) -> [Double] {
    let most = Double(logits.max() ?? 0)
    let powers = logits.map { exp(Double($0) - most) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
