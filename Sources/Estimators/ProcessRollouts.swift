/// Rollouts played in a known reward process, one at a time.
public struct ProcessRollouts: Sendable {
  /// The rewards of the last rollout.
  public private(set) var rewards: [Double] = []
  /// What the critic says of the state after each of its steps; 0 at the episode's end.
  public private(set) var nextValues: [Double] = []
  /// Whether it came to the episode's end; else it was cut.
  public private(set) var terminated = false

  private let process: RewardProcess
  private let critic: [Double]
  private let longest: Int

  /// No rollout yet.
  ///
  /// - Parameters:
  ///   - critic: what the critic says of each state.
  ///   - longest: steps after which a rollout is cut, at least 1.
  public init(_ process: RewardProcess, critic: [Double], longest: Int) {
    precondition(
      critic.count == process.states && longest >= 1,
      "a critic needs \(process.states) values, got \(critic.count)")
    self.process = process
    self.critic = critic
    self.longest = longest
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
    terminated = state < 0
  }
}

extension SampledTargets {
  /// Adds the last of `rollouts`.
  public mutating func add(_ rollouts: ProcessRollouts) {
    add(
      rewards: rollouts.rewards, nextValues: rollouts.nextValues, terminated: rollouts.terminated)
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
