#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

extension MountainCar {
  /// The two numbers that move, in double precision as Gymnasium's.
  public struct State: Sendable, Equatable {
    /// Place x of the car along the level, the valley's floor at -pi/6, positive to the right.
    public var position: Double
    /// Change of the position in a step.
    public var velocity: Double

    /// A state of the car.
    public init(position: Double, velocity: Double) {
      self.position = position
      self.velocity = velocity
    }
  }

  /// What the world is made of. The defaults are those of Gymnasium's MountainCar-v0.
  public struct Constants: Sendable, Equatable {
    /// Change of the velocity in a step by the motor.
    public var force = 0.001
    /// Change of the velocity in a step by gravity, at most.
    public var gravity = 0.0025
    /// The wall on the left, where the car stops.
    public var leastPosition = -1.2
    /// The end of the road on the right.
    public var greatestPosition = 0.6
    /// The car goes no faster.
    public var speedLimit = 0.07
    /// Where the flag stands.
    public var goal = 0.5

    /// The constants of MountainCar-v0.
    public init() {}
  }

  /// The state a step after `state`, the motor pushing to the left (0), not (1) or to the right (2).
  ///
  /// The order of operations is Gymnasium's.
  public static func successor(
    of state: State, action: Int, constants: Constants = Constants()
  ) -> State {
    let push = Double(action - 1) * constants.force + cos(3 * state.position) * -constants.gravity
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

  /// The height of the road at a position, as Gymnasium draws it: sin(3x) 0.45 + 0.55. (Gravity
  /// pulls by its slope.)
  static func height(at position: Double) -> Double { sin(3 * position) * 0.45 + 0.55 }
}
