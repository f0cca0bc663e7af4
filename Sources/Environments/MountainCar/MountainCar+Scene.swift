public import Scenes

extension MountainCar {
  /// The road with its wall, the car, the flag, and an arrow for the last push.
  public func scene(lastAction action: Int?) -> Scene {
    Self.scene(
      position: state.position, goal: Constants().goal, push: action.map { Double($0 - 1) } ?? 0)
  }

  /// A car on the road.
  ///
  /// - Parameters:
  ///   - position: where the car is.
  ///   - goal: where the flag stands.
  ///   - push: the force of the motor, -1 (full, to the left) ... 1 (full, to the right).
  static func scene(position: Double, goal: Double, push: Double) -> Scene {
    let constants = Constants()
    return .figure(
      Figure(
        lowerLeft: Point(constants.leastPosition - 0.05, 0),
        upperRight: Point(constants.greatestPosition + 0.05, 1.35),
        shapes: road(constants) + flag(at: goal) + car(at: position)
          + arrow(at: position, push: push)))
  }

  private static func road(_ constants: Constants) -> [Figure.Shape] {
    let (left, right) = (constants.leastPosition, constants.greatestPosition)
    let pieces = 60
    let points = (0...pieces).map { piece in
      let x = left + (right - left) * Double(piece) / Double(pieces)
      return Point(x, height(at: x))
    }
    return [
      .path(points, .ground),
      .line(Point(left, height(at: left)), Point(left, height(at: left) + 0.3), .ground),
    ]
  }

  private static func flag(at goal: Double) -> [Figure.Shape] {
    let foot = height(at: goal)
    let top = foot + 0.33
    return [
      .path(
        [
          Point(goal, foot), Point(goal, top), Point(goal - 0.15, top - 0.06),
          Point(goal, top - 0.12),
        ], .goal)
    ]
  }

  private static let carHalfWidth = 0.09
  private static let carHeight = 0.1

  private static func car(at position: Double) -> [Figure.Shape] {
    let bottom = height(at: position) + 0.03
    return [
      .rectangle(
        Point(position - carHalfWidth, bottom),
        Point(position + carHalfWidth, bottom + carHeight), .body)
    ]
  }

  /// An arrow above the car, as long as the push is strong.
  private static func arrow(at position: Double, push: Double) -> [Figure.Shape] {
    guard abs(push) >= 0.05 else { return [] }
    let side = push < 0 ? -1.0 : 1.0
    let level = height(at: position) + 0.03 + carHeight + 0.08
    let tip = Point(position + 0.25 * push, level)
    return [
      .line(Point(position, level), tip, .force),
      .path(
        [Point(tip.x - side * 0.05, level + 0.04), tip, Point(tip.x - side * 0.05, level - 0.04)],
        .force),
    ]
  }
}
