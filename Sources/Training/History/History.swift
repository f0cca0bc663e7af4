internal import Agents
internal import Environments
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

  init(environment: any Environment, threads: Int) {
    let specification = environment.specification
    let layout = RecordLayout(
      stateSize: environment.stateSize, observationWidth: specification.observation.width,
      actions: specification.policyOutputs)
    replay = RolloutReplay(environment: environment, layout: layout)
    budget = HistoryBudget(layout: layout, threads: threads)
    let (replay, budget, kept) = (replay, budget, kept)
    rings = (0..<threads).map { _ in
      HistoryRing(
        replay: replay, bytes: budget.learntBytes, steps: budget.learntSteps,
        openBytes: budget.openBytes, kept: kept)
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
    rings.compactMap { $0.content.withLock { $0.lastEnded } }.max { $0.clock < $1.clock }
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
