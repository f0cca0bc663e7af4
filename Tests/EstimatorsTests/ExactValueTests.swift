internal import Estimators
internal import MarkovProcesses
internal import Testing

@Suite("Exact values of known processes")
struct ExactValueTests {
  @Test("values of mazes agree with the reference data to 1e-8")
  func mazes() throws {
    for maze in try reference("maze_values", as: MazeCases.self).mazes {
      for r in maze.results {
        let mdp = mazeProcess(
          maze.map, stepReward: r.stepReward, slip: r.slip, slipModel: r.slipModel)
        let uniform = try policyEvaluation(mdp, policy: uniformPolicy(mdp), discount: r.gamma)
        #expect(distance(uniform, r.vUniform) < 1e-8)
        let policy = try policyEvaluation(mdp, policy: maze.policy, discount: r.gamma)
        #expect(distance(policy, r.vPolicy) < 1e-8)
        let best = try valueIteration(mdp, discount: r.gamma)
        #expect(distance(best.values, r.vStar) < 1e-8)
        #expect(best.greedyActions == r.greedyActions)
      }
    }
  }

  @Test("Russell and Norvig's 4x3 world, undiscounted, has the printed utilities")
  func russellAndNorvig() throws {
    let mdp = mazeProcess(
      ["...G", ".#.P", "...."], stepReward: -0.04, slip: 0.2, slipModel: "perpendicular")
    let printed = [0.812, 0.868, 0.918, 0.762, 0.660, 0.705, 0.655, 0.611, 0.388]
    // There a state's own -0.04 is counted, here that of every step but the last.
    let values = try valueIteration(mdp, discount: 1).values.map { $0 - 0.04 }
    #expect(distance(values, printed) < 5e-4)
  }

  @Test("a random walk in an undiscounted corridor of 800 cells takes 2(N(N+1) - i(i+1)) steps")
  func slowCorridor() throws {
    let n = 800
    let mdp = mazeProcess([String(repeating: ".", count: n) + "G"], stepReward: -1)
    let values = try policyEvaluation(mdp, policy: uniformPolicy(mdp), discount: 1)
    for i in 0..<n {
      let expected = 2 - 2 * Double(n * (n + 1) - i * (i + 1))
      #expect(abs(values[i] - expected) <= 1e-11 * abs(expected))
    }
  }

  @Test("a policy that all but never reaches the goal is evaluated to full relative precision")
  func adverseCorridor() throws {
    let n = 40
    let mdp = mazeProcess([String(repeating: ".", count: n) + "G"], stepReward: -1)
    let policy = [[Double]](repeating: [0, 0.1, 0, 0.9], count: n)
    let values = try policyEvaluation(mdp, policy: policy, discount: 1)
    // Steps from i to i+1: d(0) = 1/p, d(i) = 1/p + q/p d(i-1); about 10^38 in all.
    var steps = [10.0]
    for i in 1..<n { steps.append(10 + 9 * steps[i - 1]) }
    var toGo = 0.0
    for i in (0..<n).reversed() {
      toGo += steps[i]
      #expect(abs(values[i] - (2 - toGo)) <= 1e-12 * toGo)
    }
  }

  @Test(
    "the values of 800 cells with slip satisfy Bellman's equation",
    arguments: [0.9, 0.99, 0.999, 1])
  func bellmanResidual(discount: Double) throws {
    let mdp = mazeProcess(
      openField(columns: 40, rows: 20), stepReward: -0.04, slip: 0.2, slipModel: "uniform")
    let uniform = uniformPolicy(mdp)
    let values = try policyEvaluation(mdp, policy: uniform, discount: discount)
    let scale = values.reduce(1) { max($0, abs($1)) }
    let backed = actionValues(mdp, values: values, discount: discount)
      .map { $0.reduce(0, +) / 4 }
    #expect(distance(values, backed) < 1e-14 * scale)
    let best = try valueIteration(mdp, discount: discount)
    #expect(distance(best.values, best.qValues.map { $0.max() ?? 0 }) < 1e-13)
    let greedy = greedyPolicy(mdp, values: best.values, discount: discount)
    let again = try policyEvaluation(mdp, policy: greedy, discount: discount)
    #expect(distance(again, best.values) < 1e-12)
  }

  @Test("an undiscounted policy that never ends is reported with a state, not followed for ever")
  func divergence() throws {
    let mdp = mazeProcess(["...G"], stepReward: -1)
    let left = deterministicPolicy(mdp, actions: [3, 3, 3])
    let error = #expect(throws: DivergenceError.self) {
      try policyEvaluation(mdp, policy: left, discount: 1)
    }
    #expect(error?.state == 0)
    let values = try policyEvaluation(mdp, policy: left, discount: 0.5)
    #expect(distance(values, [-2, -2, -2]) < 1e-15)
  }

  @Test("only the states that may never end diverge, and a paid idleness has no best value")
  func paidIdleness() throws {
    #expect(throws: DivergenceError.self) {
      try valueIteration(mazeProcess(["..G"], stepReward: 0.1), discount: 1)
    }
    let best = try valueIteration(mazeProcess(["..G"], stepReward: 0.1), discount: 0.99)
    #expect(distance(best.values, [10, 10]) < 1e-9)
  }

  @Test("for ever nothing is worth nothing, which is better than a pit")
  func freeIdleness() throws {
    let mdp = mazeProcess(["..P"], stepReward: 0)
    #expect(try valueIteration(mdp, discount: 1).values == [0, 0])
    let idle = deterministicPolicy(mdp, actions: [3, 3])
    #expect(try policyEvaluation(mdp, policy: idle, discount: 1) == [0, 0])
  }

  @Test("walled-off cells do not disturb the others")
  func unreachableCells() throws {
    let mdp = mazeProcess(["..#.", "G.#."], stepReward: -0.1)
    let best = try valueIteration(mdp, discount: 0.9)
    #expect(abs(best.values[0] - 1) < 1e-12)
    #expect(abs(best.values[2] + 1) < 1e-12)
  }

  @Test("the rounding of a single-precision policy is no leak")
  func singlePrecisionPolicy() throws {
    let mdp = mazeProcess(["...G"], stepReward: 0)
    let third = Double(Float(1) / 3)
    let policy = [[Double]](repeating: [0, third, third, third], count: 3)
    let values = try policyEvaluation(mdp, policy: policy, discount: 1)
    #expect(distance(values, [1, 1, 1]) < 1e-14)
  }

  @Test(
    "regret is 0 for the best policy, infinite for one that never ends"
  )
  func regret() throws {
    let mdp = mazeProcess(["...G"], stepReward: -0.04)
    let measure = try RegretMeasure(mdp, discount: 1, starts: [0, 1])
    #expect(measure.regret(ofActions: [1, 1, 1]) == 0)
    #expect(measure.regret(ofActions: [3, 1, 1]) == .infinity)
    let discounted = try RegretMeasure(mdp, discount: 0.9, starts: [0, 1])
    let best = try valueIteration(mdp, discount: 0.9).values
    let uniform = try policyEvaluation(mdp, policy: uniformPolicy(mdp), discount: 0.9)
    let expected = (best[0] + 0.4) / (best[0] - uniform[0])
    #expect(abs(discounted.regret(ofActions: [3, 1, 1]) - expected) < 1e-12)
  }
}
