internal import Scenes

/// Cross a frozen lake without falling into a hole.
///
/// | | |
/// |---|---|
/// | observation | row * columns + column of the agent's square: 16 or 64 states, holes and goal counted too |
/// | actions | 0 left, 1 down, 2 right, 3 up; off the map the agent stays |
/// | reward | +1 for entering the goal, 0 for every other step |
/// | start | the upper left corner |
/// | end | in the goal or a hole; truncated after 100 steps (8x8: 200) |
/// | slippery | the agent goes where it means to or to either side of that, each with 1/3 |
///
/// Source: Gymnasium's FrozenLake-v1 (8x8: FrozenLake8x8-v1).
public enum FrozenLake {
  /// Gymnasium's name.
  public static let name = "FrozenLake-v1"

  /// One of the two lakes.
  public enum Lake: String, Sendable, Hashable, CaseIterable {
    /// 16 squares.
    case small = "4x4"
    /// 64 squares.
    case large = "8x8"

    /// Start, frozen squares, holes and goal, by Gymnasium's letters.
    fileprivate var rows: [String] {
      switch self {
      case .small: ["SFFF", "FHFH", "FFFH", "HFFG"]
      case .large:
        [
          "SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF",
          "FFFHFFFG",
        ]
      }
    }

    fileprivate var map: GridMap {
      let squares = rows.joined().map { letter -> GridMap.Square in
        switch letter {
        case "S": .start
        case "H": .pit
        case "G": .goal
        default: .floor
        }
      }
      return GridMap(
        rows: rows.count, columns: rows.count, squares: squares, states: Array(squares.indices),
        actionSigns: [.left, .down, .right, .up])
    }

    fileprivate var stepLimit: Int { self == .small ? 100 : 200 }

    /// The mean return Gymnasium calls solved.
    fileprivate var solvedReturn: Double { self == .small ? 0.7 : 0.85 }
  }

  /// The world, the agent at the start.
  ///
  /// - Parameter isSlippery: whether a step may go to either side.
  public static func make(_ lake: Lake = .small, isSlippery: Bool = true) -> TabularEnvironment {
    let map = lake.map
    return TabularEnvironment(
      TabularWorld(
        specification(lake, isSlippery: isSlippery), table: table(map, isSlippery: isSlippery),
        starts: [0], ends: map.squares.indices.filter { isEnd(map.squares[$0]) }
      ) { state, previous in
        GridScene(map: map, agent: state, previous: previous)
      })
  }

  private static func isEnd(_ square: GridMap.Square) -> Bool { square == .pit || square == .goal }

  private static func specification(_ lake: Lake, isSlippery: Bool) -> EnvironmentSpecification {
    EnvironmentSpecification(
      name: name,
      summary: "cross a frozen lake of \(lake.rawValue) squares without falling into a hole",
      observation: .discrete(lake.rows.count * lake.rows.count),
      actionSpace: .discrete(["left", "down", "right", "up"]), stepLimit: lake.stepLimit,
      stepsPerSecond: 4, solvedReturn: lake.solvedReturn,
      rewards: "+1 for entering the goal, 0 for every other step",
      begins: "on the square at the top left",
      ends: "the goal or a hole is entered; truncated after \(lake.stepLimit) steps"
        + (isSlippery ? "; a step goes to either side with 1/3 each" : ""),
      settings: ["map_name": lake.rawValue, "is_slippery": "\(isSlippery)"])
  }

  private static func table(_ map: GridMap, isSlippery: Bool) -> [[[TabularWorld.Transition]]] {
    let grid = GridMoves(
      rows: map.rows, columns: map.columns, directions: [.left, .down, .right, .up])
    return map.squares.indices.map { state in
      (0..<4).map { action in
        guard !isEnd(map.squares[state]) else {
          return [TabularWorld.Transition(next: state, reward: 0, terminated: true)]
        }
        return grid.directions(of: action, isSlippery: isSlippery).map { direction in
          let next = grid.square(from: state, direction)
          return TabularWorld.Transition(
            next: next, reward: map.squares[next] == .goal ? 1 : 0,
            terminated: isEnd(map.squares[next]))
        }
      }
    }
  }
}
