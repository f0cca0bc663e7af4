public import MarkovProcesses

/// The exact value of every state under a policy: the solution of v = r + γ P v (Sutton and Barto,
/// eq. 4.4), by elimination (see `TransitionMatrix`), to nearly full double precision also for slow
/// mixing and for a discount of 1.
///
/// - Parameters:
///   - policy: `policy[state][action]`, each row summing to 1 (rounding is scaled away).
///   - discount: gamma, 0 to 1.
/// - Throws: `DivergenceError` where `discount` is 1 and an episode may be rewarded for ever.
public func policyEvaluation(
  _ mdp: TabularMDP, policy: [[Double]], discount: Double
) throws(DivergenceError) -> [Double] {
  try RewardProcess(mdp, policy: policy).values(discount: discount)
}

/// The policy that takes every action with the same probability.
public func uniformPolicy(_ mdp: TabularMDP) -> [[Double]] {
  let row = [Double](repeating: 1 / Double(mdp.actions), count: mdp.actions)
  return [[Double]](repeating: row, count: mdp.states)
}

/// The policy that always takes `actions[state]`.
///
/// - Precondition: an action of the process for every state.
public func deterministicPolicy(_ mdp: TabularMDP, actions: [Int]) -> [[Double]] {
  precondition(
    actions.count == mdp.states && actions.allSatisfy { (0..<mdp.actions).contains($0) },
    "a policy needs one of \(mdp.actions) actions for each of \(mdp.states) states")
  return actions.map { action in (0..<mdp.actions).map { $0 == action ? 1 : 0 } }
}

/// The actions a policy prefers: the most probable one in each state, the first of equals.
public func mostProbableActions(_ policy: [[Double]]) -> [Int] {
  policy.map { row in row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 } }
}

/// The value of every action: Q(s, a) = Σ p (r + γ V(s')) over what may follow it
/// (Sutton and Barto, eq. 4.6).
public func actionValues(_ mdp: TabularMDP, values: [Double], discount: Double) -> [[Double]] {
  mdp.outcomes.map { actions in
    actions.map { outcomes in
      outcomes.reduce(0) { sum, outcome in
        let next = outcome.nextState < 0 ? 0 : discount * values[outcome.nextState]
        return sum + outcome.probability * (outcome.reward + next)
      }
    }
  }
}

/// The policy that is greedy with respect to `values`: in each state the first of the best actions.
public func greedyPolicy(_ mdp: TabularMDP, values: [Double], discount: Double) -> [[Double]] {
  deterministicPolicy(
    mdp, actions: mostProbableActions(actionValues(mdp, values: values, discount: discount)))
}
