internal import Agents

/// Copies the rollouts of one worker that have steps from a number on; of very many bytes the latest.
final class RolloutGathering: UpdateRecorder {
  private let replay: RolloutReplay
  private let worker: Int
  private let first: Int
  private var blocks: [RecordBlock] = []
  private var bytes = 0

  init(_ replay: RolloutReplay, worker: Int, from first: Int) {
    self.replay = replay
    self.worker = worker
    self.first = first
  }

  func record(_ rollout: Rollout, _ update: UpdateReport) {
    for k in 0..<rollout.width where rollout.actors[k].index == worker {
      guard rollout.actors[k].steps > first else { continue }
      take(rollout, k, update)
    }
  }

  private func take(_ rollout: Rollout, _ k: Int, _ update: UpdateReport) {
    let (extent, layout) = (rollout.extent(of: k), replay.layout)
    let size = layout.compactBytes(steps: extent.steps, ends: extent.ends)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    defer { memory.deallocate() }
    rollout.write(k, extent, bytes: size, update: update, as: layout, to: memory)
    var block = RecordBlock(replay)
    block.append(CompactRollout(base: UnsafeRawPointer(memory), layout: layout))
    blocks.append(block)
    bytes += size
    while bytes > HistoryBudget.mostKeptBytes, let oldest = blocks.first {
      bytes -= oldest.bytes
      blocks.removeFirst()
    }
  }

  /// The rollouts, in order.
  var block: RecordBlock {
    var result = RecordBlock(replay)
    for block in blocks { result.append(block) }
    return result
  }
}
