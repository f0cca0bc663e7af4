public import MarkovProcesses

/// The way a policy without chance takes through a known process.
public struct GreedyPath: Sendable, Equatable {
  /// The states it acts in, in order, each once: as many as it takes steps.
  public let states: [Int]
  /// Whether its last step ends the episode. Else that leads back to a state it has been in, and the
  /// policy goes round for ever.
  public let reachesEnd: Bool
  /// The undiscounted sum of the rewards of its steps.
  public let reward: Double

  /// The path from `start`. Where several things may follow an action the likeliest does, the first
  /// of them where they tie.
  ///
  /// - Parameter action: what the policy does in a state.
  public init(in process: TabularMDP, from start: Int, action: (_ state: Int) -> Int) {
    var states: [Int] = []
    var visited = Array(repeating: false, count: process.states)
    var reward = 0.0
    var state = start
    while state >= 0 && !visited[state] {
      visited[state] = true
      states.append(state)
      let next = Self.likeliest(process.outcomes[state][action(state)])
      reward += next.reward
      state = next.nextState
    }
    self.states = states
    self.reward = reward
    reachesEnd = state < 0
  }

  private static func likeliest(_ outcomes: [TabularMDP.Outcome]) -> TabularMDP.Outcome {
    outcomes.reduce(outcomes[0]) { $1.probability > $0.probability ? $1 : $0 }
  }
}
