internal import Networks
public import Randomness

/// The epsilon-greedy policy: any action at random with probability epsilon, else a best one.
///
///     pi(a|s) = epsilon / |A| + (1 - epsilon) / |best|  if Q(s, a) is the greatest of the row
///     pi(a|s) = epsilon / |A|                           if it is not
///
/// Best actions that tie share the greedy probability, so that ties are broken at random. (The greedy
/// policy, which does not explore, takes the first of them.)
public struct EpsilonGreedy: Sendable, Equatable {
  /// How often any action is taken at random, 0 to 1.
  public var epsilon: Double

  /// A policy that explores with probability `epsilon`.
  public init(epsilon: Double) {
    self.epsilon = epsilon
  }

  /// Writes the probability of each of `count` actions, whose values are given; `count` is at least 1.
  public func probabilities(
    of values: UnsafePointer<Float>, count: Int, into probabilities: UnsafeMutablePointer<Float>
  ) {
    var greatest = values[0]
    for action in 1..<count where values[action] > greatest { greatest = values[action] }
    var best = 0
    for action in 0..<count { best += values[action] == greatest ? 1 : 0 }
    let exploring = Float(epsilon / Double(count))
    let greedy = exploring + Float((1 - epsilon) / Double(best))
    for action in 0..<count {
      probabilities[action] = values[action] == greatest ? greedy : exploring
    }
  }

  /// Writes the probabilities of the actions and draws one: one number of the stream.
  public func choose(
    by values: UnsafePointer<Float>, count: Int,
    probabilities: UnsafeMutablePointer<Float>, random: inout RandomStream
  ) -> Int {
    self.probabilities(of: values, count: count, into: probabilities)
    return Categorical.sample(probabilities: probabilities, count: count, using: &random)
  }
}
