public import Scenes

extension Acrobot {
  /// The two links, the line the free end has to pass, and an arrow about the joint between them for
  /// the last torque; in metres.
  public func scene(lastAction action: Int?) -> Scene {
    let constants = Constants()
    let reach = 2 * constants.length
    let fixed = Point(0, 0)
    let middle = end(of: fixed, angle: state.upperAngle)
    let free = end(of: middle, angle: state.upperAngle + state.lowerAngle)
    var shapes: [Figure.Shape] = [
      .line(Point(-reach, constants.goalHeight), Point(reach, constants.goalHeight), .goal),
      .line(fixed, middle, .limb),
      .line(middle, free, .limb),
      .disc(fixed, radius: 0.12, .joint),
      .disc(middle, radius: 0.12, .joint),
    ]
    if let action, action != 1 {
      shapes += torque(action == 2 ? 1 : -1, about: middle)
    }
    return .figure(
      Figure(
        lowerLeft: Point(-1.05 * reach, -1.05 * reach),
        upperRight: Point(1.05 * reach, 1.05 * reach), shapes: shapes))
  }

  /// Where a link of an angle from hanging ends.
  private func end(of joint: Point, angle: Double) -> Point {
    let (sine, cosine) = Self.direction(of: angle)
    let length = Constants().length
    return Point(joint.x + length * sine, joint.y - length * cosine)
  }

  /// An arrow from the lower link's middle the way it is turned, 1 counter-clockwise.
  private func torque(_ turn: Double, about joint: Point) -> [Figure.Shape] {
    let link = state.upperAngle + state.lowerAngle - Double.pi / 2
    return TurningArrow(
      centre: joint, radius: 0.55 * Constants().length, from: link + turn * 0.3, sweep: turn * 1.4
    ).shapes
  }
}
