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
    Extent(steps: count(of: k), ends: origins?.ends(k) ?? 0)
  }

  /// Steps of actor `k` in the present rollout; those that were not taken are not counted. They are its
  /// first ones: who waits, waits to the end.
  private func count(of k: Int) -> Int {
    guard steps < length * width else { return length }
    return (0..<length).reduce(0) {
      record.actions[$1 * width + k] == StepRecord.skipped ? $0 : $0 + 1
    }
  }

  /// Writes what cannot be made again of the steps of actor `k`.
  ///
  /// - Parameter extent: what `extent(of:)` says.
  /// - Parameter bytes: what `layout.compactBytes` says; as many are written.
  /// - Parameter update: what was learnt from them; of a rollout under way what `reportWhileOpen` says.
  /// - Precondition: the rollout is recorded.
  public func write(
    _ k: Int, _ extent: Extent, bytes: Int, update: UpdateReport, isOpen: Bool = false,
    as layout: RecordLayout, to base: UnsafeMutableRawPointer
  ) {
    guard let origins else { preconditionFailure("the rollout was not made to be recorded") }
    let record = record
    let bytesBefore = origins.bytes(k)
    writeSteps(of: k, extent.steps, record, layout, to: base + bytesBefore)
    base.copyMemory(from: origins[k], byteCount: bytesBefore)
    // Field by field, after the copy of what has been known since the rollout began.
    let header = base.bindMemory(to: RolloutHeader.self, capacity: 1)
    header.pointee.bytes = Int32(truncatingIfNeeded: bytes)
    header.pointee.count = Int32(truncatingIfNeeded: extent.steps)
    header.pointee.groupLength = Int32(truncatingIfNeeded: length)
    header.pointee.isOpen = isOpen
    header.pointee.hasNextValues = !recursions.isEmpty
    header.pointee.lastNextValue =
      extent.steps > 0 ? record.nextValues[(extent.steps &- 1) &* width &+ k] : 0
    header.pointee.estimator = estimator
    header.pointee.discount = discount
    header.pointee.update = update
  }

  /// What there is to say of a rollout under way: the version of theta it is acted with.
  public var reportWhileOpen: UpdateReport {
    var report = UpdateReport()
    report.pulledVersion = version
    return report
  }

  private func writeSteps(
    of k: Int, _ steps: Int, _ record: StepRecord, _ layout: RecordLayout,
    to base: UnsafeMutableRawPointer
  ) {
    let source = RecordedColumns(
      actions: record.actions + k, values: record.values + k, stride: width,
      logits: workspace.logits(k), logitStride: workspace.logits(k + width) - workspace.logits(k))
    switch layout.actions {
    case 2: source.write(steps, as: SIMD2<Float>.self, to: base)
    case 3: source.write(steps, as: Three.self, to: base)
    case 4: source.write(steps, as: SIMD4<Float>.self, to: base)
    default: source.write(steps, logits: layout.actions, to: base)
    }
  }
}

/// Three logits.
private struct Three: BitwiseCopyable {
  var numbers: (Float, Float, Float)
}

/// Where the columns of a worker's steps are that are recorded.
private struct RecordedColumns {
  let actions: UnsafeMutablePointer<Int32>
  let values: UnsafeMutablePointer<Float>
  /// From one step to the next.
  let stride: Int
  let logits: UnsafeMutablePointer<Float>
  let logitStride: Int

  /// Writes blocks of four steps whose logits are a `Row` each.
  @inline(__always)
  func write<Row: BitwiseCopyable>(
    _ steps: Int, as: Row.Type, to base: UnsafeMutableRawPointer
  ) {
    if stride == 1 {
      writeBlocks(steps, as: Row.self, to: base)
    } else {
      writeSteps(steps, logits: MemoryLayout<Row>.size / 4, to: base) { from, place in
        copyOne(UnsafeRawPointer(from), as: Row.self, to: place)
      }
    }
  }

  /// Writes blocks of four steps with so many logits each.
  func write(_ steps: Int, logits count: Int, to base: UnsafeMutableRawPointer) {
    writeSteps(steps, logits: count, to: base) { from, place in
      let target = place.assumingMemoryBound(to: Float.self)
      for index in 0..<count { target[index] = from[index] }
    }
  }

  /// Four steps at a time, of a worker that acts alone. The last block may hold steps beyond the last:
  /// all of these arrays have room for them.
  @inline(__always)
  private func writeBlocks<Row: BitwiseCopyable>(
    _ steps: Int, as: Row.Type, to base: UnsafeMutableRawPointer
  ) {
    let (size, rowBytes) = (MemoryLayout<Row>.size, logitStride &* 4)
    var (t, place, from) = (0, base, UnsafeRawPointer(logits))
    while t < steps {
      copyOne(UnsafeRawPointer(actions + t), as: SIMD4<Int32>.self, to: place)
      copyOne(
        UnsafeRawPointer(values + t), as: SIMD4<Float>.self, to: place + RecordLayout.blockValues)
      place += RecordLayout.blockLogits
      copyOne(from, as: Row.self, to: place)
      copyOne(from + rowBytes, as: Row.self, to: place + size)
      copyOne(from + 2 &* rowBytes, as: Row.self, to: place + 2 &* size)
      copyOne(from + 3 &* rowBytes, as: Row.self, to: place + 3 &* size)
      from += 4 &* rowBytes
      place += 4 &* size
      t &+= 4
    }
  }

  @inline(__always)
  private func writeSteps(
    _ steps: Int, logits count: Int, to base: UnsafeMutableRawPointer,
    _ copyLogits: (UnsafePointer<Float>, UnsafeMutableRawPointer) -> Void
  ) {
    var (block, lane, step, row) = (base, 0, 0, UnsafePointer(logits))
    for _ in 0..<steps {
      block.storeBytes(of: actions[step], toByteOffset: 4 &* lane, as: Int32.self)
      block.storeBytes(
        of: values[step], toByteOffset: RecordLayout.blockValues &+ 4 &* lane, as: Float.self)
      copyLogits(row, block + (RecordLayout.blockLogits &+ 4 &* count &* lane))
      step &+= stride
      row += logitStride
      lane &+= 1
      if lane == 4 { (block, lane) = (block + RecordLayout.blockBytes(actions: count), 0) }
    }
  }

  @inline(__always)
  private func copyOne<Row: BitwiseCopyable>(
    _ source: UnsafeRawPointer, as: Row.Type, to place: UnsafeMutableRawPointer
  ) {
    place.storeBytes(of: source.loadUnaligned(as: Row.self), as: Row.self)
  }
}
