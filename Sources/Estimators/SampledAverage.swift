/// Squared bias and variance of targets on the mean over many states, each measured from a few
/// rollouts.
///
/// What a state contributes is right on the mean however few its rollouts: the estimate of its
/// squared bias is lessened by its own noise and may be negative. So the mean over states drawn
/// from a distribution is the figure of that distribution, but for noise that the differences
/// between the states show.
public struct SampledAverage: Sendable {
  /// One target's figures.
  public struct Entry: Sendable, Equatable {
    /// The target.
    public var estimator: ReturnEstimator
    /// Mean squared bias; at least 0.
    public var biasSquared: Double
    /// Interval of the mean squared bias.
    public var biasSquaredInterval: ClosedRange<Double>
    /// Mean variance.
    public var variance: Double
    /// Interval of the mean variance.
    public var varianceInterval: ClosedRange<Double>
  }

  /// The targets measured, in the order of `entries`.
  public let estimators: [ReturnEstimator]
  /// How often the intervals are meant to hold the truth.
  public let level: ConfidenceLevel
  /// Rollouts measured.
  public private(set) var samples = 0
  private var values = SampleMoments()
  private var squares: [SampleMoments]
  private var variances: [SampleMoments]

  /// Nothing measured yet.
  public init(estimators: [ReturnEstimator], level: ConfidenceLevel = .percent95) {
    self.estimators = estimators
    self.level = level
    squares = estimators.map { _ in SampleMoments() }
    variances = squares
  }

  /// States measured.
  public var states: Int { values.count }

  /// Mean true value of the states, but for noise.
  public var trueValue: Double { values.mean }

  /// Adds a state with its rollouts.
  ///
  /// - Precondition: at least two rollouts, of the same estimators.
  public mutating func add(_ state: SampledTargets) {
    precondition(
      state.samples >= 2 && state.estimators == estimators,
      "a state needs 2 rollouts of the same targets, got \(state.samples)")
    samples += state.samples
    values.add(state.trueValue)
    for i in estimators.indices {
      squares[i].add(state.unbiasedSquare(i))
      variances[i].add(state.variance(i))
    }
  }

  /// Whether all targets were finite: a network that is about to diverge gives others.
  public var isFinite: Bool {
    squares.allSatisfy(\.isFinite) && variances.allSatisfy(\.isFinite) && values.isFinite
  }

  /// The figures so far, one for each estimator. Intervals are wide open below two states.
  public var entries: [Entry] {
    estimators.indices.map { i in
      Entry(
        estimator: estimators[i], biasSquared: max(0, squares[i].mean),
        biasSquaredInterval: interval(squares[i]), variance: variances[i].mean,
        varianceInterval: interval(variances[i]))
    }
  }

  /// The interval of a mean of something that is never below 0, whose estimates may be.
  private func interval(_ moments: SampleMoments) -> ClosedRange<Double> {
    let reach = moments.reachOfMean(level)
    guard moments.mean.isFinite, reach.isFinite else { return 0...Double.infinity }
    return max(0, moments.mean - reach)...max(0, moments.mean) + reach
  }
}
