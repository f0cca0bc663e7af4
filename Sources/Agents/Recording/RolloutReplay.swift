public import Environments
internal import Estimators
internal import Networks
internal import Randomness

/// Acts a compact rollout again: from the state it began in, with the random numbers that were drawn
/// and the actions that were taken, a world of the same kind goes through the same states, to the last
/// bit; the targets follow by the same recursion.
public struct RolloutReplay: Sendable {
  /// How its rollouts are laid out.
  public let layout: RecordLayout
  private let environment: any Environment

  /// For rollouts in a world, laid out as its numbers are.
  public init(environment: any Environment, layout: RecordLayout) {
    self.environment = environment
    self.layout = layout
  }

  /// Gives a rollout as it was, in memory that is there for the call.
  public func withRecorded<Result>(
    _ compact: CompactRollout, _ body: (RecordedRollout) throws -> Result
  ) rethrows -> Result {
    let header = compact.header
    let rows = Int(header.count) + (header.isOpen ? 1 : 0)
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: layout.bytes(rows: rows, ends: Int(header.ends)), alignment: 16)
    defer { memory.deallocate() }
    memory.bindMemory(to: RolloutHeader.self, capacity: 1).initialize(to: header)
    let base = memory + RecordLayout.headerBytes
    // As on the thread that trained.
    FlushToZero.during {
      var act = SecondAct(compact, environment, ends: base + rows * layout.rowBytes)
      for t in 0..<Int(header.count) { act.step(t, to: base + t * layout.rowBytes) }
      if header.isOpen { act.writePresent(to: base + (rows - 1) * layout.rowBytes) }
      act.targets.write(header, layout, to: base)
    }
    memory.assumingMemoryBound(to: RolloutHeader.self).pointee.bytes = 0
    return try body(RecordedRollout(base: memory, layout: layout))
  }
}

/// The world of a rollout that is acted again.
private struct SecondAct {
  private let compact: CompactRollout
  private let layout: RecordLayout
  private let header: RolloutHeader
  private let bounds: ClosedRange<Float>?
  private var world: any Environment
  private var random: RandomStream
  private var ends: UnsafeMutableRawPointer
  private var endCount = 0
  var targets: Targets

  init(
    _ compact: CompactRollout, _ environment: any Environment, ends: UnsafeMutableRawPointer
  ) {
    self.compact = compact
    self.ends = ends
    layout = compact.layout
    header = compact.header
    bounds = environment.specification.continuousAction.map { Float($0.low)...Float($0.high) }
    random = header.random
    world = environment
    world.restore(from: compact.state)
    targets = Targets(count: Int(header.count))
  }

  /// Takes a step and writes all of its row but the targets.
  mutating func step(_ t: Int, to row: UnsafeMutableRawPointer) {
    writeState(to: row)
    let logits = compact.logits(t)
    (row + layout.logits).copyMemory(from: logits, byteCount: 4 * layout.actions)
    let action = compact.action(t)
    let outcome = take(action, logits)
    targets.rewards[t] = Float(outcome.reward)
    targets.values[t] = compact.value(t)
    targets.terminated[t] = outcome.terminated
    targets.truncated[t] = outcome.truncated
    targets.nextValues[t] = nextValue(of: t)
    if outcome.ended { writeEnd(of: t) }
    (row + layout.numbers).storeBytes(of: action, as: Int32.self)
    let flags =
      (outcome.terminated ? RecordedStep.terminatedFlag : 0)
      | (outcome.truncated ? RecordedStep.truncatedFlag : 0)
    row.storeBytes(of: flags, toByteOffset: layout.flags, as: UInt8.self)
  }

  /// The random numbers are drawn as the actor drew them; the action they gave is known.
  private mutating func take(_ action: Int32, _ logits: UnsafePointer<Float>) -> StepOutcome {
    if let bounds {
      _ = Gaussian.sample(logits, using: &random)
      let done = Gaussian.limited(Gaussian.action(of: action), to: bounds)
      return world.step(continuous: Double(done), random: &random)
    }
    _ = Categorical.sample(logits, count: layout.actions, using: &random)
    return world.step(Int(action), random: &random)
  }

  /// Of a step that ended no episode: the next step's value.
  private func nextValue(of t: Int) -> Float {
    guard header.hasNextValues else { return 0 }
    return t + 1 < Int(header.count) ? compact.value(t + 1) : header.lastNextValue
  }

  private mutating func writeEnd(of t: Int) {
    assert(endCount < Int(header.ends) && Int(compact.end(endCount).row) == t)
    guard endCount < Int(header.ends) else { return }
    let end = compact.end(endCount)
    targets.nextValues[t] = end.nextValue
    ends.storeBytes(of: end, as: EpisodeEnd.self)
    let reached = ends + RecordLayout.episodeEndBytes
    world.save(into: reached.assumingMemoryBound(to: Double.self))
    ends += layout.endBytes
    endCount += 1
    world.reset(start: end.nextStart < 0 ? nil : Int(end.nextStart), random: &random)
  }

  private func writeState(to row: UnsafeMutableRawPointer) {
    world.save(into: row.assumingMemoryBound(to: Double.self))
    world.observe(into: (row + layout.observation).assumingMemoryBound(to: Float.self))
  }

  /// The state the worker is in, as a row without a step.
  func writePresent(to row: UnsafeMutableRawPointer) {
    row.initializeMemory(as: UInt8.self, repeating: 0, count: layout.rowBytes)
    writeState(to: row)
  }
}

/// The numbers that the targets are made from, one column each.
private struct Targets {
  var rewards: [Float]
  var values: [Float]
  var nextValues: [Float]
  var terminated: [Bool]
  var truncated: [Bool]

  init(count: Int) {
    rewards = Array(repeating: 0, count: count)
    values = rewards
    nextValues = rewards
    terminated = Array(repeating: false, count: count)
    truncated = terminated
  }

  /// Writes the numbers of all rows, with the targets and advantages where they have been learnt from.
  func write(_ header: RolloutHeader, _ layout: RecordLayout, to rows: UnsafeMutableRawPointer) {
    var returns = [Float](repeating: .nan, count: rewards.count)
    var advantages = returns
    if !header.isOpen {
      estimateReturns(
        header.estimator, discount: header.discount, rewards: rewards, values: values,
        nextValues: nextValues, terminated: terminated, truncated: truncated,
        count: rewards.count, into: &returns, advantages: &advantages)
    }
    for t in rewards.indices {
      let numbers = (rows + t * layout.rowBytes + layout.numbers)
        .assumingMemoryBound(to: Float.self)
      numbers[1] = rewards[t]
      numbers[2] = values[t]
      numbers[3] = nextValues[t]
      numbers[4] = returns[t]
      numbers[5] = advantages[t]
    }
  }
}
