public import Estimators
public import Networks

/// The part of the hyperparameters that may change while the agent learns, as a plain value: a
/// worker takes it up when it begins a rollout and keeps it to the rollout's end.
public struct LearningSettings: Sendable, Equatable {
  /// How the return of a step is estimated.
  public var estimator: ReturnEstimator
  /// Discount gamma.
  public var discount: Double
  /// Steps of a rollout.
  public var rolloutLength: Int
  /// Coefficients of the value loss and the entropy bonus.
  public var loss: ActorCriticLoss
  /// Largest global norm of a gradient.
  public var maxGradientNorm: Double
  /// The initial step size; of the basic actor-critic, the actor's.
  public var learningRate: Double
  /// The critic's initial step size, where it has its own (basic actor-critic, REINFORCE).
  public var criticLearningRate: Double
  /// How the step size changes.
  public var schedule: LearningRateSchedule
  /// Environment steps over which the schedule runs.
  public var budget: Int
  /// Number of workers that learn together.
  public var workers: Int
  /// What is subtracted from the returns (REINFORCE).
  public var baseline: Baseline
  /// Whole episodes an update is made of (REINFORCE).
  public var episodesPerUpdate: Int

  /// The settings that `hyperparameters` begin with.
  public init(_ hyperparameters: ActorCriticHyperparameters, budget: Int, workers: Int) {
    estimator = hyperparameters.estimator
    discount = hyperparameters.discount
    rolloutLength = hyperparameters.rolloutLength
    loss = ActorCriticLoss(
      valueCoefficient: Float(hyperparameters.valueCoefficient),
      entropyCoefficient: Float(hyperparameters.entropyCoefficient))
    maxGradientNorm = hyperparameters.maxGradientNorm
    learningRate = hyperparameters.learningRate
    criticLearningRate = hyperparameters.criticLearningRate
    schedule = hyperparameters.learningRateSchedule
    baseline = hyperparameters.baseline
    episodesPerUpdate = hyperparameters.episodesPerUpdate
    self.budget = budget
    self.workers = workers
  }

  /// The step size after `steps` environment steps.
  public func learningRate(atStep steps: Int) -> Float {
    Float(schedule.rate(learningRate, steps: steps, budget: budget))
  }

  /// The critic's own step size after `steps` environment steps.
  public func criticLearningRate(atStep steps: Int) -> Float {
    Float(schedule.rate(criticLearningRate, steps: steps, budget: budget))
  }
}

/// What a worker enters next; told to an observer at the moment it does.
public enum WorkerStage: UInt8, Sendable, Equatable {
  /// Copies the shared parameters.
  case pull
  /// Acts in its world.
  case act
  /// Computes targets and gradient.
  case learn
  /// Gives its gradient to the shared parameters.
  case push
  /// Waits for the others at the barrier.
  case wait
}

/// Follows workers through their stages (for the lanes of a front end, say).
public protocol StageObserver: AnyObject {
  /// A worker enters a stage.
  func worker(_ index: Int, enters stage: WorkerStage)
}

/// Takes down every rollout once it has been learnt from, before the next one begins.
public protocol UpdateRecorder: AnyObject {
  /// Whether it wants the rollout that follows one of so many steps.
  func wantsNext(after steps: Int) -> Bool

  /// A rollout has been learnt from: its rows of the workspace and its record are still those of its
  /// steps. Called on the thread that learnt.
  func record(_ rollout: Rollout, _ update: UpdateReport)
}

extension UpdateRecorder {
  /// Always, if nothing else is said.
  public func wantsNext(after steps: Int) -> Bool { true }
}

/// What an update was made from and what it did.
public struct UpdateReport: Sendable {
  /// Means over the rollout: policy loss, value loss, entropy.
  public var terms = ActorCriticLoss.Terms()
  /// Global norm of the gradient before clipping (`criticStep`: of the actor's alone).
  public var gradientNorm = 0.0
  /// Updates by others between pull and push.
  public var staleness = 0
  /// The number of updates so far, this one included.
  public var version = 0
  /// The version of theta the rollout was acted with.
  public var pulledVersion = 0
  /// Environment steps of all workers when the update was applied.
  public var clock = 0
  /// Steps of all rollouts the update was made from.
  public var batch = 0
  /// What clipping multiplied the gradient by.
  public var clippingFactor: Float = 1
  /// Whether the gradient applied was a sum over the batch, made a mean by its step (A2C).
  public var sumsGradients = false
  /// The step size.
  public var learningRate: Float = 0
  /// The critic's own step, where it takes one (basic actor-critic, REINFORCE with V and two networks): gradient norm, clipping factor
  /// and step size above are then the actor's alone. Nil where one step moves both.
  public var criticStep: CriticStep?
  /// The weights in the loss.
  public var loss = ActorCriticLoss()

  /// Before any update.
  public init() {}
}

/// The step of a critic that is trained by itself.
public struct CriticStep: Sendable, Equatable {
  /// Norm of the critic's gradient before clipping.
  public var gradientNorm: Double
  /// What clipping multiplied it by.
  public var clippingFactor: Float
  /// The critic's step size.
  public var learningRate: Float
}
