internal import Networks

/// How far the gradients of the episodes of one update lie apart.
///
/// The gradient of episode i is g_i = E/N times the sum of A_t grad log pi(a_t|s_t) + beta grad H over its
/// steps, of E episodes with N steps in all, so that the mean of the g_i is the gradient g of the update.
/// They are the actor's alone where it is a network of its own; with one trunk the critic's error is in
/// them as well.
public struct GradientSpread: Sendable, Equatable {
  /// Episodes, at least 2.
  public var episodes: Int
  /// The variance of an episode's gradient: the trace of the sample covariance of the g_i, sum of
  /// |g_i - g|^2 / (E - 1). That of their mean g is 1/E of it.
  public var variance: Double
  /// |g|^2: what the variance is to be compared with.
  public var squaredMean: Double
}

extension Rollout {
  /// The spread of the episodes' gradients, each measured by itself.
  ///
  /// - Parameters:
  ///   - norm: |g|.
  ///   - squaredNorm: |g_i/E|^2 of the episode in these rows.
  /// - Returns: nil for one episode.
  func gradientSpread(norm: Double, _ squaredNorm: (Range<Int>) -> Double) -> GradientSpread? {
    var sum = 0.0
    var episodes = 0
    var first = 0
    for row in 0..<length where record.ended(row) {
      sum += squaredNorm(first..<row + 1)
      first = row + 1
      episodes += 1
    }
    guard episodes > 1 else { return nil }
    let count = Double(episodes)
    let variance = (count * count * sum - count * norm * norm) / (count - 1)
    return GradientSpread(
      episodes: episodes, variance: max(0, variance), squaredMean: norm * norm)
  }
}
