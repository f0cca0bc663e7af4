/// A known finite Markov decision process: what follows each action in each state.
public struct TabularMDP: Sendable, Equatable {
  /// One thing that may follow an action.
  public struct Outcome: Sendable, Equatable {
    /// How likely it is, 0 to 1.
    public let probability: Double
    /// The state reached; -1 where the episode terminates.
    public let nextState: Int
    /// The reward on the way.
    public let reward: Double

    /// A possible consequence of an action.
    public init(probability: Double, nextState: Int, reward: Double) {
      self.probability = probability
      self.nextState = nextState
      self.reward = reward
    }
  }

  /// Number of states; terminal ones are counted only where a world's own numbering does.
  public let states: Int
  /// Number of actions.
  public let actions: Int
  /// What may follow: `outcomes[state][action]`, probabilities summing to 1.
  public let outcomes: [[[Outcome]]]

  /// A process of `outcomes[state][action]`.
  public init(states: Int, actions: Int, outcomes: [[[Outcome]]]) {
    self.states = states
    self.actions = actions
    self.outcomes = outcomes
  }
}
