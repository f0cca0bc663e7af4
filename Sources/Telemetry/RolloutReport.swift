public import Estimators

/// A worker's rollout as the learner used it: single-precision numbers, unrounded.
public struct RolloutReport: Sendable, Equatable {
  /// One step of it.
  public struct Step: Sendable, Equatable {
    /// The action taken; a real number as `ContinuousAction.drawn` reads it.
    public var action: Int
    /// The reward that followed.
    public var reward: Float
    /// V of the state it was taken in.
    public var value: Float
    /// V of the state it led to; 0 where that is an end of the world.
    public var nextValue: Float
    /// The world reached an end.
    public var terminated: Bool
    /// The time limit cut the episode.
    public var truncated: Bool
    /// The target the learner used.
    public var target: Float
    /// The target less V.
    public var advantage: Float

    /// A step.
    public init(
      action: Int, reward: Float, value: Float, nextValue: Float, terminated: Bool,
      truncated: Bool, target: Float, advantage: Float
    ) {
      self.action = action
      self.reward = reward
      self.value = value
      self.nextValue = nextValue
      self.terminated = terminated
      self.truncated = truncated
      self.target = target
      self.advantage = advantage
    }
  }

  /// The worker.
  public var worker: Int
  /// The update made from it.
  public var update: Int
  /// The estimator the targets were made with.
  public var estimator: ReturnEstimator
  /// The discount they were made with.
  public var discount: Double
  /// Its steps in order, of one or more episodes: the first `mostSteps` of them.
  public var steps: [Step]
  /// Steps that follow these and are not reported.
  public var omitted: Int

  /// The most steps that are reported.
  public static let mostSteps = 512

  /// A rollout.
  public init(
    worker: Int, update: Int, estimator: ReturnEstimator, discount: Double, steps: [Step],
    omitted: Int = 0
  ) {
    self.worker = worker
    self.update = update
    self.estimator = estimator
    self.discount = discount
    self.steps = steps
    self.omitted = omitted
  }
}
