internal import Estimators
public import Telemetry

/// Made-up reports of bias and variance.
public enum SampleReports {
  /// Measured from clones of a CartPole state, with intervals.
  public static let measured = report(
    state: "episode 182 step 97", trueValue: 68.2, criticValue: 71.4, unit: 1,
    samples: 2_048, age: 0.4)

  /// Exact, in a maze.
  public static let exact = report(
    state: "row 3 column 4", trueValue: 0.613, criticValue: 0.547, unit: 0.0004, samples: 0,
    age: 0.1)

  /// Old: the analysis has not caught up.
  public static let stale: BiasVarianceReport = {
    var report = measured
    report.age = 14
    report.update -= 40_000
    return report
  }()

  /// All of it undefined.
  public static let notANumber: BiasVarianceReport = {
    var report = measured
    report.trueValue = .nan
    report.criticValue = .infinity
    report.nStep[0].biasSquared = .nan
    report.nStep[1].variance = .infinity
    report.lambda[2].biasSquared = -1
    return report
  }()

  private static func report(
    state: String, trueValue: Double, criticValue: Double, unit: Double, samples: Int,
    age: Double
  ) -> BiasVarianceReport {
    let bias = [10.2, 8.9, 7.7, 5.8, 3.1, 0.9, 0]
    let variance = [0.4, 0.9, 1.4, 2.6, 5.9, 11.3, 17.8]
    let orders: [ReturnEstimator] = [1, 2, 3, 5, 10, 20].map { .nStep($0) } + [.monteCarlo]
    let lambdas = [0, 0.5, 0.8, 0.9, 0.95, 1]
    let lambdaBias = [10.2, 8.1, 5.4, 3.2, 1.9, 0]
    let lambdaVariance = [0.4, 0.8, 1.9, 3.3, 5.2, 17.8]
    func entry(_ estimator: ReturnEstimator, _ bias: Double, _ variance: Double)
      -> BiasVarianceReport.Entry
    {
      BiasVarianceReport.Entry(
        estimator: estimator, biasSquared: bias * unit, variance: variance * unit,
        biasInterval: samples > 0 ? bias * unit * 0.08 : 0,
        varianceInterval: samples > 0 ? variance * unit * 0.06 : 0)
    }
    return BiasVarianceReport(
      state: state, trueValue: trueValue, criticValue: criticValue,
      nStep: zip(orders, zip(bias, variance)).map { entry($0, $1.0, $1.1) },
      lambda: zip(lambdas, zip(lambdaBias, lambdaVariance)).map { entry(.lambda($0), $1.0, $1.1) },
      exact: samples == 0, samples: samples, update: 19_668, age: age)
  }
}
