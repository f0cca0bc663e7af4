import Agents
import Environments
import Foundation
import MarkovProcesses
import Testing

@Suite("Sarsa, Expected Sarsa and Q-learning on the cliff")
struct TabularReferenceTests {
  struct Reference: Decodable {
    struct Mean: Decodable {
      let mean: Double
      let standardError: Double
    }
    struct Algorithm: Decodable {
      let onlineReturnLast100Episodes: Mean
      let onlineReturnFirst20Episodes: Mean
      let greedyPathLengthCountsOverRuns: [String: Int]
    }
    let runs: Int
    let episodes: Int
    let algorithms: [String: Algorithm]

    static func load() throws -> Reference {
      let url = try #require(
        Bundle.module.url(
          forResource: "cliff_learning", withExtension: "json", subdirectory: "Resources"))
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Reference.self, from: Data(contentsOf: url))
    }
  }

  /// What the runs of one algorithm gave.
  private struct Runs {
    var first20: [Double] = []
    var last100: [Double] = []
    var pathLengths: [String: Int] = [:]
  }

  private static func mean(_ numbers: [Double]) -> (mean: Double, standardError: Double) {
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / (count - 1) / count).squareRoot())
  }

  /// Learns as the reference did: epsilon 0.1, alpha 0.5, no discount.
  private func learn(
    _ target: TemporalDifferenceTarget, runs: Int, episodes: Int
  ) throws -> Runs {
    let world = CliffWalking.make()
    let process = try #require(world.knownMDP)
    var hyperparameters = TabularHyperparameters()
    hyperparameters.alpha = 0.5
    hyperparameters.epsilon = 0.1
    hyperparameters.discount = 1
    var result = Runs()
    for seed in 0..<runs {
      let learner = TabularLearner(
        actor: Actor(index: 0, environment: world, seed: UInt64(seed), workers: 1),
        target: target, hyperparameters: hyperparameters)
      var returns: [Double] = []
      for _ in 0..<episodes {
        repeat { learner.turn() } while !learner.hasEndedEpisode
        returns.append(learner.actor.lastEpisode?.undiscountedReturn ?? 0)
      }
      result.first20.append(Self.mean(Array(returns.prefix(20))).mean)
      result.last100.append(Self.mean(Array(returns.suffix(100))).mean)
      let path = GreedyPath(in: process, from: 36) {
        learner.control.table.greedyAction(in: $0)
      }
      let length = path.reachesEnd ? "\(path.states.count)" : "does not reach the goal"
      result.pathLengths[length, default: 0] += 1
    }
    return result
  }

  @Test(
    "Returns while learning and greedy paths are those of the reference within four standard errors",
    arguments: [
      ("sarsa", TemporalDifferenceTarget.sarsa), ("expected_sarsa", .expectedSarsa),
      ("q_learning", .qLearning),
    ])
  func cliff(name: String, target: TemporalDifferenceTarget) throws {
    let reference = try Reference.load()
    let expected = try #require(reference.algorithms[name])
    let runs = try learn(target, runs: reference.runs, episodes: reference.episodes)
    for (found, wanted) in [
      (Self.mean(runs.last100), expected.onlineReturnLast100Episodes),
      (Self.mean(runs.first20), expected.onlineReturnFirst20Episodes),
    ] {
      let error =
        (found.standardError * found.standardError
        + wanted.standardError * wanted.standardError).squareRoot()
      #expect(abs(found.mean - wanted.mean) <= 4 * error, "\(found) beside \(wanted)")
    }
    let wanted = expected.greedyPathLengthCountsOverRuns
    for length in Set(runs.pathLengths.keys).union(wanted.keys) {
      let counts = (Double(runs.pathLengths[length] ?? 0), Double(wanted[length] ?? 0))
      let share = (counts.0 + counts.1) / Double(2 * reference.runs)
      let error = (2 * Double(reference.runs) * share * (1 - share)).squareRoot()
      #expect(abs(counts.0 - counts.1) <= 4 * error, "paths of \(length): \(counts)")
    }
  }
}
