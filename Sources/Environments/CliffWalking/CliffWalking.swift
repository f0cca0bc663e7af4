internal import Scenes

/// Walk along the edge of a cliff, or take the long way.
///
/// | | |
/// |---|---|
/// | observation | row * 12 + column of the agent's square: 48 states, those of the cliff and the goal counted too |
/// | actions | 0 up, 1 right, 2 down, 3 left; off the map the agent stays |
/// | reward | -100 for a step into the cliff, which leads back to the start, -1 for every other |
/// | start | the lower left corner, state 36 |
/// | end | in the goal, the lower right corner, state 47; there is no time limit |
/// | slippery | the agent goes where it means to or to either side of that, each with 1/3 |
///
/// Sources: Sutton and Barto (2018), Example 6.6; Gymnasium's CliffWalking-v1.
public enum CliffWalking {
  /// Gymnasium's name.
  public static let name = "CliffWalking-v1"

  /// The world, the agent at the start.
  ///
  /// - Parameter isSlippery: whether a step may go to either side.
  public static func make(isSlippery: Bool = false) -> TabularEnvironment {
    let map = map
    return TabularEnvironment(
      TabularWorld(
        specification(isSlippery: isSlippery), table: table(isSlippery: isSlippery),
        starts: [start], ends: [goal]
      ) { state, previous in
        GridScene(map: map, agent: state, previous: previous)
      })
  }

  private static let (rows, columns) = (4, 12)
  private static let (start, goal) = (36, 47)
  private static let cliff = 37..<47

  private static func specification(isSlippery: Bool) -> EnvironmentSpecification {
    EnvironmentSpecification(
      name: name,
      summary: "get to the goal along the edge of a cliff, or by the long way round",
      observation: .discrete(rows * columns),
      actionSpace: .discrete(["up", "right", "down", "left"]), stepLimit: .max,
      stepsPerSecond: 4,
      rewards: "-100 for a step into the cliff, -1 for every other step",
      begins: "in the corner to the left of the cliff",
      ends: "the goal is entered; the cliff leads back to the start, and there is no time limit"
        + (isSlippery ? "; a step goes to either side with 1/3 each" : ""),
      settings: ["is_slippery": "\(isSlippery)"])
  }

  private static var map: GridMap {
    let squares = (0..<rows * columns).map { square -> GridMap.Square in
      square == start ? .start : square == goal ? .goal : cliff.contains(square) ? .pit : .floor
    }
    return GridMap(
      rows: rows, columns: columns, squares: squares, states: Array(squares.indices))
  }

  private static func table(isSlippery: Bool) -> [[[TabularWorld.Transition]]] {
    let grid = GridMoves(rows: rows, columns: columns, directions: [.up, .right, .down, .left])
    return (0..<rows * columns).map { state in
      (0..<4).map { action in
        grid.directions(of: action, isSlippery: isSlippery).map { direction in
          let next = grid.square(from: state, direction)
          return cliff.contains(next)
            ? TabularWorld.Transition(next: start, reward: -100, terminated: false)
            : TabularWorld.Transition(next: next, reward: -1, terminated: next == goal)
        }
      }
    }
  }
}
