import Environments
import MarkovProcesses
import Randomness
import Scenes

/// A world that plays a known process from one start, without a time limit.
struct ProcessWorld: Environment {
  private final class Tables: Sendable {
    let process: TabularMDP
    let start: Int
    let specification: EnvironmentSpecification

    init(_ process: TabularMDP, start: Int) {
      self.process = process
      self.start = start
      specification = EnvironmentSpecification(
        name: "Process", summary: "plays a process", observation: .discrete(process.states),
        actionSpace: .discrete((0..<process.actions).map { "\($0)" }), stepLimit: Int.max,
        stepsPerSecond: 1, rewards: "as in the process", ends: "as in the process")
    }
  }

  private let tables: Tables
  private var state: Int
  private var hasEnded = false

  init(_ process: TabularMDP, start: Int) {
    tables = Tables(process, start: start)
    state = start
  }

  /// Sutton and Barto's cliff (example 6.6), 4 x 12: every step -1; into the cliff -100 and back to the
  /// start.
  static var cliff: ProcessWorld {
    let outcomes = (0..<48).map { state in
      [(-1, 0), (0, 1), (1, 0), (0, -1)].map { down, right in
        let row = min(max(state / 12 + down, 0), 3)
        let column = min(max(state % 12 + right, 0), 11)
        let isCliff = row == 3 && (1...10).contains(column)
        let isGoal = row == 3 && column == 11
        return [
          TabularMDP.Outcome(
            probability: 1, nextState: isGoal ? -1 : isCliff ? 36 : 12 * row + column,
            reward: isCliff ? -100 : -1)
        ]
      }
    }
    return ProcessWorld(TabularMDP(states: 48, actions: 4, outcomes: outcomes), start: 36)
  }

  var specification: EnvironmentSpecification { tables.specification }
  var knownMDP: TabularMDP? { tables.process }
  var startStates: [Int] { [tables.start] }

  mutating func reset(start: Int?, random: inout RandomStream) {
    state = tables.start
    hasEnded = false
  }

  mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome {
    let outcomes = tables.process.outcomes[state][action]
    var index = 0
    if outcomes.count > 1 {
      var left = random.uniform() - outcomes[0].probability
      while left >= 0 && index + 1 < outcomes.count {
        index += 1
        left -= outcomes[index].probability
      }
    }
    hasEnded = outcomes[index].nextState < 0
    if !hasEnded { state = outcomes[index].nextState }
    return StepOutcome(reward: outcomes[index].reward, terminated: hasEnded, truncated: false)
  }

  func observe(into observation: UnsafeMutablePointer<Float>) { observation[0] = Float(state) }

  var stateSize: Int { 1 }
  var worldState: [Double] { [hasEnded ? -1 : Double(state)] }
  func save(into state: UnsafeMutablePointer<Double>) { state[0] = Double(self.state) }
  mutating func restore(from state: UnsafePointer<Double>) { self.state = Int(state[0]) }
  func check(saved state: [Double]) throws(WorldStateError) {}
  mutating func begin(in worldState: [Double]) throws(WorldStateError) {
    state = Int(worldState[0])
  }
  func scene(lastAction action: Int?) -> Scene {
    .figure(Figure(lowerLeft: Point(0, 0), upperRight: Point(1, 1), shapes: []))
  }
}
