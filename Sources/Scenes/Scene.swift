/// What an environment looks like now, in its own units: any front end can draw it.
///
/// A scene says nothing of colours, cells or pixels. Continuous worlds give a `Figure`, grid worlds
/// a `GridScene`.
public enum Scene: Sendable, Equatable {
  /// A drawing in world coordinates.
  case figure(Figure)
  /// A grid world with its agent.
  case grid(GridScene)
}

/// A point in world coordinates, y upwards.
public struct Point: Sendable, Equatable {
  /// The horizontal coordinate, in the world's unit.
  public var x: Double
  /// The vertical coordinate, in the world's unit, upwards.
  public var y: Double

  /// The point (x, y).
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// A drawing of a continuous world: shapes within bounds, in world coordinates.
public struct Figure: Sendable, Equatable {
  /// What a shape stands for; a front end chooses its look.
  public enum Role: Sendable, Equatable {
    /// Track, floor, hills: what does not move.
    case ground
    /// Where the episode ends.
    case limit
    /// The thing the agent moves.
    case body
    /// The thing to be kept in hand: a pole, a pendulum's rod.
    case limb
    /// A joint or wheel.
    case joint
    /// The force or torque applied now.
    case force
    /// Where the agent should get to.
    case goal
  }

  /// One thing to draw.
  public enum Shape: Sendable, Equatable {
    /// A straight line between two points.
    case line(Point, Point, Role)
    /// A filled rectangle, by its lower left and upper right corners.
    case rectangle(Point, Point, Role)
    /// A filled disc of a centre and radius.
    case disc(Point, radius: Double, Role)
    /// Connected straight lines.
    case path([Point], Role)
    /// A number on the ground line (a tick's label).
    case label(Point, String, Role)
  }

  /// The lower left corner of what is worth seeing.
  public var lowerLeft: Point
  /// The upper right corner of what is worth seeing.
  public var upperRight: Point
  /// The shapes, the hindmost first.
  public var shapes: [Shape]

  /// A drawing within bounds.
  public init(lowerLeft: Point, upperRight: Point, shapes: [Shape]) {
    self.lowerLeft = lowerLeft
    self.upperRight = upperRight
    self.shapes = shapes
  }
}
