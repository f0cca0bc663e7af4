internal import Agents

/// Fills the rings with rollouts that are made again, each with those of its workers, in the order of
/// their updates; those that were copied meanwhile, because they were long, come to their places.
final class RefillingRecorder: UpdateRecorder {
  private var rings: [(ring: HistoryRing, copied: ArraySlice<RecordBlock>)]
  private let groupSize: Int

  /// - Parameters:
  ///   - rings: by thread, with the copies of single rollouts in order.
  ///   - groupSize: workers of a group, as groups share out the threads.
  init(_ rings: [(ring: HistoryRing, copied: ArraySlice<RecordBlock>)], groupSize: Int) {
    self.rings = rings
    self.groupSize = groupSize
  }

  func record(_ rollout: Rollout, _ update: UpdateReport) {
    let index = rollout.actors[0].index / groupSize % rings.count
    if !rings[index].copied.isEmpty {
      takeBack(index) { $0.update.version < update.version }
      dropCopies(index, of: rollout, update)
    }
    rings[index].ring.record(rollout, update)
  }

  /// All have been made again that can be.
  func finish() {
    for index in rings.indices { takeBack(index) { _ in true } }
  }

  /// What was copied and is made again is needed once.
  private func dropCopies(_ index: Int, of rollout: Rollout, _ update: UpdateReport) {
    let workers = rollout.actors.map(\.index)
    rings[index].copied.removeAll {
      $0.header.map { $0.update.version == update.version && workers.contains(Int($0.worker)) }
        ?? true
    }
  }

  private func takeBack(_ index: Int, _ isDue: (RolloutHeader) -> Bool) {
    while let block = rings[index].copied.first, block.header.map(isDue) ?? true {
      rings[index].ring.take(block)
      rings[index].copied.removeFirst()
    }
  }
}
