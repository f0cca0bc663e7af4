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
    var leaving = exits
    var right = [Double](repeating: 0, count: count)
    for state in 0..<count { right[place[state]] = constant[state] }
    var divergent = [Bool](repeating: false, count: count)
    if factor == 1 {
      let ends = canReach(exits.map { $0 > 0 })
      let trapped = ends.map { !$0 }
      let audible = (0..<count).map { trapped[place[$0]] && !silent[$0] }
      var sources = [Bool](repeating: false, count: count)
      for state in 0..<count where audible[state] { sources[place[state]] = true }
      divergent = canReach(sources)
      for p in 0..<count where trapped[p] {
        leaving[p] = 1
        right[p] = 0
      }
    } else {
      for p in 0..<count {
        var stays = 0.0
        for i in starts[p]..<starts[p + 1] { stays += probabilities[i] }
        leaving[p] += (1 - factor) * stays
      }
    }
    eliminate(factor: factor, leaving: &leaving, right: &right)
    let values = place.map { divergent[$0] ? Double.nan : right[$0] }
    return Solution(
      values: values,
      divergent: place.indices.filter { divergent[place[$0]] || !values[$0].isFinite })
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

  /// Eliminates the places in order and substitutes back; `right` becomes the solution.
  private func eliminate(factor: Double, leaving: inout [Double], right: inout [Double]) {
    let width = 2 * band + 1
    // Entry (p, q) stands at p * width + q - p + band.
    var matrix = [Double](repeating: 0, count: count * width)
    for p in 0..<count {
      for i in starts[p]..<starts[p + 1] {
        matrix[p * width + columns[i] - p + band] += factor * probabilities[i]
      }
    }
    matrix.withUnsafeMutableBufferPointer { a in
      leaving.withUnsafeMutableBufferPointer { exit in
        right.withUnsafeMutableBufferPointer { b in
          for p in 0..<count {
            let last = min(p + band, count - 1)
            let row = p * width - p + band
            var pivot = exit[p]
            var reach = p
            for q in p + 1..<last + 1 where a[row + q] != 0 {
              pivot += a[row + q]
              reach = q
            }
            exit[p] /= pivot
            b[p] /= pivot
            for q in p + 1..<reach + 1 { a[row + q] /= pivot }
            for s in p + 1..<last + 1 {
              let other = s * width - s + band
              let share = a[other + p]
              if share == 0 { continue }
              exit[s] += share * exit[p]
              b[s] += share * b[p]
              for q in p + 1..<reach + 1 { a[other + q] += share * a[row + q] }
            }
          }
          for p in stride(from: count - 1, through: 0, by: -1) {
            let row = p * width - p + band
            var value = b[p]
            for q in p + 1..<min(p + band, count - 1) + 1 { value += a[row + q] * b[q] }
            b[p] = value
          }
        }
      }
    }
  }
}
