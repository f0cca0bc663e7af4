internal import Estimators
internal import MarkovProcesses
internal import Randomness
internal import Testing

@Suite("Intervals of measured bias and variance")
struct SampledIntervalTests {
  static let maze = TargetMomentTests.maze
  static let critic = (0..<maze.states).map { 0.3 * Double($0 % 4) - 0.4 }
  static let process = RewardProcess(maze, policy: uniformPolicy(maze))
  static let discount = 0.95
  static let estimators: [ReturnEstimator] = [
    .td, .nStep(2), .nStep(5), .nStep(20), .monteCarlo, .lambda(0.5), .lambda(0.8), .lambda(0.95),
  ]
  static let repetitions = 200
  /// Of 200 intervals that each hold the truth with probability 0.99, fewer than 192 do so with
  /// probability 2.4e-4 (binomial distribution).
  static let fewest = 192

  @Test("quantiles are those of the normal and of Student's distribution")
  func quantiles() {
    let table: [(ConfidenceLevel, Int, Double)] = [
      (.percent95, 8, 2.306004), (.percent95, 30, 2.042272), (.percent95, 255, 1.969311),
      (.percent99, 8, 3.355387), (.percent99, 30, 2.749996), (.percent99, 255, 2.595085),
    ]
    for (level, degrees, quantile) in table {
      let found = level.studentQuantile(degrees: degrees)
      #expect(abs(found / quantile - 1) < 1e-3, "\(level) \(degrees)")
      #expect(found > level.normalQuantile)
    }
    #expect(ConfidenceLevel.percent95.studentQuantile(degrees: 0) == .infinity)
    #expect(abs(ConfidenceLevel.percent99.studentQuantile(degrees: 100_000_000) - 2.575829) < 1e-6)
  }

  @Test("of 200 measurements of 1000 rollouts, 99 % intervals hold the exact figures at that rate")
  func coverage() throws {
    let exact = try Self.process.targetAnalysis(
      of: Self.estimators, critic: Self.critic, discount: Self.discount)
    var (held, narrow) = ([String: Int](), 0)
    for repetition in 0..<Self.repetitions {
      var random = RandomStream(seed: 2, key: UInt64(repetition))
      var sampled = SampledTargets(
        estimators: Self.estimators, discount: Self.discount, level: .percent99)
      for _ in 0..<1_000 {
        let (rewards, values) = TargetMomentTests.rollout(
          Self.maze, critic: Self.critic, random: &random)
        sampled.add(rewards: rewards, nextValues: values, terminated: true)
      }
      for (entry, target) in zip(sampled.entries, exact.targets) {
        // Monte-Carlo has no bias at all, up to rounding.
        let bias = target.bias[0]
        held["bias \(entry.estimator)", default: 0] += entry.biasInterval.contains(bias) ? 1 : 0
        held["squared bias \(entry.estimator)", default: 0] +=
          entry.biasSquaredInterval.contains(bias * bias) ? 1 : 0
        held["variance \(entry.estimator)", default: 0] +=
          entry.varianceInterval.contains(target.variance[0]) ? 1 : 0
        if entry.varianceInterval.upperBound < 1.6 * target.variance[0] { narrow += 1 }
        // No wider than the scatter of the whole return allows: 2.6 standard errors.
        let widest = 2 * 2.6 * 2 * (exact.targets[4].variance[0] / 1_000).squareRoot()
        #expect(entry.biasInterval.upperBound - entry.biasInterval.lowerBound < widest)
      }
      let miss = abs(sampled.trueValue - exact.trueValues[0])
      held["value", default: 0] += miss <= sampled.trueValueInterval ? 1 : 0
    }
    #expect(held.count == 3 * Self.estimators.count + 1)
    for (figure, count) in held { #expect(count >= Self.fewest, "\(figure): \(count)") }
    // Intervals that hold because they are wide would tell nothing.
    #expect(narrow == Self.repetitions * Self.estimators.count)
  }

  @Test("95 % intervals are narrower and miss more often")
  func levels() throws {
    var random = RandomStream(seed: 5)
    var both = ConfidenceLevel.allCases.map {
      SampledTargets(estimators: Self.estimators, discount: Self.discount, level: $0)
    }
    for _ in 0..<500 {
      let (rewards, values) = TargetMomentTests.rollout(
        Self.maze, critic: Self.critic, random: &random)
      for i in both.indices {
        both[i].add(rewards: rewards, nextValues: values, terminated: true)
      }
    }
    for (usual, wide) in zip(both[0].entries, both[1].entries) {
      #expect(usual.mean == wide.mean && usual.variance == wide.variance)
      let ratio =
        TargetMomentTests.halfWidth(wide.varianceInterval)
        / TargetMomentTests.halfWidth(usual.varianceInterval)
      #expect(ratio > 1.25 && ratio < 1.45)
    }
  }

  @Test(
    "averages over states drawn as the policy comes to them hold the exact averages at that rate")
  func average() throws {
    let exact = try Self.process.targetAnalysis(
      of: Self.estimators, critic: Self.critic, discount: Self.discount)
    let shares = Self.process.visitDistribution(starts: [0], horizon: 100)
    func mean(_ figure: (Int) -> Double) -> Double {
      shares.indices.reduce(0) { $0 + shares[$1] * figure($1) }
    }
    var held: [String: Int] = [:]
    var (sum, exactSum) = (0.0, 0.0)
    for repetition in 0..<Self.repetitions {
      var random = RandomStream(seed: 4, key: UInt64(repetition))
      var average = SampledAverage(estimators: Self.estimators, level: .percent99)
      for _ in 0..<64 {
        var place = random.uniform()
        let state = shares.indices.first {
          place -= shares[$0]
          return place < 0
        }
        var targets = SampledTargets(estimators: Self.estimators, discount: Self.discount)
        for _ in 0..<8 {
          let (rewards, values) = TargetMomentTests.rollout(
            Self.maze, from: state ?? 0, critic: Self.critic, random: &random)
          targets.add(rewards: rewards, nextValues: values, terminated: true)
        }
        average.add(targets)
      }
      #expect(average.states == 64 && average.samples == 512)
      for (entry, target) in zip(average.entries, exact.targets) {
        let (bias, variance) = (mean(target.biasSquared), mean { target.variance[$0] })
        held["bias \(entry.estimator)", default: 0] +=
          entry.biasSquaredInterval.contains(bias) ? 1 : 0
        held["variance \(entry.estimator)", default: 0] +=
          entry.varianceInterval.contains(variance) ? 1 : 0
        if entry.estimator == .td {
          sum += entry.biasSquared
          exactSum += bias
        }
      }
    }
    for (figure, count) in held { #expect(count >= Self.fewest, "\(figure): \(count)") }
    // Without taking its noise from each state's squared bias this would be too large.
    #expect(abs(sum / exactSum - 1) < 0.02)
  }

  @Test("what is no finite number is said to be unknown: intervals hold everything")
  func notFinite() {
    for values in [[Double.nan], [1, .infinity], [1e200, -1e200], [0, .infinity, -.infinity]] {
      var sampled = SampledTargets(estimators: [.td, .monteCarlo], discount: 0.9)
      var average = SampledAverage(estimators: [.td, .monteCarlo])
      for k in 0..<8 {
        sampled.add(rewards: [1], nextValues: [values[k % values.count]], terminated: false)
        if k > 1 { average.add(sampled) }
      }
      #expect(!sampled.isFinite && !average.isFinite)
      for entry in sampled.entries where !entry.variance.isFinite {
        #expect(entry.varianceInterval == 0...Double.infinity)
      }
      for entry in average.entries where !entry.variance.isFinite {
        #expect(entry.varianceInterval == 0...Double.infinity)
      }
    }
    var sampled = SampledTargets(estimators: [.td], discount: 0.9)
    sampled.add(rewards: [1], nextValues: [2], terminated: false)
    #expect(sampled.isFinite)
  }

  @Test("rollouts of a reward process have the exact means and variances of its targets")
  func processRollouts() throws {
    let exact = try Self.process.targetAnalysis(
      of: Self.estimators, critic: Self.critic, discount: Self.discount)
    var random = RandomStream(seed: 6)
    var rollouts = ProcessRollouts(Self.process, critic: Self.critic, longest: 400)
    var sampled = SampledTargets(estimators: Self.estimators, discount: Self.discount)
    let count = 20_000
    for _ in 0..<count {
      rollouts.play(from: 2, using: &random)
      #expect(rollouts.terminated || rollouts.rewards.count == 400)
      sampled.add(rollouts)
    }
    for (entry, target) in zip(sampled.entries, exact.targets) {
      let error = (target.variance[2] / Double(count)).squareRoot()
      #expect(abs(entry.mean - target.mean[2]) < 4 * error)
      #expect(abs(entry.variance / target.variance[2] - 1) < 0.08)
    }
  }

  @Test("a rollout that is cut at once is the one-step return whatever the estimator")
  func cutRollouts() {
    var rollouts = ProcessRollouts(Self.process, critic: Self.critic, longest: 1)
    var sampled = SampledTargets(estimators: Self.estimators, discount: Self.discount)
    var random = RandomStream(seed: 7)
    for _ in 0..<100 {
      rollouts.play(from: 0, using: &random)
      #expect(rollouts.rewards.count == 1)
      sampled.add(rollouts)
      #expect(sampled.latestTargets.allSatisfy { $0 == sampled.latestTargets[0] })
    }
  }
}
