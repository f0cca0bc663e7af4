import Estimators
import MarkovProcesses
import Testing

@Suite("Targets after a given action, and discounted visits")
struct ActionTargetTests {
  static let maze = mazeProcess(
    ["S...", ".#.P", "...G"], stepReward: -0.04, slip: 0.2, slipModel: "perpendicular")
  static let estimators: [ReturnEstimator] = [
    .monteCarlo, .td, .nStep(1), .nStep(2), .nStep(7), .nStep(ReturnEstimator.unlimitedSteps),
    .lambda(0), .lambda(0.6), .lambda(1),
  ]
  /// A policy that is neither uniform nor certain.
  static let policy = (0..<maze.states).map { state -> [Double] in
    let weights = (0..<4).map { 1 + Double((state * 3 + $0 * 5) % 7) }
    return weights.map { $0 / weights.reduce(0, +) }
  }
  static let critic = (0..<maze.states).map { 0.3 * Double($0 % 4) - 0.4 }

  @Test("Over the policy they have the mean and the variance of the target", arguments: [0.9, 1])
  func totalVariance(discount: Double) throws {
    let process = RewardProcess(Self.maze, policy: Self.policy)
    let targets = try process.targetAnalysis(
      of: Self.estimators, critic: Self.critic, discount: discount
    ).targets
    let found = try process.actionTargets(
      Self.maze, of: Self.estimators, critic: Self.critic, discount: discount)
    for (given, target) in zip(found, targets) {
      #expect(given.estimator == target.estimator)
      for state in 0..<Self.maze.states {
        let actions = (0..<4).map { (Self.policy[state][$0], state * 4 + $0) }
        let mean = actions.reduce(0) { $0 + $1.0 * given.mean[$1.1] }
        let variance = actions.reduce(0) { sum, action in
          let difference = given.mean[action.1] - mean
          return sum + action.0 * (given.variance[action.1] + difference * difference)
        }
        #expect(abs(mean - target.mean[state]) < 1e-12)
        #expect(abs(variance - target.variance[state]) < 1e-12)
      }
    }
  }

  @Test("Whole returns have the action values as their means")
  func actionValuesAreMeans() throws {
    let process = RewardProcess(Self.maze, policy: Self.policy)
    let found = try process.actionTargets(
      Self.maze, of: [.monteCarlo], critic: Self.critic, discount: 0.95)
    let expected = actionValues(
      Self.maze, values: try process.values(discount: 0.95), discount: 0.95)
    #expect(distance(found[0].mean, Array(expected.joined())) < 1e-13)
  }

  @Test(
    "Visits are those of probabilities carried forward step by step", arguments: [0, 0.5, 0.9, 1])
  func visits(discount: Double) throws {
    let (maze, policy, starts) = (Self.maze, Self.policy, [0, 5])
    var present = [Double](repeating: 0, count: maze.states)
    for start in starts { present[start] = 0.5 }
    var expected = [Double](repeating: 0, count: maze.states)
    for _ in 0..<5_000 {
      var next = [Double](repeating: 0, count: maze.states)
      for state in 0..<maze.states {
        expected[state] += present[state]
        for action in 0..<4 {
          for outcome in maze.outcomes[state][action] where outcome.nextState >= 0 {
            next[outcome.nextState] +=
              discount * policy[state][action] * outcome.probability * present[state]
          }
        }
      }
      present = next
    }
    let total = expected.reduce(0, +)
    let found = try RewardProcess(maze, policy: policy)
      .discountedVisits(starts: starts, discount: discount)
    #expect(distance(found, expected.map { $0 / total }) < 1e-13)
  }

  @Test("An episode that may never end has no undiscounted visits, but discounted ones")
  func endless() throws {
    let field = mazeProcess(["S..#G"], stepReward: 0)
    let process = RewardProcess(field, policy: uniformPolicy(field))
    #expect(throws: DivergenceError.self) {
      try process.discountedVisits(starts: [0], discount: 1)
    }
    let found = try process.discountedVisits(starts: [0], discount: 0.9)
    #expect(abs(found.reduce(0, +) - 1) < 1e-14 && found[0] > found[2])
  }
}
