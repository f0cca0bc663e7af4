/// How a lambda-return weighs the n-step returns it is made of.
public struct LambdaWeights: Sendable, Equatable {
  /// Weights of the 1-step to (H-1)-step returns: (1-λ)λⁿ⁻¹.
  public let weights: [Double]
  /// Weight of the longest, the H-step return: λᴴ⁻¹.
  public let tail: Double
}

/// The weights of the lambda-return of a step with `horizon` steps left in its segment
/// (Sutton and Barto, eq. 12.3). They sum to 1.
///
/// - Precondition: `horizon` >= 1 and 0 <= `lambda` <= 1.
public func lambdaWeights(lambda: Double, horizon: Int) -> LambdaWeights {
  precondition(horizon >= 1, "a step has at least 1 step left, got \(horizon)")
  precondition((0...1).contains(lambda), "lambda must be from 0 to 1, got \(lambda)")
  var power = 1.0
  var weights: [Double] = []
  weights.reserveCapacity(horizon - 1)
  for _ in 1..<horizon {
    weights.append((1 - lambda) * power)
    power *= lambda
  }
  return LambdaWeights(weights: weights, tail: power)
}
