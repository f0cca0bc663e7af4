public import MarkovProcesses

/// What a Markov decision process becomes under a fixed policy: a Markov reward process.
///
/// Every state keeps its possible consequences apart (probability, reward, next state), because the
/// second moment of a return needs the reward together with the state it leads to. Equal
/// consequences of different actions are merged, impossible ones are left out. Probabilities are
/// scaled to sum to 1 exactly, so that the rounding of a single-precision policy is no leak.
public struct RewardProcess: Sendable {
  /// Number of non-terminal states.
  public let states: Int
  /// Consequences of state s are those from `starts[s]` up to `starts[s + 1]`.
  let starts: [Int]
  let probabilities: [Double]
  let rewards: [Double]
  /// The state reached; -1 where the episode terminates.
  let nextStates: [Int]
  let transitions: TransitionMatrix

  /// The process that `mdp` becomes when actions are drawn from `policy[state][action]`.
  ///
  /// - Precondition: the policy has a row for each state and a probability for each action.
  public init(_ mdp: TabularMDP, policy: [[Double]]) {
    precondition(
      policy.count == mdp.states && policy.allSatisfy { $0.count == mdp.actions },
      "a policy needs \(mdp.states) rows of \(mdp.actions) probabilities")
    var rows = ConsequenceRows(states: mdp.states)
    for state in 0..<mdp.states {
      for action in 0..<mdp.actions where policy[state][action] > 0 {
        for outcome in mdp.outcomes[state][action] {
          rows.add(outcome, weight: policy[state][action])
        }
      }
      rows.closeRow()
    }
    self.init(rows)
  }

  private init(_ rows: ConsequenceRows) {
    states = rows.starts.count - 1
    starts = rows.starts
    probabilities = rows.probabilities
    rewards = rows.rewards
    nextStates = rows.nextStates
    transitions = TransitionMatrix(
      starts: starts, nextStates: nextStates, probabilities: probabilities)
  }

  /// For every state the mean of f(reward, next state) over its consequences.
  func expectation(_ f: (_ state: Int, _ reward: Double, _ next: Int) -> Double) -> [Double] {
    (0..<states).map { state in
      var sum = 0.0
      for i in starts[state]..<starts[state + 1] {
        sum += probabilities[i] * f(state, rewards[i], nextStates[i])
      }
      return sum
    }
  }

  /// The exact value of every state: the solution of v = r + γ P v.
  ///
  /// - Throws: `DivergenceError` where `discount` is 1 and an episode may go on, and be rewarded,
  ///   for ever.
  public func values(discount: Double) throws(DivergenceError) -> [Double] {
    let solution = solveValues(discount: discount)
    if let state = solution.divergent.first {
      throw DivergenceError(state: state, discount: discount)
    }
    return solution.values
  }

  /// The same, not a number at states that have no value.
  public func extendedValues(discount: Double) -> [Double] {
    solveValues(discount: discount).values
  }

  func solveValues(discount: Double) -> TransitionMatrix.Solution {
    transitions.solve(
      factor: discount, constant: expectation { _, reward, _ in reward },
      silent: expectation { _, reward, _ in abs(reward) }.map { $0 == 0 })
  }
}

/// A value that does not exist: with these probabilities an episode is rewarded for ever.
public struct DivergenceError: Error, Equatable, CustomStringConvertible {
  /// A state from which the episode may never end.
  public let state: Int
  /// The discount in use.
  public let discount: Double

  /// What is wrong, and what would help.
  public var description: String {
    """
    the values diverge: from state \(state) an episode may never end, and discount \(discount) \
    does not bound its return; accepted are a discount below 1 or a policy that ends
    """
  }
}

/// Consequences being gathered state by state.
private struct ConsequenceRows {
  var starts = [0]
  var probabilities: [Double] = []
  var rewards: [Double] = []
  var nextStates: [Int] = []

  init(states: Int) {
    starts.reserveCapacity(states + 1)
    probabilities.reserveCapacity(states * 8)
    rewards.reserveCapacity(states * 8)
    nextStates.reserveCapacity(states * 8)
  }

  mutating func add(_ outcome: TabularMDP.Outcome, weight: Double) {
    let probability = weight * outcome.probability
    guard probability > 0 else { return }
    for i in starts[starts.count - 1]..<nextStates.count
    where nextStates[i] == outcome.nextState && rewards[i] == outcome.reward {
      probabilities[i] += probability
      return
    }
    probabilities.append(probability)
    rewards.append(outcome.reward)
    nextStates.append(outcome.nextState)
  }

  mutating func closeRow() {
    let row = starts[starts.count - 1]..<probabilities.count
    let total = probabilities[row].reduce(0, +)
    for i in row { probabilities[i] /= total }
    starts.append(probabilities.count)
  }
}
