import Agents
import Telemetry
import Testing

@testable import Training

// Under the thread sanitizer this would take minutes, and there is one thread to look at.
@Suite("Learning", .disabled(if: Runs.areSanitized))
struct LearningTests {
  /// A run that is the same at every try.
  private func run(_ preset: String, seed: UInt64, steps: Int) throws -> RunConfiguration {
    var configuration = try Runs.configuration(preset, seed: seed, steps: steps)
    configuration.scheduler = .virtual
    configuration.evaluationEpisodes = 50
    return configuration
  }

  @Test(
    "The pole is balanced: a mean return of 475 over fresh episodes",
    arguments: [("a3c-cartpole", 100_000), ("a2c-cartpole", 220_000)], [1, 2, 3] as [UInt64])
  func cartPole(agent: (preset: String, steps: Int), seed: UInt64) throws {
    var configuration = try run(agent.preset, seed: seed, steps: agent.steps)
    configuration.budget = 500_000
    configuration.goal = .init(meanReturn: 475)
    let result = try Runs.finish(configuration)
    #expect(result.reached == true)
  }

  @Test(
    "Small mazes are solved: the greedy policy is as good as the best",
    arguments: [("a3c-corridor", 15_000), ("a2c-corridor", 15_000), ("a3c-four-by-three", 60_000)])
  func mazes(preset: String, steps: Int) throws {
    let result = try Runs.finish(run(preset, seed: 1, steps: steps))
    #expect(try #require(result.tabular).regret <= 0.01)
  }

  @Test("Without an entropy bonus the policy grows surer sooner")
  func entropy() throws {
    func entropy(_ coefficient: Double) throws -> Double {
      var configuration = try run("a3c-cartpole", seed: 1, steps: 60_000)
      configuration.hyperparameters.entropyCoefficient = coefficient
      let session = try TrainingSession(configuration, watched: true)
      _ = try Runs.finish(session)
      return try #require(session.snapshot().entropy.latest)
    }
    let (with, without) = (try entropy(0.5), try entropy(0))
    #expect(with > without)
  }
}
