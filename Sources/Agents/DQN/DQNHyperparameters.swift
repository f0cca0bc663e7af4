public import Environments
public import Networks

/// Everything that shapes how a deep Q-network learns. Where steps are counted, they are steps in the
/// world.
public struct DQNHyperparameters: Sendable, Equatable {
  /// Discount gamma, 0 to 1.
  public var discount: Double = 0.99
  /// Step size of the optimiser, above 0.
  public var learningRate: Double = 1e-3
  /// The rule that turns gradients into steps.
  public var optimiser: Optimiser = .adam(.init())
  /// Transitions an update is made of, at least 1: drawn with replacement.
  public var batchSize: Int = 64
  /// Transitions the replay buffer holds, at least 1.
  public var replayCapacity: Int = 100_000
  /// Steps before the first update, at least 0.
  public var learningStarts: Int = 1_000
  /// Steps from one round of updates to the next, at least 1.
  public var trainFrequency: Int = 2
  /// Updates in a round, each of a batch of its own; at least 1.
  public var gradientSteps: Int = 1
  /// C: the target network is copied from the online one after every step whose number is a multiple of
  /// this, at least 1, once learning has begun.
  public var targetUpdateInterval: Int = 256
  /// Epsilon of the first step, 0 to 1.
  public var initialEpsilon: Double = 1
  /// Epsilon once the exploration is over, 0 to 1.
  public var finalEpsilon: Double = 0.04
  /// The share of the run's steps over which epsilon goes from the first to the last in a straight line,
  /// 0 to 1.
  public var explorationFraction: Double = 0.055
  /// What an error costs.
  public var loss: DQNLoss = .huber
  /// Double DQN (van Hasselt, Guez and Silver, "Deep reinforcement learning with double Q-learning",
  /// 2016): the online network picks the action in s', the target network says what it is worth.
  public var isDouble = false
  /// Largest global norm of a gradient; larger ones are scaled down to it.
  public var maxGradientNorm: Double = 10
  /// Widths of the hidden layers; none makes Q linear in the observation, a table where states are
  /// counted.
  public var hidden: [Int] = [64, 64]
  /// The nonlinearity of the hidden layers.
  public var activation: Activation = .tanh

  /// The defaults: they balance the pole. (With too few updates between copies, or with unbounded hidden
  /// units, values may feed on themselves and grow without end.)
  public init() {}

  /// Epsilon of the step that follows `steps` steps of a run of `budget`.
  public func epsilon(steps: Int, budget: Int) -> Double {
    let duration = explorationFraction * Double(budget)
    guard Double(steps) < duration else { return finalEpsilon }
    return initialEpsilon + (finalEpsilon - initialEpsilon) * Double(steps) / duration
  }
}

extension DQNHyperparameters {
  /// Q(s, .) of a world: what is observed in, a number for every action out.
  public func networkShape(for world: EnvironmentSpecification) -> FeedForwardShape {
    FeedForwardShape(
      input: NetworkShape.Input(world.observation), hidden: hidden, activation: activation,
      outputs: world.actions.count)
  }
}

extension NetworkShape.Input {
  /// What a network sees of a world: its numbers, or the index of its state.
  init(_ observation: ObservationSpace) {
    switch observation {
    case .box(let quantities): self = .features(quantities.count)
    case .discrete(let states): self = .oneHot(states)
    }
  }
}
