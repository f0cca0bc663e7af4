public import Estimators

/// An update of theta and the part one worker's rollout had in it.
public struct UpdateRecord: Sendable, Equatable {
  /// The version of theta it made: the number of updates, this one included.
  public var version: Int
  /// The version of theta the rollout was acted with.
  public var pulledVersion: Int
  /// Environment steps of all workers when it was applied.
  public var clock: Int
  /// The worker's number of the rollout's first step.
  public var firstNumber: Int
  /// Steps of the worker's rollout.
  public var count: Int
  /// Steps of all rollouts the update was made from; the means below are over these.
  public var batch: Int
  /// The estimator the targets were made with.
  public var estimator: ReturnEstimator
  /// The discount they were made with.
  public var discount: Double
  /// Mean of -A log pi(a|s).
  public var policyLoss: Double
  /// Mean of (G - V(s))^2.
  public var valueLoss: Double
  /// Mean entropy, in nats.
  public var entropy: Double
  /// Weight of the value loss.
  public var valueCoefficient: Double
  /// Weight of the entropy.
  public var entropyCoefficient: Double
  /// Global norm of the gradient before clipping.
  public var gradientNorm: Double
  /// What clipping multiplied the gradient by, at most 1.
  public var clippingFactor: Double
  /// The step size.
  public var learningRate: Double

  /// An update.
  public init(
    version: Int, pulledVersion: Int, clock: Int, firstNumber: Int, count: Int, batch: Int,
    estimator: ReturnEstimator, discount: Double, policyLoss: Double, valueLoss: Double,
    entropy: Double, valueCoefficient: Double, entropyCoefficient: Double, gradientNorm: Double,
    clippingFactor: Double, learningRate: Double
  ) {
    self.version = version
    self.pulledVersion = pulledVersion
    self.clock = clock
    self.firstNumber = firstNumber
    self.count = count
    self.batch = batch
    self.estimator = estimator
    self.discount = discount
    self.policyLoss = policyLoss
    self.valueLoss = valueLoss
    self.entropy = entropy
    self.valueCoefficient = valueCoefficient
    self.entropyCoefficient = entropyCoefficient
    self.gradientNorm = gradientNorm
    self.clippingFactor = clippingFactor
    self.learningRate = learningRate
  }

  /// Updates by others between the pull and this one.
  public var staleness: Int { version - 1 - pulledVersion }
}
