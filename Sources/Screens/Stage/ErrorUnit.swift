internal import Telemetry

/// The unit squared errors are shown in, one for all estimators of a report: thousandths and
/// millionths keep the small errors of a maze legible.
struct ErrorUnit: Equatable {
  /// What errors are multiplied by before they are shown.
  let factor: Double
  /// The greatest sum of bias squared and variance, so multiplied; nil where none is above 0.
  let greatest: Double?
  /// What to say of it: ` × 1e-3`.
  let words: String

  init(of report: BiasVarianceReport) {
    var most = 0.0
    for entry in report.nStep + report.lambda where entry.meanSquaredError.isFinite {
      most = max(most, entry.meanSquaredError)
    }
    self.init(greatest: most)
  }

  /// The unit for squared errors up to `most`.
  init(greatest most: Double) {
    let thousands = most <= 0 || most >= 0.1 ? 0 : most >= 1e-4 ? 1 : 2
    factor = [1, 1e3, 1e6][thousands]
    greatest = most > 0 ? most * factor : nil
    words = thousands == 0 ? "" : " × 1e-\(3 * thousands)"
  }
}
