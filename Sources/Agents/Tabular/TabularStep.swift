/// What Q(s, a) moves towards: the one line in which three algorithms differ.
public enum TemporalDifferenceTarget: Sendable, Hashable, CaseIterable {
  /// r + gamma Q(s', a'), a' the action the behaviour policy takes next. On-policy.
  case sarsa
  /// r + gamma times the mean of Q(s', .) under the behaviour policy. On-policy.
  case expectedSarsa
  /// r + gamma times the greatest of Q(s', .). Off-policy: it learns of the greedy policy, whatever it does.
  case qLearning
}

/// Everything about one step of a tabular agent. What a phase has not worked out yet is 0.
public struct TabularStep: Sendable, Equatable {
  /// s, the state the action was chosen in.
  public internal(set) var state = 0
  /// a, the action chosen.
  public internal(set) var action = 0
  /// r, the reward that followed.
  public internal(set) var reward = 0.0
  /// s', the state reached, as the world shows it; s itself until the action has been taken.
  public internal(set) var nextState = 0
  /// Whether the world has ended: the target is r alone.
  public internal(set) var terminated = false
  /// Whether the time limit cut the episode: s' still counts.
  public internal(set) var truncated = false
  /// a' of the target. Sarsa: the action drawn in s', which is taken next; Q-learning: the best in s',
  /// which need not be. Nil for Expected Sarsa, and where the world has ended.
  public internal(set) var nextAction: Int?
  /// y, what Q(s, a) should have been.
  public internal(set) var target = 0.0
  /// delta = y - Q(s, a), the TD error.
  public internal(set) var error = 0.0
  /// alpha, the share of the error that was made good.
  public internal(set) var stepSize = 0.0
  /// Q(s, a) before the update.
  public internal(set) var oldValue = 0.0
  /// Q(s, a) after it, as the table holds it.
  public internal(set) var newValue = 0.0

  /// The episode is over, for either reason.
  public var ended: Bool { terminated || truncated }
}
