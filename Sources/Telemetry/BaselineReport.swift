/// What REINFORCE learnt from last: the returns of an episode, what was subtracted from them, and how far
/// the gradients of single episodes lie apart with every baseline there is.
public struct BaselineReport: Sendable, Equatable {
  /// A step of the episode.
  public struct Step: Sendable, Equatable {
    /// The return G_t that followed it.
    public var target: Double
    /// The baseline b_t.
    public var baseline: Double

    /// A step.
    public init(target: Double, baseline: Double) {
      self.target = target
      self.baseline = baseline
    }
  }

  /// The variance of the policy's gradient with one baseline.
  public struct Spread: Sendable, Equatable {
    /// The baseline, as a setting names it.
    public var baseline: String
    /// Whether it is the one that is learnt with.
    public var isInUse: Bool
    /// The variance of an episode's gradient, of the latest update that was measured: the trace of its
    /// covariance.
    public var variance: Double
    /// The mean of the same over the latest updates that were measured.
    public var meanVariance: Double

    /// A variance.
    public init(baseline: String, isInUse: Bool, variance: Double, meanVariance: Double) {
      self.baseline = baseline
      self.isInUse = isInUse
      self.variance = variance
      self.meanVariance = meanVariance
    }
  }

  /// The last episode of the latest update, step by step.
  public var steps: [Step]
  /// Every baseline that can be told of; empty before two episodes were learnt from at once.
  public var spreads: [Spread]
  /// Episodes of an update.
  public var episodes: Int
  /// Updates the means are of: the latest of those that were measured.
  public var averaged: Int

  /// A report.
  public init(steps: [Step], spreads: [Spread], episodes: Int, averaged: Int) {
    self.steps = steps
    self.spreads = spreads
    self.episodes = episodes
    self.averaged = averaged
  }
}
