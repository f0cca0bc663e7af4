public import Estimators
public import Networks

/// Everything that shapes how an actor-critic agent learns.
public struct ActorCriticHyperparameters: Sendable, Equatable {
  /// How the return of a step is estimated.
  public var estimator: ReturnEstimator = .nStep(5)
  /// Discount gamma, 0 to 1.
  public var discount: Double = 0.99
  /// Steps of a rollout: t_max of the A3C paper, at least 1. Ignored by `mc`, whose rollouts run
  /// to the episode's end.
  public var rolloutLength: Int = 5
  /// Entropy coefficient beta, at least 0.
  public var entropyCoefficient: Double = 0.01
  /// Weight of the value loss in the total, at least 0.
  public var valueCoefficient: Double = 0.5
  /// Largest global norm of a gradient; larger ones are scaled down to it.
  public var maxGradientNorm: Double = 0.5
  /// Step size of the optimiser, above 0; of the basic actor-critic, whose two networks have a step
  /// size each, the actor's.
  public var learningRate: Double = 7e-4
  /// The basic actor-critic's second step size, above 0: the critic's.
  public var criticLearningRate: Double = 7e-4
  /// How the step size changes over a run.
  public var learningRateSchedule: LearningRateSchedule = .constant
  /// The rule that turns gradients into steps.
  public var optimiser: Optimiser = .rmsProp(.init())
  /// Widths of the hidden layers; none makes the heads linear in the input.
  public var hidden: [Int] = [64, 64]
  /// The nonlinearity of the hidden layers.
  public var activation: Activation = .tanh
  /// Policy and value heads on one trunk, or two networks.
  public var trunk: NetworkShape.Trunk = .shared
  /// What REINFORCE subtracts from the returns.
  public var baseline: Baseline = .value
  /// Whole episodes an update of REINFORCE is made of, at least 1.
  public var episodesPerUpdate: Int = 4

  /// The defaults: those of the A2C literature for small networks.
  public init() {}
}

/// How the step size changes over a run.
public enum LearningRateSchedule: String, Sendable, Hashable, CaseIterable {
  /// It does not.
  case constant
  /// It falls in a straight line to `floor` of its value at the budget's end.
  case linear

  /// What the linear schedule ends at, as a share of the initial step size.
  public static let floor = 0.02

  /// The step size after `steps` of `budget` environment steps.
  public func rate(_ initial: Double, steps: Int, budget: Int) -> Double {
    guard self == .linear, budget > 0 else { return initial }
    return initial * max(Self.floor, 1 - Double(steps) / Double(budget))
  }
}
