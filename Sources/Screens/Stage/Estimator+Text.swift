internal import CellCanvas
internal import Estimators

extension ReturnEstimator {
  /// Its name and setting, as the header shows them: `λ-return .95`.
  var headline: String {
    switch self {
    case .monteCarlo: "Monte Carlo"
    case .td: "TD(0)"
    case .nStep(Self.unlimitedSteps): "∞-step return"
    case .nStep(let n): "\(n)-step return"
    case .lambda(let lambda): "λ-return \(NumberFormat.setting(lambda))"
    }
  }

  /// The same where room is short: `λ .95`, `5-step`.
  var shortHeadline: String {
    switch self {
    case .monteCarlo, .td: headline
    case .nStep(Self.unlimitedSteps): "∞-step"
    case .nStep(let n): "\(n)-step"
    case .lambda(let lambda): "λ \(NumberFormat.setting(lambda))"
    }
  }

  /// Where it stands among others of its kind: `5`, `∞`, `.95`.
  func place(_ glyphs: Glyphs) -> String {
    switch self {
    case .monteCarlo: glyphs.isUnicode ? "∞" : "inf"
    case .td: "1"
    case .nStep(Self.unlimitedSteps): glyphs.isUnicode ? "∞" : "inf"
    case .nStep(let n): "\(n)"
    case .lambda(let lambda): NumberFormat.setting(lambda)
    }
  }

  /// Whether two estimators are the same, written differently or not.
  func isSame(as other: ReturnEstimator) -> Bool {
    switch (self, other) {
    case (.td, .nStep(1)), (.nStep(1), .td): true
    default: self == other
    }
  }
}
