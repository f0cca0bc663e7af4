public import Randomness

/// Two links that hang from a fixed joint, with a motor between them, to be swung up until the free
/// end is high enough: Gymnasium's Acrobot-v1.
///
/// | observed | meaning | unit | bounds |
/// |---|---|---|---|
/// | 0 `cos θ1` | cosine of the upper link's angle, 0 where it hangs | | -1 ... 1 |
/// | 1 `sin θ1` | sine of it | | -1 ... 1 |
/// | 2 `cos θ2` | cosine of the lower link's angle, 0 where it goes on straight | | -1 ... 1 |
/// | 3 `sin θ2` | sine of it | | -1 ... 1 |
/// | 4 `ω1` | rate of θ1 | rad/s | -4π ... 4π |
/// | 5 `ω2` | rate of θ2 | rad/s | -9π ... 9π |
///
/// Actions: 0, 1, 2 are a torque of -1, 0, 1 N m on the joint between the links. Reward: -1 for every
/// step, 0 for the one that reaches the height. Start: each number drawn uniformly from [-0.1, 0.1).
/// An episode is terminated where the free end is more than 1 m above the fixed joint,
/// -cos θ1 - cos(θ1 + θ2) > 1, and truncated after 500 steps; one that gets there on step 500 is
/// both.
///
/// Source: Sutton, "Generalization in reinforcement learning: successful examples using sparse coarse
/// coding" (1996), with the equations of Sutton and Barto's book, as Gymnasium 1.x implements it.
public struct Acrobot: Environment {
  /// The links now.
  public private(set) var state: State
  private var stepCount: Int
  private var ended: Bool

  /// Two links that hang at rest. `reset` begins an episode.
  public init() {
    state = State(upperAngle: 0, lowerAngle: 0, upperRate: 0, lowerRate: 0)
    stepCount = 0
    ended = false
  }

  /// Name, spaces, limits and documentation of Acrobot-v1.
  public var specification: EnvironmentSpecification { Self.description }

  /// Begins an episode near the hanging rest. Acrobot draws its own starts: `start` is nil or 0.
  public mutating func reset(start: Int?, random: inout RandomStream) {
    precondition(start == nil || start == 0, "Acrobot-v1 has one start, 0")
    state.upperAngle = random.uniform(from: -0.1, to: 0.1)
    state.lowerAngle = random.uniform(from: -0.1, to: 0.1)
    state.upperRate = random.uniform(from: -0.1, to: 0.1)
    state.lowerRate = random.uniform(from: -0.1, to: 0.1)
    stepCount = 0
    ended = false
  }

  /// Turns the lower link clockwise (0), not at all (1) or counter-clockwise (2) for a fifth of a
  /// second.
  public mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome {
    precondition((0...2).contains(action), "Acrobot-v1 has the actions 0, 1 and 2")
    assert(!ended, "the episode has ended: reset before the next step")
    state = Self.successor(of: state, torque: Double(action - 1))
    stepCount += 1
    let arrived = Self.height(of: state) > Constants().goalHeight
    let outcome = StepOutcome(
      reward: arrived ? 0 : -1, terminated: arrived, truncated: stepCount >= Self.stepLimit)
    ended = outcome.ended
    return outcome
  }

  /// Writes the cosine and sine of θ1, those of θ2, and the two rates, in single precision.
  public func observe(into observation: UnsafeMutablePointer<Float>) {
    let upper = Self.direction(of: state.upperAngle)
    let lower = Self.direction(of: state.lowerAngle)
    observation[0] = Float(upper.cosine)
    observation[1] = Float(upper.sine)
    observation[2] = Float(lower.cosine)
    observation[3] = Float(lower.sine)
    observation[4] = Float(state.upperRate)
    observation[5] = Float(state.lowerRate)
  }

  /// 5: θ1, θ2, ω1, ω2 and the number of steps taken.
  public var stateSize: Int { 5 }

  /// Writes θ1, θ2, ω1, ω2 and the number of steps taken.
  public func save(into state: UnsafeMutablePointer<Double>) {
    state[0] = self.state.upperAngle
    state[1] = self.state.lowerAngle
    state[2] = self.state.upperRate
    state[3] = self.state.lowerRate
    state[4] = Double(stepCount)
  }

  /// Takes up θ1, θ2, ω1, ω2 and the number of steps taken. The next step may begin above the line.
  public mutating func restore(from state: UnsafePointer<Double>) {
    self.state = State(
      upperAngle: state[0], lowerAngle: state[1], upperRate: state[2], lowerRate: state[3])
    stepCount = Int(state[4])
    ended = false
  }

  /// A state has two angles without whole turns, two rates within their limits, and a number of
  /// steps.
  public func check(saved state: [Double]) throws(WorldStateError) {
    guard state.count == stateSize else {
      throw .wrongCount(found: state.count, expected: stateSize)
    }
    let constants = Constants()
    for index in 0..<2 { try check(state, at: index, within: -Double.pi...Double.pi) }
    try check(state, at: 2, within: -constants.upperRateLimit...constants.upperRateLimit)
    try check(state, at: 3, within: -constants.lowerRateLimit...constants.lowerRateLimit)
    try check(state, at: 4, in: 0...Self.stepLimit)
  }

  private static let stepLimit = 500

  private static let description = EnvironmentSpecification(
    name: "Acrobot-v1",
    summary: "swing two links up by the motor between them",
    observation: .box([
      ratio("cosine of the upper angle", "cos θ1"), ratio("sine of the upper angle", "sin θ1"),
      ratio("cosine of the lower angle", "cos θ2"), ratio("sine of the lower angle", "sin θ2"),
      rate("upper angular velocity", "ω1", limit: Constants().upperRateLimit),
      rate("lower angular velocity", "ω2", limit: Constants().lowerRateLimit),
    ]),
    actionSpace: .discrete(["clockwise", "none", "counter-clockwise"]),
    stepLimit: stepLimit,
    stepsPerSecond: 5,
    solvedReturn: -100,
    rewards: "-1 for every step, 0 for the one that reaches the height",
    begins: "both angles and both velocities drawn uniformly from -0.1 to 0.1",
    ends: "the free end is more than 1 m above the fixed joint; truncated after 500 steps")

  private static func ratio(_ name: String, _ symbol: String) -> ObservedQuantity {
    ObservedQuantity(name: name, symbol: symbol, unit: "", low: -1, high: 1)
  }

  private static func rate(
    _ name: String, _ symbol: String, limit: Double
  ) -> ObservedQuantity {
    ObservedQuantity(name: name, symbol: symbol, unit: "rad/s", low: -limit, high: limit)
  }
}
