/// What learnt values of actions say over the squares of a grid world.
public struct GridActionValues: Sendable, Equatable {
  /// The way the greedy policy takes, where no step goes astray.
  public struct Path: Sendable, Equatable {
    /// Where it leads to.
    public enum End: Sendable, Hashable {
      /// Into a goal, which ends the episode.
      case goal
      /// Into a pit, which ends the episode.
      case pit
      /// Back to a state it has been in: round and round for ever.
      case nowhere
    }

    /// The states it acts in, in order, each once: as many as it takes steps.
    public var states: [Int]
    /// The action it takes in each of them.
    public var actions: [Int]
    /// Where its last step leads to.
    public var end: End
    /// The undiscounted sum of the rewards of its steps.
    public var reward: Double
    /// Whether a step of it may also lead elsewhere: the way is what happens where none does.
    public var hasChance: Bool
    /// Whether it begins where the worker is now, since there are many starts.
    public var isFromHere: Bool

    /// A way.
    public init(
      states: [Int], actions: [Int], end: End, reward: Double, hasChance: Bool = false,
      isFromHere: Bool = false
    ) {
      self.states = states
      self.actions = actions
      self.end = end
      self.reward = reward
      self.hasChance = hasChance
      self.isFromHere = isFromHere
    }
  }

  /// Q(s, a): `values[state][action]`.
  public var values: [[Double]]
  /// The greedy way through them; nil where there is no start to begin at.
  public var path: Path?

  /// Values, and the way they lead.
  public init(values: [[Double]], path: Path?) {
    self.values = values
    self.path = path
  }

  /// The best action of a state, of those that tie the first; nil where all of them are worth the same,
  /// as before anything has been learnt there.
  public func greedyAction(in state: Int) -> Int? {
    guard values.indices.contains(state), let first = values[state].first else { return nil }
    var best = 0
    var isTold = false
    for (action, value) in values[state].enumerated() {
      if value != first { isTold = true }
      if value > values[state][best] { best = action }
    }
    return isTold || values[state].count == 1 ? best : nil
  }
}
