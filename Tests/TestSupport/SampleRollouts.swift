public import Estimators
public import Telemetry

/// Made-up rollouts with the targets a learner would have made of them.
public enum SampleRollouts {
  /// How a step of a rollout closes its segment.
  public enum End: Sendable {
    /// The world reached an end.
    case terminated
    /// The time limit cut the episode.
    case truncated
  }

  /// CartPole: eight steps; the pole falls at the fifth, the rollout is cut after the eighth.
  public static func cartPole(_ estimator: ReturnEstimator = .lambda(0.95)) -> RolloutReport {
    report(
      worker: 3, update: 19_668, estimator: estimator, discount: 0.99, actions: 2,
      rewards: Array(repeating: 1, count: 8),
      values: [21.4, 14.2, 9.7, 5.8, 2.1, 68.3, 70.9, 69.4], afterLast: 71.2,
      ends: [4: .terminated])
  }

  /// CartPole: a whole episode of 60 steps and 12 of the next, which the time limit cuts; Monte Carlo.
  public static let long: RolloutReport = {
    var chance = SampleChance(seed: 5)
    let values = (0..<72).map { t in
      Float(t < 60 ? 52 - 0.8 * Double(t) + 3 * chance.normal() : 80 + 2 * chance.normal())
    }
    return report(
      worker: 0, update: 402, estimator: .monteCarlo, discount: 0.99, actions: 2,
      rewards: Array(repeating: 1, count: 72), values: values, afterLast: 81.5,
      ends: [59: .terminated, 71: .truncated])
  }()

  /// A maze: five steps towards a goal that the last one reaches; learnt from the 5-step return.
  public static let maze = report(
    worker: 2, update: 12_044, estimator: .nStep(5), discount: 0.95, actions: 4,
    rewards: [-0.01, -0.01, -0.01, -0.01, 1], values: [0.71, 0.78, 0.81, 0.9, 0.93],
    afterLast: 0, ends: [4: .terminated])

  /// Any rollout: rewards and values by chance, an end every few steps.
  public static func random(
    seed: UInt64, count: Int, estimator: ReturnEstimator = .td, discount: Double = 0.97
  ) -> RolloutReport {
    var chance = SampleChance(seed: seed)
    var ends: [Int: End] = [:]
    for t in 0..<count {
      let roll = chance.unit()
      if roll < 0.08 { ends[t] = .terminated } else if roll < 0.16 { ends[t] = .truncated }
    }
    return report(
      worker: 0, update: 1, estimator: estimator, discount: discount, actions: 2,
      rewards: (0..<count).map { _ in Float(chance.normal()) },
      values: (0..<count).map { _ in Float(10 * chance.normal()) },
      afterLast: Float(10 * chance.normal()), ends: ends)
  }

  /// A rollout from its numbers; actions take turns.
  public static func report(
    worker: Int, update: Int, estimator: ReturnEstimator, discount: Double, actions: Int,
    rewards: [Float], values: [Float], afterLast: Float, ends: [Int: End]
  ) -> RolloutReport {
    let count = rewards.count
    let terminated = (0..<count).map { ends[$0] == .terminated }
    let truncated = (0..<count).map { ends[$0] == .truncated }
    // A truncated episode's last state is not the next one's first.
    let nextValues: [Float] = (0..<count).map { t in
      if terminated[t] { return 0 }
      if truncated[t] { return values[t] + 1.5 }
      return t + 1 < count ? values[t + 1] : afterLast
    }
    let targets = estimateReturns(
      estimator, discount: discount, rewards: rewards, nextValues: nextValues,
      terminated: terminated, truncated: truncated)
    let steps = (0..<count).map { t in
      RolloutReport.Step(
        action: (t * 7 / 3) % actions, reward: rewards[t], value: values[t],
        nextValue: nextValues[t], terminated: terminated[t], truncated: truncated[t],
        target: targets[t], advantage: targets[t] - values[t])
    }
    return RolloutReport(
      worker: worker, update: update, estimator: estimator, discount: discount, steps: steps)
  }
}
