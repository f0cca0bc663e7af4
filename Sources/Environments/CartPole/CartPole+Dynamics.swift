#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

extension CartPole {
  /// The four numbers that move: positions and their rates, in double precision as Gymnasium's.
  public struct State: Sendable, Equatable {
    /// Position x of the cart on its track, in metres, 0 in the middle, positive to the right.
    public var position: Double
    /// Speed of the cart, in metres a second.
    public var velocity: Double
    /// Angle theta of the pole from upright, in radians, positive when it leans to the right.
    public var angle: Double
    /// Rate of the pole's angle, in radians a second.
    public var angularVelocity: Double

    /// A state of the cart (m, m/s) and the pole (rad, rad/s).
    public init(position: Double, velocity: Double, angle: Double, angularVelocity: Double) {
      self.position = position
      self.velocity = velocity
      self.angle = angle
      self.angularVelocity = angularVelocity
    }
  }

  /// What the world is made of. The defaults are those of Gymnasium's CartPole-v1.
  public struct Constants: Sendable, Equatable {
    /// Gravitational acceleration, in m/s^2.
    public var gravity = 9.8
    /// Mass of the cart, in kg.
    public var cartMass = 1.0
    /// Mass of the pole, in kg.
    public var poleMass = 0.1
    /// Half the length of the pole, in m.
    public var halfPoleLength = 0.5
    /// Size of the force that pushes the cart, in N.
    public var force = 10.0
    /// Time between two steps, in s.
    public var timeStep = 0.02
    /// The cart may go this far from the middle and not beyond, in m.
    public var positionLimit = 2.4
    /// The pole may lean this far and not beyond: 12 degrees, in rad.
    public var angleLimit = 12 * 2 * Double.pi / 360

    /// The constants of CartPole-v1.
    public init() {}
  }

  /// The state one time step after `state`, the cart pushed to the left (action 0) or right (1).
  ///
  /// The equations of motion are those without friction of Florian, "Correct equations for the
  /// dynamics of the cart-pole system" (2007), eqs. 23 and 24, integrated by the explicit Euler
  /// method: positions move with the old rates. The order of operations is Gymnasium's.
  public static func successor(
    of state: State, action: Int, constants: Constants = Constants()
  ) -> State {
    let force = action == 1 ? constants.force : -constants.force
    let cosine = cos(state.angle)
    let sine = sin(state.angle)
    let totalMass = constants.poleMass + constants.cartMass
    let poleMoment = constants.poleMass * constants.halfPoleLength
    let rate = state.angularVelocity

    let push = (force + poleMoment * (rate * rate) * sine) / totalMass
    let angularAcceleration =
      (constants.gravity * sine - cosine * push)
      / (constants.halfPoleLength
        * (4.0 / 3.0 - constants.poleMass * (cosine * cosine) / totalMass))
    let acceleration = push - poleMoment * angularAcceleration * cosine / totalMass

    let tau = constants.timeStep
    return State(
      position: state.position + tau * state.velocity,
      velocity: state.velocity + tau * acceleration,
      angle: state.angle + tau * rate,
      angularVelocity: rate + tau * angularAcceleration)
  }

  /// Whether the cart has left the track or the pole has fallen: strictly beyond a limit.
  public static func hasFailed(_ state: State, constants: Constants = Constants()) -> Bool {
    state.position < -constants.positionLimit || state.position > constants.positionLimit
      || state.angle < -constants.angleLimit || state.angle > constants.angleLimit
  }

  /// Sine and cosine of an angle in radians: where a pole that leans so far points.
  static func direction(of angle: Double) -> (sine: Double, cosine: Double) {
    (sin(angle), cos(angle))
  }
}
