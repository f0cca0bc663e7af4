internal import Networks

/// Takes a rollout down, worker by worker: for a recorder, right after it has been learnt from, or for
/// who looks at a run that stands still.
extension Rollout {
  /// What is recorded of one actor: steps, and ends of episodes within them.
  public struct Extent: Sendable, Equatable {
    /// Steps; those that were not taken are not counted.
    public var steps: Int
    /// Ends.
    public var ends: Int
  }

  /// What there is to record of actor `k`.
  public func extent(of k: Int) -> Extent {
    Extent(steps: count(of: k), ends: ends(of: k))
  }

  /// Steps of actor `k` in the present rollout; those that were not taken are not counted. They are its
  /// first ones: who waits, waits to the end.
  private func count(of k: Int) -> Int {
    guard steps < length * width else { return length }
    return (0..<length).reduce(0) {
      record.actions[$1 * width + k] == StepRecord.skipped ? $0 : $0 + 1
    }
  }

  private func ends(of k: Int) -> Int {
    guard let origins, origins.endCount > 0 else { return 0 }
    if width == 1 { return origins.endCount }
    return (0..<origins.endCount).reduce(0) {
      Int(origins.ends[$1].row) % width == k ? $0 + 1 : $0
    }
  }

  /// Writes what cannot be made again of the steps of actor `k`.
  ///
  /// - Parameter extent: what `extent(of:)` says.
  /// - Parameter update: what was learnt from them; of a rollout under way what `reportWhileOpen` says.
  /// - Parameter base: room for `layout.compactBytes` of it.
  /// - Precondition: the rollout is recorded.
  public func write(
    _ k: Int, _ extent: Extent, update: UpdateReport, isOpen: Bool = false,
    as layout: RecordLayout, to base: UnsafeMutableRawPointer
  ) {
    guard let origins else { preconditionFailure("the rollout was not made to be recorded") }
    let (record, origin) = (record, origins.origins + k)
    let last = extent.steps > 0 ? record.nextValues[(extent.steps - 1) * width + k] : 0
    // Written once, field by field.
    base.bindMemory(to: RolloutHeader.self, capacity: 1).initialize(
      to: RolloutHeader(
        bytes: Int32(layout.compactBytes(steps: extent.steps, ends: extent.ends)),
        previousBytes: 0, worker: Int32(first[k].index), count: Int32(extent.steps),
        ends: Int32(extent.ends), start: origin.pointee.start, groupFirst: Int32(first[0].index),
        groupWidth: Int32(width), groupLength: Int32(length), isOpen: isOpen,
        hasNextValues: !recursions.isEmpty, lastNextValue: last,
        firstNumber: origin.pointee.number, episode: origin.pointee.episode,
        episodeStep: origin.pointee.episodeStep, episodeReturn: origin.pointee.episodeReturn,
        random: origin.pointee.random, estimator: estimator, discount: discount,
        update: update))
    var place = base + RecordLayout.headerBytes
    copy(origins.states + k * layout.stateSize, every: 1, layout.stateSize, to: &place)
    if extent.ends > 0 { writeEnds(of: k, origins, record, to: &place) }
    writeSteps(of: k, extent.steps, record, layout, to: place)
  }

  /// What there is to say of a rollout under way: the version of theta it is acted with.
  public var reportWhileOpen: UpdateReport {
    var report = UpdateReport()
    report.pulledVersion = version
    return report
  }

  private func writeEnds(
    of k: Int, _ origins: OriginRecord, _ record: StepRecord,
    to place: inout UnsafeMutableRawPointer
  ) {
    for index in 0..<origins.endCount {
      var end = origins.ends[index]
      guard width == 1 || Int(end.row) % width == k else { continue }
      end.nextValue = record.nextValues[Int(end.row)]
      end.row /= Int32(width)
      place.storeBytes(of: end, as: EpisodeEnd.self)
      place += MemoryLayout<EpisodeEnd>.stride
    }
  }

  private func writeSteps(
    of k: Int, _ steps: Int, _ record: StepRecord, _ layout: RecordLayout,
    to base: UnsafeMutableRawPointer
  ) {
    let workspace = workspace
    var place = base
    copy(UnsafePointer(record.actions + k), every: width, steps, to: &place)
    copy(UnsafePointer(record.values + k), every: width, steps, to: &place)
    let logits = UnsafePointer(workspace.logits(k))
    let stride = workspace.logits(k + width) - workspace.logits(k)
    switch layout.actions {
    case 2: copyRows(logits, every: stride, steps, as: SIMD2<Float>.self, to: place)
    case 3: copyRows(logits, every: stride, steps, as: Three.self, to: place)
    case 4: copyRows(logits, every: stride, steps, as: SIMD4<Float>.self, to: place)
    default:
      for t in 0..<steps { copy(logits + t * stride, every: 1, layout.actions, to: &place) }
    }
  }
}

/// Three numbers one behind the other.
private struct Three: BitwiseCopyable {
  var numbers: (Float, Float, Float)
}

/// Copies rows whose size is known beforehand.
@inline(__always)
private func copyRows<Row: BitwiseCopyable>(
  _ numbers: UnsafePointer<Float>, every stride: Int, _ count: Int, as: Row.Type,
  to memory: UnsafeMutableRawPointer
) {
  let source = UnsafeRawPointer(numbers)
  for index in 0..<count {
    memory.storeBytes(
      of: source.loadUnaligned(fromByteOffset: 4 * index * stride, as: Row.self),
      toByteOffset: index * MemoryLayout<Row>.size, as: Row.self)
  }
}

/// Copies every so many-th number; a few, for which a call of `memcpy` would take longer.
@inline(__always)
private func copy<Number: BitwiseCopyable>(
  _ numbers: UnsafePointer<Number>, every stride: Int, _ count: Int,
  to memory: inout UnsafeMutableRawPointer
) {
  let target = memory.assumingMemoryBound(to: Number.self)
  if stride == 1 {
    for index in 0..<count { target[index] = numbers[index] }
  } else {
    for index in 0..<count { target[index] = numbers[index * stride] }
  }
  memory += count * MemoryLayout<Number>.stride
}
