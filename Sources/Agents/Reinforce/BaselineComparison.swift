internal import Networks

/// The variance of REINFORCE's policy gradient with every baseline, measured on the same episodes.
///
/// The gradients are those of the policy alone, without entropy bonus and critic. V is among the
/// baselines where a critic is trained.
public struct BaselineComparison: Sendable, Equatable {
  /// One baseline.
  public struct Entry: Sendable, Equatable {
    /// What is subtracted from the returns.
    public var baseline: Baseline
    /// How far the gradients of the latest episodes lie apart.
    public var spread: GradientSpread
    /// Mean of the variance over the latest updates that were measured, which follows with weight
    /// 1/20.
    public var meanVariance: Double
  }

  /// Updates whose variance weighs the same.
  static let window = 20

  /// The baselines, in the order of `Baseline`; empty before the first update of several episodes.
  public private(set) var entries: [Entry] = []
  /// Updates measured so far.
  private var measured = 0
  /// Updates the means are of: the latest of those that were measured.
  public var averaged: Int { min(measured, Self.window) }

  /// Takes in what an update has shown. Where other baselines are there than before, means begin anew.
  mutating func take(_ spreads: [(baseline: Baseline, spread: GradientSpread)]) {
    guard !spreads.isEmpty else { return }
    let isNew = spreads.map(\.baseline) != entries.map(\.baseline)
    measured = isNew ? 1 : measured + 1
    let updates = Double(averaged)
    entries = spreads.enumerated().map { index, found in
      let mean = isNew ? 0 : entries[index].meanVariance
      return Entry(
        baseline: found.baseline, spread: found.spread,
        meanVariance: mean + (found.spread.variance - mean) / updates)
    }
  }
}
