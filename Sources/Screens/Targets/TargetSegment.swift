internal import Estimators
internal import Telemetry

/// The steps a target is made from: from one step to the end of its segment, which is the end of its
/// episode or of its rollout, whichever comes first.
struct TargetSegment: Equatable {
  /// The rewards r_{t+1}, r_{t+2} and so on: at least one.
  let rewards: [Float]
  /// V of the state each step led to; without meaning at an end of the world.
  let nextValues: [Float]
  /// V of the state of the first step.
  let value: Float
  /// Why the segment ends.
  let end: SegmentEnd
  /// The discount the learner used.
  let discount: Double

  /// The steps that are left, H.
  var horizon: Int { rewards.count }

  /// What the state that is reached after `steps` steps is worth to an estimate that stops there.
  func bootstrap(after steps: Int) -> Double {
    steps == horizon && end == .terminated ? 0 : Double(nextValues[steps - 1])
  }

  /// The target an estimator makes of it, in the learner's own arithmetic and precision.
  func target(by estimator: ReturnEstimator) -> Float {
    var terminated = Array(repeating: false, count: horizon)
    var truncated = terminated
    terminated[horizon - 1] = end == .terminated
    truncated[horizon - 1] = end == .truncated
    return estimateReturns(
      estimator, discount: discount, rewards: rewards, nextValues: nextValues,
      terminated: terminated, truncated: truncated)[0]
  }
}

extension TargetSegment {
  /// The segment of step `t` of a rollout; nil where it has no such step.
  init?(of rollout: RolloutReport, at t: Int) {
    guard rollout.steps.indices.contains(t) else { return nil }
    let last = rollout.steps[t...].firstIndex { $0.terminated || $0.truncated }
    let steps = rollout.steps[t...(last ?? rollout.steps.count - 1)]
    rewards = steps.map(\.reward)
    nextValues = steps.map(\.nextValue)
    value = rollout.steps[t].value
    end = SegmentEnd(steps.last.map { ($0.terminated, $0.truncated) } ?? (false, false))
    discount = rollout.discount
  }

  /// The segment of step `index` of a recorded episode; nil before it has been learnt from.
  init?(of episode: EpisodeRecord, at index: Int) {
    guard episode.steps.indices.contains(index), let place = episode.steps[index].update,
      episode.updates.indices.contains(place)
    else { return nil }
    // What follows was learnt from in the same update until the rollout or the episode ends.
    let steps = episode.steps[index...].prefix { $0.update == place }
    rewards = steps.map(\.reward)
    nextValues = steps.map(\.nextValue)
    value = episode.steps[index].value
    end = SegmentEnd(steps.last.map { ($0.terminated, $0.truncated) } ?? (false, false))
    discount = episode.updates[place].discount
  }
}
