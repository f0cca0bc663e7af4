public import Estimators

/// What the policy's log-probabilities are weighed by in an estimate of the policy gradient.
public enum GradientWeight: Sendable, Hashable {
  /// The whole return G alone: REINFORCE.
  case returnAlone
  /// G less the mean return.
  case constantBaseline
  /// G less V(s).
  case valueBaseline
  /// A target with the critic's help, less V(s): n-step advantages, GAE.
  case advantage(ReturnEstimator)
}

/// Variance and direction of estimates of the policy gradient from one step (s, a), drawn from the
/// states the policy comes to, discounted: g = Ψ ∇ log π(a|s).
public struct GradientReport: Sendable, Equatable {
  /// One estimate's figures.
  public struct Entry: Sendable, Equatable {
    /// The weight Ψ.
    public var weight: GradientWeight
    /// E|g - E g|², the trace of the covariance.
    public var variance: Double
    /// Half the width of the 95 % interval of `variance`; 0 where the figures are exact.
    public var varianceInterval: Double
    /// |E g|².
    public var squaredMeanNorm: Double
    /// Cosine of the angle between E g and the exact policy gradient; nil where that is unknown.
    public var cosine: Double?

    /// An estimate's figures.
    public init(
      weight: GradientWeight, variance: Double, varianceInterval: Double, squaredMeanNorm: Double,
      cosine: Double?
    ) {
      self.weight = weight
      self.variance = variance
      self.varianceInterval = varianceInterval
      self.squaredMeanNorm = squaredMeanNorm
      self.cosine = cosine
    }

    /// How well the mean of `count` independent steps points along the exact gradient:
    /// E[g·∇J] / (|∇J| sqrt(E|g|²)), 1 without noise and bias; nil where the gradient is unknown.
    public func alignment(steps count: Double) -> Double? {
      let size = (squaredMeanNorm + variance / count).squareRoot()
      guard let cosine, size > 0 else { return nil }
      return cosine * squaredMeanNorm.squareRoot() / size
    }
  }

  /// `returnAlone`, `constantBaseline`, `valueBaseline`, then advantages over n, then over lambda.
  public var entries: [Entry]
  /// The constant baseline: the mean return of the steps.
  public var constant: Double
  /// Norm of the exact policy gradient; nil where it is unknown.
  public var exactNorm: Double?
  /// Exact, or measured from episodes.
  public var exact: Bool
  /// Episodes measured; 0 where exact.
  public var episodes: Int
  /// How far the measurement has come, 0 to 1.
  public var progress: Double
  /// The update whose parameters were frozen for it.
  public var update: Int
  /// Seconds of wall time since then, when the snapshot was made.
  public var age: Double

  /// A complete report.
  public init(
    entries: [Entry], constant: Double, exactNorm: Double?, exact: Bool, episodes: Int,
    progress: Double, update: Int, age: Double
  ) {
    self.entries = entries
    self.constant = constant
    self.exactNorm = exactNorm
    self.exact = exact
    self.episodes = episodes
    self.progress = progress
    self.update = update
    self.age = age
  }
}
