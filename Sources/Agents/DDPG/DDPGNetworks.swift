public import Networks
public import Randomness

/// The networks of DDPG, and where their parameters stand in one vector: actor mu(s; theta), critic
/// Q(s, a; w), target actor mu'(s; theta'), target critic Q'(s, a; w').
///
/// The actor ends in tanh, scaled to the bounds of the action: a = middle + half range * tanh. The
/// critic sees [s, a], the action in the unit of the world. (The paper shows a to the second layer.)
public final class DDPGNetworks: Sendable {
  /// mu: an observation in, `actions` numbers from -1 to 1 out.
  public let actor: FeedForwardNetwork
  /// Q: an observation and an action in, one number out.
  public let critic: FeedForwardNetwork
  /// Numbers in an observation.
  public let observationWidth: Int
  /// Numbers in an action.
  public let actions: Int
  /// The middle between the bounds of an action.
  public let middle: Float
  /// From the middle to a bound, above 0.
  public let halfRange: Float

  /// Networks for a world.
  ///
  /// - Parameters:
  ///   - bounds: The least and the greatest value of every number of an action.
  ///   - hidden: Widths of the hidden layers of both.
  public init(
    observationWidth: Int, actions: Int = 1, bounds: ClosedRange<Double>, hidden: [Int],
    activation: Activation, kernels: KernelTable = .fast
  ) {
    precondition(
      bounds.upperBound > bounds.lowerBound && (bounds.upperBound - bounds.lowerBound).isFinite,
      "actions need bounds, got \(bounds)")
    self.observationWidth = observationWidth
    self.actions = actions
    middle = Float((bounds.lowerBound + bounds.upperBound) / 2)
    halfRange = Float((bounds.upperBound - bounds.lowerBound) / 2)
    actor = FeedForwardNetwork(
      shape: FeedForwardShape(
        input: .features(observationWidth), hidden: hidden, activation: activation,
        outputs: actions, outputActivation: .tanh), kernels: kernels)
    critic = FeedForwardNetwork(
      shape: FeedForwardShape(
        input: .features(observationWidth + actions), hidden: hidden, activation: activation,
        outputs: 1), kernels: kernels)
  }

  /// One of the four.
  public enum Part: Int, Sendable, Hashable, CaseIterable {
    /// mu, which acts and is trained.
    case actor
    /// Q, which is trained.
    case critic
    /// mu', which follows mu.
    case targetActor
    /// Q', which follows Q.
    case targetCritic
  }

  /// Number of floats of actor and critic; of all four, twice as many.
  public var onlineCount: Int { actor.layout.count + critic.layout.count }

  /// Where a network's parameters stand in the vector of all: contiguous, multiples of 16.
  public func range(of part: Part) -> Range<Int> {
    let (own, other) = (actor.layout.count, critic.layout.count)
    switch part {
    case .actor: return 0..<own
    case .critic: return own..<own + other
    case .targetActor: return own + other..<2 * own + other
    case .targetCritic: return 2 * own + other..<2 * (own + other)
    }
  }

  /// Overwrites all parameters with fresh ones; the targets begin as copies.
  public func initialise(
    _ parameters: UnsafeMutablePointer<Float>, outputBound: Double?, random: inout RandomStream
  ) {
    actor.initialise(parameters, outputBound: outputBound, random: &random)
    critic.initialise(
      parameters + range(of: .critic).lowerBound, outputBound: outputBound, random: &random)
    (parameters + onlineCount).update(from: parameters, count: onlineCount)
  }

  /// The action that an output of the actor stands for.
  @inlinable
  public func action(_ output: Float) -> Float {
    middle + halfRange * output
  }

  /// The action within the bounds that is nearest.
  @inlinable
  public func clip(_ action: Float) -> Float {
    min(max(action, middle - halfRange), middle + halfRange)
  }
}
