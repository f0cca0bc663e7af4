internal import Randomness

/// What the runs of one configuration say together. Seeds are the unit: intervals tell how far the
/// figures would move with other seeds.
public struct LearningSummary: Sendable, Equatable {
  /// An interquartile mean over seeds with its interval.
  public struct Estimate: Sendable, Equatable {
    /// The interquartile mean; nil where every run diverged.
    public var mean: Double?
    /// Its bootstrap interval; nil for fewer than two seeds.
    public var interval: ClosedRange<Double>?
  }

  /// The probability the intervals are made for.
  public static let confidence = 0.95

  /// The runs, in the order of the seeds.
  public let runs: [LearningRun]
  /// The scores' estimate; where runs diverged, that of the others.
  public let score: Estimate
  /// The estimate at each checkpoint.
  public let curve: [Estimate]

  /// - Parameter runs: with as many checkpoints each.
  public init(_ runs: [LearningRun]) {
    self.runs = runs
    var bootstraps: [Int: InterquartileBootstrap] = [:]
    let checkpoints = runs.first?.returns.count ?? 0
    curve = (0..<checkpoints).map { index in
      let returns = runs.compactMap { $0.returns[index] }
      let bootstrap =
        bootstraps[returns.count]
        ?? InterquartileBootstrap(count: returns.count, confidence: Self.confidence)
      bootstraps[returns.count] = bootstrap
      return Estimate(
        mean: returns.isEmpty ? nil : interquartileMean(of: returns),
        interval: bootstrap.interval(of: returns))
    }
    score = curve.last ?? Estimate()
  }

  /// How intervals are made.
  public static let intervalMethod =
    "percentile bootstrap of the interquartile mean over seeds: exact over all draws with "
    + "replacement up to \(InterquartileBootstrap.mostExact) seeds, beyond from "
    + "\(InterquartileBootstrap.resamples) draws"

  /// Number of runs that diverged.
  public var diverged: Int { runs.count { $0.score == nil } }
  /// Number of runs that reached the goal.
  public var reached: Int { runs.count { $0.stepsToGoal != nil } }
  /// Median over all seeds of the steps to the goal; nil where not even half reached it.
  public var medianSteps: Double? {
    Self.median(runs.map { $0.stepsToGoal.map { Double($0) } })
  }
  /// Median over all seeds of the seconds to the goal; nil where not even half reached it.
  public var medianSeconds: Double? { Self.median(runs.map(\.secondsToGoal)) }

  /// The median of numbers of which some are beyond all others: nil.
  private static func median(_ numbers: [Double?]) -> Double? {
    let sorted = numbers.map { $0 ?? .infinity }.sorted()
    guard !sorted.isEmpty else { return nil }
    let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    return median.isFinite ? median : nil
  }
}
