internal import MarkovProcesses
internal import Scenes

/// What stays the same while a tabular world is played: shared by all copies of it, never changed.
final class TabularWorld: Sendable {
  /// One thing that may follow an action; those of one action are equally likely.
  struct Transition: Equatable {
    let next: Int
    let reward: Double
    let terminated: Bool
  }

  let specification: EnvironmentSpecification
  let states: Int
  let actions: Int
  let stepLimit: Int
  /// The states an episode may begin in, all equally likely.
  let starts: [Int]
  /// Transitions of action a in state s: `first[s * actions + a]` up to the next.
  private let first: [Int]
  private let transitions: [Transition]
  /// Whether an episode in a state has ended, however it came there.
  let isEnd: [Bool]
  private let picture: @Sendable (_ state: Int, _ previous: Int?) -> GridScene

  /// A world whose transitions are `table[state][action]`.
  ///
  /// - Parameters:
  ///   - ends: the states in which no episode goes on.
  ///   - picture: what the world looks like in a state that was reached from another, or from none.
  init(
    _ specification: EnvironmentSpecification, table: [[[Transition]]], starts: [Int],
    ends: [Int] = [], picture: @escaping @Sendable (_ state: Int, _ previous: Int?) -> GridScene
  ) {
    precondition(!starts.isEmpty, "a world needs a start")
    self.specification = specification
    self.starts = starts
    self.picture = picture
    states = table.count
    actions = specification.actions.count
    stepLimit = specification.stepLimit
    isEnd = table.indices.map(ends.contains)
    var first = [0]
    var transitions: [Transition] = []
    for row in table {
      precondition(row.count == actions, "every state has every action")
      for outcomes in row {
        precondition(!outcomes.isEmpty, "something follows every action")
        transitions += outcomes
        first.append(transitions.count)
      }
    }
    self.first = first
    self.transitions = transitions
  }

  /// Number of things that may follow an action.
  @inline(__always)
  func choices(_ state: Int, _ action: Int) -> Int {
    let pair = state * actions + action
    return first[pair + 1] - first[pair]
  }

  /// One of the things that may follow an action.
  @inline(__always)
  func transition(_ state: Int, _ action: Int, choice: Int) -> Transition {
    transitions[first[state * actions + action] + choice]
  }

  /// Whether a step from one state may end the episode in another.
  func canEnd(from state: Int, in next: Int) -> Bool {
    transitions[first[state * actions]..<first[(state + 1) * actions]]
      .contains { $0.terminated && $0.next == next }
  }

  func scene(_ state: Int, previous: Int?) -> GridScene { picture(state, previous) }

  /// The exact process, built anew on every call, with outcomes in the order of the table.
  var process: TabularMDP {
    let outcomes = (0..<states).map { state in
      (0..<actions).map { action in
        let count = choices(state, action)
        return (0..<count).map { choice in
          let followed = transition(state, action, choice: choice)
          return TabularMDP.Outcome(
            probability: 1 / Double(count), nextState: followed.terminated ? -1 : followed.next,
            reward: followed.reward)
        }
      }
    }
    return TabularMDP(states: states, actions: actions, outcomes: outcomes)
  }
}
