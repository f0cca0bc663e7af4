internal import Agents

/// Recorded rollouts one behind the other in a fixed piece of memory; the oldest are given up first. Once
/// it holds enough steps a lap is over, so that what is written next still lies in the caches.
/// A record is never split: one that does not fit before the memory's end begins at its start. Not for
/// several threads at once.
final class RecordRing {
  /// Bytes.
  let capacity: Int
  let layout: RecordLayout
  /// Steps after which a lap may end before the memory does. A later lap takes at least as many bytes.
  private let enough: Int
  /// Steps in the records.
  private(set) var steps = 0
  /// Records.
  private(set) var count = 0
  private let memory: UnsafeMutableRawPointer
  /// Where the oldest record begins, and where the next one will.
  private var first = 0
  private var next = 0
  /// Where the records end that lie behind `next`.
  private var limit: Int
  private var lastBytes = 0

  init(capacity: Int, layout: RecordLayout, enough: Int = .max) {
    self.enough = enough
    self.capacity = capacity / 64 * 64
    self.layout = layout
    limit = self.capacity
    memory = .allocate(byteCount: max(self.capacity, 64), alignment: 64)
    // Touched once, so that no page has to be found while steps are taken.
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: self.capacity)
  }

  deinit { memory.deallocate() }

  /// Gives up all records.
  func removeAll() {
    (count, steps, first, next, limit, lastBytes) = (0, 0, 0, 0, capacity, 0)
  }

  /// Whether a record of that many bytes fits without giving one up.
  func fits(_ bytes: Int) -> Bool { next >= first && next + bytes <= capacity }

  /// Room for a record of so many steps, to be written at once.
  ///
  /// - Returns: nil where it would take more than half of the ring.
  @inline(__always)
  func append(
    bytes: Int, steps added: Int, _ write: (UnsafeMutableRawPointer) -> Void
  ) -> Bool {
    guard bytes <= capacity / 2 else { return false }
    if next + bytes > capacity || first == 0 && steps >= enough { wrap() }
    while count > 0, first >= next, first < next + bytes { dropFirst() }
    if count == 0 { (first, limit) = (next, capacity) }
    let place = memory + next
    write(place)
    place.assumingMemoryBound(to: RolloutHeader.self).pointee.previousBytes = Int32(lastBytes)
    lastBytes = bytes
    next += bytes
    count += 1
    steps += added
    return true
  }

  private func wrap() {
    while count > 0, first >= next { dropFirst() }
    (limit, next) = (next, 0)
  }

  private func dropFirst() {
    let header = (memory + first).assumingMemoryBound(to: RolloutHeader.self)
    first += Int(header.pointee.bytes)
    steps -= Int(header.pointee.count)
    count -= 1
    if first == limit { (first, limit) = (0, capacity) }
  }

  private func record(at offset: Int) -> CompactRollout {
    CompactRollout(base: UnsafeRawPointer(memory + offset), layout: layout)
  }

  /// The newest record.
  var newest: CompactRollout? { count > 0 ? record(at: next - lastBytes) : nil }

  /// Gives the records, oldest first.
  func forEach(_ body: (CompactRollout) -> Void) {
    var offset = first
    for _ in 0..<count {
      if offset == limit { offset = 0 }
      let record = record(at: offset)
      body(record)
      offset += Int(record.header.bytes)
    }
  }

  /// Gives the records, newest first, until `body` says false.
  func forEachBackwards(_ body: (CompactRollout) -> Bool) {
    var (offset, bytes) = (next, lastBytes)
    for _ in 0..<count {
      if offset == 0 { offset = limit }
      offset -= bytes
      let record = record(at: offset)
      guard body(record) else { return }
      bytes = Int(record.header.previousBytes)
    }
  }
}
