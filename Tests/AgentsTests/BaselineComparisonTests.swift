import Estimators
import Networks
import TestSupport
import Testing

@testable import Agents

@Suite("The gradient's variance with every baseline")
struct BaselineComparisonTests {
  private static let world = ScriptedWorld([
    [.going(0.5), .going(-1), .terminated(2)], [.truncated(1)],
    [.going(0.25), .truncated(-0.5)], [.both(3)], [.going(1), .going(0), .terminated(1)],
  ])

  private func settings(_ baseline: Baseline, actor: Double = 0.25) -> LearningSettings {
    var hyperparameters = ActorCriticHyperparameters()
    hyperparameters.estimator = .monteCarlo
    hyperparameters.baseline = baseline
    hyperparameters.episodesPerUpdate = 3
    hyperparameters.discount = 0.875
    hyperparameters.learningRate = actor
    hyperparameters.criticLearningRate = 0.125
    hyperparameters.entropyCoefficient = 0
    return LearningSettings(hyperparameters, budget: 64, workers: 1)
  }

  private func learner(
    _ baseline: Baseline, _ settings: LearningSettings, world: ScriptedWorld = world
  ) -> ReinforceLearner {
    let reference = TabularReinforce(world)
    let learner = ReinforceLearner(
      actor: Actor(index: 0, environment: world, seed: 5, workers: 1),
      network: reference.network, shared: reference.shared, clock: StepClock(),
      settings: settings)
    learner.comparesBaselines = true
    learner.measuresSpread = true
    return learner
  }

  private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-4 * max(1, abs(b)) }

  @Test(
    "Without an entropy bonus that of the baseline in use is the learner's own",
    arguments: Baseline.allCases)
  func inUse(baseline: Baseline) throws {
    let settings = settings(baseline)
    let learner = learner(baseline, settings)
    for _ in 1...8 {
      while !learner.turn(settings, observer: nil) {}
      let entries = learner.comparison.entries
      #expect(
        entries.map(\.baseline) == Baseline.allCases.filter { $0 != .value || baseline == .value })
      let own = try #require(learner.spread)
      let entry = try #require(entries.first { $0.baseline == baseline })
      #expect(isClose(entry.spread.variance, own.variance))
      #expect(isClose(entry.spread.squaredMean, own.squaredMean) && entry.spread.episodes == 3)
      #expect(entries.allSatisfy { $0.spread.variance > 0 })
    }
  }

  @Test("A constant baseline is no baseline until there are returns to take the mean of")
  func firstUpdate() throws {
    let settings = settings(.constant)
    let learner = learner(.constant, settings)
    var differ: [Bool] = []
    for _ in 1...2 {
      while !learner.turn(settings, observer: nil) {}
      let entries = learner.comparison.entries
      try #require(entries.map(\.baseline) == [.none, .constant])
      differ.append(entries[0].spread != entries[1].spread)
    }
    #expect(differ == [false, true])
  }

  @Test("Means weigh twenty updates alike, follow the later ones with a twentieth, and begin anew")
  func means() {
    var comparison = BaselineComparison()
    func spread(_ variance: Double) -> GradientSpread {
      GradientSpread(episodes: 3, variance: variance, squaredMean: 1)
    }
    comparison.take([])
    #expect(comparison.entries.isEmpty && comparison.averaged == 0)
    for number in 1...20 {
      comparison.take([(.none, spread(Double(number))), (.constant, spread(2))])
      #expect(comparison.averaged == number)
    }
    #expect(abs(comparison.entries[0].meanVariance - 10.5) < 1e-12)
    #expect(comparison.entries[1].meanVariance == 2)
    comparison.take([(.none, spread(30.5)), (.constant, spread(2))])
    #expect(comparison.averaged == 20 && abs(comparison.entries[0].meanVariance - 11.5) < 1e-12)
    comparison.take([(.none, spread(5))])
    #expect(comparison.averaged == 1 && comparison.entries.map(\.meanVariance) == [5])
  }
}
