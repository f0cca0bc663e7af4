import Environments
import Estimators
import MarkovProcesses
import Networks
import Randomness
import Telemetry
import TestSupport
import Testing

@testable import Training

@Suite("The measured variance of the policy gradient")
struct MeasuredGradientTests {
  private func measurement(
    _ maze: PolicyGradientTests.Case, _ name: String, seed: UInt64, discount: Double,
    episodes: Int
  ) throws -> GradientReport {
    let study = MeasuredGradient(
      environment: try Runs.registry.make("Maze/" + name), network: maze.network,
      theta: maze.theta.pointer, discount: discount, seed: seed, key: 1)
    while study.episodes < episodes { study.play() }
    return study.report(version: 3, enough: 2 * episodes)
  }

  @Test("In a maze it agrees with the exact one", arguments: [0.9, 0.99, 1])
  func agrees(discount: Double) throws {
    let maze = try PolicyGradientTests.Case("four-by-three", hidden: [8])
    maze.randomise(0.4)
    let exact = try maze.report(discount)
    let found = try measurement(
      maze, "four-by-three", seed: 5, discount: discount, episodes: 2_000)
    #expect(!found.exact && found.exactNorm == nil && found.update == 3)
    #expect(found.episodes == 2_000 && found.progress == 0.5)
    #expect(abs(found.constant - exact.constant) < 0.1 * abs(exact.constant) + 0.02)
    for (entry, truth) in zip(found.entries, exact.entries) {
      #expect(entry.weight == truth.weight && entry.cosine == nil)
      #expect(entry.varianceInterval > 0 && entry.varianceInterval < 0.35 * truth.variance)
      // One and a half times the 95 % interval: eighteen figures of the same episodes.
      #expect(
        abs(entry.variance - truth.variance) < 1.5 * entry.varianceInterval,
        "\(entry.weight): \(entry.variance) ± \(entry.varianceInterval), not \(truth.variance)")
      let size = truth.variance + truth.squaredMeanNorm
      #expect(abs(entry.squaredMeanNorm - truth.squaredMeanNorm) < 0.05 * size)
    }
  }

  @Test("The 95 % intervals hold the exact variance about as often as they say")
  func coverage() throws {
    let maze = try PolicyGradientTests.Case("four-by-three")
    maze.randomise(0.5)
    let exact = try maze.report(0.95)
    let repetitions = 60
    var held = [Int](repeating: 0, count: exact.entries.count)
    for seed in 0..<UInt64(repetitions) {
      let found = try measurement(
        maze, "four-by-three", seed: seed, discount: 0.95, episodes: 160)
      for (i, entry) in found.entries.enumerated()
      where abs(entry.variance - exact.entries[i].variance) <= entry.varianceInterval {
        held[i] += 1
      }
    }
    for (i, count) in held.enumerated() {
      let share = Double(count) / Double(repetitions)
      #expect(share > 0.86, "\(exact.entries[i].weight): \(share)")
    }
  }

  @Test("A time limit is no part of it: the world goes on, and what is cut has V for its rest")
  func timeLimit() throws {
    let world = CartPole()
    let network = ActorCriticNetwork(
      shape: NetworkShape(input: .features(4), hidden: [8], actions: 2))
    let theta = network.makeParameters()
    let bias = try #require(network.layout.slice(named: "value.bias"))
    theta[bias.index(row: 0, column: 0)] = 40
    var random = RandomStream(seed: 2)
    for discount in [0.9, 0.5] {
      let player = MeasuredEpisodes(
        environment: world, network: network, theta: theta, discount: discount, count: 16)
      let longest = discount == 0.9 ? 66 : 10
      for episode in player.play(random: &random) {
        #expect(episode.length <= longest && episode.terminated == (episode.length < longest))
        #expect(episode.rewards == [Double](repeating: 1, count: episode.length))
        #expect(episode.observations.count == 4 * episode.length)
        #expect(episode.values.allSatisfy { $0 == 40 })
        #expect(episode.nextValues.dropLast().allSatisfy { $0 == 40 })
        #expect(episode.nextValues.count == episode.length)
        #expect(episode.nextValues.last == (episode.terminated ? 0 : 40))
      }
    }
    let maze = try Runs.registry.make("Maze/four-by-three")
    let table = try PolicyGradientTests.Case("four-by-three")
    for state in 0..<table.mdp.states { table.set("policy", state, 3, 30) }
    let endless = MeasuredEpisodes(
      environment: maze, network: table.network, theta: table.theta, discount: 1, count: 8)
    // To the left there is no end in sight; the limit is 100.
    #expect(endless.play(random: &random).contains { $0.length > 100 })
  }

  @Test("Whoever opens the page gets a report of the run that is on, and nobody else does")
  func session() throws {
    for (preset, exact) in [("a3c-corridor", true), ("a3c-cartpole", false)] {
      var configuration = try Runs.configuration(preset)
      configuration.stepLimit = nil
      let session = try TrainingSession(configuration, watched: true)
      session.waitUntil("it runs") { session.progress.steps > 1_000 }
      #expect(session.snapshot().estimators == nil)
      session.send(.show(RolloutReportTests.interest(worker: 0, page: .gradient)))
      session.waitUntil("a report is made") { session.snapshot().estimators?.gradient != nil }
      let report = try #require(session.snapshot().estimators?.gradient)
      #expect(report.exact == exact && report.entries.count == 18 && report.age >= 0)
      #expect((report.exactNorm != nil) == exact && (report.episodes == 0) == exact)
      session.waitUntil("a newer one follows") {
        let next = session.snapshot().estimators?.gradient
        return next?.update ?? 0 > report.update || next?.episodes ?? 0 > report.episodes
      }
      session.pause()
      session.send(.show(RolloutReportTests.interest(worker: 0, page: .race)))
      session.waitUntil("none is given") {
        let report = session.snapshot().estimators
        return report != nil && report?.gradient == nil
      }
      session.send(.show(RolloutReportTests.interest(worker: 0, page: .gradient)))
      session.waitUntil("whoever waits gets one too, of the present parameters") {
        let next = session.snapshot().estimators?.gradient
        return next?.update == session.progress.updates
      }
      session.end()
    }
  }
}
