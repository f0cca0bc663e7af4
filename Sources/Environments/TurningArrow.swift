internal import Scenes

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// A bent arrow about a point: the way a torque turns.
struct TurningArrow {
  /// What it turns about.
  var centre: Point
  /// How far from it, in the world's unit.
  var radius: Double
  /// Where it begins, in radians counter-clockwise from the right.
  var from: Double
  /// How far it goes, in radians, positive counter-clockwise. One too short to be seen is none.
  var sweep: Double

  private static let shortest = 0.1
  private static let pieces = 12

  /// The arc and its head.
  var shapes: [Figure.Shape] {
    guard abs(sweep) >= Self.shortest, sweep.isFinite else { return [] }
    let arc = (0...Self.pieces).map { piece in
      point(at: from + sweep * Double(piece) / Double(Self.pieces), radius)
    }
    let turn = sweep < 0 ? -1.0 : 1.0
    let back = from + sweep - turn * 0.45
    return [
      .path(arc, .force),
      .path(
        [
          point(at: back, 1.3 * radius), point(at: from + sweep, radius),
          point(at: back, 0.7 * radius),
        ], .force),
    ]
  }

  private func point(at angle: Double, _ radius: Double) -> Point {
    Point(centre.x + radius * cos(angle), centre.y + radius * sin(angle))
  }
}
