/// The function between two layers.
public enum Activation: String, Sendable, CaseIterable {
  /// The hyperbolic tangent.
  case tanh
  /// max(0, x), with derivative 0 at 0.
  case relu
}

/// What an actor-critic network looks like: its input, its hidden layers, its heads.
public struct NetworkShape: Sendable, Equatable {
  /// What the network sees.
  public enum Input: Sendable, Equatable {
    /// A vector of this many numbers.
    case features(Int)
    /// The index of one of this many states; equal to a vector with a 1 at that index.
    case oneHot(Int)

    /// Number of inputs of the first layer.
    public var width: Int {
      switch self {
      case .features(let count), .oneHot(let count): count
      }
    }
  }

  /// Whether actor and critic share their hidden layers.
  public enum Trunk: String, Sendable, CaseIterable {
    /// One stack of hidden layers with two heads.
    case shared
    /// Two networks.
    case separate
  }

  /// The kind of distribution the policy head's outputs make.
  public enum Policy: Sendable, Equatable {
    /// One of a few actions: a logit each.
    case categorical
    /// One real number: mean and log deviation (`Gaussian`). What is drawn has no bounds; what is
    /// done stays within these.
    case gaussian(bounds: ClosedRange<Float>)

    /// Whether actions are real numbers.
    public var isGaussian: Bool { self != .categorical }
  }

  /// What the network sees.
  public let input: Input
  /// Widths of the hidden layers, from the input up. May be empty: the heads are then linear in
  /// the input, and with a one-hot input they are tables.
  public let hidden: [Int]
  /// The function after each hidden layer.
  public let activation: Activation
  /// Width of the policy head: the number of actions, or the 2 outputs of a Gaussian policy.
  public let actions: Int
  /// What the policy head's outputs are.
  public let policy: Policy
  /// One trunk or two networks.
  public let trunk: Trunk
  /// How large each feature may become, where fresh weights shall make up for that; else empty. A
  /// fresh network then hears a velocity of at most 0.07 as well as an angle of at most 8: the first
  /// layer's weights begin divided by these.
  public let featureSizes: [Float]

  /// A shape.
  ///
  /// - Precondition: Every width is at least 1, and a Gaussian policy has 2 outputs. Sizes are above 0,
  ///   none or one for every feature.
  public init(
    input: Input, hidden: [Int] = [64, 64], activation: Activation = .tanh, actions: Int,
    policy: Policy = .categorical, trunk: Trunk = .shared,
    featureSizes: [Float] = []
  ) {
    precondition(input.width >= 1, "a network needs at least 1 input, got \(input.width)")
    precondition(
      hidden.allSatisfy { $0 >= 1 }, "hidden layers need a width of at least 1: \(hidden)")
    precondition(actions >= 1, "a network needs at least 1 action, got \(actions)")
    precondition(
      policy == .categorical || actions == Gaussian.outputCount,
      "a Gaussian policy has 2 outputs, got \(actions)")
    precondition(
      featureSizes.isEmpty
        || featureSizes.count == input.width && featureSizes.allSatisfy { $0 > 0 },
      "features have sizes above 0, one each: \(featureSizes)")
    self.featureSizes = featureSizes
    self.input = input
    self.hidden = hidden
    self.activation = activation
    self.actions = actions
    self.policy = policy
    self.trunk = trunk
  }
}
