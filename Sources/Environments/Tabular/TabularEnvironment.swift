public import MarkovProcesses
public import Randomness
public import Scenes

/// A world given by a table of what may follow each action in each state: CliffWalking, FrozenLake
/// and Taxi, with Gymnasium's own numbers of states and actions.
///
/// The states in which an episode ends are counted as well, as Gymnasium counts them, and are what
/// is observed after the last step. A value holds the state; the table is shared by all copies.
public struct TabularEnvironment: Environment {
  private let world: TabularWorld
  private var state: Int
  /// The state before the last step, -1 before the first.
  private var previous: Int
  private var hasEnded: Bool
  private var stepCount: Int

  /// A world in the first of its starts.
  init(_ world: TabularWorld) {
    self.world = world
    state = world.starts[0]
    previous = -1
    hasEnded = false
    stepCount = 0
  }

  /// The states an episode may begin in, ascending, all equally likely.
  public var startStates: [Int] { world.starts }

  /// Name, spaces, limits and documentation.
  public var specification: EnvironmentSpecification { world.specification }

  /// Begins an episode in a start drawn uniformly.
  public mutating func reset(start: Int?, random: inout RandomStream) {
    precondition(start == nil || start == 0, "\(specification.name) draws its own start")
    let starts = world.starts
    begin(at: starts[starts.count == 1 ? 0 : random.below(starts.count)])
  }

  private mutating func begin(at state: Int) {
    self.state = state
    previous = -1
    hasEnded = false
    stepCount = 0
  }

  /// Takes an action; what follows is drawn uniformly from what the table lists.
  public mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome {
    precondition(action >= 0 && action < world.actions, "there is no such action")
    precondition(!hasEnded, "the episode has ended: reset before the next step")
    assert(stepCount < world.stepLimit, "the episode has ended: reset before")
    let count = world.choices(state, action)
    let followed = world.transition(
      state, action, choice: count == 1 ? 0 : random.below(count))
    previous = state
    state = followed.next
    hasEnded = followed.terminated
    stepCount += 1
    return StepOutcome(
      reward: followed.reward, terminated: hasEnded,
      truncated: stepCount >= world.stepLimit)
  }

  /// Writes the index of the state, also of one in which the episode has ended.
  public func observe(into observation: UnsafeMutablePointer<Float>) {
    observation[0] = Float(state)
  }

  /// 4: the state, the state before it, whether the episode has terminated, and the number of steps.
  public var stateSize: Int { 4 }

  /// Writes the state, the state before it (-1: none), 1 where the episode has terminated (else 0)
  /// and the number of steps taken.
  public func save(into state: UnsafeMutablePointer<Double>) {
    state[0] = Double(self.state)
    state[1] = Double(previous)
    state[2] = hasEnded ? 1 : 0
    state[3] = Double(stepCount)
  }

  /// Takes up a state, the state before it, whether the episode has terminated and a number of
  /// steps taken.
  public mutating func restore(from state: UnsafePointer<Double>) {
    self.state = Int(state[0])
    previous = Int(state[1])
    hasEnded = state[2] != 0
    stepCount = Int(state[3])
  }

  /// An episode has terminated where the step from the state before can do that, and only there.
  public func check(saved state: [Double]) throws(WorldStateError) {
    guard state.count == stateSize else {
      throw .wrongCount(found: state.count, expected: stateSize)
    }
    try check(state, at: 0, in: 0...world.states - 1)
    let isEnd = world.isEnd[Int(state[0])]
    try check(state, at: 2, in: (isEnd ? 1 : 0)...1)
    try check(state, at: 1, in: (state[2] == 1 ? 0 : -1)...world.states - 1)
    if state[2] == 1, !world.canEnd(from: Int(state[1]), in: Int(state[0])) {
      throw .outOfRange(index: 2, found: 1, accepted: "0: no step from number 1 to 0 ends here")
    }
    try check(state, at: 3, in: 0...world.stepLimit)
  }

  /// The grid with the agent on it.
  public func scene(lastAction action: Int?) -> Scene {
    .grid(world.scene(state, previous: previous < 0 ? nil : previous))
  }

  /// The index of the state; -1 where the episode has terminated.
  public var worldState: [Double] { [hasEnded ? -1 : Double(state)] }

  /// Begins an episode in the state of an index, with no step taken.
  ///
  /// - Throws: when there is no such state, or the episode has ended in it.
  public mutating func begin(in worldState: [Double]) throws(WorldStateError) {
    guard worldState.count == 1 else { throw .wrongCount(found: worldState.count, expected: 1) }
    guard let state = Int(exactly: worldState[0]), (0..<world.states).contains(state) else {
      throw .noSuchState(found: worldState[0], states: world.states)
    }
    guard !world.isEnd[state] else { throw .ended(state) }
    begin(at: state)
  }

  /// The exact process. A state in which the episode has ended has outcomes too, as in Gymnasium's
  /// table, that no episode comes to.
  public var knownMDP: TabularMDP? { world.process }
}
