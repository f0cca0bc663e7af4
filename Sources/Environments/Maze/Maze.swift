public import Randomness
public import Scenes

/// A maze of square cells: find the goal, keep out of the pits.
///
/// | | |
/// |---|---|
/// | observation | the index of the agent's cell among the non-terminal cells in row-major order; in a goal or pit, which are no states, that of the cell it was entered from |
/// | actions | 0 up, 1 right, 2 down, 3 left; into a wall or off the map the agent stays |
/// | reward | +1 for entering a goal, -1 for a pit, the step reward for every other step |
/// | start | start `i` of the map in row-major order, or one drawn uniformly |
/// | end | in a goal or a pit; truncated at the step limit |
/// | slip | `MazeConfiguration.slipModel` |
///
/// A value holds the agent's place; the map and its table of moves are shared by all copies.
public struct Maze: Environment {
  private let world: MazeWorld
  private var place: Int
  /// The place before the last move, -1 before the first.
  private var previous: Int
  private var stepCount: Int

  /// A maze called `name`, the agent on its first start.
  ///
  /// - Precondition: the map has a start.
  public init(name: String, definition: MazeDefinition) {
    world = MazeWorld(name: name, definition: definition)
    place = world.starts[0]
    previous = -1
    stepCount = 0
  }

  /// The still map.
  public var map: GridMap { world.map }

  /// Step reward, slip and step limit.
  public var configuration: MazeConfiguration { world.configuration }

  /// Map, rules and what it is called, as a file would define it.
  public var definition: MazeDefinition { world.definition }

  /// The states an episode may begin in, in row-major order.
  public var startStates: [Int] { world.starts }

  /// Name, spaces, limits and documentation.
  public var specification: EnvironmentSpecification { world.specification }

  /// Begins an episode at start `start` in row-major order, or at one drawn uniformly.
  public mutating func reset(start: Int?, random: inout RandomStream) {
    let starts = world.starts
    if let start {
      precondition(starts.indices.contains(start), "the maze has starts 0 to \(starts.count - 1)")
      place = starts[start]
    } else {
      place = starts[random.below(starts.count)]
    }
    previous = -1
    stepCount = 0
  }

  /// Moves up (0), right (1), down (2) or left (3), unless the agent slips or a wall is there.
  public mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome {
    precondition(action >= 0 && action < 4, "a maze has the actions 0 to 3")
    precondition(place < world.states, "the episode has ended: reset before the next step")
    assert(stepCount < world.stepLimit, "the episode has ended: reset before the next step")
    previous = place
    place = Int(world.next[4 * place + direction(of: action, random: &random)])
    stepCount += 1
    let terminated = place >= world.states
    return StepOutcome(
      reward: terminated
        ? world.finalRewards[place - world.states] : world.configuration.stepReward,
      terminated: terminated, truncated: stepCount >= world.stepLimit)
  }

  /// Where the agent goes when it means to go in the direction `action`.
  private func direction(of action: Int, random: inout RandomStream) -> Int {
    let slip = world.configuration.slip
    guard slip > 0, random.uniform() < slip else { return action }
    switch world.configuration.slipModel {
    case .perpendicular: return (action + 1 + 2 * random.below(2)) % 4
    case .uniform: return random.below(4)
    }
  }

  /// Writes the index of the agent's state (in a goal or pit: of the state it came from).
  public func observe(into observation: UnsafeMutablePointer<Float>) {
    observation[0] = Float(place < world.states ? place : previous)
  }

  /// 3: the agent's place, the place before it, and the number of steps taken.
  public var stateSize: Int { 3 }

  /// Writes the agent's place, the place before it (-1: none) and the number of steps taken.
  public func save(into state: UnsafeMutablePointer<Double>) {
    state[0] = Double(place)
    state[1] = Double(previous)
    state[2] = Double(stepCount)
  }

  /// Takes up a place, the place before it and a number of steps taken.
  public mutating func restore(from state: UnsafePointer<Double>) {
    place = Int(state[0])
    previous = Int(state[1])
    stepCount = Int(state[2])
  }

  /// A state has a place, the place before it and a number of steps. No state comes before a goal or
  /// a pit that nobody has entered.
  public func check(saved state: [Double]) throws(WorldStateError) {
    guard state.count == stateSize else {
      throw .wrongCount(found: state.count, expected: stateSize)
    }
    try check(state, at: 0, in: 0...world.squares.count - 1)
    try check(state, at: 1, in: (Int(state[0]) < world.states ? -1 : 0)...world.states - 1)
    try check(state, at: 2, in: 0...world.stepLimit)
  }

  /// The map with the agent on it.
  public func scene(lastAction action: Int?) -> Scene {
    .grid(
      GridScene(
        map: world.map, agent: world.squares[place],
        previous: previous < 0 ? nil : world.squares[previous]))
  }

  /// The index of the agent's state; -1 in a goal or pit.
  public var worldState: [Double] { [place < world.states ? Double(place) : -1] }

  /// Begins an episode in the state of an index, with no step taken.
  ///
  /// - Throws: when there is no such state.
  public mutating func begin(in worldState: [Double]) throws(WorldStateError) {
    guard worldState.count == 1 else { throw .wrongCount(found: worldState.count, expected: 1) }
    guard let state = Int(exactly: worldState[0]), (0..<world.states).contains(state) else {
      throw .noSuchState(found: worldState[0], states: world.states)
    }
    place = state
    previous = -1
    stepCount = 0
  }

  /// Number of states: the non-terminal cells.
  var states: Int { world.states }

  /// The state that a move in `direction` leads to from `state` (-1: the episode ends), and its
  /// reward.
  func consequence(of direction: Int, in state: Int) -> (nextState: Int, reward: Double) {
    let target = Int(world.next[4 * state + direction])
    guard target >= world.states else { return (target, world.configuration.stepReward) }
    return (-1, world.finalRewards[target - world.states])
  }
}
