public import Scenes

extension Pendulum {
  /// The pivot, the rod, a mark where it should stand, and an arrow along which the motor turned it
  /// last; in metres. The arrow is as long as the torque is strong.
  public func scene(lastAction action: Int?) -> Scene {
    let length = Constants().length
    let (sine, cosine) = Self.direction(of: state.angle)
    let pivot = Point(0, 0)
    var shapes: [Figure.Shape] = [
      .line(Point(0, 1.08 * length), Point(0, 1.25 * length), .goal),
      .line(pivot, Point(-length * sine, length * cosine), .limb),
      .disc(pivot, radius: 0.13, .joint),
    ]
    if let lastTorque {
      let arrow = TurningArrow(
        centre: pivot, radius: 0.55 * length, from: Self.lead(of: lastTorque) + state.angle,
        sweep: lastTorque / Constants().torqueLimit * Self.widestSweep)
      shapes += arrow.shapes
    }
    return .figure(
      Figure(
        lowerLeft: Point(-1.25 * length, -1.25 * length),
        upperRight: Point(1.25 * length, 1.25 * length), shapes: shapes))
  }

  /// The same after a torque, in N m; a state that was taken up knows of none.
  public func scene(lastContinuousAction action: Double?) -> Scene {
    var turned = self
    turned.lastTorque = action.map { Self.clamp($0, to: Constants().torqueLimit) }
    return turned.scene(lastAction: nil)
  }

  /// The angle of the arrow of the strongest torque, in rad.
  private static let widestSweep = 1.7

  /// Where the arrow begins: from upright like the rod's angle, a little before the rod.
  private static func lead(of torque: Double) -> Double {
    Double.pi / 2 + (torque < 0 ? -0.2 : 0.2)
  }
}
