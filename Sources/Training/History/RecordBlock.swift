internal import Agents

/// Copies of recorded rollouts, in memory of their own. Copies of a block share it. They are as compact
/// as they were recorded; whoever looks at one sees its steps made again.
struct RecordBlock: Sendable {
  private let replay: RolloutReplay
  private var words: [UInt64] = []
  private var offsets: [Int] = []

  init(_ replay: RolloutReplay) { self.replay = replay }

  /// Bytes of the copies.
  var bytes: Int { words.count * 8 }

  /// What stands before its first rollout; nil where it has none.
  var header: RolloutHeader? {
    var header: RolloutHeader?
    forEachCompact { header = header ?? $0.header }
    return header
  }

  /// The number of the last step of its last rollout; nil where it has none.
  var lastNumber: Int? {
    var number: Int?
    forEachCompact { number = $0.header.firstNumber + Int($0.header.count) - 1 }
    return number
  }

  /// The number of the first step of its first rollout; nil where it has none.
  var firstNumber: Int? { header?.firstNumber }

  /// Copies a rollout behind those that are here.
  mutating func append(_ record: CompactRollout) {
    let count = Int(record.header.bytes)
    offsets.append(words.count)
    let source = UnsafeRawBufferPointer(start: record.base, count: count)
    words.append(contentsOf: source.bindMemory(to: UInt64.self))
  }

  /// Gives the rollouts with all their steps, in order.
  func forEach(_ body: (RecordedRollout) -> Void) {
    forEachCompact { replay.withRecorded($0, body) }
  }

  /// Gives the rollouts as they were recorded, in order.
  func forEachCompact(_ body: (CompactRollout) -> Void) {
    words.withUnsafeBytes { memory in
      guard let base = memory.baseAddress else { return }
      for offset in offsets {
        body(CompactRollout(base: base + offset * 8, layout: replay.layout))
      }
    }
  }

  /// Its rollouts in the order of their first steps (of one worker); at equal ones the longer, learnt
  /// from, comes first.
  func sorted() -> RecordBlock {
    var keys: [(first: Int, isOpen: Bool)] = []
    forEachCompact { keys.append(($0.header.firstNumber, $0.header.isOpen)) }
    let places = zip(keys, offsets).sorted {
      ($0.0.first, $0.0.isOpen ? 1 : 0) < ($1.0.first, $1.0.isOpen ? 1 : 0)
    }
    var result = self
    result.offsets = places.map(\.1)
    return result
  }

  /// Takes over the rollouts of another block of the layout.
  mutating func append(_ other: RecordBlock) {
    let shift = words.count
    words.append(contentsOf: other.words)
    offsets.append(contentsOf: other.offsets.map { $0 + shift })
  }

  /// The same in memory no larger than it has to be.
  func compacted() -> RecordBlock {
    var result = RecordBlock(replay)
    let total = offsets.isEmpty ? 0 : words.count
    result.words.reserveCapacity(total)
    forEachCompact { result.append($0) }
    return result
  }
}
