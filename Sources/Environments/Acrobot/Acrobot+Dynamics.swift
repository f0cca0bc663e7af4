#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

extension Acrobot {
  /// The four numbers that move: angles and their rates, in double precision as Gymnasium's.
  public struct State: Sendable, Equatable {
    /// Angle theta1 of the upper link from hanging, in radians within -pi ... pi, positive
    /// counter-clockwise.
    public var upperAngle: Double
    /// Angle theta2 of the lower link from the direction of the upper one, in radians within
    /// -pi ... pi.
    public var lowerAngle: Double
    /// Rate of the upper angle, in radians a second.
    public var upperRate: Double
    /// Rate of the lower angle, in radians a second.
    public var lowerRate: Double

    /// A state of the two links (rad, rad, rad/s, rad/s).
    public init(upperAngle: Double, lowerAngle: Double, upperRate: Double, lowerRate: Double) {
      self.upperAngle = upperAngle
      self.lowerAngle = lowerAngle
      self.upperRate = upperRate
      self.lowerRate = lowerRate
    }

    /// This state moved by `time` along the rates of change in `slope`.
    func moved(by time: Double, along slope: State) -> State {
      State(
        upperAngle: upperAngle + time * slope.upperAngle,
        lowerAngle: lowerAngle + time * slope.lowerAngle,
        upperRate: upperRate + time * slope.upperRate,
        lowerRate: lowerRate + time * slope.lowerRate)
    }
  }

  /// What the world is made of. The defaults are those of Gymnasium's Acrobot-v1; both links are
  /// alike.
  public struct Constants: Sendable, Equatable {
    /// Gravitational acceleration, in m/s^2.
    public var gravity = 9.8
    /// Mass of a link, in kg.
    public var mass = 1.0
    /// Length of a link, in m.
    public var length = 1.0
    /// Distance of a link's centre of mass from its upper joint, in m.
    public var centre = 0.5
    /// Moment of inertia of a link, in kg m^2.
    public var inertia = 1.0
    /// Time between two steps, in s.
    public var timeStep = 0.2
    /// The upper link turns no faster, in rad/s.
    public var upperRateLimit = 4 * Double.pi
    /// The lower link turns no faster, in rad/s.
    public var lowerRateLimit = 9 * Double.pi
    /// The free end must get higher than this above the fixed joint, in m.
    public var goalHeight = 1.0

    /// The constants of Acrobot-v1.
    public init() {}
  }

  /// The state one time step after `state` under a torque between the links, in N m: one step of
  /// the classical Runge-Kutta method of fourth order, then the angles wrapped and the rates limited.
  public static func successor(
    of state: State, torque: Double, constants: Constants = Constants()
  ) -> State {
    let dt = constants.timeStep
    func slope(_ state: State) -> State { rates(of: state, torque: torque, constants: constants) }
    let k1 = slope(state)
    let k2 = slope(state.moved(by: dt / 2, along: k1))
    let k3 = slope(state.moved(by: dt / 2, along: k2))
    let k4 = slope(state.moved(by: dt, along: k3))
    let next = state.moved(by: dt / 6, along: simpsonSum(k1, k2, k3, k4))
    return State(
      upperAngle: wrapped(next.upperAngle), lowerAngle: wrapped(next.lowerAngle),
      upperRate: clamp(next.upperRate, to: constants.upperRateLimit),
      lowerRate: clamp(next.lowerRate, to: constants.lowerRateLimit))
  }

  /// k1 + 2 k2 + 2 k3 + k4.
  private static func simpsonSum(_ k1: State, _ k2: State, _ k3: State, _ k4: State) -> State {
    State(
      upperAngle: k1.upperAngle + 2 * k2.upperAngle + 2 * k3.upperAngle + k4.upperAngle,
      lowerAngle: k1.lowerAngle + 2 * k2.lowerAngle + 2 * k3.lowerAngle + k4.lowerAngle,
      upperRate: k1.upperRate + 2 * k2.upperRate + 2 * k3.upperRate + k4.upperRate,
      lowerRate: k1.lowerRate + 2 * k2.lowerRate + 2 * k3.lowerRate + k4.lowerRate)
  }

  /// The rates of change of a state, as a state.
  ///
  /// Sutton and Barto's equations ("book" in Gymnasium; those of the 1996 paper lack a term).
  static func rates(of state: State, torque: Double, constants c: Constants) -> State {
    let (m, l, lc, inertia, g) = (c.mass, c.length, c.centre, c.inertia, c.gravity)
    let (rate1, rate2) = (state.upperRate, state.lowerRate)
    let cosine2 = cos(state.lowerAngle)
    let sine2 = sin(state.lowerAngle)
    let quarter = Double.pi / 2
    let d1 =
      m * (lc * lc) + m * (l * l + lc * lc + 2 * l * lc * cosine2) + inertia + inertia
    let d2 = m * (lc * lc + l * lc * cosine2) + inertia
    let phi2 = m * lc * g * cos(state.upperAngle + state.lowerAngle - quarter)
    let turning =
      -m * l * lc * (rate2 * rate2) * sine2 - 2 * m * l * lc * rate2 * rate1 * sine2
    let phi1 = turning + (m * lc + m * l) * g * cos(state.upperAngle - quarter) + phi2
    let acceleration2 =
      (torque + d2 / d1 * phi1 - m * l * lc * (rate1 * rate1) * sine2 - phi2)
      / (m * (lc * lc) + inertia - d2 * d2 / d1)
    let acceleration1 = -(d2 * acceleration2 + phi1) / d1
    return State(
      upperAngle: rate1, lowerAngle: rate2, upperRate: acceleration1, lowerRate: acceleration2)
  }

  /// Height of the free end above the fixed joint, in m.
  public static func height(of state: State, constants: Constants = Constants()) -> Double {
    constants.length * (-cos(state.upperAngle) - cos(state.lowerAngle + state.upperAngle))
  }

  /// The angle without its whole turns, within -pi ... pi. A step turns a link a few times at most.
  private static func wrapped(_ angle: Double) -> Double {
    var angle = angle
    while angle > Double.pi { angle -= 2 * Double.pi }
    while angle < -Double.pi { angle += 2 * Double.pi }
    return angle
  }

  private static func clamp(_ number: Double, to limit: Double) -> Double {
    min(max(number, -limit), limit)
  }

  /// Sine and cosine of an angle in radians.
  static func direction(of angle: Double) -> (sine: Double, cosine: Double) {
    (sin(angle), cos(angle))
  }
}
