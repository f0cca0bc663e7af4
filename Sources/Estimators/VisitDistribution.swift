extension RewardProcess {
  /// The share of its steps that an episode spends in each state: the distribution of the state at
  /// a step drawn from all steps. It sums to 1.
  ///
  /// With a discount below 1 a step at time t counts γᵗ: the weights of the policy-gradient theorem
  /// (Sutton and Barto, section 13.2).
  ///
  /// - Parameters:
  ///   - starts: the states in which episodes start, each with the same probability.
  ///   - horizon: steps after which an episode is cut, at least 1.
  ///   - discount: gamma, 0 to 1.
  public func visitDistribution(
    starts: [Int], horizon: Int, discount: Double = 1
  ) -> [Double] {
    let visits = expectedVisits(starts: starts, horizon: horizon, discount: discount)
    let total = visits.reduce(0, +)
    return visits.map { $0 / total }
  }

  /// The expected number of steps that an episode takes from each state, a step at time t counted
  /// γᵗ: η(s) = Σ γᵗ Pr(S_t = s) over t < `horizon` (Sutton and Barto, eq. 9.2).
  ///
  /// The probabilities are carried forward step by step until less than 1e-12 of them (discounted)
  /// is left on the way. Parameters as of `visitDistribution`.
  public func expectedVisits(starts: [Int], horizon: Int, discount: Double = 1) -> [Double] {
    precondition(!starts.isEmpty && horizon >= 1, "an episode has a start and a step")
    var present = [Double](repeating: 0, count: states)
    for start in starts { present[start] += 1 / Double(starts.count) }
    let arrivals = Arrivals(self, factor: discount)
    var visits = present
    var following = present
    for _ in 1..<horizon {
      guard arrivals.advance(present, into: &following, adding: &visits) > 1e-12 else { break }
      swap(&present, &following)
    }
    return visits
  }
}

/// Where the probability of each state comes from, laid out so that a step is one pass without a
/// branch: every state has the same number of arrivals, absent ones of probability 0.
private struct Arrivals {
  private let count: Int
  private let width: Int
  /// The arrivals of state s: `s * width ..< (s + 1) * width`.
  private let sources: [Int32]
  private let probabilities: [Double]

  /// The arrivals of a process, each probability times `factor`.
  init(_ process: RewardProcess, factor: Double) {
    var lists = [[(source: Int, probability: Double)]](repeating: [], count: process.states)
    for state in 0..<process.states {
      for i in process.starts[state]..<process.starts[state + 1] {
        let next = process.nextStates[i]
        guard next >= 0 else { continue }
        let probability = factor * process.probabilities[i]
        if let last = lists[next].indices.last, lists[next][last].source == state {
          lists[next][last].probability += probability
        } else {
          lists[next].append((state, probability))
        }
      }
    }
    count = process.states
    // Five is what a grid has: the state itself and its four neighbours.
    width = lists.reduce(5) { max($0, $1.count) }
    var sources = [Int32](repeating: 0, count: width * count)
    var probabilities = [Double](repeating: 0, count: width * count)
    for (state, list) in lists.enumerated() {
      for (k, arrival) in list.enumerated() {
        sources[state * width + k] = Int32(arrival.source)
        probabilities[state * width + k] = arrival.probability
      }
    }
    self.sources = sources
    self.probabilities = probabilities
  }

  /// The probabilities one step later, added to `visits` too. Returns what is left of them.
  func advance(
    _ present: [Double], into following: inout [Double], adding visits: inout [Double]
  ) -> Double {
    var left = 0.0
    following.withUnsafeMutableBufferPointer { following in
      visits.withUnsafeMutableBufferPointer { visits in
        present.withUnsafeBufferPointer { present in
          sources.withUnsafeBufferPointer { sources in
            probabilities.withUnsafeBufferPointer { probabilities in
              func arrival(_ i: Int) -> Double { probabilities[i] * present[Int(sources[i])] }
              for state in 0..<count {
                let i = state * width
                var sum =
                  (arrival(i) + arrival(i + 1)) + (arrival(i + 2) + arrival(i + 3)) + arrival(i + 4)
                for k in 5..<width { sum += arrival(i + k) }
                following[state] = sum
                visits[state] += sum
                left += sum
              }
            }
          }
        }
      }
    }
    return left
  }
}
