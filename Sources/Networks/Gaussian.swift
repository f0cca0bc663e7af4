public import Randomness

/// The normal distribution over one real action, from two outputs of a network: its mean mu and the
/// logarithm of its standard deviation, log sigma.
///
/// Both depend on the state, as in the A3C paper (Mnih et al., 2016, supplement 9), which takes the
/// variance from a softplus; the logarithm is what later work uses. It is held within
/// `logDeviations`, so that a policy neither dies out nor runs away. Entropies and divergences are in
/// nats, and, as densities have them, may be negative. `outputs` is one row: mu, log sigma.
public enum Gaussian {
  /// Outputs of a network that make a distribution.
  public static let outputCount = 2
  /// The least and the greatest log sigma there is.
  public static let logDeviations: ClosedRange<Float> = -5...1

  /// log sqrt(2 pi).
  @usableFromInline static let logNormaliser: Float = 0.918_938_53

  /// The mean mu.
  @inlinable @inline(__always)
  public static func mean(_ outputs: UnsafePointer<Float>) -> Float { outputs[0] }

  /// log sigma, within its bounds.
  @inlinable @inline(__always)
  public static func logDeviation(_ outputs: UnsafePointer<Float>) -> Float {
    // In this order a NaN stays one.
    if outputs[1] < logDeviations.lowerBound { return logDeviations.lowerBound }
    return outputs[1] > logDeviations.upperBound ? logDeviations.upperBound : outputs[1]
  }

  /// The standard deviation sigma.
  @inlinable @inline(__always)
  public static func deviation(_ outputs: UnsafePointer<Float>) -> Float {
    ElementaryFunctions.exp(logDeviation(outputs))
  }

  /// The logarithm of the density at `action`: -(z^2)/2 - log sigma - log sqrt(2 pi), with
  /// z = (a - mu) / sigma.
  @inlinable
  public static func logProbability(
    of action: Float, _ outputs: UnsafePointer<Float>
  ) -> Float {
    let logDeviation = logDeviation(outputs)
    let z = (action - outputs[0]) * ElementaryFunctions.exp(-logDeviation)
    return -0.5 * z * z - logDeviation - logNormaliser
  }

  /// The entropy: 0.5 log(2 pi e sigma^2).
  @inlinable
  public static func entropy(_ outputs: UnsafePointer<Float>) -> Float {
    0.5 + logNormaliser + logDeviation(outputs)
  }

  /// The divergence KL(p || q) of the distributions of two rows.
  @inlinable
  public static func divergence(
    from outputs: UnsafePointer<Float>, to others: UnsafePointer<Float>
  ) -> Float {
    let difference = logDeviation(outputs) - logDeviation(others)
    let ratio = ElementaryFunctions.exp(difference)
    let z = (outputs[0] - others[0]) / deviation(others)
    return Categorical.notNegative(0.5 * (ratio * ratio + z * z - 1) - difference)
  }

  /// What is done in place of an action that was drawn: itself, or the bound it is beyond.
  @inlinable
  public static func limited(_ action: Float, to bounds: ClosedRange<Float>) -> Float {
    // In place of no number the lower bound.
    guard action >= bounds.lowerBound else { return bounds.lowerBound }
    return action > bounds.upperBound ? bounds.upperBound : action
  }

  /// Draws an action, which has no bounds.
  @inlinable
  public static func sample(
    _ outputs: UnsafePointer<Float>, using random: inout RandomStream
  ) -> Float {
    outputs[0] + deviation(outputs) * Float(random.normal())
  }

  /// The gradient of -A log pi(a) - beta H by the two outputs:
  /// -A z / sigma, and -A (z^2 - 1) - beta. A log sigma at its bound is not pushed beyond it.
  ///
  /// - Returns: log pi(a) and the entropy.
  @inlinable @inline(__always)
  static func lossGradient(
    _ outputs: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>, action: Float,
    advantage: Float, entropyCoefficient: Float
  ) -> (logProbability: Float, entropy: Float) {
    let logDeviation = logDeviation(outputs)
    let inverse = ElementaryFunctions.exp(-logDeviation)
    let z = (action - outputs[0]) * inverse
    gradient[0] = -advantage * z * inverse
    var byLogDeviation = -advantage * (z * z - 1) - entropyCoefficient
    if outputs[1] > logDeviations.upperBound && byLogDeviation < 0 { byLogDeviation = 0 }
    if outputs[1] < logDeviations.lowerBound && byLogDeviation > 0 { byLogDeviation = 0 }
    gradient[1] = byLogDeviation
    return (-0.5 * z * z - logDeviation - logNormaliser, 0.5 + logNormaliser + logDeviation)
  }

  // MARK: An action among numbers

  /// A continuous action where a whole number stands for one of a few: its bits. -1, which stands for
  /// no action, is none of them.
  @inlinable @inline(__always)
  public static func code(of action: Float) -> Int32 {
    Int32(bitPattern: (action.isNaN ? Float.nan : action).bitPattern)
  }

  /// The continuous action of a code.
  @inlinable @inline(__always)
  public static func action(of code: Int32) -> Float {
    Float(bitPattern: UInt32(bitPattern: code))
  }
}
