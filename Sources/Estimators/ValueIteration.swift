public import MarkovProcesses

/// The best that can be reached in a known process.
public struct OptimalValues: Sendable, Equatable {
  /// V* of every state.
  public let values: [Double]
  /// Q* of every state and action.
  public let qValues: [[Double]]
  /// In every state the actions within 1e-9 of the best Q*, ascending.
  public let greedyActions: [[Int]]
}

/// Optimal values: value iteration (Sutton and Barto, eq. 4.10), in place, finished by policy
/// iteration with exact evaluation (section 4.3).
///
/// With a discount below 1 the result solves the optimality equation to rounding. With discount 1
/// the sweeps start from 0, so that for ever doing nothing for nothing counts as 0; exact
/// evaluation replaces the last sweeps where the greedy policy ends every episode.
///
/// - Throws: `DivergenceError` where `discount` is 1 and rewards can be gathered, or must be paid,
///   for ever.
public func valueIteration(
  _ mdp: TabularMDP, discount: Double
) throws(DivergenceError) -> OptimalValues {
  var iteration = OptimalityIteration(mdp, discount: discount)
  let values = discount < 1 ? try iteration.discounted() : try iteration.undiscounted()
  let qValues = actionValues(mdp, values: values, discount: discount)
  let greedy = qValues.map { row in
    let best = row.max() ?? 0
    return row.indices.filter { row[$0] >= best - 1e-9 }
  }
  return OptimalValues(values: values, qValues: qValues, greedyActions: greedy)
}

/// What may follow each action, laid out flat.
private struct FlatOutcomes {
  let actions: Int
  /// Outcomes of action a in state s: `starts[s * actions + a]` up to the next.
  private var starts = [0]
  private var outcomes: [TabularMDP.Outcome] = []

  init(_ mdp: TabularMDP) {
    actions = mdp.actions
    for row in mdp.outcomes {
      for action in row {
        outcomes.append(contentsOf: action.lazy.filter { $0.probability > 0 })
        starts.append(outcomes.count)
      }
    }
  }

  func value(
    _ state: Int, _ action: Int, discount: Double, values: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let pair = state * actions + action
    var sum = 0.0
    for i in starts[pair]..<starts[pair + 1] {
      let outcome = outcomes[i]
      let next = outcome.nextState < 0 ? 0 : discount * values[outcome.nextState]
      sum += outcome.probability * (outcome.reward + next)
    }
    return sum
  }
}

/// Value and policy iteration, and how far they have come.
private struct OptimalityIteration {
  private let mdp: TabularMDP
  private let discount: Double
  private let outcomes: FlatOutcomes
  private var values: [Double]

  init(_ mdp: TabularMDP, discount: Double) {
    self.mdp = mdp
    self.discount = discount
    outcomes = FlatOutcomes(mdp)
    values = [Double](repeating: 0, count: mdp.states)
  }

  /// One sweep in place; the largest change.
  private mutating func sweep() -> Double {
    let (outcomes, discount) = (outcomes, discount)
    return values.withUnsafeMutableBufferPointer { v in
      var change = 0.0
      for state in v.indices {
        var best = -Double.infinity
        for action in 0..<outcomes.actions {
          best = max(best, outcomes.value(state, action, discount: discount, values: v))
        }
        change = max(change, abs(best - v[state]))
        v[state] = best
      }
      return change
    }
  }

  /// Rounding of values this large.
  private var rounding: Double {
    values.reduce(1) { max($0, abs($1)) } * 1e-13
  }

  /// Takes better actions where there are any; false where there are none.
  private mutating func improve(_ actions: inout [Int]) -> Bool {
    let (outcomes, discount, least) = (outcomes, discount, rounding)
    return values.withUnsafeMutableBufferPointer { v in
      var improved = false
      for state in v.indices {
        var best = outcomes.value(state, actions[state], discount: discount, values: v)
        for action in 0..<outcomes.actions {
          let value = outcomes.value(state, action, discount: discount, values: v)
          guard value > best + least else { continue }
          best = value
          actions[state] = action
          improved = true
        }
      }
      return improved
    }
  }

  private func evaluate(_ actions: [Int]) -> TransitionMatrix.Solution {
    RewardProcess(mdp, policy: deterministicPolicy(mdp, actions: actions))
      .solveValues(discount: discount)
  }

  mutating func discounted() throws(DivergenceError) -> [Double] {
    // Sweeps are cheap beside an exact evaluation, and a way through a large maze takes many.
    for _ in 0..<max(200, mdp.states) where sweep() <= rounding { break }
    var actions = [Int](repeating: 0, count: mdp.states)
    _ = improve(&actions)
    // Policy iteration ends by itself; the limit is for processes at the edge of precision.
    for _ in 0..<1_000 {
      let solution = evaluate(actions)
      if let state = solution.divergent.first {
        throw DivergenceError(state: state, discount: discount)
      }
      values = solution.values
      if !improve(&actions) { break }
    }
    return values
  }

  mutating func undiscounted() throws(DivergenceError) -> [Double] {
    let mostSweeps = 100_000
    for sweeps in 1...mostSweeps {
      let converged = sweep() <= rounding
      guard converged || sweeps % 100 == 0 else { continue }
      if let exact = finished(within: converged ? 1e-6 : 1e-9) { return exact }
      if converged { return values }
    }
    let state = values.indices.max { abs(values[$0]) < abs(values[$1]) } ?? 0
    throw DivergenceError(state: state, discount: discount)
  }

  /// The exact value of the greedy policy, where it ends, is close to the present values (other
  /// solutions of the optimality equation are not) and cannot be improved.
  private mutating func finished(within distance: Double) -> [Double]? {
    var actions = [Int](repeating: 0, count: mdp.states)
    _ = improve(&actions)
    let solution = evaluate(actions)
    let scale = values.reduce(1) { max($0, abs($1)) }
    guard solution.divergent.isEmpty,
      zip(values, solution.values).allSatisfy({ abs($0 - $1) <= distance * scale })
    else { return nil }
    let swept = values
    values = solution.values
    guard improve(&actions) else { return values }
    values = swept
    return nil
  }
}
