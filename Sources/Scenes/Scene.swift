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

/// The still map of a grid world.
public struct GridMap: Sendable, Equatable {
  /// What a square is.
  public enum Square: UInt8, Sendable, Equatable {
    /// Cannot be entered.
    case wall
    /// Can be walked on.
    case floor
    /// An episode may begin here.
    case start
    /// Ends the episode well.
    case goal
    /// Ends the episode badly.
    case pit
  }

  /// Number of rows, the first at the top.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// Every square in row-major order, `rows * columns` of them.
  public let squares: [Square]
  /// For every square in row-major order the index of its state (the non-terminal squares in
  /// row-major order), -1 for walls, goals and pits.
  public let states: [Int]
  /// The rewards for entering the goals and pits, in row-major order; empty where they are not
  /// worth telling.
  public let endRewards: [Double]

  /// A map of `rows * columns` squares in row-major order.
  public init(rows: Int, columns: Int, squares: [Square], endRewards: [Double] = []) {
    precondition(squares.count == rows * columns, "a map has rows * columns squares")
    self.endRewards = endRewards
    self.rows = rows
    self.columns = columns
    self.squares = squares
    var next = 0
    states = squares.map { square in
      guard square == .floor || square == .start else { return -1 }
      defer { next += 1 }
      return next
    }
  }

  /// The square at a row and column; outside the map is wall.
  public subscript(row: Int, column: Int) -> Square {
    guard row >= 0, row < rows, column >= 0, column < columns else { return .wall }
    return squares[row * columns + column]
  }
}

/// A grid world with its agent.
public struct GridScene: Sendable, Equatable {
  /// The still map (shared storage: copying a scene copies no squares).
  public var map: GridMap
  /// The agent's square, as row * columns + column.
  public var agent: Int
  /// The square before the last move, when there was one.
  public var previous: Int?

  /// A map with the agent on a square.
  public init(map: GridMap, agent: Int, previous: Int? = nil) {
    self.map = map
    self.agent = agent
    self.previous = previous
  }
}
