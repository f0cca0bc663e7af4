public import Randomness

/// A car in a valley, too weak to climb the hill at once, whose motor's force can be chosen:
/// Gymnasium's MountainCarContinuous-v0.
///
/// | observed | meaning | unit | bounds |
/// |---|---|---|---|
/// | 0 `x` | car position | | -1.2 ... 0.6 |
/// | 1 `v` | car velocity, positions a step | | -0.07 ... 0.07 |
///
/// Action: one real number `a`, the force of the motor, positive to the right; beyond -1 ... 1 the car
/// is pushed by -1 or 1. Reward: -0.1 a² for every step, with `a` as it was given, *not* clipped; and
/// 100 on arrival. Start: x drawn uniformly from [-0.6, -0.4), at rest. An episode is terminated
/// where x ≥ 0.45 and v ≥ 0, and truncated after 999 steps; one that arrives on step 999 is both. At
/// the wall on the left, x = -1.2, the car stops.
///
/// Doing nothing costs nothing: an agent that has never seen the flag learns to stand still.
///
/// Source: Moore, "Efficient memory-based learning for robot control" (1990), as Gymnasium 1.x
/// implements it, in single precision.
public struct MountainCarContinuous: Environment {
  /// The car now.
  public private(set) var state: State
  /// The force of the last step, within the motor's limit; nil at an episode's start and after
  /// `restore`.
  public private(set) var lastForce: Double?
  private var stepCount: Int
  private var ended: Bool

  /// A car at rest near the valley's floor. `reset` begins an episode.
  public init() {
    state = State(position: -0.5, velocity: 0)
    stepCount = 0
    ended = false
  }

  /// Name, spaces, limits and documentation of MountainCarContinuous-v0.
  public var specification: EnvironmentSpecification { Self.description }

  /// Begins an episode near the valley's floor. MountainCarContinuous draws its own starts: `start`
  /// is nil or 0.
  public mutating func reset(start: Int?, random: inout RandomStream) {
    precondition(start == nil || start == 0, "MountainCarContinuous-v0 has one start, 0")
    state = State(position: Float(random.uniform(from: -0.6, to: -0.4)), velocity: 0)
    lastForce = nil
    stepCount = 0
    ended = false
  }

  /// Pushes the car with a force, positive to the right.
  public mutating func step(continuous action: Double, random: inout RandomStream) -> StepOutcome {
    assert(!ended, "the episode has ended: reset before the next step")
    let limit = Constants().forceLimit
    state = Self.successor(of: state, force: action)
    lastForce = min(max(action, -limit), limit)
    stepCount += 1
    let arrived = Self.hasArrived(state)
    let outcome = StepOutcome(
      reward: (arrived ? 100 : 0) - action * action * 0.1, terminated: arrived,
      truncated: stepCount >= Self.stepLimit)
    ended = outcome.ended
    return outcome
  }

  /// Writes x and v.
  public func observe(into observation: UnsafeMutablePointer<Float>) {
    observation[0] = state.position
    observation[1] = state.velocity
  }

  /// 3: x, v and the number of steps taken.
  public var stateSize: Int { 3 }

  /// Writes x, v and the number of steps taken.
  public func save(into state: UnsafeMutablePointer<Double>) {
    state[0] = Double(self.state.position)
    state[1] = Double(self.state.velocity)
    state[2] = Double(stepCount)
  }

  /// Takes up x, v (rounded to single precision) and the number of steps taken. The next step may
  /// begin at the flag.
  public mutating func restore(from state: UnsafePointer<Double>) {
    self.state = State(position: Float(state[0]), velocity: Float(state[1]))
    lastForce = nil
    stepCount = Int(state[2])
    ended = false
  }

  /// A state has a place on the road, a velocity within its limit, and a number of steps.
  public func check(saved state: [Double]) throws(WorldStateError) {
    guard state.count == stateSize else {
      throw .wrongCount(found: state.count, expected: stateSize)
    }
    // -1.2 in double precision lies within the limit in single precision only once it is rounded.
    let rounded = state.map { Double(Float($0)) }
    let constants = Constants()
    try check(
      rounded, at: 0,
      within: Double(constants.leastPosition)...Double(constants.greatestPosition))
    try check(
      rounded, at: 1, within: Double(-constants.speedLimit)...Double(constants.speedLimit))
    try check(state, at: 2, in: 0...Self.stepLimit)
  }

  private static let stepLimit = 999

  private static let description = EnvironmentSpecification(
    name: "MountainCarContinuous-v0",
    summary: "drive a weak car out of a valley with as little force as will do",
    observation: MountainCar.observation(of: MountainCar.Constants()),
    actionSpace: .box(
      ObservedQuantity(
        name: "force", symbol: "a", unit: "", low: -Constants().forceLimit,
        high: Constants().forceLimit)),
    stepLimit: stepLimit,
    stepsPerSecond: 30,
    solvedReturn: 90,
    rewards: "-0.1 a² for every step, and 100 on arrival",
    begins: "at rest, at x drawn uniformly from -0.6 to -0.4",
    ends: "the car is at the flag, x ≥ 0.45, and not rolling back; truncated after 999 steps")
}
