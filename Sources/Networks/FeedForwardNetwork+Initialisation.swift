public import Randomness

extension FeedForwardNetwork {
  /// Overwrites `parameters` (`layout.count` floats) with fresh ones: weights and biases of a layer
  /// with f inputs are drawn uniformly from -1/sqrt(f) to 1/sqrt(f). That is what PyTorch's
  /// `nn.Linear` starts with (f being the number of states with a one-hot input), and what Lillicrap
  /// et al. ("Continuous control with deep reinforcement learning", 2015, section 7) give for hidden
  /// layers.
  ///
  /// - Parameter outputBound: Where given, the last layer's are drawn from -`outputBound` to
  ///   `outputBound` instead: 0.003 in that paper, so that first outputs are near 0; with 0 they are 0.
  public func initialise(
    _ parameters: UnsafeMutablePointer<Float>, outputBound: Double? = nil,
    random: inout RandomStream
  ) {
    parameters.update(repeating: 0, count: layout.count)
    for (index, slice) in layout.slices.enumerated() {
      let layer = chain[index / 2]
      let fanInBound = 1 / Double(layer.inputs).squareRoot()
      let bound = layer.isHead ? outputBound ?? fanInBound : fanInBound
      for row in 0..<slice.rows {
        for column in 0..<slice.columns {
          parameters[slice.index(row: row, column: column)] =
            Float(random.uniform(from: -bound, to: bound))
        }
      }
    }
  }
}
