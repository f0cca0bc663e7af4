#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

extension Pendulum {
  /// The two numbers that move, in double precision as Gymnasium's.
  public struct State: Sendable, Equatable {
    /// Angle theta of the rod from upright, in radians, positive counter-clockwise. It counts whole
    /// turns: it is never wrapped.
    public var angle: Double
    /// Rate of the angle, in radians a second.
    public var angularVelocity: Double

    /// A state of the rod (rad, rad/s).
    public init(angle: Double, angularVelocity: Double) {
      self.angle = angle
      self.angularVelocity = angularVelocity
    }
  }

  /// What the world is made of. The defaults are those of Gymnasium's Pendulum-v1.
  public struct Constants: Sendable, Equatable {
    /// Gravitational acceleration, in m/s^2.
    public var gravity = 10.0
    /// Mass of the rod, in kg.
    public var mass = 1.0
    /// Length of the rod, in m.
    public var length = 1.0
    /// Time between two steps, in s.
    public var timeStep = 0.05
    /// The rod turns no faster, in rad/s.
    public var speedLimit = 8.0
    /// The motor is no stronger, in N m.
    public var torqueLimit = 2.0

    /// The constants of Pendulum-v1.
    public init() {}
  }

  /// The state one time step after `state` under a torque in N m, within the motor's limit.
  ///
  /// A uniform rod that turns about its end: its moment of inertia is m l^2 / 3. The angle moves
  /// with the new rate (semi-implicit Euler). The order of operations is Gymnasium's.
  public static func successor(
    of state: State, torque: Double, constants: Constants = Constants()
  ) -> State {
    let (m, l) = (constants.mass, constants.length)
    let acceleration =
      3 * constants.gravity / (2 * l) * sin(state.angle) + 3.0 / (m * (l * l)) * torque
    let rate = clamp(
      state.angularVelocity + acceleration * constants.timeStep, to: constants.speedLimit)
    return State(angle: state.angle + rate * constants.timeStep, angularVelocity: rate)
  }

  /// What a step from `state` under a torque costs: theta^2 + 0.1 theta_dot^2 + 0.001 u^2, with
  /// theta wrapped into [-pi, pi). The reward is its negative.
  public static func cost(of state: State, torque: Double) -> Double {
    let angle = wrapped(state.angle)
    let rate = state.angularVelocity
    return angle * angle + 0.1 * (rate * rate) + 0.001 * (torque * torque)
  }

  /// The angle without its whole turns, in [-pi, pi).
  public static func wrapped(_ angle: Double) -> Double {
    let turn = 2 * Double.pi
    let rest = (angle + Double.pi).truncatingRemainder(dividingBy: turn)
    return (rest < 0 ? rest + turn : rest) - Double.pi
  }

  /// `number`, or the limit it is beyond.
  static func clamp(_ number: Double, to limit: Double) -> Double {
    min(max(number, -limit), limit)
  }

  /// Sine and cosine of an angle in radians.
  static func direction(of angle: Double) -> (sine: Double, cosine: Double) {
    (sin(angle), cos(angle))
  }
}
