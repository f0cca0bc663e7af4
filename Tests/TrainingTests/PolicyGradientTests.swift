import Environments
import Estimators
import Foundation
import MarkovProcesses
import Networks
import Randomness
import Telemetry
import TestSupport
import Testing

@testable import Training

@Suite("The exact variance of the policy gradient")
struct PolicyGradientTests {
  /// A network over the states of a maze, with parameters that tests set.
  struct Case {
    let mdp: TabularMDP
    let starts: [Int]
    let network: ActorCriticNetwork
    let theta: FloatBuffer
    let study: ExactGradient

    init(
      _ maze: String = "four-by-three", hidden: [Int] = [],
      trunk: NetworkShape.Trunk = .shared
    ) throws {
      let environment = try Runs.registry.make("Maze/" + maze)
      mdp = try #require(environment.knownMDP)
      starts = environment.startStates
      network = ActorCriticNetwork(
        shape: NetworkShape(
          input: .oneHot(mdp.states), hidden: hidden, actions: mdp.actions, trunk: trunk))
      theta = network.makeParameters()
      study = ExactGradient(mdp, starts: starts, network: network)
    }

    /// Every parameter a random multiple of 1/256: with a table for a network, sums and small
    /// changes of them are exact.
    func randomise(_ size: Double = 1) {
      var random = RandomStream(seed: 31)
      for slice in network.layout.slices {
        for row in 0..<slice.rows {
          for column in 0..<slice.columns {
            theta[slice.index(row: row, column: column)] =
              Float((size * random.normal() * 256).rounded() / 256)
          }
        }
      }
    }

    func set(_ name: String, _ state: Int, _ column: Int, _ value: Double) {
      guard let slice = network.layout.slice(named: name + ".weight") else { return }
      theta[slice.index(row: state, column: column)] = Float(value)
    }

    var policy: [[Double]] {
      PolicyReading(network: network, states: mdp.states).read(theta.pointer).probabilities
    }

    /// J: the expected return of an episode, and the same of another reward.
    func expected(_ mdp: TabularMDP, discount: Double) throws -> Double {
      let values = try policyEvaluation(mdp, policy: policy, discount: discount)
      return starts.reduce(0) { $0 + values[$1] } / Double(starts.count)
    }

    /// Σ γᵗ over the steps of an episode, on the mean.
    func steps(discount: Double) throws -> Double {
      let outcomes = mdp.outcomes.map {
        $0.map {
          $0.map { Outcome(probability: $0.probability, nextState: $0.nextState, reward: 1) }
        }
      }
      return try expected(
        TabularMDP(states: mdp.states, actions: mdp.actions, outcomes: outcomes),
        discount: discount)
    }

    func report(_ discount: Double) throws -> GradientReport {
      try #require(study.report(theta.pointer, version: 7, discount: discount))
    }

    /// The largest difference between the study's gradient and the central differences of J, and the
    /// largest element of these.
    func distanceToDifferences(discount: Double, change: Float) throws -> (Double, Double) {
      _ = try report(discount)
      let steps = try steps(discount: discount)
      var (distance, largest) = (0.0, 0.0)
      for slice in network.layout.slices {
        for element in stride(from: 0, to: slice.rows * slice.columns, by: 3) {
          let index = slice.index(row: element / slice.columns, column: element % slice.columns)
          let kept = theta[index]
          theta[index] = kept + change
          let above = try expected(mdp, discount: discount)
          theta[index] = kept - change
          let below = try expected(mdp, discount: discount)
          theta[index] = kept
          let difference = (above - below) / (2 * Double(change))
          distance = max(distance, abs(Double(study.exact[index]) * steps - difference))
          largest = max(largest, abs(difference))
        }
      }
      return (distance, largest)
    }
  }
  typealias Outcome = TabularMDP.Outcome

  @Test("It is the gradient of the expected return, by central differences", arguments: [0.9, 1])
  func finiteDifferences(discount: Double) throws {
    let table = try Case()
    table.randomise()
    let (distance, largest) = try table.distanceToDifferences(
      discount: discount, change: 1.0 / 1024)
    #expect(distance < 2e-6 * largest, "\(distance) of \(largest)")
  }

  @Test("With hidden layers too", arguments: [NetworkShape.Trunk.shared, .separate])
  func hiddenLayers(trunk: NetworkShape.Trunk) throws {
    let network = try Case(hidden: [12, 9], trunk: trunk)
    network.randomise(0.5)
    // Single precision: a change of 1/64 tells four digits of the difference.
    let (distance, largest) = try network.distanceToDifferences(discount: 0.95, change: 1.0 / 64)
    #expect(distance < 2e-3 * largest, "\(distance) of \(largest)")
  }

  @Test(
    "A baseline leaves its direction as it is; so does lambda = 1; large n and lambda come near")
  func directions() throws {
    for name in ["four-by-three", "four-rooms"] {
      let maze = try Case(name, hidden: [16])
      maze.randomise(0.5)
      let report = try maze.report(0.8)
      #expect(report.exact && report.update == 7 && report.progress == 1 && report.episodes == 0)
      #expect(report.entries.map(\.weight) == GradientWeights.all)
      let entries = Dictionary(uniqueKeysWithValues: report.entries.map { ($0.weight, $0) })
      let norm = try #require(report.exactNorm)
      let value = try #require(entries[.valueBaseline])
      let whole = try #require(entries[.advantage(.lambda(1))])
      for entry in [entries[.returnAlone], entries[.constantBaseline], value, whole] {
        let entry = try #require(entry)
        #expect(abs(try #require(entry.cosine) - 1) < 1e-6)
        #expect(abs(entry.squaredMeanNorm.squareRoot() - norm) < 1e-5 * norm)
      }
      #expect(abs(whole.variance - value.variance) < 1e-9 * value.variance)
      let cosines = try [ReturnEstimator.nStep(1), .nStep(5), .nStep(50)].map {
        try #require(entries[.advantage($0)]?.cosine)
      }
      #expect(cosines[0] < 0.9, "a wrong critic misleads")
      #expect(cosines.allSatisfy { abs($0) <= 1 + 1e-6 })
      // Where the goal is near, 50 steps leave next to nothing of the critic: 0.8⁵⁰ of it.
      if name == "four-by-three" { #expect(cosines[2] > 0.999) }
      let (one, zero) = (entries[.advantage(.nStep(1))], entries[.advantage(.lambda(0))])
      #expect(abs(try #require(one).variance - #require(zero).variance) < 1e-12)
      #expect(report.entries.allSatisfy { $0.variance > 0 && $0.varianceInterval == 0 })
    }
  }

  /// Parameters of a table: the greedy policy's actions preferred, V exact.
  private func partlyTrained(_ name: String, discount: Double) throws -> Case {
    let maze = try Case(name)
    let best = try valueIteration(maze.mdp, discount: discount)
    let greedy = mostProbableActions(
      greedyPolicy(maze.mdp, values: best.values, discount: discount))
    for (state, action) in greedy.enumerated() { maze.set("policy", state, action, 1.5) }
    let values = try policyEvaluation(maze.mdp, policy: maze.policy, discount: discount)
    for (state, value) in values.enumerated() { maze.set("value", state, 0, value) }
    return maze
  }

  @Test(
    "With the exact V the variance is less than with G alone, and bootstrapping lessens it further",
    arguments: ["four-rooms", "cliff", "ice-lake", "arena"])
  func baselines(name: String) throws {
    let report = try partlyTrained(name, discount: 0.99).report(0.99)
    let variances = report.entries.map(\.variance)
    #expect(variances[2] <= variances[0])
    let overN = variances[3..<11]
    #expect(zip(overN, overN.dropFirst()).allSatisfy { $0 <= $1 * (1 + 1e-6) })
    #expect(overN.last ?? 0 <= variances[2] * (1 + 1e-6))
    // An exact critic has no bias at any n.
    for entry in report.entries { #expect(abs(try #require(entry.cosine) - 1) < 1e-4) }
  }

  @Test("One state and two sure actions: what one computes by hand")
  func bandit() throws {
    let mdp = TabularMDP(
      states: 1, actions: 2,
      outcomes: [
        [
          [Outcome(probability: 1, nextState: -1, reward: 3)],
          [Outcome(probability: 1, nextState: -1, reward: -1)],
        ]
      ])
    let network = ActorCriticNetwork(
      shape: NetworkShape(input: .oneHot(1), hidden: [], actions: 2))
    let theta = network.makeParameters()
    let slice = try #require(network.layout.slice(named: "policy.bias"))
    theta[slice.index(row: 0, column: 0)] = Float(log(3.0))  // pi is 3/4, 1/4
    let value = try #require(network.layout.slice(named: "value.bias"))
    theta[value.index(row: 0, column: 0)] = 0.5
    let report = try #require(
      ExactGradient(mdp, starts: [0], network: network)
        .report(theta.pointer, version: 1, discount: 0.9))
    // ∇ log pi by weight and bias alike is ±(1 - p) (1, -1): squared 4 (1 - p)².
    let squares = [4 * 0.0625, 4 * 0.5625]
    // E g is p (1 - p) (3 + 1) (1, -1), twice.
    let meanSquare = 4 * (0.1875 * 4) * (0.1875 * 4)
    #expect(abs(report.constant - 2) < 1e-6)
    for (entry, baseline) in zip(report.entries, [0, 2, 0.5, 0.5]) {
      let expected =
        0.75 * (3 - baseline) * (3 - baseline) * squares[0]
        + 0.25 * (-1 - baseline) * (-1 - baseline) * squares[1]
      #expect(abs(entry.squaredMeanNorm - meanSquare) < 1e-5)
      #expect(abs(entry.variance - (expected - meanSquare)) < 1e-5, "\(entry)")
    }
    #expect(abs(try #require(report.exactNorm) - meanSquare.squareRoot()) < 1e-5)
  }

  @Test("Where there are no values there is no report")
  func noValues() throws {
    let maze = try Case()
    maze.theta.fill(.nan)
    #expect(maze.study.report(maze.theta.pointer, version: 1, discount: 0.9) == nil)
  }
}
