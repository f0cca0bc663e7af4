internal import Environments
internal import Networks
internal import Randomness

extension NetworkShape {
  /// Draws an action from a row of the policy's outputs; of a real number what is done in its place.
  func drawnAction(
    _ outputs: UnsafePointer<Float>, using random: inout RandomStream
  ) -> Action {
    switch policy {
    case .categorical:
      .discrete(Categorical.sample(outputs, count: actions, using: &random))
    case .gaussian(let bounds):
      .continuous(
        Double(Gaussian.limited(Gaussian.sample(outputs, using: &random), to: bounds)))
    }
  }
}
