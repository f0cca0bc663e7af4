internal import Networks

/// A rollout of several whole episodes of one actor, whose returns are compared with a baseline.
extension Rollout {
  /// Begins a rollout of `episodes` whole episodes.
  ///
  /// - Parameter baseline: what is subtracted from every return: then nothing bootstraps, and it stands in
  ///   the place of V; nil for V(s) of the critic.
  /// - Parameter recorded: whether a recorder wants them.
  func beginEpisodes(_ episodes: Int, baseline: Float?, recorded: Bool) {
    self.episodes = episodes
    self.baseline = baseline
    advantagesWait = true
    begin(recorded: recorded)
  }

  /// The advantages A_t = G_t - b_t of all steps.
  ///
  /// - Returns: the mean of G.
  func subtractBaseline() -> Double {
    var sum = 0.0
    for row in 0..<length {
      record.advantages[row] = record.returns[row] - record.values[row]
      sum += Double(record.returns[row])
    }
    return sum / Double(length)
  }
}
