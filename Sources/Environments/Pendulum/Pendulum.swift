public import Randomness

/// A rod that hangs from its end, to be swung up and held upright: Gymnasium's Pendulum-v1.
///
/// | observed | meaning | unit | bounds |
/// |---|---|---|---|
/// | 0 `cos θ` | height of the free end above the pivot | | -1 ... 1 |
/// | 1 `sin θ` | how far the free end is to the left of the pivot | | -1 ... 1 |
/// | 2 `ω` | angular velocity, counter-clockwise | rad/s | -8 ... 8 |
///
/// Action: one real number `u`, the torque in N m, counter-clockwise; beyond -2 ... 2 it is -2 or 2,
/// in the reward too. Reward: -(θ² + 0.1 ω² + 0.001 u²) of the state *before* the step, θ wrapped into
/// [-π, π): 0 upright and at rest, -16.27 at worst. Start: θ drawn uniformly from [-π, π), ω from
/// [-1, 1). There is no end to reach: an episode is truncated after 200 steps.
///
/// The torque is too weak to lift the rod at once: it has to be swung.
///
/// Source: Gymnasium 1.x.
public struct Pendulum: Environment {
  /// The rod now.
  public private(set) var state: State
  /// The torque applied in the last step, in N m; nil at an episode's start and after `restore`.
  public internal(set) var lastTorque: Double?
  private var stepCount: Int

  /// A rod that hangs at rest. `reset` begins an episode.
  public init() {
    state = State(angle: .pi, angularVelocity: 0)
    stepCount = 0
  }

  /// Name, spaces, limits and documentation of Pendulum-v1.
  public var specification: EnvironmentSpecification { Self.description }

  /// Begins an episode anywhere on the circle. Pendulum draws its own starts: `start` is nil or 0.
  public mutating func reset(start: Int?, random: inout RandomStream) {
    precondition(start == nil || start == 0, "Pendulum-v1 has one start, 0")
    state.angle = random.uniform(from: -.pi, to: .pi)
    state.angularVelocity = random.uniform(from: -1, to: 1)
    lastTorque = nil
    stepCount = 0
  }

  /// Applies a torque, in N m, for one twentieth of a second.
  public mutating func step(continuous action: Double, random: inout RandomStream) -> StepOutcome {
    assert(stepCount < Self.stepLimit, "the episode has ended: reset before the next step")
    let torque = Self.clamp(action, to: Constants().torqueLimit)
    let reward = -Self.cost(of: state, torque: torque)
    state = Self.successor(of: state, torque: torque)
    lastTorque = torque
    stepCount += 1
    return StepOutcome(
      reward: reward, terminated: false, truncated: stepCount >= Self.stepLimit)
  }

  /// Writes cos θ, sin θ and ω in single precision.
  public func observe(into observation: UnsafeMutablePointer<Float>) {
    let (sine, cosine) = Self.direction(of: state.angle)
    observation[0] = Float(cosine)
    observation[1] = Float(sine)
    observation[2] = Float(state.angularVelocity)
  }

  /// 3: θ, ω and the number of steps taken.
  public var stateSize: Int { 3 }

  /// Writes θ, ω and the number of steps taken.
  public func save(into state: UnsafeMutablePointer<Double>) {
    state[0] = self.state.angle
    state[1] = self.state.angularVelocity
    state[2] = Double(stepCount)
  }

  /// Takes up θ, ω and the number of steps taken.
  public mutating func restore(from state: UnsafePointer<Double>) {
    self.state = State(angle: state[0], angularVelocity: state[1])
    lastTorque = nil
    stepCount = Int(state[2])
  }

  /// A state has an angle of some turns at most, a rate within its limit, and a number of steps.
  public func check(saved state: [Double]) throws(WorldStateError) {
    guard state.count == stateSize else {
      throw .wrongCount(found: state.count, expected: stateSize)
    }
    try check(state, at: 0, within: -Self.greatestAngle...Self.greatestAngle)
    try check(state, at: 1, within: -Constants().speedLimit...Constants().speedLimit)
    try check(state, at: 2, in: 0...Self.stepLimit)
  }

  /// 200 steps at full speed are 80 rad.
  private static let greatestAngle = 1000.0

  private static let stepLimit = 200

  private static let description = EnvironmentSpecification(
    name: "Pendulum-v1",
    summary: "swing a rod up and hold it upright with a weak motor",
    observation: .box([
      ObservedQuantity(name: "cosine of the angle", symbol: "cos θ", unit: "", low: -1, high: 1),
      ObservedQuantity(name: "sine of the angle", symbol: "sin θ", unit: "", low: -1, high: 1),
      ObservedQuantity(
        name: "angular velocity", symbol: "ω", unit: "rad/s", low: -Constants().speedLimit,
        high: Constants().speedLimit),
    ]),
    actionSpace: .box(
      ObservedQuantity(
        name: "torque", symbol: "u", unit: "N m", low: -Constants().torqueLimit,
        high: Constants().torqueLimit)),
    stepLimit: stepLimit,
    stepsPerSecond: 20,
    rewards: "-(θ² + 0.1 ω² + 0.001 u²), with θ = 0 upright: 0 at best, -16.27 at worst",
    begins: "the angle drawn uniformly from -π to π, its velocity from -1 to 1",
    ends: "never; truncated after 200 steps")
}
