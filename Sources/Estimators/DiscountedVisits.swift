extension RewardProcess {
  /// Where the policy-gradient theorem weighs a state (Sutton and Barto, section 13.2): the share of
  /// steps from it, a step at time t counted γᵗ, without a time limit. Proportional to the solution of
  /// η = μ + γ Pᵀ η, with μ uniform over `starts`; solved by elimination (see `TransitionMatrix`).
  ///
  /// - Parameter discount: gamma, 0 to 1.
  /// - Returns: one share per state; they sum to 1.
  /// - Throws: `DivergenceError` where `discount` is 1 and an episode may never end.
  public func discountedVisits(
    starts: [Int], discount: Double
  ) throws(DivergenceError) -> [Double] {
    precondition(!starts.isEmpty, "an episode has a start")
    var begins = [Double](repeating: 0, count: states)
    for start in starts { begins[start] += 1 / Double(starts.count) }
    let visits = transitions.solveTransposed(factor: discount, constant: begins)
    if let state = visits.firstIndex(where: { !$0.isFinite }) {
      throw DivergenceError(state: state, discount: discount)
    }
    let total = visits.reduce(0, +)
    return visits.map { $0 / total }
  }
}
