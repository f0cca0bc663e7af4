/// What a feed-forward network looks like: its input, its hidden layers, its outputs.
public struct FeedForwardShape: Sendable, Equatable {
  /// The function after the last layer.
  public enum OutputActivation: String, Sendable, CaseIterable {
    /// None: any number.
    case linear
    /// The hyperbolic tangent: numbers from -1 to 1.
    case tanh
  }

  /// What the network sees.
  public let input: NetworkShape.Input
  /// Widths of the hidden layers, from the input up. May be empty: the outputs are then linear in
  /// the input, and with a one-hot input they are a table.
  public let hidden: [Int]
  /// The function after each hidden layer.
  public let activation: Activation
  /// Number of outputs.
  public let outputs: Int
  /// The function after the last layer.
  public let outputActivation: OutputActivation

  /// A shape.
  ///
  /// - Precondition: Every width is at least 1.
  public init(
    input: NetworkShape.Input, hidden: [Int] = [64, 64], activation: Activation = .relu,
    outputs: Int, outputActivation: OutputActivation = .linear
  ) {
    precondition(input.width >= 1, "a network needs at least 1 input, got \(input.width)")
    precondition(
      hidden.allSatisfy { $0 >= 1 }, "hidden layers need a width of at least 1: \(hidden)")
    precondition(outputs >= 1, "a network needs at least 1 output, got \(outputs)")
    self.input = input
    self.hidden = hidden
    self.activation = activation
    self.outputs = outputs
    self.outputActivation = outputActivation
  }
}
