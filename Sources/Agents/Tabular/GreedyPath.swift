public import MarkovProcesses

/// The way a policy without chance takes through a known process.
public struct GreedyPath: Sendable, Equatable {
  /// The states it acts in, in order, each once: as many as it takes steps.
  public let states: [Int]
  /// Whether its last step ends the episode. Else that leads back to a state it has been in, and the
  /// policy goes round for ever.
  public let reachesEnd: Bool
  /// What it does in each of the states.
  public let actions: [Int]
  /// The undiscounted sum of the rewards of its steps.
  public let reward: Double

  /// The path from `start`. Where several things may follow an action the likeliest does; where they
  /// tie the one that is meant, else the first of them.
  ///
  /// - Parameters:
  ///   - action: what the policy does in a state.
  ///   - meant: the state an action means to lead to, -1 where it means to end the episode; nil where
  ///     that is not known.
  public init(
    in process: TabularMDP, from start: Int, action: (_ state: Int) -> Int,
    meant: (_ state: Int, _ action: Int) -> Int? = { _, _ in nil }
  ) {
    var states: [Int] = []
    var actions: [Int] = []
    var visited = Array(repeating: false, count: process.states)
    var reward = 0.0
    var state = start
    while state >= 0 && !visited[state] {
      visited[state] = true
      states.append(state)
      let chosen = action(state)
      actions.append(chosen)
      let next = Self.likeliest(
        process.outcomes[state][chosen], meant: meant(state, chosen))
      reward += next.reward
      state = next.nextState
    }
    self.states = states
    self.actions = actions
    self.reward = reward
    reachesEnd = state < 0
  }

  private static func likeliest(
    _ outcomes: [TabularMDP.Outcome], meant: Int?
  ) -> TabularMDP.Outcome {
    outcomes.reduce(outcomes[0]) { best, other in
      if other.probability != best.probability {
        return other.probability > best.probability ? other : best
      }
      return other.nextState == meant && best.nextState != meant ? other : best
    }
  }
}
