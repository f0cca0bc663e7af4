import CellCanvas
import Estimators
import Telemetry

/// A report of bias and variance as curves: bias squared, variance and their sum over n and over
/// lambda, on one scale.
struct ErrorCurves {
  /// One kind of estimator.
  struct Family {
    /// Its name as shown.
    var name: String
    /// The same where room is short.
    var shortName: String
    /// What varies among its estimators.
    var letter: String
    /// Figures in order of n or lambda.
    var entries: [BiasVarianceReport.Entry]
    /// The place of the setting in use among them, between two where it is none of these; nil where
    /// it is of the other kind.
    var current: Double?
    /// The place of the least mean squared error.
    var least: Int?
  }

  let report: BiasVarianceReport
  let isLogarithmic: Bool
  let unit: ErrorUnit
  let families: [Family]

  /// The quantities in the order of the curves, with the signs at their points.
  static let signs: [Unicode.Scalar] = ["◆", "▲", "●"]

  init(_ report: BiasVarianceReport, inUse: ReturnEstimator, isLogarithmic: Bool) {
    self.report = report
    self.isLogarithmic = isLogarithmic
    unit = ErrorUnit(of: report)
    families = [
      ("n-step return", "n-step", "n", report.nStep), ("λ-return", "λ", "λ", report.lambda),
    ].map { name, shortName, letter, entries in
      Family(
        name: name, shortName: shortName, letter: letter, entries: entries,
        current: Self.place(of: inUse, in: entries),
        least: Self.least(of: entries))
    }
  }

  /// The place of the least mean squared error; nil where there is no number.
  static func least(of entries: [BiasVarianceReport.Entry]) -> Int? {
    entries.indices.filter { entries[$0].meanSquaredError.isFinite }
      .min { entries[$0].meanSquaredError < entries[$1].meanSquaredError }
  }

  /// Where an estimator stands among others of its kind.
  static func place(
    of estimator: ReturnEstimator, in entries: [BiasVarianceReport.Entry]
  ) -> Double? {
    let parameters = entries.map(\.estimator.parameter)
    guard let first = entries.first, first.estimator.isLambda == estimator.isLambda else {
      return nil
    }
    let wanted = estimator.parameter
    if let exact = parameters.firstIndex(of: wanted) { return Double(exact) }
    guard let above = parameters.firstIndex(where: { $0 > wanted }), above > 0 else { return nil }
    let (low, high) = (parameters[above - 1], parameters[above])
    let share = high.isFinite ? (wanted - low) / (high - low) : 0.5
    return Double(above - 1) + share
  }

  /// The colours of the quantities in the order of the curves.
  static func colors(_ theme: Theme) -> [Color] { [theme.bias, theme.variance, theme.bright] }

  /// One scale for both families.
  var scale: PlotScale {
    let all = families.flatMap(\.entries)
    let greatest = all.map { $0.meanSquaredError * unit.factor }.filter(\.isFinite).max() ?? 0
    // Room for the intervals, though not for one that is still wide open.
    let tops = all.map { ($0.meanSquaredError + interval($0)) * unit.factor }.filter(\.isFinite)
    let top = min(tops.max() ?? greatest, greatest * 1.3)
    guard isLogarithmic else { return .linear(upTo: top) }
    let least = all.flatMap { [$0.biasSquared, $0.variance] }
      .map { $0 * unit.factor }.filter { $0 > 0 && $0.isFinite }.min()
    return .logarithmic(from: least ?? greatest, to: top)
  }

  private func interval(_ entry: BiasVarianceReport.Entry) -> Double {
    let half = entry.biasInterval + entry.varianceInterval
    return half.isFinite ? half : 0
  }

  /// The curves, ready to draw.
  func plot(_ look: Look) -> FamilyPlot {
    let scale = scale
    return FamilyPlot(
      curves: zip(Self.colors(look.theme), Self.signs).map {
        FamilyPlot.Curve(color: $0.0, sign: $0.1)
      },
      families: families.map { family in
        FamilyPlot.Family(
          labels: family.entries.map { $0.estimator.place(look.glyphs) },
          points: [
            family.entries.map { point($0.biasSquared, $0.biasInterval) },
            family.entries.map { point($0.variance, $0.varianceInterval) },
            family.entries.map {
              point($0.meanSquaredError, $0.biasInterval + $0.varianceInterval)
            },
          ], current: family.current, least: family.least)
      }, scale: scale)
  }

  private func point(_ value: Double, _ half: Double) -> FamilyPlot.Point {
    let (value, half) = (value * unit.factor, half * unit.factor)
    let isMeasured = half > 0 && half.isFinite && value.isFinite
    return FamilyPlot.Point(
      value, interval: isMeasured ? max(0, value - half)...max(0, value + half) : nil)
  }

  /// Whether some values lie below the floor of the logarithmic scale.
  var hasFloored: Bool {
    let scale = scale
    return isLogarithmic
      && families.flatMap(\.entries).contains {
        scale.isBelow($0.biasSquared * unit.factor) || scale.isBelow($0.variance * unit.factor)
      }
  }
}
