/// Everything that shapes how a tabular agent learns.
public struct TabularHyperparameters: Sendable, Equatable {
  /// Step size alpha, above 0 to 1: the share of the TD error by which an action value moves.
  public var alpha: Double = 0.5
  /// The step size at the end of the run, above 0 to 1, to which it falls in a straight line; nil where it
  /// stays as it is.
  public var finalAlpha: Double?
  /// How often the behaviour policy takes any action at random, 0 to 1.
  public var epsilon: Double = 0.1
  /// The same at the end of the run, to which it falls in a straight line; nil where it stays as it is.
  /// What Sarsa learns is the value of the policy it follows: only where that explores less and less does
  /// it come to be the best one (Sutton and Barto, 2018, section 6.4).
  public var finalEpsilon: Double?
  /// Discount gamma, 0 to 1.
  public var discount: Double = 0.99
  /// What every action value begins at. One above what can be earned makes the agent try everything.
  public var initialValue: Double = 0

  /// The defaults: step size and exploration of Sutton and Barto's cliff, with a discount that also makes
  /// ways that come to no end worth less.
  public init() {}

  /// Alpha after a share of the run's steps.
  func alpha(at share: Double) -> Double { Self.between(alpha, finalAlpha, share) }

  /// Epsilon after a share of the run's steps.
  func epsilon(at share: Double) -> Double { Self.between(epsilon, finalEpsilon, share) }

  private static func between(_ first: Double, _ last: Double?, _ share: Double) -> Double {
    guard let last else { return first }
    return first + (last - first) * min(share, 1)
  }
}
