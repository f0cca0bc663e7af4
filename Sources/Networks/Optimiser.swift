/// How parameters follow a gradient.
public enum Optimiser: Sendable, Equatable {
  /// Plain gradient descent: p - lr g.
  case sgd
  /// The gradient divided by the root of its mean square.
  case rmsProp(RMSProp)
  /// Mean over root mean square, both corrected for their start.
  case adam(Adam)
}

/// RMSProp (Tieleman and Hinton, "Lecture 6.5", 2012): s = decay s + (1 - decay) g^2, then
/// p - lr g / sqrt(s + epsilon) or p - lr g / (sqrt(s) + epsilon).
public struct RMSProp: Sendable, Equatable {
  /// Where epsilon stands. At s = 0 the two differ by sqrt(epsilon) against epsilon.
  public enum EpsilonPlacement: String, Sendable, CaseIterable {
    /// sqrt(s + epsilon): TensorFlow's form, and that of the A3C paper (section 4, equation 8).
    case insideRoot
    /// sqrt(s) + epsilon: PyTorch's form.
    case outsideRoot
  }

  /// How much of the mean square is kept, from 0 to below 1 (the paper's alpha).
  public var decay: Float
  /// Keeps the divisor from 0, above 0.
  public var epsilon: Float
  /// Where epsilon stands.
  public var epsilonPlacement: EpsilonPlacement
  /// The mean square before the first step: 1 in TensorFlow, 0 in PyTorch.
  public var initialMeanSquare: Float

  /// RMSProp with these constants.
  public init(
    decay: Float = 0.99, epsilon: Float = 1e-5, epsilonPlacement: EpsilonPlacement = .insideRoot,
    initialMeanSquare: Float = 1
  ) {
    precondition(decay >= 0 && decay < 1, "RMSProp needs a decay from 0 to below 1, got \(decay)")
    precondition(epsilon > 0, "RMSProp needs an epsilon above 0, got \(epsilon)")
    self.decay = decay
    self.epsilon = epsilon
    self.epsilonPlacement = epsilonPlacement
    self.initialMeanSquare = initialMeanSquare
  }
}

/// Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1).
public struct Adam: Sendable, Equatable {
  /// How much of the mean is kept, from 0 to below 1.
  public var beta1: Float
  /// How much of the mean square is kept, from 0 to below 1.
  public var beta2: Float
  /// Keeps the divisor from 0, above 0.
  public var epsilon: Float

  /// Adam with these constants.
  public init(beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
    precondition(beta1 >= 0 && beta1 < 1, "Adam needs a beta1 from 0 to below 1, got \(beta1)")
    precondition(beta2 >= 0 && beta2 < 1, "Adam needs a beta2 from 0 to below 1, got \(beta2)")
    precondition(epsilon > 0, "Adam needs an epsilon above 0, got \(epsilon)")
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }
}

extension Optimiser {
  /// Running statistics it keeps for every parameter.
  public var statistics: Int {
    switch self {
    case .sgd: 0
    case .rmsProp: 1
    case .adam: 2
    }
  }
}
