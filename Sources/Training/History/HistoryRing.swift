internal import Agents
internal import Synchronization
internal import Threads

/// What one training thread records: the rollouts it has learnt from, the latest as far as they fit, and
/// on demand those that are under way. Who records holds the lock for a rollout's length; who reads
/// while the run goes on gives up at once when it is taken.
///
/// While steps need not be copied, because they can be made again, it has those of long rollouts alone.
final class HistoryRing: UpdateRecorder, Sendable {
  /// What lies behind the lock.
  struct Content {
    /// The rollouts that were learnt from.
    let learnt: RecordRing
    /// Those under way when they were asked for last, that of the worker in focus first.
    let open: RecordRing
    /// Grows with everything that is recorded.
    var generation = 0
    /// What `open` holds, in one number.
    var openSignature = 0
    /// The episode that ended last, and the environment steps of all workers when its last step was learnt
    /// from.
    var lastEnded: (episode: EndedEpisode, clock: Int)?
  }

  let content: Locked<Content>
  private let replay: RolloutReplay
  private let kept: KeptEpisodes
  private let parameters: SharedParameters?
  private let openWanted = Atomic<Bool>(false)
  /// What an episode has to beat, as far as this thread knows: looking at what all threads share would cost
  /// it time with every episode.
  private let beaten = RecordMarks()
  /// After rollouts longer than this the next one is copied: -1 after all.
  private let longest = Atomic<Int>(-1)
  /// Where rollouts began that are to be copied and have not been; nil once that has been told.
  private let origins = Locked<[Int: Actor]?>(nil)

  /// - Parameters:
  ///   - steps: as many as are always to be found, where the bytes allow it.
  ///   - parameters: theta, whose keyframes are held for episodes that are not copied.
  init(
    replay: RolloutReplay, bytes: Int, steps: Int, openBytes: Int, kept: KeptEpisodes,
    parameters: SharedParameters?
  ) {
    self.parameters = parameters
    self.replay = replay
    self.kept = kept
    content = Locked(
      Content(
        learnt: RecordRing(capacity: bytes, layout: replay.layout, steps: steps),
        open: RecordRing(capacity: openBytes, layout: replay.layout, sections: 1)))
  }

  /// Copies of the rollouts that are here, each by itself and in order; the latest, as far as they may be
  /// kept.
  var copies: [RecordBlock] {
    content.withLock { content in
      var (blocks, bytes): ([RecordBlock], Int) = ([], 0)
      content.learnt.forEachBackwards { record in
        bytes += Int(record.header.bytes)
        guard bytes <= HistoryBudget.mostKeptBytes else { return false }
        var block = RecordBlock(replay)
        block.append(record)
        blocks.append(block)
        return true
      }
      return blocks.reversed()
    }
  }

  /// Copies rollouts from now on that follow one which was longer than `longest` steps (-1: all); what is
  /// here is given up.
  func begin(longest: Int) {
    self.longest.store(longest, ordering: .relaxed)
    content.withLock { content in
      content.learnt.removeAll()
      content.open.removeAll()
      content.openSignature = 0
      content.lastEnded = nil
      content.generation += 1
    }
  }

  /// Takes back what was here.
  func take(_ block: RecordBlock) {
    content.withLock { content in
      block.forEachCompact { record in
        let bytes = Int(record.header.bytes)
        let isTaken = content.learnt.append(bytes: bytes, steps: Int(record.header.count)) {
          $0.copyMemory(from: record.base, byteCount: bytes)
        }
        guard isTaken else { return }
        content.generation += 1
        if record.endCount > 0 { noteEnds(&content) }
      }
    }
  }

  func record(_ rollout: Rollout, _ update: UpdateReport) {
    let layout = replay.layout
    content.withLock { content in
      for k in 0..<rollout.width {
        let extent = rollout.extent(of: k)
        let bytes = layout.compactBytes(steps: extent.steps, ends: extent.ends)
        let isRecorded = content.learnt.append(bytes: bytes, steps: extent.steps) {
          rollout.write(k, extent, bytes: bytes, update: update, as: layout, to: $0)
        }
        guard isRecorded else { continue }
        content.generation += 1
        if extent.ends > 0 { noteEnds(&content) }
      }
    }
  }

  /// The rollout that was recorded last has ends of episodes in it, perhaps.
  private func noteEnds(_ content: inout Content) {
    guard let record = content.learnt.newest else { return }
    for index in 0..<record.endCount {
      let ended = EndedEpisode(record, end: index)
      content.lastEnded = (ended, record.headerPointer.pointee.update.clock)
      guard kept.isRecord(ended) else { continue }
      let block = block(of: ended, content.learnt)
      // What is not here can be made again, perhaps.
      guard isCopying || block.firstNumber.map({ $0 <= ended.numbers.lowerBound }) ?? false
      else { continue }
      kept.keep(ended) { place in
        parameters?.releaseKeyframes(at: place)
        return .copied(block)
      }
    }
  }

  func wantsNext(after steps: Int) -> Bool { steps > longest.load(ordering: .relaxed) }

  /// Whether every rollout is copied as it is learnt from.
  var isCopying: Bool { longest.load(ordering: .relaxed) < 0 }

  /// An episode has just ended. Where it breaks a record and is not copied, what is needed to make it again
  /// is kept.
  @inline(__always)
  func noteEnded(_ episode: EndedEpisode) {
    if !isCopying, beaten.isRecord(episode) { hold(episode) }
  }

  private func hold(_ ended: EndedEpisode) {
    if kept.isRecord(ended), let parameters {
      let first = ended.numbers.lowerBound
      // A team has yet to learn from its last step, and may not have counted its last update.
      let last = parameters.version + 2
      kept.keep(ended) { place in
        parameters.holdKeyframes(at: place, worker: ended.worker, from: first)
          .map { .replayed(from: $0, to: last, first: first) }
      }
    }
    beaten.take(kept.marks)
  }

  /// The thread's rollouts go on, and are to be copied: since they began they may not have been.
  func resume(_ rollouts: () -> [Rollout]) {
    guard let origins = origins.withLock({ $0.take() }) else { return }
    for rollout in rollouts() {
      rollout.resumeRecording(from: origins[rollout.actors[0].index])
    }
  }

  /// The next time its thread works its rollouts are to be copied, though they may be under way.
  ///
  /// - Parameter origins: where the workers' rollouts began.
  func prepareToResume(from origins: [Int: Actor]) {
    self.origins.withLock { $0 = origins }
  }

  /// The rollouts an episode that has just ended was acted in, as far back as they are recorded and may
  /// be kept.
  private func block(of ended: EndedEpisode, _ learnt: RecordRing) -> RecordBlock {
    var records: [CompactRollout] = []
    var bytes = 0
    var first = Int.max
    learnt.forEachBackwards { record in
      let header = record.header
      guard header.worker == ended.worker else { return true }
      bytes += Int(header.bytes)
      let follows = records.isEmpty || header.firstNumber + Int(header.count) == first
      guard follows, bytes <= HistoryBudget.mostKeptBytes else { return false }
      records.append(record)
      first = header.firstNumber
      return first > ended.numbers.lowerBound
    }
    var block = RecordBlock(replay)
    for record in records.reversed() { block.append(record) }
    return block
  }

  // MARK: Rollouts under way

  /// Asks the training thread for the rollouts that are under way, once.
  func askForOpen() { openWanted.store(true, ordering: .relaxed) }

  /// Takes down the rollouts that are under way, if they were asked for; that of the worker in focus
  /// first, the others as far as they fit.
  func takeOpen(_ rollouts: some Collection<Rollout>, focus: Int) {
    guard openWanted.exchange(false, ordering: .relaxed) else { return }
    content.withLock { content in
      content.open.removeAll()
      var signature = 0
      for focused in [true, false] {
        for rollout in rollouts {
          for k in 0..<rollout.width where (rollout.actors[k].index == focus) == focused {
            takeOpen(rollout, k, content.open, &signature)
          }
        }
      }
      if signature != content.openSignature { content.generation += 1 }
      content.openSignature = signature
    }
  }

  private func takeOpen(
    _ rollout: Rollout, _ k: Int, _ open: RecordRing, _ signature: inout Int
  ) {
    let (extent, layout) = (rollout.extent(of: k), replay.layout)
    let bytes = layout.compactBytes(steps: extent.steps, ends: extent.ends)
    guard rollout.isRecorded, open.fits(bytes) else { return }
    _ = open.append(bytes: bytes, steps: extent.steps) {
      rollout.write(
        k, extent, bytes: bytes, update: rollout.reportWhileOpen, isOpen: true, as: layout, to: $0)
    }
    var hasher = Hasher()
    hasher.combine(signature)
    hasher.combine(rollout.actors[k].index)
    hasher.combine(rollout.actors[k].steps)
    signature = hasher.finalize()
  }
}

extension EndedEpisode {
  /// End number `index` of a recorded rollout.
  init(_ record: CompactRollout, end index: Int) {
    // Through the pointer: the header is large, and little of it is needed.
    let header = record.headerPointer
    let first = index == 0 ? -header.pointee.episodeStep : Int(record.end(index - 1).row) + 1
    let number = header.pointee.firstNumber
    self.init(
      worker: Int(header.pointee.worker), episode: header.pointee.episode + index,
      numbers: number + first..<number + Int(record.end(index).row) + 1,
      undiscountedReturn: record.end(index).undiscountedReturn)
  }
}
