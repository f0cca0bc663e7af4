public import MarkovProcesses
public import Randomness
public import Scenes

/// A walk along a row of states, to the left or to the right by chance alone.
///
/// | | |
/// |---|---|
/// | observation | the index of the state, counted from 0 at the left; beyond an end, that of the last state |
/// | actions | 0 walk: there is nothing to choose. The task is prediction: what is each state worth? |
/// | reward | that of the end for the step beyond it, 0 for every other step |
/// | start | the state in the middle |
/// | end | beyond either end; truncated after 10 000 steps, which practically never happens |
///
/// A Markov reward process, written as a decision process of one action. With a discount of 1 the
/// values lie on a straight line between the rewards of the two ends.
///
/// Source: Sutton and Barto (2018), Example 6.2 (5 states, 0 at the left end, +1 at the right) and
/// Section 7.1 (19 states, -1 and +1).
public struct RandomWalk: Environment {
  private let world: RandomWalkWorld
  /// The index of the state; -1 beyond the left end, the number of states beyond the right one.
  private var place: Int
  /// The place before the last step, -1 before the first.
  private var previous: Int
  private var stepCount: Int

  /// A walk called `name` over an odd number of states, in the middle of them.
  public init(name: String, states: Int, leftReward: Double, rightReward: Double) {
    precondition(states % 2 == 1, "a walk needs a state in the middle")
    world = RandomWalkWorld(
      name: name, states: states, leftReward: leftReward, rightReward: rightReward)
    place = states / 2
    previous = -1
    stepCount = 0
  }

  /// `RandomWalk-5`: Example 6.2.
  public static let five = RandomWalk(
    name: "RandomWalk-5", states: 5, leftReward: 0, rightReward: 1)

  /// `RandomWalk-19`: Section 7.1.
  public static let nineteen = RandomWalk(
    name: "RandomWalk-19", states: 19, leftReward: -1, rightReward: 1)

  /// The states as a map of one row, its ends beside them.
  public var map: GridMap { world.map }

  /// The middle.
  public var startStates: [Int] { [world.states / 2] }

  /// Name, spaces, limits and documentation.
  public var specification: EnvironmentSpecification { world.specification }

  /// Begins an episode in the middle.
  public mutating func reset(start: Int?, random: inout RandomStream) {
    precondition(start == nil || start == 0, "a random walk has one start, 0")
    place = world.states / 2
    previous = -1
    stepCount = 0
  }

  /// Goes one state to the left or to the right, each as likely as the other.
  public mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome {
    precondition(action == 0, "a random walk has the action 0")
    precondition(
      place >= 0 && place < world.states, "the episode has ended: reset before the next step")
    assert(stepCount < RandomWalkWorld.stepLimit, "the episode has ended: reset before")
    previous = place
    place += random.next() >> 63 == 0 ? -1 : 1
    stepCount += 1
    return StepOutcome(
      reward: world.reward(at: place), terminated: place < 0 || place >= world.states,
      truncated: stepCount >= RandomWalkWorld.stepLimit)
  }

  /// Writes the index of the state (beyond an end: of the state it came from).
  public func observe(into observation: UnsafeMutablePointer<Float>) {
    observation[0] = Float(hasEnded ? previous : place)
  }

  private var hasEnded: Bool { place < 0 || place >= world.states }

  /// 3: the place, the place before it, and the number of steps taken.
  public var stateSize: Int { 3 }

  /// Writes the place (-1 or the number of states beyond an end), the place before it (-1: none)
  /// and the number of steps taken.
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

  /// A state has a place, the place before it and a number of steps. A place comes before an end.
  public func check(saved state: [Double]) throws(WorldStateError) {
    guard state.count == stateSize else {
      throw .wrongCount(found: state.count, expected: stateSize)
    }
    try check(state, at: 0, in: -1...world.states)
    let hasEnded = !(0..<world.states).contains(Int(state[0]))
    try check(state, at: 1, in: (hasEnded ? 0 : -1)...world.states - 1)
    try check(state, at: 2, in: 0...RandomWalkWorld.stepLimit)
  }

  /// The row of states with the walker on it.
  public func scene(lastAction action: Int?) -> Scene {
    .grid(
      GridScene(map: world.map, agent: place + 1, previous: previous < 0 ? nil : previous + 1))
  }

  /// The index of the state; -1 beyond an end.
  public var worldState: [Double] { [hasEnded ? -1 : Double(place)] }

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

  /// The exact process: two outcomes of one action in every state.
  public var knownMDP: TabularMDP? {
    let outcomes = (0..<world.states).map { state in
      [
        [state - 1, state + 1].map { next in
          TabularMDP.Outcome(
            probability: 0.5, nextState: (0..<world.states).contains(next) ? next : -1,
            reward: world.reward(at: next))
        }
      ]
    }
    return TabularMDP(states: world.states, actions: 1, outcomes: outcomes)
  }
}
