internal import Agents
internal import Networks

/// Recorded rollouts one behind the other in a fixed piece of memory, in sections: when the last section
/// is full, or holds enough steps, the oldest one is given up as a whole. So what is old need not be looked
/// at to make room, and what comes next can be fetched into the caches beforehand. A record is never split.
/// Not for several threads at once.
final class RecordRing {
  /// Sections of a ring that goes round.
  static let sections = 4

  /// What is in a section.
  private struct Section {
    var bytes = 0
    var count = 0
    var steps = 0
    var lastBytes = 0
  }

  /// Bytes.
  let capacity: Int
  let layout: RecordLayout
  private let memory: UnsafeMutableRawPointer
  private let sectionBytes: Int
  /// Steps after which a section is over before its memory is.
  private let enough: Int
  /// The sections that were written to before; at `last` an empty one.
  private var sections: [Section]
  /// The section that is being written to.
  private var last = 0
  private var present = Section()

  /// A ring that holds at least `steps` steps once they have been recorded, where the bytes allow it. One
  /// of a single section begins anew when it is full.
  init(capacity: Int, layout: RecordLayout, steps: Int = .max, sections: Int = sections) {
    self.layout = layout
    sectionBytes = max(capacity / sections / 64 * 64, 64)
    self.capacity = sections * sectionBytes
    enough = steps == .max ? .max : steps / max(sections - 1, 1) + 1
    self.sections = Array(repeating: Section(), count: sections)
    memory = .allocate(byteCount: self.capacity, alignment: 64)
    // Touched once, so that no page has to be found while steps are taken.
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: self.capacity)
  }

  deinit { memory.deallocate() }

  /// Gives up all records.
  func removeAll() {
    sections = Array(repeating: Section(), count: sections.count)
    (last, present) = (0, Section())
  }

  /// Whether a record of that many bytes fits without giving one up.
  func fits(_ bytes: Int) -> Bool { present.bytes + bytes <= sectionBytes }

  /// Room for a record of so many steps, to be written at once.
  ///
  /// - Returns: false where it would take more than a section.
  @inline(__always)
  func append(
    bytes: Int, steps added: Int, _ write: (UnsafeMutableRawPointer) -> Void
  ) -> Bool {
    guard bytes <= sectionBytes else { return false }
    if present.bytes &+ bytes > sectionBytes || present.steps >= enough { turn() }
    let place = memory + (last &* sectionBytes &+ present.bytes)
    write(place)
    place.assumingMemoryBound(to: RolloutHeader.self).pointee.previousBytes =
      Int32(truncatingIfNeeded: present.lastBytes)
    present.lastBytes = bytes
    present.bytes &+= bytes
    present.count &+= 1
    present.steps &+= added
    CacheLines.fetchForWriting(place + bytes)
    return true
  }

  private func turn() {
    sections[last] = present
    last = last + 1 == sections.count ? 0 : last + 1
    present = Section()
    sections[last] = Section()
  }

  /// Steps in the records.
  var steps: Int { sections.reduce(present.steps) { $0 + $1.steps } }

  /// Records.
  var count: Int { sections.reduce(present.count) { $0 + $1.count } }

  private func record(_ section: Int, at offset: Int) -> CompactRollout {
    CompactRollout(
      base: UnsafeRawPointer(memory + section * sectionBytes + offset), layout: layout)
  }

  /// The newest record.
  var newest: CompactRollout? {
    present.count > 0 ? record(last, at: present.bytes - present.lastBytes) : nil
  }

  /// The sections with what is in them, oldest first.
  private var inOrder: [(index: Int, section: Section)] {
    (1...sections.count).map {
      let index = (last + $0) % sections.count
      return (index, index == last ? present : sections[index])
    }
  }

  /// Gives the records, oldest first.
  func forEach(_ body: (CompactRollout) -> Void) {
    for (index, section) in inOrder {
      var offset = 0
      for _ in 0..<section.count {
        let record = record(index, at: offset)
        body(record)
        offset += Int(record.header.bytes)
      }
    }
  }

  /// Gives the records, newest first, until `body` says false.
  func forEachBackwards(_ body: (CompactRollout) -> Bool) {
    for (index, section) in inOrder.reversed() {
      var (offset, bytes) = (section.bytes, section.lastBytes)
      for _ in 0..<section.count {
        offset -= bytes
        let record = record(index, at: offset)
        guard body(record) else { return }
        bytes = Int(record.header.previousBytes)
      }
    }
  }
}
