public import Environments
internal import Networks
public import Telemetry

extension EpisodeRecord {
  /// The world before a step and what its numbers were there; or, at `steps.count`, in the state
  /// reached, where nothing has been decided yet.
  ///
  /// - Parameter environment: the world the episode was lived in.
  public func stage(at cursor: Int, in environment: any Environment) -> StageReport {
    let step = steps.indices.contains(cursor) ? steps[cursor] : nil
    let before = steps.indices.contains(cursor - 1) ? steps[cursor - 1] : nil
    var world = environment
    world.restore(from: step?.state ?? reached.state)
    let isContinuous = world.specification.continuousAction != nil
    let drawn = isContinuous ? before.map { ContinuousAction.drawn($0.action) } : nil
    let done = drawn.map { ContinuousAction(world.specification)?.done($0) ?? $0 }
    var stage = StageReport(
      worker: worker,
      scene: isContinuous
        ? world.scene(lastContinuousAction: done) : world.scene(lastAction: before?.action))
    stage.episode = episode
    stage.step = omitted + cursor
    stage.episodeReturn = steps.prefix(cursor).reduce(omittedReturn) { $0 + Double($1.reward) }
    stage.observation = (step?.observation ?? reached.observation).map(Double.init)
    stage.action = isContinuous ? nil : before?.action
    stage.continuousAction = done
    stage.reward = before.map { Double($0.reward) }
    stage.advantage = before.flatMap { $0.advantage.isNaN ? nil : Double($0.advantage) }
    if let step, isContinuous {
      stage.gaussian = GaussianPolicy(outputs: step.logits)
      stage.entropy = stage.gaussian?.entropy ?? 0
      stage.value = Double(step.value)
    } else if let step {
      var probabilities = step.logits
      Categorical.probabilities(step.logits, count: step.logits.count, into: &probabilities)
      stage.probabilities = probabilities.map(Double.init)
      stage.entropy = Double(Categorical.entropy(step.logits, count: step.logits.count))
      stage.value = Double(step.value)
    }
    return stage
  }
}
