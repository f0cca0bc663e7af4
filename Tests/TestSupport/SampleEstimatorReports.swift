public import Estimators
public import Telemetry

/// What the engine would tell the view of the estimators: computed exactly for a maze, made up for
/// CartPole.
public enum SampleEstimatorReports {
  /// Orders of n-step returns, n = infinity (Monte Carlo) last.
  public static let nStep: [ReturnEstimator] =
    [1, 2, 3, 5, 8, 10, 20, 50].map { .nStep($0) } + [.monteCarlo]
  /// Lambda-returns, ascending.
  public static let lambda: [ReturnEstimator] =
    [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1].map { .lambda($0) }
  /// The estimators shown as dots.
  public static let clouds: [ReturnEstimator] = [.td, .nStep(5), .lambda(0.95), .monteCarlo]

  /// The small maze being learnt, everything known exactly.
  public static let maze: EngineSnapshot = {
    var snapshot = SampleSnapshots.maze()
    let world = SampleMazeProcess(SampleScenes.smallMaze)
    snapshot.estimators = world.report(update: snapshot.counters.updates - 2)
    return snapshot
  }()

  /// A large maze, everything known exactly.
  public static let largeMaze: EngineSnapshot = {
    var snapshot = SampleSnapshots.maze(SampleScenes.largeMaze)
    let world = SampleMazeProcess(SampleScenes.largeMaze)
    snapshot.estimators = world.report(update: snapshot.counters.updates - 2)
    return snapshot
  }()

  /// CartPole being learnt, 43 % of the rollouts measured.
  public static let cartPole: EngineSnapshot = {
    var snapshot = SampleSnapshots.cartPole()
    var report = EstimatorReport()
    report.subject = SubjectReport(
      kept: KeptState(name: "worker 3 step 97", state: [0.62, -0.31, 0.11, 0.44]),
      tabularState: nil, scene: snapshot.stage.scene)
    var state = measured(name: "worker 3 step 97")
    state.progress = 0.43
    state.update = snapshot.counters.updates - 41
    report.state = state
    report.average = measured(name: "the policy's states")
    report.average?.update = snapshot.counters.updates - 77
    report.clouds = madeUpClouds(around: state)
    snapshot.estimators = report
    return snapshot
  }()

  /// Every sample by name.
  public static let all: [(name: String, snapshot: EngineSnapshot)] = {
    var empty = maze
    empty.estimators = EstimatorReport()
    var closed = cartPole
    closed.estimators = nil
    var stale = maze
    stale.estimators?.state?.age = 14
    stale.estimators?.average?.age = 14
    stale.estimators?.field?.age = 14
    var wrong = maze
    wrong.estimators?.state?.trueValue = .nan
    wrong.estimators?.state?.nStep[0].biasSquared = .nan
    wrong.estimators?.state?.nStep[1].variance = .infinity
    wrong.estimators?.average = SampleReports.notANumber
    wrong.estimators?.field?.bias[3] = .nan
    wrong.estimators?.field?.variance = [.infinity]
    wrong.estimators?.clouds[1].targets = [.nan, .infinity]
    return [
      ("maze", maze), ("maze-large", largeMaze), ("cartpole", cartPole), ("maze-empty", empty),
      ("cartpole-closed", closed), ("maze-stale", stale), ("maze-wrong", wrong),
    ]
  }()

  /// Figures of the shape they have in CartPole: bias falls, variance grows with n and lambda.
  private static func measured(name: String) -> BiasVarianceReport {
    func entry(_ estimator: ReturnEstimator, steps: Double) -> BiasVarianceReport.Entry {
      let decay = SampleMath.exp(-steps / 14)
      let (bias, variance) = (10.2 * decay, 0.4 + 17.4 * (1 - SampleMath.exp(-steps / 22)))
      return BiasVarianceReport.Entry(
        estimator: estimator, biasSquared: bias, variance: variance,
        biasInterval: 0.06 + bias * 0.11, varianceInterval: variance * 0.08)
    }
    let orders = [1.0, 2, 3, 5, 8, 10, 20, 50, 500]
    return BiasVarianceReport(
      state: name, trueValue: 68.21, criticValue: 71.4,
      nStep: zip(nStep, orders).map { entry($0, steps: $1) },
      lambda: lambda.map { estimator in
        guard case .lambda(let lambda) = estimator else { return entry(estimator, steps: 1) }
        return entry(estimator, steps: lambda < 1 ? 1 / (1 - lambda) : 500)
      },
      exact: false, samples: 881, update: 19_668, age: 0.4)
  }

  private static func madeUpClouds(around report: BiasVarianceReport) -> [TargetCloud] {
    var chance = SampleChance(seed: 41)
    let shared = (0..<256).map { _ in chance.normal() }
    return clouds.compactMap { estimator in
      guard
        let entry = (report.nStep + report.lambda).first(where: { isSame($0.estimator, estimator) })
      else { return nil }
      let mean = report.trueValue + entry.biasSquared.squareRoot()
      let deviation = entry.variance.squareRoot()
      return TargetCloud(
        estimator: estimator, targets: shared.map { mean + deviation * $0 }, mean: mean,
        standardDeviation: deviation)
    }
  }

  static func isSame(_ one: ReturnEstimator, _ other: ReturnEstimator) -> Bool {
    one == other || [one, other] == [.nStep(1), .td] || [one, other] == [.td, .nStep(1)]
  }
}
