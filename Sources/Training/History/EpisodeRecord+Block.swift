internal import Agents
internal import Environments
internal import Networks
internal import Telemetry

extension EpisodeRecord {
  /// What a block of one worker's rollouts, in order, holds of the episode its step `number` is in; nil
  /// where it has no such step. The number after the last step stands for the state under way.
  init?(_ block: RecordBlock, around number: Int, in environment: any Environment) {
    var gathering = EpisodeGathering(number: number)
    block.forEach { gathering.take($0) }
    guard let record = gathering.record(in: environment) else { return nil }
    self = record
  }
}

/// Gathers an episode's steps from rollouts that come in order.
private struct EpisodeGathering {
  private let number: Int
  private var record: EpisodeRecord?
  private var isWhole = false
  private var nextNumber: Int?

  init(number: Int) { self.number = number }

  mutating func take(_ rollout: RecordedRollout) {
    guard !isWhole else { return }
    let header = rollout.header
    if let nextNumber, header.firstNumber != nextNumber {
      // One under way when it was taken down, and learnt from since.
      if header.isOpen { return }
      record = nil
    }
    if record == nil {
      begin(
        header, first: header.firstNumber, episode: header.episode, omitted: header.episodeStep,
        omittedReturn: header.episodeReturn, start: header.start)
    }
    if !header.isOpen { record?.updates.append(UpdateRecord(header)) }
    if header.isOpen { record?.openVersion = header.update.pulledVersion }
    var end = 0
    for row in 0..<Int(header.count) {
      append(rollout.step(row), isLearnt: !header.isOpen)
      guard end < Int(header.ends), Int(rollout.end(end).row) == row else { continue }
      record?.reached.state = Array(rollout.reached(end))
      if header.firstNumber + row >= number {
        isWhole = true
        return
      }
      let next = rollout.end(end)
      end += 1
      begin(
        header, first: header.firstNumber + row + 1, episode: header.episode + end, omitted: 0,
        omittedReturn: 0, start: next.nextStart)
      if !header.isOpen, row + 1 < Int(header.count) {
        record?.updates.append(UpdateRecord(header))
      }
    }
    if header.isOpen {
      let present = rollout.step(Int(header.count))
      record?.reached = EpisodeRecord.Reached(
        state: Array(present.state), observation: Array(present.observation))
    }
    nextNumber = header.firstNumber + Int(header.count)
  }

  private mutating func begin(
    _ header: RolloutHeader, first: Int, episode: Int, omitted: Int, omittedReturn: Double,
    start: Int32
  ) {
    record = EpisodeRecord(
      worker: Int(header.worker), episode: episode, start: start < 0 ? nil : Int(start),
      firstNumber: first, omitted: omitted, omittedReturn: omittedReturn, steps: [], updates: [],
      reached: EpisodeRecord.Reached(state: [], observation: []))
    if header.isOpen { record?.openVersion = header.update.pulledVersion }
  }

  private mutating func append(_ step: RecordedStep, isLearnt: Bool) {
    let update = isLearnt ? record.map { $0.updates.count - 1 } : nil
    record?.steps.append(
      EpisodeRecord.Step(
        state: Array(step.state), observation: Array(step.observation), logits: Array(step.logits),
        action: Int(step.action), reward: step.reward, value: step.value,
        nextValue: step.nextValue, terminated: step.terminated, truncated: step.truncated,
        target: step.target, advantage: step.advantage,
        update: update))
  }

  /// The episode; what its end looked like to the agent is asked of the world.
  func record(in environment: any Environment) -> EpisodeRecord? {
    guard var record, number >= record.firstNumber,
      number <= record.firstNumber + record.steps.count
    else { return nil }
    if record.reached.state.isEmpty { record.reached.state = record.steps.last?.state ?? [] }
    guard record.reached.state.count == environment.stateSize else { return nil }
    if environment.specification.continuousAction != nil {
      // As it was used: within its bounds.
      for t in record.steps.indices {
        record.steps[t].logits[1] = Gaussian.logDeviation(record.steps[t].logits)
      }
    }
    if record.reached.observation.isEmpty {
      var world = environment
      world.restore(from: record.reached.state)
      let width = environment.specification.observation.width
      record.reached.observation = [Float](unsafeUninitializedCapacity: width) { buffer, count in
        if let base = buffer.baseAddress {
          base.initialize(repeating: 0, count: width)
          world.observe(into: base)
        }
        count = width
      }
    }
    return record
  }
}

extension UpdateRecord {
  /// The update a recorded rollout was learnt from in.
  init(_ header: RolloutHeader) {
    let update = header.update
    self.init(
      version: update.version, pulledVersion: update.pulledVersion, clock: update.clock,
      firstNumber: header.firstNumber, count: Int(header.count), batch: update.batch,
      estimator: header.estimator, discount: header.discount, policyLoss: update.terms.policy,
      valueLoss: update.terms.value, entropy: update.terms.entropy,
      valueCoefficient: Double(update.loss.valueCoefficient),
      entropyCoefficient: Double(update.loss.entropyCoefficient),
      gradientNorm: update.gradientNorm, clippingFactor: Double(update.clippingFactor),
      learningRate: Double(update.learningRate))
  }
}
