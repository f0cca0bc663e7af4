internal import Estimators
internal import MarkovProcesses
internal import Randomness
internal import Testing

@Suite("The states a policy comes to")
struct VisitDistributionTests {
  static let maze = mazeProcess(
    ["S...", ".#.P", "S..G"], stepReward: -0.04, slip: 0.2, slipModel: "perpendicular")
  static let starts = [0, 6]
  /// A policy that prefers another action in every state.
  static let policy = (0..<maze.states).map { state in
    (0..<4).map { $0 == state % 4 ? 0.4 : 0.2 }
  }

  /// Σ γᵗ p P^t by multiplication with the whole matrix.
  private func byMatrix(horizon: Int, discount: Double) -> [Double] {
    let n = Self.maze.states
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for state in 0..<n {
      for action in 0..<4 {
        for outcome in Self.maze.outcomes[state][action] where outcome.nextState >= 0 {
          matrix[state][outcome.nextState] += Self.policy[state][action] * outcome.probability
        }
      }
    }
    var present = (0..<n).map { Self.starts.contains($0) ? 0.5 : 0 }
    var sum = [Double](repeating: 0, count: n)
    for t in 0..<horizon {
      var weight = 1.0
      for _ in 0..<t { weight *= discount }
      for state in 0..<n { sum[state] += weight * present[state] }
      present = (0..<n).map { to in
        (0..<n).reduce(0) { $0 + present[$1] * matrix[$1][to] }
      }
    }
    return sum
  }

  @Test(
    "equals the sum over the powers of the transition matrix",
    arguments: [(1, 1.0), (2, 1), (7, 1), (400, 1), (7, 0.9), (400, 0.9), (50, 0)])
  func matrix(horizon: Int, discount: Double) {
    let expected = byMatrix(horizon: horizon, discount: discount)
    let process = RewardProcess(Self.maze, policy: Self.policy)
    let visits = process.expectedVisits(
      starts: Self.starts, horizon: horizon, discount: discount)
    #expect(distance(visits, expected) < 1e-10)
    let shares = process.visitDistribution(
      starts: Self.starts, horizon: horizon, discount: discount)
    let total = expected.reduce(0, +)
    #expect(distance(shares, expected.map { $0 / total }) < 1e-10)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
  }

  @Test("equals the shares of simulated episodes, cut at the limit, within sampling error")
  func simulation() {
    let (horizon, episodes) = (12, 20_000)
    var random = RandomStream(seed: 3)
    var counts = [Double](repeating: 0, count: Self.maze.states)
    for episode in 0..<episodes {
      var state = Self.starts[episode % 2]
      for _ in 0..<horizon where state >= 0 {
        counts[state] += 1
        let action = Self.draw(Self.policy[state], &random)
        let outcomes = Self.maze.outcomes[state][action]
        state = outcomes[Self.draw(outcomes.map(\.probability), &random)].nextState
      }
    }
    let total = counts.reduce(0, +)
    let shares = RewardProcess(Self.maze, policy: Self.policy)
      .visitDistribution(starts: Self.starts, horizon: horizon)
    // A share's standard error is at most that of 20 000 draws of whole episodes: 0.0035.
    #expect(distance(shares, counts.map { $0 / total }) < 0.015)
  }

  private static func draw(_ probabilities: [Double], _ random: inout RandomStream) -> Int {
    var left = random.uniform()
    for (index, probability) in probabilities.enumerated() {
      left -= probability
      if left < 0 { return index }
    }
    return probabilities.count - 1
  }

  @Test("a state that is left for certain is visited once, one that cannot be reached never")
  func corridor() {
    let mdp = mazeProcess(["....G", "##.##"], stepReward: -1)
    let right = RewardProcess(
      mdp, policy: deterministicPolicy(mdp, actions: [1, 1, 1, 1, 0]))
    #expect(right.expectedVisits(starts: [1], horizon: 100) == [0, 1, 1, 1, 0])
    #expect(right.expectedVisits(starts: [1], horizon: 2) == [0, 1, 1, 0, 0])
    let still = RewardProcess(
      mdp, policy: deterministicPolicy(mdp, actions: [0, 0, 0, 0, 2]))
    #expect(still.visitDistribution(starts: [0, 3], horizon: 1_000) == [0.5, 0, 0, 0.5, 0])
  }
}
