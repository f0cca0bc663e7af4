/// On-line n-step TD prediction of V in a table.
///
/// For every step τ of an episode, in order:
///
///     G      ← R_{τ+1} + γ R_{τ+2} + ... over min(n, T - τ) rewards
///     G      ← G + γⁿ V(S_{τ+n})   if the episode has not ended by then
///     V(S_τ) ← V(S_τ) + α (G - V(S_τ))
///
/// The update of time τ is made at time τ + n - 1, when its last reward is known, with the values
/// of that moment. Updates are made in order of τ, and no other ones, so that going through an
/// episode that is over is the same. An episode that was cut bootstraps from the state reached.
///
/// Source: Sutton and Barto (2018), Section 7.1, "n-step TD for estimating V ≈ v_π".
public struct NStepTD: TabularPrediction {
  /// n, at least 1.
  public let steps: Int
  /// γ, 0 to 1.
  public let discount: Double
  private let discountOfAll: Double
  /// The rewards of each return, discounted and summed.
  private var rewardSums: [Double] = []
  /// What V of the state at its end weighs in each return: γ to the number of its rewards.
  private var bootstrapWeights: [Double] = []

  /// n-step TD; it allocates only for an episode longer than all before.
  ///
  /// - Precondition: n is at least 1.
  public init(steps: Int, discount: Double) {
    precondition(steps >= 1, "n-step TD needs n >= 1, got \(steps)")
    self.steps = steps
    self.discount = discount
    discountOfAll = (0..<steps).reduce(1) { power, _ in power * discount }
  }

  /// Makes the updates of one episode with step size α.
  public mutating func learn(
    from episode: PredictionEpisode, stepSize alpha: Double, values: inout [Double]
  ) {
    sumRewards(of: episode)
    let end = episode.length
    for tau in 0..<end {
      let horizon = min(tau + steps, end)
      let target = rewardSums[tau] + bootstrapWeights[tau] * episode.value(horizon, values)
      let state = episode.states[tau]
      values[state] += alpha * (target - values[state])
    }
  }

  /// The part of every return that does not depend on V, from the end: one reward comes in, and the
  /// one that is n steps later drops out.
  private mutating func sumRewards(of episode: PredictionEpisode) {
    let end = episode.length
    while rewardSums.count < end {
      rewardSums.append(0)
      bootstrapWeights.append(0)
    }
    var sum = 0.0
    var weight = 1.0
    for t in stride(from: end - 1, through: 0, by: -1) {
      sum = episode.rewards[t] + discount * sum
      if t + steps < end { sum -= discountOfAll * episode.rewards[t + steps] }
      weight = end - t < steps ? weight * discount : discountOfAll
      rewardSums[t] = sum
      bootstrapWeights[t] = weight
    }
  }
}
