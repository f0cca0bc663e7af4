internal import Agents
internal import Environments
internal import MarkovProcesses
internal import Scenes
internal import Telemetry

/// Finds the way of the greedy policy through a tabular world.
struct LearntPath {
  private let mdp: TabularMDP
  private let starts: [Int]

  /// Nothing, where the world has no known process.
  init?(in environment: any Environment) {
    guard let mdp = environment.knownMDP else { return nil }
    self.mdp = mdp
    starts = environment.startStates
  }

  /// The way from the start or, where there are several, from where a worker is.
  ///
  /// - Parameter world: the worker's, as it is drawn, so that a step on slippery ground goes where it
  ///   means to, and the end has a name.
  func path(
    by values: [[Double]], world: any Environment
  ) -> GridActionValues.Path? {
    let isFromHere = starts.count != 1
    let present = world.worldState.first.flatMap(Int.init(exactly:))
    guard let start = isFromHere ? present : starts.first, values.count == mdp.states,
      values.indices.contains(start)
    else { return nil }
    var map: GridMap?
    if case .grid(let grid) = world.scene(lastAction: nil) { map = grid.map }
    let way = GreedyPath(
      in: mdp, from: start, action: { Self.greatest(values[$0]) },
      meant: { map?.state(from: $0, by: $1) })
    return GridActionValues.Path(
      states: way.states, actions: way.actions, end: Self.end(of: way, on: map),
      reward: way.reward, hasChance: hasChance(way), isFromHere: isFromHere)
  }

  private func hasChance(_ way: GreedyPath) -> Bool {
    zip(way.states, way.actions).contains { state, action in
      Set(mdp.outcomes[state][action].filter { $0.probability > 0 }.map(\.nextState)).count > 1
    }
  }

  /// The first of the greatest.
  private static func greatest(_ values: [Double]) -> Int {
    values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
  }

  private static func end(of way: GreedyPath, on map: GridMap?) -> GridActionValues.Path.End {
    guard way.reachesEnd else { return .nowhere }
    guard let state = way.states.last, let action = way.actions.last,
      let square = map?.square(from: state, by: action)
    else { return .goal }
    return map?.squares[square] == .pit ? .pit : .goal
  }
}

extension GridMap {
  /// The square that an action means to lead to, the present one where it leads off the map; nil where
  /// the state is not on the map, or the action is no move.
  fileprivate func square(from state: Int, by action: Int) -> Int? {
    guard let square = states.firstIndex(of: state), actionSigns.indices.contains(action) else {
      return nil
    }
    var (row, column) = square.quotientAndRemainder(dividingBy: columns)
    switch actionSigns[action] {
    case .up: row -= 1
    case .down: row += 1
    case .left: column -= 1
    case .right: column += 1
    case .letter: return nil
    }
    let isWall = self[row, column] == .wall
    return isWall ? square : row * columns + column
  }

  /// The state there; -1 in a goal or pit, where an episode may end.
  fileprivate func state(from state: Int, by action: Int) -> Int? {
    square(from: state, by: action).map { square in
      switch squares[square] {
      case .goal, .pit: -1
      case .wall, .floor, .start: states[square]
      }
    }
  }
}
