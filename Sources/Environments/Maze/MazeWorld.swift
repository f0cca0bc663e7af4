internal import Scenes

/// What stays the same while a maze is played: shared by all copies of it, never changed.
///
/// Squares that can be stood on are numbered as places: first the states (floor and start squares
/// in row-major order), then the goals and pits in row-major order. A move is one look-up.
final class MazeWorld: Sendable {
  let definition: MazeDefinition
  let map: GridMap
  let configuration: MazeConfiguration
  let specification: EnvironmentSpecification
  /// Number of states: the places from here on end the episode.
  let states: Int
  /// The states an episode may begin in.
  let starts: [Int]
  /// For every place the index of its square in the map.
  let squares: [Int]
  /// The place reached from `state` in `direction`, at `4 * state + direction`.
  let next: [Int32]
  /// The reward for entering each of the places that end the episode.
  let finalRewards: [Double]
  let stepLimit: Int

  init(name: String, definition: MazeDefinition) {
    let map = definition.map
    self.definition = definition
    self.map = map
    configuration = definition.configuration
    let open = map.squares.indices.filter { map.states[$0] >= 0 }
    let ends = map.squares.indices.filter { map.squares[$0] == .goal || map.squares[$0] == .pit }
    states = open.count
    squares = open + ends
    starts = open.filter { map.squares[$0] == .start }.map { map.states[$0] }
    precondition(!starts.isEmpty, "a maze needs a start")
    finalRewards = ends.map { map.squares[$0] == .goal ? 1 : -1 }
    next = Self.moves(in: map, from: open, ends: ends)
    stepLimit = configuration.stepLimit ?? min(max(10 * states, 200), 10_000)
    specification = Self.specification(
      name: name, definition: definition, states: states, starts: starts.count,
      stepLimit: stepLimit)
  }

  /// The place each move leads to: a wall or the map's edge leaves the agent where it is.
  private static func moves(in map: GridMap, from open: [Int], ends: [Int]) -> [Int32] {
    var places = map.states
    for (index, square) in ends.enumerated() { places[square] = open.count + index }
    var next: [Int32] = []
    next.reserveCapacity(4 * open.count)
    for (state, square) in open.enumerated() {
      let (row, column) = square.quotientAndRemainder(dividingBy: map.columns)
      for (down, right) in [(-1, 0), (0, 1), (1, 0), (0, -1)] {
        let isWall = map[row + down, column + right] == .wall
        let target = isWall ? state : places[square + down * map.columns + right]
        next.append(Int32(target))
      }
    }
    return next
  }

  private static func specification(
    name: String, definition: MazeDefinition, states: Int, starts: Int, stepLimit: Int
  ) -> EnvironmentSpecification {
    EnvironmentSpecification(
      name: name,
      summary: definition.summary ?? "find the goal of a maze with \(states) cells",
      observation: .discrete(states),
      actionSpace: .discrete(["up", "right", "down", "left"]),
      stepLimit: stepLimit,
      starts: starts,
      stepsPerSecond: 10,
      rewards: "+1 for entering the goal, -1 for a pit, "
        + "\(definition.configuration.stepReward) for every other step",
      begins: "on a start square; where there are several, workers are spread over them",
      ends: "the goal or a pit is entered; truncated after \(stepLimit) steps")
  }
}
