internal import Agents
internal import Environments
internal import Networks
internal import Telemetry
internal import Threads

/// What is recorded of a run: a ring for every training thread, which outlives crews, and the episodes
/// that are kept.
final class History: Sendable {
  /// How steps are laid out.
  var layout: RecordLayout { replay.layout }
  /// Makes the steps again from what is recorded of them.
  let replay: RolloutReplay
  /// The memory it may take.
  let budget: HistoryBudget
  /// The rings, by training thread.
  let rings: [HistoryRing]
  /// The episodes that are kept.
  let kept = KeptEpisodes()
  /// Theta, from whose keyframes steps can be made again that were not copied.
  private let parameters: SharedParameters?
  private let learning: LearningReplay?

  /// - Parameters:
  ///   - parameters: theta of who is recorded; without it, or without a network, all is copied.
  ///   - network: its network.
  init(
    environment: any Environment, threads: Int, parameters: SharedParameters? = nil,
    network: ActorCriticNetwork? = nil
  ) {
    self.parameters = parameters
    learning = network.map(LearningReplay.init)
    let specification = environment.specification
    let layout = RecordLayout(
      stateSize: environment.stateSize, observationWidth: specification.observation.width,
      actions: specification.policyOutputs)
    replay = RolloutReplay(environment: environment, layout: layout)
    budget = HistoryBudget(
      layout: layout, threads: threads,
      enough: HistoryBudget.stepsWanted(in: environment, hasWorkers: true))
    let (replay, budget, kept) = (replay, budget, kept)
    rings = (0..<threads).map { _ in
      HistoryRing(
        replay: replay, bytes: budget.learntBytes, steps: budget.learntSteps,
        openBytes: budget.openBytes, kept: kept, parameters: parameters)
    }
  }

  // MARK: Copying, or making again

  /// Whether rollouts are copied as they are learnt from.
  var copiesSteps: Bool { rings.allSatisfy(\.isCopying) }

  /// From now on every rollout is copied as it is learnt from; those that were not are made again first.
  ///
  /// To be called while no learner works, on a thread that flushes subnormal numbers to zero.
  ///
  /// - Parameter groupSize: workers of a group, as they share out the threads.
  func copySteps(groupSize: Int) {
    guard !copiesSteps else { return }
    let refilling = RefillingRecorder(
      rings.map { (ring: $0, copied: $0.copies[...]) }, groupSize: groupSize)
    for ring in rings { ring.begin(longest: -1) }
    var origins: [Int: Actor] = [:]
    if let stretch = parameters?.stretch(), let learning {
      let outcome = learning.run(stretch, recorder: refilling)
      if outcome.version == stretch.end { origins = outcome.actors }
    }
    refilling.finish()
    for ring in rings { ring.prepareToResume(from: origins) }
  }

  /// From now on rollouts are not copied, unless they follow one that was longer than `longest` steps: they
  /// can be made again.
  func stopCopying(longest: Int) {
    guard learning != nil, copiesSteps else { return }
    for ring in rings { ring.begin(longest: longest) }
  }

  /// The rollouts that a kept episode was acted in, in order; nil where they are lost.
  func rollouts(of entry: KeptEpisodes.Entry) -> RecordBlock? {
    switch entry.steps {
    case .copied(let block): return block
    case .replayed(let start, let end, let first):
      guard let stretch = parameters?.stretch(from: start, to: end) else { return nil }
      let gathering = RolloutGathering(replay, worker: entry.summary.worker, from: first)
      FlushToZero.during { _ = learning?.run(stretch, recorder: gathering) }
      let block = gathering.block
      guard let last = block.lastNumber, last >= entry.number else { return nil }
      if kept.replace(entry, steps: block) { parameters?.releaseKeyframes(at: entry.summary.id) }
      return block
    }
  }

  /// Asks the training threads for the rollouts that are under way.
  func askForOpen() { for ring in rings { ring.askForOpen() } }

  /// Grows with everything that is recorded.
  var generation: Int {
    rings.reduce(0) { $0 + $1.content.withLock { $0.generation } }
  }

  /// The episode that was learnt from last, of those that have ended.
  var lastEnded: EndedEpisode? {
    rings.compactMap { $0.content.withLock { $0.lastEnded } }
      .max { $0.clock < $1.clock }?.episode
  }

  /// Copies of the rollouts that steps of a worker are in, in order; one under way comes last. For a
  /// run that stands still.
  func block(worker: Int, numbers: ClosedRange<Int>) -> RecordBlock {
    var block = RecordBlock(replay)
    for ring in rings {
      ring.content.withLock { content in
        for records in [content.learnt, content.open] {
          records.forEach { record in
            let header = record.header
            guard header.worker == worker, header.firstNumber <= numbers.upperBound,
              header.firstNumber + Int(header.count) > numbers.lowerBound || header.isOpen
            else { return }
            block.append(record)
          }
        }
      }
    }
    return block.sorted()
  }

  /// A copy of the rollout a worker has learnt from last; nil before the first, and where it is just
  /// being written. Waits for nobody.
  func newest(worker: Int) -> RecordBlock? {
    for ring in rings {
      let found = ring.content.withLockIfAvailable { content -> RecordBlock? in
        var block: RecordBlock?
        var looked = 0
        content.learnt.forEachBackwards { record in
          looked += 1
          guard record.header.worker == worker else { return looked < Self.mostLookedAt }
          var found = RecordBlock(replay)
          found.append(record)
          block = found
          return false
        }
        return block
      }
      if let block = found ?? nil { return block }
    }
    return nil
  }

  /// Rollouts that are looked at for a worker's newest while the run goes on.
  private static let mostLookedAt = 256

  /// Copies of the updates of those versions of theta, oldest first; those whose rollouts have been
  /// given up, or are in part, are left out.
  func recordedUpdates(versions: Range<Int>) -> [RecordedUpdate] {
    var block = RecordBlock(replay)
    for ring in rings {
      ring.content.withLock { content in
        content.learnt.forEachBackwards { record in
          let version = record.header.update.version
          if versions.contains(version) { block.append(record) }
          return version >= versions.lowerBound
        }
      }
    }
    var updates: [Int: RecordedUpdate] = [:]
    block.forEach { record in
      let update = record.header.update
      updates[update.version, default: RecordedUpdate(update)].add(record)
    }
    return updates.values.filter(\.isComplete).sorted { $0.report.version < $1.report.version }
      .map(\.inOrder)
  }
}
