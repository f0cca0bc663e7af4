#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

extension MountainCarContinuous {
  /// The two numbers that move, in single precision as Gymnasium keeps them.
  public struct State: Sendable, Equatable {
    /// Place x of the car along the level, the valley's floor at -pi/6, positive to the right.
    public var position: Float
    /// Change of the position in a step.
    public var velocity: Float

    /// A state of the car.
    public init(position: Float, velocity: Float) {
      self.position = position
      self.velocity = velocity
    }
  }

  /// What the world is made of. The defaults are those of Gymnasium's MountainCarContinuous-v0.
  public struct Constants: Sendable, Equatable {
    /// Change of the velocity in a step by the motor at full force.
    public var power = 0.0015
    /// Change of the velocity in a step by gravity, at most.
    public var gravity = 0.0025
    /// The force of the motor, of either sign, is no greater.
    public var forceLimit = 1.0
    /// The wall on the left, where the car stops.
    public var leastPosition: Float = -1.2
    /// The end of the road on the right.
    public var greatestPosition: Float = 0.6
    /// The car goes no faster.
    public var speedLimit: Float = 0.07
    /// Where the flag stands.
    public var goal: Float = 0.45

    /// The constants of MountainCarContinuous-v0.
    public init() {}
  }

  /// The state a step after `state` under a force, clipped to the motor's limit.
  ///
  /// Order and precision of the operations are Gymnasium's for an action in single precision:
  /// everything is rounded to it, but for the cosine and the sum where a force was clipped.
  public static func successor(
    of state: State, force: Double, constants: Constants = Constants()
  ) -> State {
    let pull = constants.gravity * cos(Double(3 * state.position))
    let push =
      abs(force) > constants.forceLimit
      ? Float((force < 0 ? -constants.forceLimit : constants.forceLimit) * constants.power - pull)
      : Float(force) * Float(constants.power) - Float(pull)
    var velocity = min(
      max(state.velocity + push, -constants.speedLimit), constants.speedLimit)
    let position = min(
      max(state.position + velocity, constants.leastPosition), constants.greatestPosition)
    if position == constants.leastPosition && velocity < 0 { velocity = 0 }
    return State(position: position, velocity: velocity)
  }

  /// Whether the car is at the flag and not rolling back.
  public static func hasArrived(_ state: State, constants: Constants = Constants()) -> Bool {
    state.position >= constants.goal && state.velocity >= 0
  }
}
