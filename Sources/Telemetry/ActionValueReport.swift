/// What an agent that learns values of actions says of the present state, and what it last learnt from.
public struct ActionValueReport: Sendable, Equatable {
  /// An action of those that are counted.
  public struct Choice: Sendable, Equatable {
    /// Q(s, a).
    public var value: Double
    /// How often the behaviour policy takes it in this state, exploring: 0 to 1.
    public var probability: Double
    /// How often the policy takes it that a target assumes, where it counts on this state: 0 to 1. Nil
    /// where that is not known yet.
    public var targetProbability: Double?

    /// An action.
    public init(value: Double, probability: Double, targetProbability: Double? = nil) {
      self.value = value
      self.probability = probability
      self.targetProbability = targetProbability
    }
  }

  /// How a target weighs the actions in the state that was reached.
  public enum TargetPolicy: Sendable, Hashable {
    /// As if the best action were always taken: off-policy.
    case greedy
    /// As the behaviour policy would take them, on the mean.
    case behaviour
    /// All on the one that is really taken next, drawn from the behaviour policy.
    case taken
  }

  /// The step a table learns from, as far as its phases have come; between two steps the last one.
  public struct Step: Sendable, Equatable {
    /// The action chosen.
    public var action: Int
    /// The reward that followed; nil before it has.
    public var reward: Double?
    /// What Q(s, a) should have been; nil before it has been worked out.
    public var target: Double?
    /// Target less Q(s, a): the TD error.
    public var error: Double?
    /// Q(s, a) after the update; nil before it.
    public var newValue: Double?

    /// A step whose action has been chosen.
    public init(
      action: Int, reward: Double? = nil, target: Double? = nil, error: Double? = nil,
      newValue: Double? = nil
    ) {
      self.action = action
      self.reward = reward
      self.target = target
      self.error = error
      self.newValue = newValue
    }
  }

  /// The transitions an agent keeps, and the batch it last drew from them.
  public struct Replay: Sendable, Equatable {
    /// Transitions held.
    public var count: Int
    /// The most it holds.
    public var capacity: Int
    /// Mean age of the batch, in steps; nil before the first.
    public var batchAge: Double?
    /// TD errors of the batch, before the update; empty before the first.
    public var errors: [Double]

    /// A replay buffer.
    public init(count: Int, capacity: Int, batchAge: Double?, errors: [Double]) {
      self.count = count
      self.capacity = capacity
      self.batchAge = batchAge
      self.errors = errors
    }
  }

  /// How far a target network is from the one it follows.
  public struct Distance: Sendable, Equatable {
    /// The network: `Q`, `actor`.
    public var network: String
    /// Euclidean norm of the parameters' difference.
    public var norm: Double

    /// A distance.
    public init(network: String, norm: Double) {
      self.network = network
      self.norm = norm
    }
  }

  /// Q(s, a) of the present state over all actions, where they are numbers.
  public struct Curve: Sendable, Equatable {
    /// Actions, evenly spaced from bound to bound.
    public var actions: [Double]
    /// Q(s, a) of each.
    public var values: [Double]
    /// mu(s), the actor's choice.
    public var policyAction: Double
    /// Q(s, mu(s)).
    public var policyValue: Double
    /// dQ/da at mu(s).
    public var slope: Double

    /// A curve.
    public init(
      actions: [Double], values: [Double], policyAction: Double, policyValue: Double, slope: Double
    ) {
      self.actions = actions
      self.values = values
      self.policyAction = policyAction
      self.policyValue = policyValue
      self.slope = slope
    }
  }

  /// The actions in the present state, in order; empty where they are numbers.
  public var choices: [Choice] = []
  /// The greedy action: of those that tie the first. Nil where actions are numbers.
  public var greedyAction: Int?
  /// The policy that targets assume; nil where actions are numbers.
  public var targetPolicy: TargetPolicy?
  /// How often an action is taken at random now; nil where it does not explore so.
  public var epsilon: Double?
  /// What a table learns from; nil before the first step, and for other agents.
  public var step: Step?
  /// The transitions kept; nil for a table.
  public var replay: Replay?
  /// Of each target network.
  public var distances: [Distance] = []
  /// Q over a of the networks that learn; nil where actions are counted.
  public var curve: Curve?
  /// The same of the target networks.
  public var targetCurve: Curve?
  /// The action taken last, where actions are numbers.
  public var action: Double?
  /// The noise that was added to it, in half ranges of the action.
  public var noise: Double?
  /// Whether actions are still drawn uniformly, before anything is learnt.
  public var isWarmingUp = false
  /// Updates made.
  public var updates = 0

  /// A report of nothing yet.
  public init() {}
}
