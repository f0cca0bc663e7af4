/// Rollouts played in a known reward process, and the targets of their first step.
public struct ProcessRollouts: Sendable {
  /// The targets of each rollout: `targets[k][i]` is that of estimator i.
  public private(set) var targets: [[Double]] = []
  /// Steps taken.
  public private(set) var steps = 0

  private let process: RewardProcess
  private let critic: [Double]
  private let longest: Int
  private var first: FirstTargets
  private var rewards: [Double] = []
  private var nextValues: [Double] = []

  /// No rollout yet.
  ///
  /// - Parameters:
  ///   - critic: what the critic says of each state.
  ///   - longest: steps after which a rollout is cut and bootstrapped with the critic, at least 1.
  public init(
    _ process: RewardProcess, estimators: [ReturnEstimator], critic: [Double], discount: Double,
    longest: Int
  ) {
    precondition(
      critic.count == process.states && longest >= 1,
      "a critic needs \(process.states) values, got \(critic.count)")
    self.process = process
    self.critic = critic
    self.longest = longest
    first = FirstTargets(estimators: estimators, discount: discount)
  }

  /// Plays a rollout from `state` to the episode's end.
  public mutating func play(from state: Int, using random: inout some RandomNumberGenerator) {
    rewards.removeAll(keepingCapacity: true)
    nextValues.removeAll(keepingCapacity: true)
    var state = state
    while state >= 0, rewards.count < longest {
      let i = process.consequence(of: state, at: Double(random.next() >> 11) * 0x1p-53)
      rewards.append(process.rewards[i])
      state = process.nextStates[i]
      nextValues.append(state < 0 ? 0 : critic[state])
    }
    steps += rewards.count
    first.estimate(rewards: rewards, nextValues: nextValues, terminated: state < 0)
    targets.append(first.targets)
  }
}

extension RewardProcess {
  /// The consequence of `state` at a place from 0 to 1 in their running sum of probabilities.
  fileprivate func consequence(of state: Int, at place: Double) -> Int {
    var left = place
    let last = starts[state + 1] - 1
    for i in starts[state]..<last {
      left -= probabilities[i]
      if left < 0 { return i }
    }
    return last
  }
}
