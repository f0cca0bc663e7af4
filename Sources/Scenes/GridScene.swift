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
    /// Nobody stays here: it ends the episode badly, or costs much and leads back to the start.
    case pit
  }

  /// How an action is shown on a square.
  public enum ActionSign: Sendable, Equatable {
    /// A move to the neighbouring square.
    case up, right, down, left
    /// Anything else, by a letter.
    case letter(Unicode.Scalar)
  }

  /// Number of rows, the first at the top.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// Every square in row-major order, `rows * columns` of them.
  public let squares: [Square]
  /// For every square in row-major order the index of its state, -1 where it has none. Unless a
  /// world counts otherwise these are the floor and start squares in row-major order.
  public let states: [Int]
  /// Number of states of the world; more than are on the map where a square is one of several
  /// states by turns.
  public let stateCount: Int
  /// What each action does, in the order of the actions.
  public let actionSigns: [ActionSign]
  /// The squares with a thin wall between them and the next square to the right.
  public let wallsToTheRight: [Int]
  /// The rewards for entering the goals and pits, in row-major order; empty where they are not
  /// worth telling.
  public let endRewards: [Double]

  /// A map of `rows * columns` squares in row-major order.
  ///
  /// - Parameters:
  ///   - states: the state of every square, -1 where it has none; nil counts the floor and start
  ///     squares.
  ///   - stateCount: the number of states of the world; nil where all of them are on the map.
  public init(
    rows: Int, columns: Int, squares: [Square], states: [Int]? = nil, stateCount: Int? = nil,
    endRewards: [Double] = [], actionSigns: [ActionSign] = [.up, .right, .down, .left],
    wallsToTheRight: [Int] = []
  ) {
    precondition(squares.count == rows * columns, "a map has rows * columns squares")
    precondition(states.map { $0.count == squares.count } ?? true, "every square has a state or -1")
    self.endRewards = endRewards
    self.rows = rows
    self.columns = columns
    self.squares = squares
    self.actionSigns = actionSigns
    self.wallsToTheRight = wallsToTheRight
    self.states = states ?? Self.counted(squares)
    self.stateCount = stateCount ?? self.states.count { $0 >= 0 }
  }

  /// The floor and start squares numbered in row-major order.
  private static func counted(_ squares: [Square]) -> [Int] {
    var next = 0
    return squares.map { square in
      guard square == .floor || square == .start else { return -1 }
      defer { next += 1 }
      return next
    }
  }

  /// Whether every state of the world has its square.
  public var hasAllStates: Bool { states.count { $0 >= 0 } == stateCount }

  /// The square at a row and column; outside the map is wall.
  public subscript(row: Int, column: Int) -> Square {
    guard row >= 0, row < rows, column >= 0, column < columns else { return .wall }
    return squares[row * columns + column]
  }
}

/// A grid world with its agent.
public struct GridScene: Sendable, Equatable {
  /// A letter on a square.
  public struct Mark: Sendable, Equatable {
    /// What a mark stands for; a front end chooses its look.
    public enum Role: Sendable, Equatable {
      /// A place with a name.
      case place
      /// The place to get to.
      case destination
      /// Something to be fetched.
      case load
    }

    /// The square, as row * columns + column.
    public let square: Int
    /// What is written on it.
    public let letter: Unicode.Scalar
    /// What it stands for.
    public let role: Role

    /// A letter on a square.
    public init(square: Int, letter: Unicode.Scalar, role: Role) {
      self.square = square
      self.letter = letter
      self.role = role
    }
  }

  /// The still map (shared storage: copying a scene copies no squares).
  public var map: GridMap
  /// The agent's square, as row * columns + column.
  public var agent: Int
  /// The square before the last move, when there was one.
  public var previous: Int?
  /// What is written on squares, the hindmost first.
  public var marks: [Mark]
  /// The letter of what the agent carries; nil where it carries nothing.
  public var carried: Unicode.Scalar?
  /// What the squares do not tell of the state, in a few words; empty where they tell all.
  public var caption: String

  /// A map with the agent on a square.
  public init(
    map: GridMap, agent: Int, previous: Int? = nil, marks: [Mark] = [],
    carried: Unicode.Scalar? = nil, caption: String = ""
  ) {
    self.map = map
    self.agent = agent
    self.previous = previous
    self.marks = marks
    self.carried = carried
    self.caption = caption
  }
}
