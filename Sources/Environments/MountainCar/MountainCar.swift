public import Randomness

/// A car in a valley, too weak to climb the hill at once, to be driven to the flag: Gymnasium's
/// MountainCar-v0.
///
/// | observed | meaning | unit | bounds |
/// |---|---|---|---|
/// | 0 `x` | car position | | -1.2 ... 0.6 |
/// | 1 `v` | car velocity, positions a step | | -0.07 ... 0.07 |
///
/// Actions: 0 pushes to the left, 1 not at all, 2 to the right. Reward: -1 for every step, the
/// arriving one included. Start: x drawn uniformly from [-0.6, -0.4), at rest. An episode is
/// terminated where x ≥ 0.5 and v ≥ 0, and truncated after 200 steps; one that arrives on step 200
/// is both. At the wall on the left, x = -1.2, the car stops.
///
/// Source: Moore, "Efficient memory-based learning for robot control" (1990); Sutton and Barto
/// (2018), Example 10.1; as Gymnasium 1.x implements it.
public struct MountainCar: Environment {
  /// The car now.
  public private(set) var state: State
  private var stepCount: Int
  private var ended: Bool

  /// A car at rest near the valley's floor. `reset` begins an episode.
  public init() {
    state = State(position: -0.5, velocity: 0)
    stepCount = 0
    ended = false
  }

  /// Name, spaces, limits and documentation of MountainCar-v0.
  public var specification: EnvironmentSpecification { Self.description }

  /// Begins an episode near the valley's floor. MountainCar draws its own starts: `start` is nil or
  /// 0.
  public mutating func reset(start: Int?, random: inout RandomStream) {
    precondition(start == nil || start == 0, "MountainCar-v0 has one start, 0")
    state = State(position: random.uniform(from: -0.6, to: -0.4), velocity: 0)
    stepCount = 0
    ended = false
  }

  /// Pushes the car to the left (0), not at all (1) or to the right (2).
  public mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome {
    precondition((0...2).contains(action), "MountainCar-v0 has the actions 0, 1 and 2")
    assert(!ended, "the episode has ended: reset before the next step")
    state = Self.successor(of: state, action: action)
    stepCount += 1
    let outcome = StepOutcome(
      reward: -1, terminated: Self.hasArrived(state), truncated: stepCount >= Self.stepLimit)
    ended = outcome.ended
    return outcome
  }

  /// Writes x and v in single precision.
  public func observe(into observation: UnsafeMutablePointer<Float>) {
    observation[0] = Float(state.position)
    observation[1] = Float(state.velocity)
  }

  /// 3: x, v and the number of steps taken.
  public var stateSize: Int { 3 }

  /// Writes x, v and the number of steps taken.
  public func save(into state: UnsafeMutablePointer<Double>) {
    state[0] = self.state.position
    state[1] = self.state.velocity
    state[2] = Double(stepCount)
  }

  /// Takes up x, v and the number of steps taken. The next step may begin at the flag.
  public mutating func restore(from state: UnsafePointer<Double>) {
    self.state = State(position: state[0], velocity: state[1])
    stepCount = Int(state[2])
    ended = false
  }

  /// A state has a place on the road, a velocity within its limit, and a number of steps.
  public func check(saved state: [Double]) throws(WorldStateError) {
    guard state.count == stateSize else {
      throw .wrongCount(found: state.count, expected: stateSize)
    }
    let constants = Constants()
    try check(state, at: 0, within: constants.leastPosition...constants.greatestPosition)
    try check(state, at: 1, within: -constants.speedLimit...constants.speedLimit)
    try check(state, at: 2, in: 0...Self.stepLimit)
  }

  private static let stepLimit = 200

  private static let description = EnvironmentSpecification(
    name: "MountainCar-v0",
    summary: "drive a weak car out of a valley by swinging to and fro",
    observation: observation(of: Constants()),
    actionSpace: .discrete(["left", "none", "right"]),
    stepLimit: stepLimit,
    stepsPerSecond: 30,
    solvedReturn: -110,
    rewards: "-1 for every step, the arriving one included",
    begins: "at rest, at x drawn uniformly from -0.6 to -0.4",
    ends: "the car is at the flag, x ≥ 0.5, and not rolling back; truncated after 200 steps")

  /// The observed position and velocity of a car within a road's limits.
  static func observation(of constants: Constants) -> ObservationSpace {
    .box([
      ObservedQuantity(
        name: "car position", symbol: "x", unit: "", low: constants.leastPosition,
        high: constants.greatestPosition),
      ObservedQuantity(
        name: "car velocity", symbol: "v", unit: "", low: -constants.speedLimit,
        high: constants.speedLimit),
    ])
  }
}
