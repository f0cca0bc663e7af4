internal import Estimators
internal import Testing

@Suite("Estimates of the return")
struct ReturnsTests {
  /// A rollout of one world.
  struct Rollout {
    var rewards: [Double] = []
    var values: [Double] = []
    var nextValues: [Double] = []
    var terminated: [Bool] = []
    var truncated: [Bool] = []

    func estimate(_ estimator: ReturnEstimator, discount: Double = 0.9) -> [Double] {
      estimateReturns(
        estimator, discount: discount, rewards: rewards, nextValues: nextValues,
        terminated: terminated, truncated: truncated)
    }

    static func + (a: Rollout, b: Rollout) -> Rollout {
      Rollout(
        rewards: a.rewards + b.rewards, values: a.values + b.values,
        nextValues: a.nextValues + b.nextValues, terminated: a.terminated + b.terminated,
        truncated: a.truncated + b.truncated)
    }
  }

  static func rollout(steps: Int, seed: UInt32, terminated: Bool, truncated: Bool) -> Rollout {
    var state = seed
    func number() -> Double {
      state = state &* 1_664_525 &+ 1_013_904_223
      return Double(state >> 8) / Double(1 << 24) * 2 - 1
    }
    var result = Rollout()
    result.rewards = (0..<steps).map { _ in number() }
    result.values = (0..<steps).map { _ in number() }
    result.nextValues = Array(result.values.dropFirst()) + [number()]
    result.terminated = (0..<steps).map { terminated && $0 == steps - 1 }
    result.truncated = (0..<steps).map { truncated && $0 == steps - 1 }
    return result
  }

  static let estimators: [ReturnEstimator] =
    [.monteCarlo, .td]
    + [1, 2, 3, 5, 8, ReturnEstimator.unlimitedSteps].map(ReturnEstimator.nStep)
    + [0, 0.5, 0.9, 0.95, 1].map(ReturnEstimator.lambda)

  @Test("every estimate agrees with the reference data to 1e-9")
  func agreesWithReference() throws {
    for c in try reference("return_estimators", as: ReturnCases.self).cases {
      func check(_ estimator: ReturnEstimator, _ expected: [[Double]], noBootstrap: Bool = false) {
        let next = c.nextValues.flatMap(\.self)
        let found = estimateReturns(
          estimator, discount: c.gamma, rewards: c.rewards.flatMap(\.self),
          nextValues: noBootstrap ? next.map { _ in 0 } : next,
          terminated: c.terminated.flatMap(\.self).map { $0 != 0 },
          truncated: c.truncated.flatMap(\.self).map { $0 != 0 }, worlds: c.envs)
        #expect(distance(found, expected.flatMap(\.self)) < 1e-9, "\(c.label), \(estimator)")
      }
      check(.monteCarlo, c.monteCarlo)
      check(.monteCarlo, c.monteCarloWithoutBootstrap, noBootstrap: true)
      check(.td, c.td0Target)
      for (n, expected) in c.nStep {
        check(.nStep(try #require(ReturnEstimator.steps(n))), expected)
      }
      for (lambda, expected) in c.lambdaReturn {
        check(.lambda(try #require(Double(lambda))), expected)
      }
    }
  }

  @Test("single precision, strided, with advantages, agrees with the reference data")
  func learnersForm() throws {
    for c in try reference("return_estimators", as: ReturnCases.self).cases {
      let rewards = c.rewards.flatMap(\.self).map(Float.init)
      let values = c.values.flatMap(\.self).map(Float.init)
      let next = c.nextValues.flatMap(\.self).map(Float.init)
      let terminated = c.terminated.flatMap(\.self).map { $0 != 0 }
      let truncated = c.truncated.flatMap(\.self).map { $0 != 0 }
      for (lambda, expected) in c.gae {
        var returns = [Float](repeating: 0, count: rewards.count)
        var advantages = returns
        for world in 0..<c.envs {
          rewards.withUnsafeBufferPointer { r in
            values.withUnsafeBufferPointer { v in
              next.withUnsafeBufferPointer { nv in
                terminated.withUnsafeBufferPointer { e in
                  truncated.withUnsafeBufferPointer { u in
                    returns.withUnsafeMutableBufferPointer { g in
                      advantages.withUnsafeMutableBufferPointer { a in
                        estimateReturns(
                          .lambda(Double(lambda)!), discount: c.gamma,
                          rewards: r.baseAddress! + world, values: v.baseAddress! + world,
                          nextValues: nv.baseAddress! + world, terminated: e.baseAddress! + world,
                          truncated: u.baseAddress! + world, count: c.rewards.count,
                          stride: c.envs, into: g.baseAddress! + world,
                          advantages: a.baseAddress! + world)
                      }
                    }
                  }
                }
              }
            }
          }
        }
        #expect(distance(advantages.map(Double.init), expected.flatMap(\.self)) < 2e-5)
      }
    }
  }

  @Test("the weights of the lambda-return agree with the reference data and sum to 1")
  func weights() throws {
    for c in try reference("return_estimators", as: ReturnCases.self).lambdaWeights {
      let found = lambdaWeights(lambda: c.lambda, horizon: c.stepsLeft)
      #expect(distance(found.weights, c.weights) < 1e-14)
      #expect(abs(found.tail - c.tailWeight) < 1e-14)
      #expect(abs(found.weights.reduce(found.tail, +) - 1) < 1e-14)
    }
  }

  @Test("n = 1 and lambda = 0 are TD(0), n >= T and lambda = 1 are Monte-Carlo, to the last bit")
  func limits() {
    for (terminated, truncated) in [(true, false), (false, true), (false, false), (true, true)] {
      let r = Self.rollout(steps: 17, seed: 3, terminated: terminated, truncated: truncated)
      #expect(r.estimate(.nStep(1)) == r.estimate(.td))
      #expect(r.estimate(.lambda(0)) == r.estimate(.td))
      for n in [17, 18, 100, ReturnEstimator.unlimitedSteps] {
        #expect(r.estimate(.nStep(n)) == r.estimate(.monteCarlo))
      }
      #expect(r.estimate(.lambda(1)) == r.estimate(.monteCarlo))
    }
  }

  @Test("the lambda-return is the weighted sum of the n-step returns of its own horizon")
  func lambdaReturnIsAWeightedSum() {
    let r = Self.rollout(steps: 9, seed: 11, terminated: false, truncated: true)
    for lambda in [0, 0.3, 0.95, 1] {
      let found = r.estimate(.lambda(lambda))
      for t in 0..<9 {
        let weights = lambdaWeights(lambda: lambda, horizon: 9 - t)
        var sum = weights.tail * r.estimate(.monteCarlo)[t]
        for (k, weight) in weights.weights.enumerated() {
          sum += weight * r.estimate(.nStep(k + 1))[t]
        }
        #expect(abs(sum - found[t]) < 1e-14)
      }
    }
  }

  @Test("episodes in a row are worth what each is worth alone", arguments: estimators)
  func concatenation(estimator: ReturnEstimator) {
    let episodes = [
      Self.rollout(steps: 5, seed: 1, terminated: true, truncated: false),
      Self.rollout(steps: 1, seed: 2, terminated: true, truncated: true),
      Self.rollout(steps: 7, seed: 3, terminated: false, truncated: true),
      Self.rollout(steps: 4, seed: 4, terminated: false, truncated: false),
    ]
    let together = episodes.reduce(Rollout(), +)
    let apart = episodes.flatMap { $0.estimate(estimator) }
    #expect(together.estimate(estimator) == apart)
  }

  @Test("a time limit keeps the value of the state reached, an end does not, both flags are an end")
  func truncationIsNotTermination() {
    for estimator in Self.estimators {
      let one = Rollout(
        rewards: [1], values: [10], nextValues: [10], terminated: [false], truncated: [true])
      #expect(one.estimate(estimator) == [10])
      var ended = one
      ended.terminated = [true]
      #expect(ended.estimate(estimator) == [1])
      ended.truncated = [false]
      #expect(ended.estimate(estimator) == [1])
      var cut = one
      cut.truncated = [false]
      #expect(cut.estimate(estimator) == [10], "the rollout's end is not the episode's")
    }
  }

  @Test("the value after a step is that of the state reached, not of the state left or of a reset")
  func bootstrapsFromTheTrueSuccessor() {
    // Two steps, the episode cut after the first; the second starts from a reset state worth 500.
    let r = Rollout(
      rewards: [1, 2], values: [7, 500], nextValues: [100, 30],
      terminated: [false, false], truncated: [true, false])
    for estimator in Self.estimators { #expect(r.estimate(estimator) == [91, 29]) }
  }

  @Test("horizons: a fixed n looks n steps ahead, n >= T uses all that remains, as A3C does")
  func horizons() {
    // Rewards of 1 and a critic of 0 count the rewards used when nothing is discounted.
    let zeros = [Double](repeating: 0, count: 5)
    let flags = [Bool](repeating: false, count: 5)
    let r = Rollout(
      rewards: [1, 1, 1, 1, 1], values: zeros, nextValues: zeros, terminated: flags,
      truncated: flags)
    #expect(r.estimate(.nStep(1), discount: 1) == [1, 1, 1, 1, 1])
    #expect(r.estimate(.nStep(2), discount: 1) == [2, 2, 2, 2, 1])
    #expect(r.estimate(.nStep(5), discount: 1) == [5, 4, 3, 2, 1])
    #expect(r.estimate(.nStep(100), discount: 1) == [5, 4, 3, 2, 1])
  }

  @Test("advantages of an episode of three steps, by hand")
  func advantagesByHand() {
    // gamma 0.5, lambda 0.5, V = 1, 2, 4; then an end. The deltas: 1+1-1, 1+2-2, 1-4.
    let r = Rollout(
      rewards: [1, 1, 1], values: [1, 2, 4], nextValues: [2, 4, 99],
      terminated: [false, false, true], truncated: [false, false, false])
    let gae = zip(r.estimate(.lambda(0.5), discount: 0.5), r.values).map { $0 - $1 }
    #expect(gae == [1 + 0.25 * (1 + 0.25 * -3), 1 + 0.25 * -3, -3])
  }

  @Test("an empty rollout has no estimates")
  func empty() {
    for estimator in Self.estimators { #expect(Rollout().estimate(estimator) == []) }
  }
}
