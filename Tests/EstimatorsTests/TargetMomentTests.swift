internal import Estimators
internal import MarkovProcesses
internal import Randomness
internal import Testing

@Suite("Bias and variance of targets")
struct TargetMomentTests {
  @Test("exact figures agree with the reference data to 1e-8")
  func agreesWithReference() throws {
    for problem in try reference("bias_variance", as: BiasVarianceProblems.self).problems {
      let process = RewardProcess(problem.mdp, policy: problem.policy)
      var estimators: [ReturnEstimator] = []
      var expected: [BiasVarianceProblems.Moments] = []
      for (n, moments) in problem.nStep {
        estimators.append(.nStep(try #require(ReturnEstimator.steps(n))))
        expected.append(moments)
      }
      for (lambda, moments) in problem.lambdaReturn {
        estimators.append(.lambda(try #require(Double(lambda))))
        expected.append(moments)
      }
      let analysis = try process.targetAnalysis(
        of: estimators, critic: problem.estimateV, discount: problem.gamma)
      #expect(distance(analysis.trueValues, problem.trueValues) < 1e-8)
      for (found, moments) in zip(analysis.targets, expected) {
        #expect(distance(found.mean, moments.mean) < 1e-8, "\(found.estimator)")
        #expect(distance(found.bias, moments.bias) < 1e-8)
        #expect(distance(found.variance, moments.variance) < 1e-8)
        let all = 0..<problem.states
        #expect(distance(all.map(found.biasSquared), moments.biasSquared) < 1e-8)
        #expect(distance(all.map(found.meanSquaredError), moments.meanSquaredError) < 1e-8)
      }
    }
  }

  static let maze = mazeProcess(
    ["S...", ".#.P", "...G"], stepReward: -0.04, slip: 0.2, slipModel: "perpendicular")

  @Test("limits: n = 1, TD and lambda 0 agree; n = infinity, Monte-Carlo and lambda 1 are unbiased")
  func limits() throws {
    let critic = (0..<Self.maze.states).map { Double($0 % 3) - 1 }
    let process = RewardProcess(Self.maze, policy: uniformPolicy(Self.maze))
    let analysis = try process.targetAnalysis(
      of: [
        .nStep(ReturnEstimator.unlimitedSteps), .td, .lambda(0), .nStep(1), .lambda(1),
        .monteCarlo, .nStep(20_000),
      ], critic: critic, discount: 1)
    let targets = analysis.targets
    for td in [2, 3] {
      #expect(distance(targets[td].mean, targets[1].mean) < 1e-14)
      #expect(distance(targets[td].variance, targets[1].variance) < 1e-14)
    }
    for whole in [0, 4, 5] {
      #expect(targets[whole].bias.allSatisfy { $0 == 0 })
      #expect(targets[whole].variance == targets[0].variance)
    }
    #expect(
      distance(targets[6].mean, analysis.trueValues) < 1e-11, "n = 20 000 is as good as infinity")
    #expect(distance(targets[6].variance, targets[0].variance) < 1e-11)
  }

  @Test("a perfect critic has no bias, and a certain world no variance")
  func certainty() throws {
    let mdp = mazeProcess(["....G"], stepReward: -0.1)
    let right = deterministicPolicy(mdp, actions: [1, 1, 1, 1])
    let values = try policyEvaluation(mdp, policy: right, discount: 0.9)
    let analysis = try RewardProcess(mdp, policy: right).targetAnalysis(
      of: [.td, .nStep(3), .lambda(0.8), .monteCarlo], critic: values, discount: 0.9)
    for target in analysis.targets {
      #expect(target.bias.allSatisfy { abs($0) < 1e-15 })
      #expect(target.variance.allSatisfy { $0 >= 0 && $0 < 1e-30 })
    }
  }

  @Test("a policy that never ends is reported")
  func divergence() {
    let mdp = mazeProcess(["...G"], stepReward: -1)
    let process = RewardProcess(mdp, policy: deterministicPolicy(mdp, actions: [3, 3, 3]))
    #expect(throws: DivergenceError.self) {
      try process.targetAnalysis(of: [.td], critic: [0, 0, 0], discount: 1)
    }
  }

  @Test("figures measured from rollouts agree with the exact ones within their intervals")
  func sampled() throws {
    let (mdp, discount) = (Self.maze, 0.95)
    let critic = (0..<mdp.states).map { 0.3 * Double($0 % 4) - 0.4 }
    let estimators: [ReturnEstimator] = [
      .td, .nStep(2), .nStep(5), .monteCarlo, .lambda(0), .lambda(0.8), .lambda(1),
    ]
    let exact = try RewardProcess(mdp, policy: uniformPolicy(mdp))
      .targetAnalysis(of: estimators, critic: critic, discount: discount)
    var sampled = SampledTargets(estimators: estimators, discount: discount)
    var random = RandomStream(seed: 17)
    for _ in 0..<20_000 {
      let (rewards, values) = Self.rollout(mdp, critic: critic, random: &random)
      sampled.add(rewards: rewards, nextValues: values, terminated: true)
    }
    #expect(sampled.samples == 20_000)
    #expect(abs(sampled.trueValue - exact.trueValues[0]) < 2 * sampled.trueValueInterval)
    for (found, target) in zip(sampled.entries, exact.targets) {
      #expect(found.estimator == target.estimator)
      // Twice the 95 % interval: fixed seed, seven targets, none may be far out.
      #expect(abs(found.variance - target.variance[0]) < Self.halfWidth(found.varianceInterval) * 2)
      #expect(
        abs(found.biasSquared - target.biasSquared(0))
          <= Self.halfWidth(found.biasSquaredInterval) * 2)
    }
    #expect(sampled.entries[3].bias == 0)
    #expect(sampled.entries[0].mean == sampled.entries[4].mean)
  }

  static func halfWidth(_ interval: ClosedRange<Double>) -> Double {
    (interval.upperBound - interval.lowerBound) / 2
  }

  /// An episode of the uniform policy from `first`.
  static func rollout(
    _ mdp: TabularMDP, from first: Int = 0, critic: [Double], random: inout RandomStream
  ) -> (rewards: [Double], nextValues: [Double]) {
    var (rewards, values): ([Double], [Double]) = ([], [])
    var state = first
    while state >= 0 {
      var left = random.uniform()
      let outcomes = mdp.outcomes[state][random.below(mdp.actions)]
      let outcome = outcomes.first {
        left -= $0.probability
        return left < 0
      }
      let taken = outcome ?? outcomes[outcomes.count - 1]
      rewards.append(taken.reward)
      state = taken.nextState
      values.append(state < 0 ? 99 : critic[state])
    }
    return (rewards, values)
  }

  @Test("targets of a sampled rollout are the estimates of its first step")
  func sampledTargetsAreTheEstimates() {
    let r = ReturnsTests.rollout(steps: 12, seed: 5, terminated: false, truncated: true)
    let estimators = ReturnsTests.estimators
    var sampled = SampledTargets(estimators: estimators, discount: 0.9)
    #expect(sampled.entries.allSatisfy { $0.varianceInterval.upperBound == .infinity })
    sampled.add(rewards: r.rewards, nextValues: r.nextValues, terminated: false)
    for (entry, estimator) in zip(sampled.entries, estimators) {
      #expect(entry.mean == r.estimate(estimator)[0])
    }
  }
}
