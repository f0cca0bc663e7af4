/// An algorithm that predicts V in a table, episode by episode.
public protocol TabularPrediction: Sendable {
  /// Makes the updates of one episode with step size α.
  mutating func learn(
    from episode: PredictionEpisode, stepSize alpha: Double, values: inout [Double])
}
