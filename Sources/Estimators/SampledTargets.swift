/// Bias and variance of targets at one state of a world whose probabilities are not known, measured
/// from rollouts that all began in clones of that state.
///
/// Every rollout gives every target, so all estimators see the same randomness and their
/// differences are measured better than each alone. The mean of the Monte-Carlo returns stands for
/// the true value; a target's bias is the mean of its difference from the Monte-Carlo return of the
/// same rollout. More rollouts may be added at any time.
public struct SampledTargets: Sendable {
  /// One target's figures. From about 250 rollouts on, intervals of a maze's targets cover the truth
  /// as often as their level says; from 64 rollouts 99 % intervals of the variance do in 94 to 98 of
  /// 100 measurements.
  public struct Entry: Sendable, Equatable {
    /// The target.
    public var estimator: ReturnEstimator
    /// Mean of the target.
    public var mean: Double
    /// Mean of the target less the true value.
    public var bias: Double
    /// Interval of the bias.
    public var biasInterval: ClosedRange<Double>
    /// Squared bias, less what the noise of `bias` adds to its square; at least 0.
    public var biasSquared: Double
    /// Interval of the squared bias.
    public var biasSquaredInterval: ClosedRange<Double>
    /// Variance of the target.
    public var variance: Double
    /// Interval of the variance.
    public var varianceInterval: ClosedRange<Double>

    /// Squared bias plus variance.
    public var meanSquaredError: Double { biasSquared + variance }
  }

  /// How often the intervals are meant to hold the truth.
  public let level: ConfidenceLevel
  private var rollout: FirstTargets
  private var returns = SampleMoments()
  private var targets: [SampleMoments]
  private var differences: [SampleMoments]

  /// Nothing measured yet.
  public init(
    estimators: [ReturnEstimator], discount: Double, level: ConfidenceLevel = .percent95
  ) {
    self.level = level
    rollout = FirstTargets(estimators: estimators, discount: discount)
    targets = estimators.map { _ in SampleMoments() }
    differences = targets
  }

  /// The targets measured, in the order of `entries`.
  public var estimators: [ReturnEstimator] { rollout.estimators }

  /// Rollouts measured.
  public var samples: Int { returns.count }

  /// Mean of the Monte-Carlo returns: the true value, but for noise.
  public var trueValue: Double { returns.mean }

  /// Half the width of the interval of `trueValue`; infinite below two rollouts.
  public var trueValueInterval: Double { returns.reachOfMean(level) }

  /// The targets of the rollout added last, in the order of `estimators`.
  public var latestTargets: [Double] { rollout.targets }

  /// Adds one rollout from the state: its rewards, what the critic says of the state after each
  /// step, and whether the last step terminated the episode (else its end is bootstrapped).
  ///
  /// - Precondition: at least one step; as many values as rewards.
  public mutating func add(rewards: [Double], nextValues: [Double], terminated: Bool) {
    rollout.estimate(rewards: rewards, nextValues: nextValues, terminated: terminated)
    returns.add(rollout.wholeReturn)
    for (i, target) in rollout.targets.enumerated() {
      targets[i].add(target)
      differences[i].add(target - rollout.wholeReturn)
    }
  }

  /// Whether all targets were finite: a network that is about to diverge gives others.
  public var isFinite: Bool { targets.allSatisfy(\.isFinite) && returns.isFinite }

  /// The figures so far, one for each estimator. Intervals are wide open below two rollouts, those
  /// of the variance below four, and where a target was no finite number.
  public var entries: [Entry] {
    estimators.indices.map { i in
      let bias = differences[i].mean
      let reach = differences[i].reachOfMean(level)
      return Entry(
        estimator: estimators[i], mean: targets[i].mean, bias: bias,
        biasInterval: differences[i].meanInterval(level), biasSquared: max(0, unbiasedSquare(i)),
        biasSquaredInterval: Self.squared(bias, reach: reach), variance: targets[i].variance,
        varianceInterval: targets[i].varianceInterval(level))
    }
  }

  /// An estimate of the squared bias of target `i` that is right on the mean: below 0 at times.
  func unbiasedSquare(_ i: Int) -> Double {
    let error = differences[i].standardErrorOfMean
    return differences[i].mean * differences[i].mean - error * error
  }

  /// The variance of target `i`.
  func variance(_ i: Int) -> Double { targets[i].variance }

  /// The squares of the numbers within `reach` of `centre`.
  private static func squared(_ centre: Double, reach: Double) -> ClosedRange<Double> {
    guard centre.isFinite, reach.isFinite else { return 0...Double.infinity }
    let least = max(0, abs(centre) - reach)
    let greatest = abs(centre) + reach
    return least * least...greatest * greatest
  }
}
