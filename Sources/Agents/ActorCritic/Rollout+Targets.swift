public import Estimators
internal import Networks

/// The targets G and advantages A = G - V(s) of a rollout's steps, by the estimator's recursion from
/// its last step to its first.
extension Rollout {
  /// The targets and advantages of all steps that have none yet.
  ///
  /// - Parameter theta: the parameters the rollout was made with; they give V of the last states.
  public func estimate(
    _ estimator: ReturnEstimator, discount: Double, theta: UnsafePointer<Float>
  ) {
    if recursions.isEmpty { beginTargets(estimator, discount: discount, theta: theta) }
    for k in recursions.indices { recursions[k].finish() }
    disregardSkipped(0..<length * width)
  }

  /// One cell: the target and advantage of the last step that has none yet, of every actor. With the
  /// first cell V of the last states is computed.
  ///
  /// - Precondition: there is such a step. `estimator`, `discount` and `theta` are the same from the
  ///   first cell to the last.
  public func estimateOneStep(
    _ estimator: ReturnEstimator, discount: Double, theta: UnsafePointer<Float>
  ) {
    if recursions.isEmpty { beginTargets(estimator, discount: discount, theta: theta) }
    for k in recursions.indices { recursions[k].advance() }
    let t = length - targetsDone
    disregardSkipped(t * width..<(t + 1) * width)
  }

  /// Steps whose targets are known: the last ones of the present rollout.
  public var targetsDone: Int { recursions.isEmpty ? 0 : length - recursions[0].cellsLeft }

  /// The bootstrap values V(s_{t+1}), and the recursion at its beginning.
  private func beginTargets(
    _ estimator: ReturnEstimator, discount: Double, theta: UnsafePointer<Float>
  ) {
    (self.estimator, self.discount) = (estimator, discount)
    let rows = length * width
    if needsBootstrap { network.forward(theta, rows: rows..<rows + width, workspace: workspace) }
    for row in 0..<rows where !record.ended(row) {
      record.nextValues[row] =
        row + width < rows ? record.values[row + width] : workspace.value(row + width)
    }
    if advantagesWait { record.advantages.update(repeating: .nan, count: rows) }
    for k in 0..<width {
      recursions.append(
        ReturnRecursion(
          estimator, discount: discount, rewards: record.rewards + k, values: record.values + k,
          nextValues: record.nextValues + k, terminated: record.terminated + k,
          truncated: record.truncated + k, count: length, stride: width,
          into: record.returns + k,
          advantages: advantagesWait ? nil : record.advantages + k))
    }
  }

  private var needsBootstrap: Bool {
    let last = (length - 1) * width
    return (0..<width).contains { !record.ended(last + $0) }
  }

  /// Steps that were not taken have no advantage.
  private func disregardSkipped(_ rows: Range<Int>) {
    guard steps < length * width else { return }
    for row in rows where record.actions[row] == StepRecord.skipped {
      record.advantages[row] = .nan
    }
  }

  /// Gives the steps of actor `k` in the present rollout, in order, as far as they are known; steps
  /// that were not taken are left out.
  public func forEachPresentStep(of k: Int, _ body: (PresentStep) -> Void) {
    let firstTarget = length - targetsDone
    for t in 0..<length {
      let row = t * width + k
      guard record.actions[row] != StepRecord.skipped else { continue }
      let step = record.step(row)
      let hasTarget = t >= firstTarget
      let nextValue: Float? =
        if record.ended(row) || !recursions.isEmpty {
          step.nextValue
        } else {
          t + 1 < length ? record.values[row + width] : nil
        }
      body(
        PresentStep(
          action: step.action, reward: step.reward, value: step.value, nextValue: nextValue,
          terminated: step.terminated, truncated: step.truncated,
          target: hasTarget ? step.target : nil,
          advantage: hasTarget && !(advantagesWait && step.advantage.isNaN)
            ? step.advantage : nil))
    }
  }
}

/// One step of a rollout that is being made or learnt from.
public struct PresentStep: Sendable, Equatable {
  /// The action taken; of a continuous one its code (`Gaussian.code`).
  public var action: Int
  /// The reward that followed.
  public var reward: Float
  /// V of the state it was taken in.
  public var value: Float
  /// V of the state it led to; 0 where that is an end of the world. Nil as long as nobody has asked
  /// the critic: for the last step, until the first target is computed.
  public var nextValue: Float?
  /// The world reached an end.
  public var terminated: Bool
  /// The time limit cut the episode.
  public var truncated: Bool
  /// The target G; nil where the recursion has not come to it.
  public var target: Float?
  /// G - V(s); nil where the recursion has not come to it.
  public var advantage: Float?
}
