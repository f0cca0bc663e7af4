/// Everything that shapes how a tabular agent learns.
public struct TabularHyperparameters: Sendable, Equatable {
  /// Step size alpha, above 0 to 1: the share of the TD error by which an action value moves.
  public var alpha: Double = 0.5
  /// How often the behaviour policy takes any action at random, 0 to 1.
  public var epsilon: Double = 0.1
  /// Discount gamma, 0 to 1.
  public var discount: Double = 0.99
  /// What every action value begins at. One above what can be earned makes the agent try everything.
  public var initialValue: Double = 0

  /// The defaults: step size and exploration of Sutton and Barto's cliff, with a discount that also makes
  /// ways that come to no end worth less.
  public init() {}
}
