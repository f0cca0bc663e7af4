public import Scenes

extension CartPole {
  /// The track with its limits, the cart, the pole, and an arrow for the last push; in metres.
  public func scene(lastAction action: Int?) -> Scene {
    let limit = Constants().positionLimit
    var shapes = Self.track(limit: limit)
    shapes += cartAndPole()
    if let action { shapes += push(action) }
    return .figure(
      Figure(
        lowerLeft: Point(-limit - 0.35, -0.2), upperRight: Point(limit + 0.35, 1.4),
        shapes: shapes))
  }

  private static let cartHalfWidth = 0.25
  private static let cartBottom = 0.08
  private static let cartTop = 0.3
  private static let wheelRadius = 0.06

  /// The ground line, a tick at every metre, and the two limits.
  private static func track(limit: Double) -> [Figure.Shape] {
    var shapes: [Figure.Shape] = [
      .line(Point(-limit, 0), Point(limit, 0), .ground),
      .line(Point(-limit, 0), Point(-limit, 0.6), .limit),
      .line(Point(limit, 0), Point(limit, 0.6), .limit),
      .label(Point(-limit, -0.12), "-2.4", .limit),
      .label(Point(limit, -0.12), "2.4", .limit),
    ]
    for metre in -2...2 {
      let x = Double(metre)
      shapes.append(.line(Point(x, 0), Point(x, -0.05), .ground))
      if abs(metre) < 2 { shapes.append(.label(Point(x, -0.12), "\(metre)", .ground)) }
    }
    return shapes
  }

  private func cartAndPole() -> [Figure.Shape] {
    let x = state.position
    let length = 2 * Constants().halfPoleLength
    let joint = Point(x, Self.cartTop)
    let (sine, cosine) = Self.direction(of: state.angle)
    let tip = Point(x + length * sine, Self.cartTop + length * cosine)
    return [
      .rectangle(
        Point(x - Self.cartHalfWidth, Self.cartBottom), Point(x + Self.cartHalfWidth, Self.cartTop),
        .body),
      .disc(Point(x - 0.15, Self.wheelRadius), radius: Self.wheelRadius, .joint),
      .disc(Point(x + 0.15, Self.wheelRadius), radius: Self.wheelRadius, .joint),
      .line(joint, tip, .limb),
      .disc(joint, radius: 0.04, .joint),
    ]
  }

  /// An arrow on the side the cart is pushed towards.
  private func push(_ action: Int) -> [Figure.Shape] {
    let side = action == 1 ? 1.0 : -1.0
    let height = (Self.cartBottom + Self.cartTop) / 2
    let base = state.position + side * (Self.cartHalfWidth + 0.05)
    let tip = Point(base + side * 0.3, height)
    return [
      .line(Point(base, height), tip, .force),
      .path(
        [
          Point(tip.x - side * 0.1, height + 0.08), tip,
          Point(tip.x - side * 0.1, height - 0.08),
        ], .force),
    ]
  }
}
