internal import Estimators
internal import Telemetry

/// What measured episodes say of estimates of the policy gradient.
///
/// With W_e = Σ γᵗ of episode e, A_e = Σ γᵗ |g|² and S_e = Σ γᵗ g, sums over its steps:
///
///     E|g|²  = Σ A_e / Σ W_e
///     |E g|² = Σ_{e<f} S_e·S_f / Σ_{e<f} W_e W_f     no episode is multiplied with itself
///
/// Intervals come from the scatter over the episodes of what each adds to the variance, to first
/// order. A baseline that depends on the state alone leaves E g as it is: that of G - V, the least
/// noisy of the three, stands for G alone and G less a constant too.
struct GradientFigures {
  /// One episode's sums over its steps.
  struct Episode {
    /// W.
    var weight = 0.0
    /// Σ γᵗ G.
    var returns = 0.0
    /// Σ γᵗ |u|², Σ γᵗ G |u|² and Σ γᵗ G² |u|², where u = ∇ log pi(a|s).
    var norms = (0.0, 0.0, 0.0)
    /// A for each of `directions`.
    var squares = [Double](repeating: 0, count: directions.count)
    /// S times the sum of S over the episodes before, for each of `directions`.
    var products = [Double](repeating: 0, count: directions.count)
    /// The sum of W over the episodes before.
    var weightBefore = 0.0

    /// Adds one step.
    mutating func add(_ wholeReturn: Double, share: Double, squaredNorm: Double) {
      weight += share
      returns += share * wholeReturn
      norms.0 += share * squaredNorm
      norms.1 += share * squaredNorm * wholeReturn
      norms.2 += share * squaredNorm * wholeReturn * wholeReturn
    }
  }

  /// The targets less V that differ; the whole return first.
  static let directions: [ReturnEstimator] =
    [.monteCarlo]
    + GradientWeights.estimators.filter { $0 != .lambda(0) && $0 != .lambda(1) }

  private(set) var episodes: [Episode] = []
  private var weight = 0.0

  mutating func add(_ episode: Episode) {
    episodes.append(episode)
    episodes[episodes.count - 1].weightBefore = weight
    weight += episode.weight
  }

  /// The mean return of the steps.
  var constant: Double { mean(\.returns) }

  /// The figures of every weight, in the order of a report.
  var entries: [GradientReport.Entry] {
    let constant = constant
    return GradientWeights.all.map { weight in
      let direction = Self.direction(of: weight)
      switch weight {
      case .returnAlone:
        return entry(weight, direction) { $0.norms.2 }
      case .constantBaseline:
        // The constant is measured too: what its error does to the mean square.
        let slope = 2 * (constant * mean(\.norms.0) - mean(\.norms.1))
        return entry(weight, direction) {
          $0.norms.2 + constant * (constant * $0.norms.0 - 2 * $0.norms.1)
            + slope * ($0.returns - constant * $0.weight)
        }
      case .valueBaseline, .advantage:
        return entry(weight, direction) { $0.squares[direction] }
      }
    }
  }

  /// The index of the direction that a weight's estimate has on the mean.
  private static func direction(of weight: GradientWeight) -> Int {
    let target: ReturnEstimator =
      switch weight.target {
      case .lambda(0): .nStep(1)
      case .lambda(1): .monteCarlo
      default: weight.target
      }
    return directions.firstIndex(of: target) ?? 0
  }

  private func entry(
    _ weight: GradientWeight, _ direction: Int, square: (Episode) -> Double
  ) -> GradientReport.Entry {
    let meanSquare = mean(square)
    let pairs = episodes.reduce(0) { $0 + $1.weight * $1.weightBefore }
    let products = episodes.reduce(0) { $0 + $1.products[direction] }
    let squaredMean = pairs > 0 ? products / pairs : 0
    // Each episode's first-order part: (A - W E|g|²) - 2 (S·E g - W |E g|²).
    let scatter = episodes.reduce(0) { sum, episode in
      let along =
        episode.weightBefore > 0
        ? episode.products[direction] / episode.weightBefore - episode.weight * squaredMean : 0
      let part = square(episode) - episode.weight * meanSquare - 2 * along
      return sum + part * part
    }
    let count = Double(episodes.count)
    let error = (scatter * count / max(1, count - 1)).squareRoot() / self.weight
    return GradientReport.Entry(
      weight: weight, variance: max(0, meanSquare - max(0, squaredMean)),
      varianceInterval: Self.quantile(degrees: count - 1) * error,
      squaredMeanNorm: max(0, squaredMean), cosine: nil)
  }

  /// Mean over the steps of all episodes.
  private func mean(_ sum: (Episode) -> Double) -> Double {
    episodes.reduce(0) { $0 + sum($1) } / weight
  }

  /// The 97.5 % quantile of Student's t (Abramowitz and Stegun, 26.7.5); infinite without a degree of
  /// freedom.
  private static func quantile(degrees: Double) -> Double {
    guard degrees >= 1 else { return .infinity }
    let z = 1.959964
    let first = (z * z * z + z) / 4
    let second = (5 * z * z * z * z * z + 16 * z * z * z + 3 * z) / 96
    return z + first / degrees + second / (degrees * degrees)
  }
}
