/// What is to be compared by learning: configurations that differ in one thing, such as the
/// estimator, each learning with each of the same seeds.
public struct LearningPlan: Sendable {
  /// What is compared. Seeds, limits and goals of these are not used.
  public var configurations: [RunConfiguration]
  /// The seeds: one run of each configuration with each. Runs of one seed share their streams of
  /// random numbers.
  public var seeds: [UInt64]
  /// Environment steps of each run.
  public var steps: Int
  /// The mean return of the greedy policy that counts as the goal; nil without one.
  public var goal: Double?

  /// The most evaluations of a run.
  private static let mostCheckpoints = 20

  /// A plan.
  ///
  /// - Precondition: at least one step, configuration and seed.
  public init(
    configurations: [RunConfiguration], seeds: [UInt64], steps: Int, goal: Double? = nil
  ) {
    precondition(
      steps >= 1 && !configurations.isEmpty && !seeds.isEmpty, "nothing is compared by this plan")
    self.configurations = configurations
    self.seeds = seeds
    self.steps = steps
    self.goal = goal
  }

  /// Environment steps after which the greedy policy is evaluated: evenly spaced, the last after
  /// all steps.
  public var checkpoints: [Int] {
    let count = min(Self.mostCheckpoints, steps)
    return (1...count).map { index in
      let (whole, rest) = steps.quotientAndRemainder(dividingBy: count)
      return whole * index + rest * index / count
    }
  }
}

/// What became of one run.
public struct LearningRun: Sendable, Equatable {
  /// Mean return of the greedy policy at each checkpoint; nil once it has diverged.
  public var returns: [Double?] = []
  /// Environment steps done at the first checkpoint that reached the goal.
  public var stepsToGoal: Int?
  /// Seconds of learning until then, on one core, evaluations excluded.
  public var secondsToGoal: Double?
  /// Seconds of learning in all.
  public var seconds = 0.0

  /// Mean return of the greedy policy after all steps; nil where the run diverged.
  public var score: Double? { returns.last ?? nil }
}
