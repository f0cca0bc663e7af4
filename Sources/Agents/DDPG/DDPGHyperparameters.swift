public import Networks

/// Everything that shapes how DDPG learns. Where steps are counted, they are steps in the world.
///
/// The paper's own settings (Lillicrap et al., 2015, section 7) are discount 0.99, step sizes 1e-4
/// (actor) and 1e-3 (critic), batches of 64, a buffer of 10^6, tau 0.001, hidden layers of 400 and
/// 300 with ReLU, a weight decay of 0.01 for the critic, and Ornstein-Uhlenbeck noise with theta
/// 0.15 and sigma 0.2. The defaults here are for small worlds, learnt quickly.
public struct DDPGHyperparameters: Sendable, Equatable {
  /// Discount gamma, 0 to 1.
  public var discount: Double = 0.99
  /// Step size of the actor, above 0.
  public var actorLearningRate: Double = 1e-3
  /// Step size of the critic, above 0.
  public var criticLearningRate: Double = 1e-3
  /// The rule that turns gradients into steps, with statistics of its own for each of the two.
  public var optimiser: Optimiser = .adam(.init())
  /// Transitions an update is made of, at least 1: drawn with replacement.
  public var batchSize: Int = 64
  /// Transitions the replay buffer holds, at least 1.
  public var replayCapacity: Int = 100_000
  /// Steps before the first update, at least 0. Their actions are drawn uniformly from all there are.
  public var learningStarts: Int = 1_000
  /// Steps from one round of updates to the next, at least 1.
  public var trainFrequency: Int = 2
  /// Updates in a round, each of a batch of its own; at least 1.
  public var gradientSteps: Int = 1
  /// How the target networks follow.
  public var targetUpdate: TargetUpdate = .polyak(tau: 0.01)
  /// What is added to the actor's actions, once they are no longer drawn uniformly. The default is
  /// the paper's; where a reward has to be found first, as in MountainCarContinuous-v0, noise has to
  /// be louder and slower: theta 0.1, sigma 0.65.
  public var noise: ExplorationNoise = .ornsteinUhlenbeck(.init())
  /// Widths of the hidden layers, of the actor and of the critic.
  public var hidden: [Int] = [64, 64]
  /// The nonlinearity of the hidden layers.
  public var activation: Activation = .relu
  /// The last layer of the actor and of the critic begins within plus and minus this, so that first
  /// actions and values are near the middle and near 0; nil for a bound by fan-in, as of all layers.
  public var outputBound: Double? = 3e-3

  /// The defaults.
  public init() {}
}
