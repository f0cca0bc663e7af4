/// An episode, or what is recorded of it, as the learner lived it: every number in the precision it was
/// used in. It is what view 4 shows, what is kept, and what is written to a file.
public struct EpisodeRecord: Sendable, Equatable {
  /// One step of it.
  public struct Step: Sendable, Equatable {
    /// The whole state of the world before the action, as its environment saves it.
    public var state: [Double]
    /// What the agent saw of it.
    public var observation: [Float]
    /// Logits of the policy, one per action; of one over a real number its mean and log deviation.
    public var logits: [Float]
    /// The action taken; a real number as `ContinuousAction.drawn` reads it.
    public var action: Int
    /// The reward that followed.
    public var reward: Float
    /// V of the state, by the parameters the step was acted with.
    public var value: Float
    /// V of the state it led to, by the same parameters; 0 where that is an end of the world. Of no
    /// meaning before the step has been learnt from.
    public var nextValue: Float
    /// The world reached an end.
    public var terminated: Bool
    /// The time limit cut the episode.
    public var truncated: Bool
    /// The target G the learner used; NaN before the step has been learnt from.
    public var target: Float
    /// G - V(s); NaN before the step has been learnt from.
    public var advantage: Float
    /// The place in `updates` of the update it was learnt from in; nil before.
    public var update: Int?

    /// A step.
    public init(
      state: [Double], observation: [Float], logits: [Float], action: Int, reward: Float,
      value: Float, nextValue: Float, terminated: Bool, truncated: Bool, target: Float,
      advantage: Float, update: Int?
    ) {
      self.state = state
      self.observation = observation
      self.logits = logits
      self.action = action
      self.reward = reward
      self.value = value
      self.nextValue = nextValue
      self.terminated = terminated
      self.truncated = truncated
      self.target = target
      self.advantage = advantage
      self.update = update
    }
  }

  /// Where the last recorded step led to.
  public struct Reached: Sendable, Equatable {
    /// The whole state of the world.
    public var state: [Double]
    /// What the agent saw of it.
    public var observation: [Float]

    /// A state.
    public init(state: [Double], observation: [Float]) {
      self.state = state
      self.observation = observation
    }
  }

  /// The worker.
  public var worker: Int
  /// Episodes the worker had ended before this one.
  public var episode: Int
  /// The start it was sent to; nil where the world draws its own.
  public var start: Int?
  /// Steps the worker had done, over its whole run, before `steps[0]`: its number.
  public var firstNumber: Int
  /// Steps of the episode before `steps[0]`: 0 where the record begins with the episode.
  public var omitted: Int
  /// Undiscounted return of the omitted steps.
  public var omittedReturn: Double
  /// The steps in order.
  public var steps: [Step]
  /// The updates the steps were learnt from in, oldest first.
  public var updates: [UpdateRecord]
  /// Where the last step led to: the end of the episode, or the worker's present state.
  public var reached: Reached
  /// The version of theta that steps not learnt from yet were acted with; nil where there are none.
  public var openVersion: Int?

  /// An episode.
  public init(
    worker: Int, episode: Int, start: Int?, firstNumber: Int, omitted: Int, omittedReturn: Double,
    steps: [Step], updates: [UpdateRecord], reached: Reached
  ) {
    self.worker = worker
    self.episode = episode
    self.start = start
    self.firstNumber = firstNumber
    self.omitted = omitted
    self.omittedReturn = omittedReturn
    self.steps = steps
    self.updates = updates
    self.reached = reached
  }

  /// Undiscounted return of the whole episode so far.
  public var undiscountedReturn: Double {
    steps.reduce(omittedReturn) { $0 + Double($1.reward) }
  }

  /// Steps of the whole episode so far.
  public var length: Int { omitted + steps.count }

  /// Whether the episode has ended.
  public var hasEnded: Bool { steps.last.map { $0.terminated || $0.truncated } ?? false }
}
