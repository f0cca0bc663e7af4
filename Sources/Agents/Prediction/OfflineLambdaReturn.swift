internal import Estimators

/// The off-line λ-return algorithm: prediction of V in a table, after the end of each episode.
///
/// The targets are the λ-returns with the values held at the episode's start. Then, for every step
/// t in order:
///
///     V(S_t) ← V(S_t) + α (G_t^λ - V(S_t))
///
/// Source: Sutton and Barto (2018), Section 12.1. The λ-returns are those every agent here uses.
public struct OfflineLambdaReturn: TabularPrediction {
  /// Which V(S_t) a target is compared with.
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    /// The present one: earlier updates of the same episode count.
    case sequential
    /// That of the episode's start: the increments are summed, as in off-line TD(λ).
    case batch
  }

  /// λ, 0 to 1.
  public let lambda: Double
  /// γ, 0 to 1.
  public let discount: Double
  /// Which V(S_t) a target is compared with.
  public let variant: Variant
  private var nextValues: [Double] = []
  private var targets: [Double] = []
  private var terminated: [Bool] = []
  private var truncated: [Bool] = []

  /// The algorithm; it allocates only for an episode longer than all before.
  public init(lambda: Double, discount: Double, variant: Variant = .sequential) {
    self.lambda = lambda
    self.discount = discount
    self.variant = variant
  }

  /// Makes the updates of one episode with step size α.
  public mutating func learn(
    from episode: PredictionEpisode, stepSize alpha: Double, values: inout [Double]
  ) {
    findTargets(of: episode, values)
    switch variant {
    case .sequential:
      for t in 0..<episode.length {
        let state = episode.states[t]
        values[state] += alpha * (targets[t] - values[state])
      }
    case .batch:
      for t in 0..<episode.length { targets[t] -= values[episode.states[t]] }
      for t in 0..<episode.length { values[episode.states[t]] += alpha * targets[t] }
    }
  }

  /// G_t^λ for every step.
  private mutating func findTargets(of episode: PredictionEpisode, _ values: [Double]) {
    let end = episode.length
    guard end > 0 else { return }
    while targets.count < end {
      nextValues.append(0)
      targets.append(0)
      terminated.append(false)
      truncated.append(false)
    }
    for t in 0..<end { nextValues[t] = episode.value(t + 1, values) }
    terminated[end - 1] = episode.states[end] < 0
    defer { terminated[end - 1] = false }
    let (lambda, discount) = (lambda, discount)
    episode.rewards.withUnsafeBufferPointer { rewards in
      nextValues.withUnsafeBufferPointer { next in
        terminated.withUnsafeBufferPointer { terminated in
          truncated.withUnsafeBufferPointer { truncated in
            targets.withUnsafeMutableBufferPointer { targets in
              guard let rewards = rewards.baseAddress, let next = next.baseAddress,
                let terminated = terminated.baseAddress, let truncated = truncated.baseAddress,
                let targets = targets.baseAddress
              else { return }
              estimateReturns(
                .lambda(lambda), discount: discount, rewards: rewards, values: next,
                nextValues: next, terminated: terminated, truncated: truncated, count: end,
                into: targets)
            }
          }
        }
      }
    }
  }
}
