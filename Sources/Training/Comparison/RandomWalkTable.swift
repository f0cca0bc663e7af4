internal import Randomness

/// What the random-walk experiment measures: a table of step sizes by n, and one by λ.
///
/// The defaults are those of Sutton and Barto (2018), Figures 7.2 and 12.3: 19 states, values that
/// begin at 0, a discount of 1, the first 10 episodes.
public struct RandomWalkPlan: Sendable, Equatable {
  /// Step sizes.
  public var alphas = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
  /// The n of n-step TD.
  public var steps = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
  /// The λ of the off-line λ-return algorithm.
  public var lambdas = [0, 0.4, 0.8, 0.9, 0.95, 0.975, 0.99, 1]
  /// Episodes that errors are averaged over.
  public var episodes = 10
  /// Repetitions, each with walks of its own that all cells share.
  public var runs: Int
  /// The seed of the walks.
  public var seed: UInt64

  /// A plan of the book's figures.
  public init(runs: Int = RandomWalkPlan.usualRuns, seed: UInt64 = 0) {
    self.runs = runs
    self.seed = seed
  }

  /// Runs where nobody says how many: standard errors below 0.001, in a few seconds on two cores.
  public static let usualRuns = 4000

  /// Cells of both tables.
  var cells: Int { (steps.count + lambdas.count) * alphas.count }
}

/// RMS errors of prediction in the random walk, averaged over episodes and runs.
public struct RandomWalkTable: Sendable, Equatable {
  /// The errors of one setting, a number for each step size.
  public struct Row: Sendable, Equatable {
    /// n or λ.
    public let setting: Double
    let statistics: [RunningStatistics]

    /// Mean RMS error for each step size; nil where it diverged: above 5, or no number.
    public var errors: [Double?] { statistics.map { Self.hasConverged($0) ? $0.mean : nil } }

    /// Standard error of each mean over the runs; nil where it diverged.
    public var standardErrors: [Double?] {
      statistics.map { Self.hasConverged($0) ? $0.standardError : nil }
    }

    private static func hasConverged(_ cell: RunningStatistics) -> Bool { cell.mean <= 5 }
  }

  /// The least error of a table.
  public struct Best: Sendable, Equatable {
    /// n or λ.
    public let setting: Double
    /// The step size.
    public let alpha: Double
    /// The mean RMS error.
    public let error: Double
  }

  /// What was measured.
  public let plan: RandomWalkPlan
  /// Number of states.
  public let states: Int
  /// On-line n-step TD, a row for each n.
  public let nStepTD: [Row]
  /// The off-line λ-return algorithm (`OfflineLambdaReturn.Variant.sequential`), a row for each λ.
  public let lambdaReturn: [Row]

  init(_ plan: RandomWalkPlan, states: Int, cells: [RunningStatistics]) {
    self.plan = plan
    self.states = states
    let settings = plan.steps.map(Double.init) + plan.lambdas
    let width = plan.alphas.count
    let rows = settings.enumerated().map { index, setting in
      Row(setting: setting, statistics: Array(cells[(index * width)..<((index + 1) * width)]))
    }
    nStepTD = Array(rows.prefix(plan.steps.count))
    lambdaReturn = Array(rows.dropFirst(plan.steps.count))
  }

  /// The cell with the least error of some rows; nil where all diverged.
  public func best(of rows: [Row]) -> Best? {
    var best: Best?
    for row in rows {
      for (alpha, error) in zip(plan.alphas, row.errors) {
        guard let error, error < best?.error ?? .infinity else { continue }
        best = Best(setting: row.setting, alpha: alpha, error: error)
      }
    }
    return best
  }
}
