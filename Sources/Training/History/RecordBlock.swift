internal import Agents

/// Copies of recorded rollouts, in memory of their own. Copies of a block share it.
struct RecordBlock: Sendable {
  let layout: RecordLayout
  private var words: [UInt64] = []
  private var offsets: [Int] = []

  init(layout: RecordLayout) { self.layout = layout }

  /// Bytes of the copies.
  var bytes: Int { words.count * 8 }

  /// The number of the last step of its last rollout; nil where it has none.
  var lastNumber: Int? {
    var number: Int?
    forEach { number = $0.header.firstNumber + Int($0.header.count) - 1 }
    return number
  }

  /// Copies a rollout behind those that are here.
  mutating func append(_ record: RecordedRollout) {
    let count = Int(record.header.bytes)
    offsets.append(words.count)
    let source = UnsafeRawBufferPointer(start: record.base, count: count)
    words.append(contentsOf: source.bindMemory(to: UInt64.self))
  }

  /// Gives the rollouts, by worker and the numbers of their steps.
  func forEach(_ body: (RecordedRollout) -> Void) {
    words.withUnsafeBytes { memory in
      guard let base = memory.baseAddress else { return }
      for offset in offsets { body(RecordedRollout(base: base + offset * 8, layout: layout)) }
    }
  }

  /// Its rollouts in the order of their first steps (of one worker); at equal ones the longer, learnt
  /// from, comes first.
  func sorted() -> RecordBlock {
    var keys: [(first: Int, isOpen: Bool, offset: Int)] = []
    words.withUnsafeBytes { memory in
      guard let base = memory.baseAddress else { return }
      for offset in offsets {
        let header = RecordedRollout(base: base + offset * 8, layout: layout).header
        keys.append((header.firstNumber, header.isOpen, offset))
      }
    }
    keys.sort { ($0.first, $0.isOpen ? 1 : 0) < ($1.first, $1.isOpen ? 1 : 0) }
    var result = self
    result.offsets = keys.map(\.offset)
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
    var result = RecordBlock(layout: layout)
    let total = offsets.isEmpty ? 0 : words.count
    result.words.reserveCapacity(total)
    forEach { result.append($0) }
    return result
  }
}
