import Environments
import Estimators
import MarkovProcesses
import Networks
import Randomness
import TestSupport
import Testing

@testable import Training

@Suite("Bias and variance measured from clones")
struct CloneMeasurementTests {
  /// A maze whose exact figures are known, a policy and a critic for it.
  private struct Bench {
    let environment: any Environment
    let network: ActorCriticNetwork
    let theta: FloatBuffer
    let mdp: TabularMDP
    let content: TabularContent
    let process: RewardProcess
    static let discount = 0.95

    init(stepLimit: Int = 100) throws {
      environment = try Runs.registry.make(
        "Maze/four-by-three", settings: [("step-limit", "\(stepLimit)")])
      mdp = try #require(environment.knownMDP)
      network = ActorCriticNetwork(
        shape: NetworkShape(input: .oneHot(mdp.states), hidden: [], actions: mdp.actions))
      theta = network.makeParameters()
      var random = RandomStream(seed: 11)
      for i in 0..<theta.count { theta[i] = Float(0.5 * random.normal()) }
      content = PolicyReading(network: network, states: mdp.states).read(theta.pointer)
      process = RewardProcess(mdp, policy: content.probabilities)
    }

    var policy: FrozenPolicy {
      FrozenPolicy(network, theta: theta.pointer, discount: Self.discount)
    }

    func clones(capacity: Int = 128) -> CloneRollouts {
      CloneRollouts(network: network, environment: environment, capacity: capacity)
    }

    func walk(_ walks: Int) -> PolicyWalk {
      PolicyWalk(
        network: network, environment: environment, walks: walks, random: RandomStream(seed: 21))
    }

    func analysis(_ estimators: [ReturnEstimator]) throws -> TargetAnalysis {
      try process.targetAnalysis(
        of: estimators, critic: content.values, discount: Self.discount)
    }

    var shares: [Double] {
      process.visitDistribution(
        starts: environment.startStates, horizon: environment.specification.stepLimit)
    }
  }

  static let estimators = EstimatorGrid.view.estimators

  /// The distance of a figure from the middle of its interval, in half widths.
  private func distance(_ figure: Double, _ interval: ClosedRange<Double>) -> Double {
    let reach = (interval.upperBound - interval.lowerBound) / 2
    let middle = (interval.upperBound + interval.lowerBound) / 2
    return reach < 1e-12 ? abs(figure - middle) / 1e-9 : abs(figure - middle) / reach
  }

  @Test("the view's grid is that of n = 1 to infinity and of lambda from 0 to 1")
  func grid() {
    #expect(
      EstimatorGrid.view.nStep.map(\.description) == [
        "nstep:1", "nstep:2", "nstep:3", "nstep:5", "nstep:8", "nstep:10", "nstep:20", "nstep:50",
        "mc",
      ])
    #expect(
      EstimatorGrid.view.lambda
        == [
          0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1,
        ].map { ReturnEstimator.lambda($0) })
  }

  @Test(
    "at a state of a maze the figures are the exact ones, whatever the time limit",
    arguments: [100, 5])
  func state(stepLimit: Int) throws {
    let bench = try Bench(stepLimit: stepLimit)
    let exact = try bench.analysis(Self.estimators)
    let clones = bench.clones()
    // A state of which all steps but one have been taken.
    var measurement = StateMeasurement(
      bench.policy, state: [4, 4, Double(stepLimit - 1)], estimators: Self.estimators, seed: 3,
      level: .percent99)
    while measurement.targets.samples < 4_096 { _ = measurement.play(clones, steps: 100_000) }
    #expect(measurement.criticValue == bench.content.values[4])
    let miss = abs(measurement.targets.trueValue - exact.trueValues[4])
    #expect(miss < measurement.targets.trueValueInterval)
    // The intervals are of 99 %, the figures many and akin: few may be out, none far.
    var misses = 0
    for (found, target) in zip(measurement.targets.entries, exact.targets) {
      for (figure, interval) in [
        (target.bias[4], found.biasInterval),
        (target.biasSquared(4), found.biasSquaredInterval),
        (target.variance[4], found.varianceInterval),
      ] {
        let out = distance(figure, interval)
        #expect(out < 1.5, "\(found.estimator)")
        misses += out > 1 ? 1 : 0
      }
    }
    #expect(misses <= 6)
    #expect(measurement.firstTargets.count == 256)
    #expect(measurement.firstTargets.allSatisfy { $0.count == Self.estimators.count })
  }

  @Test("on the mean over the states the policy comes to, the figures are the exact ones")
  func average() throws {
    let bench = try Bench()
    let exact = try bench.analysis(Self.estimators)
    let shares = bench.shares
    func mean(_ figure: (Int) -> Double) -> Double {
      shares.indices.reduce(0) { $0 + shares[$1] * figure($1) }
    }
    let clones = bench.clones()
    let walk = bench.walk(clones.capacity / AverageMeasurement.futures)
    var measurement = AverageMeasurement(
      bench.policy, estimators: Self.estimators, seed: 4, level: .percent99)
    while measurement.average.samples < 8_192 {
      _ = measurement.play(clones, walk: walk, steps: 100_000)
    }
    #expect(measurement.average.states == 1_024)
    var misses = 0
    for (found, target) in zip(measurement.average.entries, exact.targets) {
      for (figure, interval) in [
        (mean(target.biasSquared), found.biasSquaredInterval),
        (mean { target.variance[$0] }, found.varianceInterval),
      ] {
        let out = distance(figure, interval)
        #expect(out < 1.5, "\(found.estimator)")
        misses += out > 1 ? 1 : 0
      }
    }
    #expect(misses <= 4)
    #expect(abs(measurement.average.trueValue - mean { exact.trueValues[$0] }) < 0.06)
    #expect(abs(measurement.criticValue - mean { bench.content.values[$0] }) < 0.06)
  }

  @Test("walks come to the states as often as the policy does")
  func walk() throws {
    let bench = try Bench(stepLimit: 8)
    let walk = bench.walk(64)
    var counts = [Double](repeating: 0, count: bench.mdp.states)
    for _ in 0..<150 {
      for state in walk.draw(bench.theta.pointer) {
        counts[Int(state[0])] += 1
        #expect(state[2] < 8)
      }
    }
    let total = counts.reduce(0, +)
    #expect(total == 150 * 64)
    for (count, share) in zip(counts, bench.shares) {
      // Four standard errors of independent draws.
      #expect(abs(count / total - share) < 4 * (share * (1 - share) / total).squareRoot() + 1e-9)
    }
  }

  @Test("equal seeds meet equal chances, in slices of any size")
  func repeatable() throws {
    let bench = try Bench()
    func measured(slice: Int, seed: UInt64) -> [SampledTargets.Entry] {
      let clones = bench.clones(capacity: 32)
      var measurement = StateMeasurement(
        bench.policy, state: [0, -1, 0], estimators: Self.estimators, seed: seed)
      while measurement.targets.samples < 64 { _ = measurement.play(clones, steps: slice) }
      return measurement.targets.entries
    }
    #expect(measured(slice: 1, seed: 1) == measured(slice: 10_000, seed: 1))
    #expect(measured(slice: 10_000, seed: 1) != measured(slice: 10_000, seed: 2))
  }

  @Test("rollouts are long enough for what follows to be negligible, and no longer")
  func horizon() {
    for discount in [0.5, 0.9, 0.95, 0.99] {
      let steps = RolloutHorizon.steps(discount: discount)
      let weight = (0..<steps).reduce(1.0) { weight, _ in weight * discount }
      #expect(weight <= RolloutHorizon.negligible * (1 + 1e-9))
      #expect(weight / discount > RolloutHorizon.negligible)
    }
    #expect(RolloutHorizon.steps(discount: 0) == 1)
    #expect(RolloutHorizon.steps(discount: 1) == RolloutHorizon.longest)
  }

  @Test("a pole that never falls is followed until the discount has forgotten it")
  func endless() {
    let world = ScriptedWorld(length: 3, truncated: true)
    let network = ActorCriticNetwork(
      shape: NetworkShape(input: .oneHot(4), hidden: [], actions: 2))
    let theta = network.makeParameters()
    // A critic that is wrong everywhere: whoever bootstraps at the time limit believes it.
    let value = network.layout.slices.filter { $0.name == "value.bias" }
    for slice in value { theta[slice.index(row: 0, column: 0)] = 7 }
    let clones = CloneRollouts(network: network, environment: world, capacity: 4)
    var measurement = StateMeasurement(
      FrozenPolicy(network, theta: theta.pointer, discount: 0.9),
      state: [Double](repeating: 0, count: world.stateSize), estimators: [.td, .monteCarlo],
      seed: 1)
    while !measurement.play(clones, steps: 1_000) {}
    #expect(abs(measurement.targets.trueValue - 10) < 5e-3)
    let bias = measurement.targets.entries[0].bias
    #expect(abs(bias - (1 + 0.9 * 7 - 10)) < 5e-3)
    #expect(measurement.targets.entries[1].biasSquared == 0)
  }
}
