internal import Estimators
internal import MarkovProcesses
internal import Randomness

/// Episodes played in a known process under its policy, from one state.
struct ProcessEpisodes {
  private let process: ProcessFile
  private var random: RandomStream
  private var rewards: [Double] = []
  private var nextValues: [Double] = []

  init(_ process: ProcessFile, seed: UInt64) {
    self.process = process
    random = RandomStream(seed: seed)
  }

  /// Adds `count` episodes from `state`; each is cut after `longest` steps, and then bootstrapped.
  ///
  /// - Returns: how many were cut.
  mutating func play(
    from state: Int, count: Int, longest: Int, into targets: inout SampledTargets
  ) -> Int {
    var cut = 0
    for _ in 0..<count {
      rewards.removeAll(keepingCapacity: true)
      nextValues.removeAll(keepingCapacity: true)
      var state = state
      while state >= 0, rewards.count < longest {
        let outcome = step(from: state)
        rewards.append(outcome.reward)
        state = outcome.nextState
        nextValues.append(state < 0 ? 0 : process.critic[state])
      }
      if state >= 0 { cut += 1 }
      targets.add(rewards: rewards, nextValues: nextValues, terminated: state < 0)
    }
    return cut
  }

  private mutating func step(from state: Int) -> TabularMDP.Outcome {
    let action = drawn(process.policy[state])
    let outcomes = process.mdp.outcomes[state][action]
    return outcomes[drawn(outcomes.map(\.probability))]
  }

  /// An index drawn with these probabilities, whose sum may miss 1 by a little.
  private mutating func drawn(_ probabilities: [Double]) -> Int {
    var left = random.uniform() * probabilities.reduce(0, +)
    var last = 0
    for (index, probability) in probabilities.enumerated() where probability > 0 {
      last = index
      left -= probability
      if left < 0 { return index }
    }
    return last
  }
}
