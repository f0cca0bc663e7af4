internal import Agents
internal import MarkovProcesses
internal import Scenes
internal import Telemetry

extension GridActionValues {
  /// Values read of a learner, and the way the greedy policy takes through its world.
  ///
  /// - Parameters:
  ///   - map: the world as it is drawn, so that a step on slippery ground goes where it means to, and
  ///     the end has a name; nil where it is not drawn on squares.
  ///   - start: the state the way begins in; nil for none.
  init(
    _ values: [[Double]], in process: TabularMDP, map: GridMap?, from start: Int?,
    isFromHere: Bool = false
  ) {
    self.init(values: values, path: nil)
    guard let start, values.indices.contains(start), values.count == process.states else { return }
    let way = GreedyPath(
      in: process, from: start, action: { Self.greatest(values[$0]) },
      meant: { map?.state(from: $0, by: $1) })
    let hasChance = zip(way.states, way.actions).contains { state, action in
      Set(process.outcomes[state][action].filter { $0.probability > 0 }.map(\.nextState)).count > 1
    }
    path = Path(
      states: way.states, actions: way.actions, end: Self.end(of: way, on: map),
      reward: way.reward, hasChance: hasChance, isFromHere: isFromHere)
  }

  /// The first of the greatest.
  private static func greatest(_ values: [Double]) -> Int {
    values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
  }

  private static func end(of way: GreedyPath, on map: GridMap?) -> Path.End {
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
