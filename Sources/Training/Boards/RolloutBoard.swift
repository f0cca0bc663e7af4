internal import Agents
internal import Estimators
internal import Telemetry

/// A worker's last rollout that was learnt from, as its training thread leaves it. There is room for
/// the steps from the first time on: writing again allocates nothing.
struct RolloutBoard {
  private var update = 0
  private var estimator = ReturnEstimator.td
  private var discount = 1.0
  private var steps: [RolloutReport.Step] = []
  private var omitted = 0

  /// Takes over the last rollout of actor `k`, from which update number `update` was made.
  mutating func write(_ rollout: Rollout, _ k: Int, update: Int) {
    guard let (estimator, discount) = rollout.learntWith else { return }
    (self.update, self.estimator, self.discount) = (update, estimator, discount)
    steps.removeAll(keepingCapacity: true)
    steps.reserveCapacity(RolloutReport.mostSteps)
    omitted = 0
    rollout.forEachLearntStep(of: k) { step in
      if steps.count < RolloutReport.mostSteps {
        steps.append(RolloutReport.Step(step))
      } else {
        omitted += 1
      }
    }
  }

  /// The rollout on the board, its steps copied; nil before the first.
  func report(worker: Int) -> RolloutReport? {
    guard !steps.isEmpty else { return nil }
    let copy = steps.withUnsafeBufferPointer { Array($0) }
    return RolloutReport(
      worker: worker, update: update, estimator: estimator, discount: discount, steps: copy,
      omitted: omitted)
  }
}

extension RolloutReport.Step {
  fileprivate init(_ step: LearntStep) {
    self.init(
      action: step.action, reward: step.reward, value: step.value, nextValue: step.nextValue,
      terminated: step.terminated, truncated: step.truncated, target: step.target,
      advantage: step.advantage)
  }
}
