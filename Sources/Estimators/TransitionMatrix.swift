/// The transition probabilities between the non-terminal states of a reward process, ordered so
/// that linear equations x = b + factor P x are solved by elimination within a narrow band.
///
/// The states are renumbered by Cuthill and McKee's search (1969): the band of a grid world is
/// about as wide as its shorter side. Elimination follows Grassmann, Taksar and Heyman
/// ("Regenerative analysis and steady state distributions", 1985): a pivot is the sum of the
/// probability that leaves, never a difference, so pivots and the inverse keep nearly full relative
/// precision however slowly the process mixes (O'Cinneide, 1996), discount 1 included.
///
/// Cost of a solution: states x band^2 operations (0.5 million for a 40 x 20 maze).
struct TransitionMatrix: Sendable {
  /// The place in the order of elimination of each state.
  private let place: [Int]
  /// Neighbours lie at most this many places apart.
  private let band: Int
  /// Rows in the order of places: entries `starts[p] ..< starts[p + 1]`.
  private let starts: [Int]
  private let columns: [Int]
  private let probabilities: [Double]
  /// Probability that the episode terminates, per place.
  private let exits: [Double]

  private var count: Int { exits.count }

  /// The matrix of rows `starts[s] ..< starts[s + 1]`, a next state of -1 being an exit.
  init(starts rowStarts: [Int], nextStates: [Int], probabilities given: [Double]) {
    let order = bandwidthReducingOrder(starts: rowStarts, neighbours: nextStates)
    var place = [Int](repeating: 0, count: order.count)
    for (p, state) in order.enumerated() { place[state] = p }
    var starts = [0]
    var columns: [Int] = []
    var probabilities: [Double] = []
    var exits: [Double] = []
    var band = 0
    for (p, state) in order.enumerated() {
      var exit = 0.0
      for i in rowStarts[state]..<rowStarts[state + 1] {
        guard nextStates[i] >= 0 else {
          exit += given[i]
          continue
        }
        let column = place[nextStates[i]]
        band = max(band, abs(column - p))
        columns.append(column)
        probabilities.append(given[i])
      }
      exits.append(exit)
      starts.append(columns.count)
    }
    self.place = place
    self.band = band
    self.starts = starts
    self.columns = columns
    self.probabilities = probabilities
    self.exits = exits
  }

  /// The solution of x = constant + factor P x, states without one apart.
  struct Solution {
    /// x per state; not a number where divergent.
    var values: [Double]
    /// The states that have no solution, ascending.
    var divergent: [Int]
  }

  /// Solves x = constant + factor P x, 0 <= factor <= 1.
  ///
  /// With factor 1, states that never reach an exit have no solution, nor have those that may come
  /// to one of them, unless all of them are `silent` (nothing is ever added): those are worth 0.
  func solve(factor: Double, constant: [Double], silent: [Bool]) -> Solution {
    var right = [Double](repeating: 0, count: count)
    for state in 0..<count { right[place[state]] = constant[state] }
    var divergent = [Bool](repeating: false, count: count)
    let trapped = trapped(factor: factor)
    if factor == 1 {
      var sources = [Bool](repeating: false, count: count)
      for state in 0..<count where trapped[place[state]] && !silent[state] {
        sources[place[state]] = true
      }
      divergent = canReach(sources)
      for p in 0..<count where trapped[p] { right[p] = 0 }
    }
    factors(factor: factor, trapped: trapped).solve(&right)
    let values = place.map { divergent[$0] ? Double.nan : right[$0] }
    return Solution(
      values: values,
      divergent: place.indices.filter { divergent[place[$0]] || !values[$0].isFinite })
  }

  /// Solves the transposed equations y = constant + factor Pᵀ y, 0 <= factor <= 1, `constant` not
  /// negative: discounted visits, where `constant` says how episodes start.
  ///
  /// - Returns: y per state; infinite where, with factor 1, an episode stays for ever.
  func solveTransposed(factor: Double, constant: [Double]) -> [Double] {
    var right = [Double](repeating: 0, count: count)
    for state in 0..<count { right[place[state]] = constant[state] }
    let trapped = trapped(factor: factor)
    factors(factor: factor, trapped: trapped).solveTransposed(&right)
    return place.map { trapped[$0] && right[$0] > 0 ? .infinity : right[$0] }
  }

  /// The places that never reach an exit where `factor` is 1; with a smaller one every step is
  /// an exit in part.
  private func trapped(factor: Double) -> [Bool] {
    factor == 1
      ? canReach(exits.map { $0 > 0 }).map { !$0 } : [Bool](repeating: false, count: count)
  }

  /// The places from which some place in `targets` can be reached, themselves included.
  private func canReach(_ targets: [Bool]) -> [Bool] {
    var reached = targets
    var sources = [[Int]](repeating: [], count: count)
    for p in 0..<count {
      for i in starts[p]..<starts[p + 1] { sources[columns[i]].append(p) }
    }
    var open = targets.indices.filter { targets[$0] }
    while let place = open.popLast() {
      for source in sources[place] where !reached[source] {
        reached[source] = true
        open.append(source)
      }
    }
    return reached
  }

  /// Eliminates the places in order. A trapped place is given an exit, to have a pivot.
  private func factors(factor: Double, trapped: [Bool]) -> BandFactors {
    var leaving = exits
    for p in 0..<count {
      if trapped[p] {
        leaving[p] = 1
      } else if factor < 1 {
        var stays = 0.0
        for i in starts[p]..<starts[p + 1] { stays += probabilities[i] }
        leaving[p] += (1 - factor) * stays
      }
    }
    var factors = BandFactors(count: count, band: band)
    for p in 0..<count {
      for i in starts[p]..<starts[p + 1] {
        factors.add(factor * probabilities[i], row: p, column: columns[i])
      }
    }
    factors.eliminate(leaving: &leaving)
    return factors
  }
}
