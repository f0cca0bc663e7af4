public import Randomness

/// A pole on a cart, to be kept upright by pushing the cart: Gymnasium's CartPole-v1.
///
/// | observed | meaning | unit | bounds of the space | ends the episode |
/// |---|---|---|---|---|
/// | 0 `x` | cart position | m | -4.8 ... 4.8 | beyond -2.4 ... 2.4 |
/// | 1 `ẋ` | cart velocity | m/s | unbounded | |
/// | 2 `θ` | pole angle | rad | -0.418 ... 0.418 (24°) | beyond -0.209 ... 0.209 (12°) |
/// | 3 `θ̇` | pole angular velocity | rad/s | unbounded | |
///
/// Actions: 0 pushes to the left, 1 to the right. Reward: 1 for every step, the failing one
/// included. Start: each number drawn uniformly from [-0.05, 0.05). An episode is truncated after
/// 500 steps; one that fails on step 500 is terminated and truncated.
///
/// Source: Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult
/// learning control problems" (1983), as Gymnasium 1.x implements it.
public struct CartPole: Environment {
  /// The cart and the pole now.
  public private(set) var state: State
  private var stepCount: Int
  private var ended: Bool

  /// A cart at rest in the middle with its pole upright. `reset` begins an episode.
  public init() {
    state = State(position: 0, velocity: 0, angle: 0, angularVelocity: 0)
    stepCount = 0
    ended = false
  }

  /// Name, spaces, limits and documentation of CartPole-v1.
  public var specification: EnvironmentSpecification { Self.description }

  /// Begins an episode near the upright rest. CartPole draws its own starts: `start` is nil or 0.
  public mutating func reset(start: Int?, random: inout RandomStream) {
    precondition(start == nil || start == 0, "CartPole-v1 has one start, 0")
    state.position = random.uniform(from: -0.05, to: 0.05)
    state.velocity = random.uniform(from: -0.05, to: 0.05)
    state.angle = random.uniform(from: -0.05, to: 0.05)
    state.angularVelocity = random.uniform(from: -0.05, to: 0.05)
    stepCount = 0
    ended = false
  }

  /// Pushes the cart to the left (0) or to the right (1) for one fiftieth of a second.
  public mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome {
    precondition(action == 0 || action == 1, "CartPole-v1 has the actions 0 and 1")
    assert(!ended, "the episode has ended: reset before the next step")
    state = Self.successor(of: state, action: action)
    stepCount += 1
    let outcome = StepOutcome(
      reward: 1, terminated: Self.hasFailed(state), truncated: stepCount >= Self.stepLimit)
    ended = outcome.ended
    return outcome
  }

  /// Writes x, ẋ, θ and θ̇ in single precision.
  public func observe(into observation: UnsafeMutablePointer<Float>) {
    observation[0] = Float(state.position)
    observation[1] = Float(state.velocity)
    observation[2] = Float(state.angle)
    observation[3] = Float(state.angularVelocity)
  }

  /// 5: x, ẋ, θ, θ̇ and the number of steps taken.
  public var stateSize: Int { 5 }

  /// Writes x, ẋ, θ, θ̇ and the number of steps taken.
  public func save(into state: UnsafeMutablePointer<Double>) {
    state[0] = self.state.position
    state[1] = self.state.velocity
    state[2] = self.state.angle
    state[3] = self.state.angularVelocity
    state[4] = Double(stepCount)
  }

  /// Takes up x, ẋ, θ, θ̇ and the number of steps taken. The next step may begin beyond a limit.
  public mutating func restore(from state: UnsafePointer<Double>) {
    self.state = State(
      position: state[0], velocity: state[1], angle: state[2], angularVelocity: state[3])
    stepCount = Int(state[4])
    ended = false
  }

  /// A state has four finite numbers, none greater in size than an episode can make it, and a number
  /// of steps.
  public func check(saved state: [Double]) throws(WorldStateError) {
    guard state.count == stateSize else {
      throw .wrongCount(found: state.count, expected: stateSize)
    }
    for index in 0..<4 { try check(state, at: index, within: -Self.greatest...Self.greatest) }
    try check(state, at: 4, in: 0...Self.stepLimit)
  }

  /// Begins an episode in any x, ẋ, θ and θ̇, also where no episode can come to.
  ///
  /// - Throws: where they are not four finite numbers; nothing is changed then.
  public mutating func begin(in worldState: [Double]) throws(WorldStateError) {
    guard worldState.count == 4 else { throw .wrongCount(found: worldState.count, expected: 4) }
    if let index = worldState.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: index) }
    restore(from: worldState + [0])
  }

  /// 500 steps of a push change no velocity by as much, and an episode ends near the middle.
  private static let greatest = 1000.0

  private static let stepLimit = 500

  private static let description = EnvironmentSpecification(
    name: "CartPole-v1",
    summary: "keep a pole upright by pushing its cart left and right",
    observation: .box([
      ObservedQuantity(name: "cart position", symbol: "x", unit: "m", low: -4.8, high: 4.8),
      ObservedQuantity(
        name: "cart velocity", symbol: "ẋ", unit: "m/s", low: -.infinity, high: .infinity),
      ObservedQuantity(
        name: "pole angle", symbol: "θ", unit: "rad", low: -2 * Constants().angleLimit,
        high: 2 * Constants().angleLimit),
      ObservedQuantity(
        name: "pole angular velocity", symbol: "ω", unit: "rad/s", low: -.infinity,
        high: .infinity),
    ]),
    actionSpace: .discrete(["left", "right"]),
    stepLimit: stepLimit,
    stepsPerSecond: 50,
    solvedReturn: 475,
    rewards: "1 for every step, the failing one included",
    begins: "every observed number drawn uniformly from -0.05 to 0.05",
    ends: "the cart is more than 2.4 m from the middle or the pole leans more than 12°; "
      + "truncated after 500 steps")
}
