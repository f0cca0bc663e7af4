public import MarkovProcesses

/// How far a policy falls short of the best, as a share of what the uniform policy falls short.
///
/// The best and the uniform policy are evaluated once, so that policies can be measured often.
public struct RegretMeasure: Sendable {
  private let mdp: TabularMDP
  private let discount: Double
  private let starts: [Int]
  /// Optimal values of the process.
  public let best: OptimalValues
  /// Values of the uniform policy.
  public let uniform: [Double]

  /// A measure over the states in which episodes start.
  ///
  /// - Throws: `DivergenceError` where the best or the uniform policy has no values.
  public init(
    _ mdp: TabularMDP, discount: Double, starts: [Int]
  ) throws(DivergenceError) {
    precondition(
      starts.allSatisfy { (0..<mdp.states).contains($0) },
      "start states must be from 0 to \(mdp.states - 1)")
    self.mdp = mdp
    self.discount = discount
    self.starts = starts
    best = try valueIteration(mdp, discount: discount)
    uniform = try policyEvaluation(mdp, policy: uniformPolicy(mdp), discount: discount)
  }

  /// The largest over the starts of (V* - V) / (V* - V of the uniform policy), V being that of the
  /// policy which always takes `actions[state]`; exact. Infinite where the policy never ends and
  /// `discount` is 1; 0 at starts where even the uniform policy is best.
  public func regret(ofActions actions: [Int]) -> Double {
    let solution = RewardProcess(mdp, policy: deterministicPolicy(mdp, actions: actions))
      .solveValues(discount: discount)
    return starts.reduce(0) { worst, start in
      let value = solution.values[start]
      guard value.isFinite else { return .infinity }
      let range = best.values[start] - uniform[start]
      let shortfall = best.values[start] - value
      guard range > 1e-12 * max(1, abs(uniform[start])) else {
        return max(worst, shortfall > 1e-9 ? .infinity : 0)
      }
      return max(worst, shortfall / range)
    }
  }
}
