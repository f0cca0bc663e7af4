internal import Networks

/// Takes a rollout down, worker by worker: for a recorder, right after it has been learnt from, or for
/// who looks at a run that stands still.
extension Rollout {
  /// Steps of actor `k` in the present rollout; those that were not taken are not counted.
  public func count(of k: Int) -> Int {
    guard steps < length * width else { return length }
    return (0..<length).reduce(0) {
      record.actions[$1 * width + k] == StepRecord.skipped ? $0 : $0 + 1
    }
  }

  /// Whether episodes have ended within it; where it keeps states.
  public var hasEnds: Bool { (states?.endCount ?? 0) > 0 }

  /// Bytes of what `write` writes of actor `k`.
  public func recordedBytes(of k: Int, as layout: RecordLayout, isOpen: Bool = false) -> Int {
    layout.bytes(rows: count(of: k) + (isOpen ? 1 : 0), ends: ends(of: k))
  }

  private func ends(of k: Int) -> Int {
    guard let states, states.endCount > 0 else { return 0 }
    if width == 1 { return states.endCount }
    return (0..<states.endCount).reduce(0) { Int(states.ends[$1].row) % width == k ? $0 + 1 : $0 }
  }

  /// Writes the steps of actor `k` and what was learnt from them.
  ///
  /// - Parameter bytes: as many as `recordedBytes` says.
  /// - Parameter update: nil for a rollout that is under way: its steps have no targets then, and the
  ///   state the actor is in follows them.
  /// - Precondition: the rollout keeps states.
  public func write(
    _ k: Int, bytes: Int, update: UpdateReport?, as layout: RecordLayout,
    to base: UnsafeMutableRawPointer
  ) {
    guard let states else { preconditionFailure("a recorded rollout keeps states") }
    let header = base.bindMemory(to: RolloutHeader.self, capacity: 1)
    header.initialize(to: RolloutHeader())
    var rows = base + RecordLayout.headerBytes
    let (steps, next) = writeSteps(of: k, states, layout, to: rows, isOpen: update == nil)
    rows = next
    if update == nil { rows = writePresent(k, layout, to: rows) }
    header.pointee.count = Int32(steps)
    header.pointee.ends = Int32(writeEnds(of: k, states, layout, to: rows))
    header.pointee.bytes = Int32(bytes)
    write(k, states.origins[k], to: &header.pointee)
    if let update {
      header.pointee.update = update
    } else {
      header.pointee.isOpen = true
      header.pointee.update.pulledVersion = version
    }
  }

  private func write(_ k: Int, _ origin: StateRecord.Origin, to header: inout RolloutHeader) {
    header.worker = Int32(first[k].index)
    header.start = origin.start
    header.groupFirst = Int32(first[0].index)
    header.groupWidth = Int32(width)
    header.groupLength = Int32(length)
    header.firstNumber = origin.number
    header.episode = origin.episode
    header.episodeStep = origin.episodeStep
    header.episodeReturn = origin.episodeReturn
    header.estimator = estimator
    header.discount = discount
  }

  /// - Returns: the number of steps and where the next row would begin.
  private func writeSteps(
    of k: Int, _ states: StateRecord, _ layout: RecordLayout, to base: UnsafeMutableRawPointer,
    isOpen: Bool
  ) -> (Int, UnsafeMutableRawPointer) {
    let (record, workspace) = (record, workspace)
    var row = k
    var target = base
    var count = 0
    for _ in 0..<length {
      if record.actions[row] != StepRecord.skipped {
        copy(states.before + row * layout.stateSize, layout.stateSize, to: target)
        copy(
          workspace.observation(row), layout.observationWidth, to: target + layout.observation)
        copy(workspace.logits(row), layout.actions, to: target + layout.logits)
        let numbers = (target + layout.numbers).assumingMemoryBound(to: Float.self)
        (target + layout.numbers).storeBytes(of: record.actions[row], as: Int32.self)
        numbers[1] = record.rewards[row]
        numbers[2] = record.values[row]
        numbers[3] = record.nextValues[row]
        numbers[4] = isOpen ? .nan : record.returns[row]
        numbers[5] = isOpen ? .nan : record.advantages[row]
        let flags =
          (record.terminated[row] ? RecordedStep.terminatedFlag : 0)
          | (record.truncated[row] ? RecordedStep.truncatedFlag : 0)
        target.storeBytes(of: flags, toByteOffset: layout.flags, as: UInt8.self)
        target += layout.rowBytes
        count += 1
      }
      row += width
    }
    return (count, target)
  }

  /// The state the actor is in, as a row without a step.
  private func writePresent(
    _ k: Int, _ layout: RecordLayout, to row: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    row.initializeMemory(as: UInt8.self, repeating: 0, count: layout.rowBytes)
    first[k].save(into: row.assumingMemoryBound(to: Double.self))
    first[k].observe(into: (row + layout.observation).assumingMemoryBound(to: Float.self))
    return row + layout.rowBytes
  }

  /// - Returns: the number of ends.
  private func writeEnds(
    of k: Int, _ states: StateRecord, _ layout: RecordLayout, to base: UnsafeMutableRawPointer
  ) -> Int {
    var target = base
    var count = 0
    for index in 0..<states.endCount {
      var end = states.ends[index]
      guard Int(end.row) % width == k else { continue }
      end.row /= Int32(width)
      target.storeBytes(of: end, as: EpisodeEnd.self)
      copy(
        states.reached + index * layout.stateSize, layout.stateSize,
        to: target + MemoryLayout<EpisodeEnd>.stride)
      target += layout.endBytes
      count += 1
    }
    return count
  }
}

/// Copies a few numbers; a call of `memcpy` would take longer.
@inline(__always)
private func copy<Number: BitwiseCopyable>(
  _ numbers: UnsafePointer<Number>, _ count: Int, to memory: UnsafeMutableRawPointer
) {
  let target = memory.assumingMemoryBound(to: Number.self)
  for index in 0..<count { target[index] = numbers[index] }
}
