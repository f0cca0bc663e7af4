import Agents
import Environments
import Networks
import Telemetry
import TestSupport
import Testing

@testable import Training

@Suite("Sessions over a real number")
struct GaussianSessionTests {
  static let presets = [
    "a2c-pendulum", "a3c-pendulum", "actor-critic-pendulum", "reinforce-pendulum",
    "a2c-mountain-car-continuous", "a3c-mountain-car-continuous",
    "actor-critic-mountain-car-continuous", "reinforce-mountain-car-continuous",
  ]

  @Test("The same seed gives the same parameters, whatever the threads", arguments: presets)
  func determinism(preset: String) throws {
    func hash(_ seed: UInt64, threads: Int) throws -> String {
      var configuration = try Runs.configuration(
        preset, seed: seed, threads: threads, steps: 4_000)
      if configuration.agent == .a3c { configuration.scheduler = .virtual }
      return try Runs.finish(configuration).parametersHash
    }
    #expect(try hash(1, threads: 1) == hash(1, threads: 2))
    #expect(try hash(1, threads: 1) != hash(2, threads: 1))
  }

  @Test(
    "The pendulum is swung up",
    arguments: [
      "a2c-pendulum", "a3c-pendulum", "actor-critic-pendulum", "reinforce-pendulum",
    ])
  func pendulum(preset: String) throws {
    var configuration = try Runs.configuration(preset, seed: 4)
    configuration.goal = RunConfiguration.Goal(meanReturn: -250)
    configuration.stepLimit = 500_000
    configuration.scheduler = .virtual
    let result = try Runs.finish(configuration)
    #expect(result.reached == true)
  }

  @Test("Features' sizes and the policy's bounds are those of the world")
  func shape() throws {
    let shape = try Runs.configuration("a2c-pendulum").networkShape
    #expect(shape.policy == .gaussian(bounds: -2...2) && shape.actions == 2)
    #expect(shape.featureSizes == [1, 1, 8])
    let car = try Runs.configuration("a3c-mountain-car-continuous").networkShape
    #expect(car.policy == .gaussian(bounds: -1...1))
    #expect(car.featureSizes == [1.2, 0.07])
    let pole = try Runs.configuration("a2c-cartpole").networkShape
    #expect(pole.policy == .categorical && pole.featureSizes.isEmpty)
  }

  @Test("A recorded step has the action as it was drawn, and what it was drawn from")
  func recorded() throws {
    let world = Pendulum()
    let layout = History(environment: world, threads: 1).layout
    #expect(layout.actions == Gaussian.outputCount)
    let step = EpisodeRecord.Step(
      state: [0.5, 1, 3], observation: [0, 0, 0], logits: [0.25, 0],
      action: Int(Gaussian.code(of: -3.5)), reward: -1, value: 0, nextValue: 0,
      terminated: false, truncated: false, target: .nan, advantage: .nan, update: nil)
    let record = EpisodeRecord(
      worker: 0, episode: 0, start: nil, firstNumber: 0, omitted: 0, omittedReturn: 0,
      steps: [step], updates: [], reached: .init(state: [0.6, 1, 4], observation: [0, 0, 0]))
    let before = record.stage(at: 0, in: world)
    #expect(before.gaussian == GaussianPolicy(mean: 0.25, deviation: 1))
    #expect(before.probabilities.isEmpty && before.continuousAction == nil)
    let after = record.stage(at: 1, in: world)
    #expect(after.continuousAction == -2 && after.action == nil)
  }
}
