import Agents
import Environments
import Estimators
import Networks
import Randomness
import Telemetry
import TestSupport
import Testing

@testable import Training

@Suite("The anatomy of REINFORCE")
struct ReinforceAnatomyTests {
  private static let optimiser = Optimiser.adam(Adam())

  /// Episodes of two and of three steps, the second cut by the time limit.
  private static let world = ScriptedWorld([
    [.going(0.5), .terminated(2)], [.going(0.25), .going(1), .truncated(-0.5)],
  ])

  private static func learner(
    _ baseline: Baseline, episodes: Int, trunk: NetworkShape.Trunk = .separate
  ) -> ReinforceLearner {
    let network = ActorCriticNetwork(
      shape: NetworkShape(input: .oneHot(7), hidden: [8], actions: 2, trunk: trunk))
    let shared = SharedParameters(count: network.layout.count, optimiser: optimiser) { theta in
      var random = RandomStream(seed: 3, key: 0)
      network.initialise(theta, random: &random)
    }
    var hyperparameters = ActorCriticHyperparameters()
    hyperparameters.estimator = .monteCarlo
    hyperparameters.baseline = baseline
    hyperparameters.episodesPerUpdate = episodes
    let learner = ReinforceLearner(
      actor: Actor(index: 0, environment: world, seed: 11, workers: 1), network: network,
      shared: shared, clock: StepClock(),
      settings: LearningSettings(hyperparameters, budget: 1_000_000, workers: 1))
    learner.measuresSpread = true
    return learner
  }

  private static func report(
    _ learner: ReinforceLearner, _ demand: AnatomyBoard.Demand = .present
  ) -> AnatomyReport? {
    AnatomyFacts(learner, optimiser: optimiser, demand: demand)?.report
  }

  /// Every line that computes something computes what it shows.
  private static func check(_ report: AnatomyReport) -> Int {
    var lines = 0
    for phase in report.phases {
      #expect(!phase.formula.isEmpty && !phase.reason.isEmpty)
      for line in phase.numbers {
        guard let arithmetic = AnatomyArithmetic(line) else { continue }
        let error = abs(arithmetic.computed - arithmetic.shown)
        #expect(error <= 2e-6 * max(1, abs(arithmetic.shown)), "\(phase.name): \(line)")
        lines += 1
      }
    }
    return lines
  }

  @Test(
    "Its phases, step by step and return by return, with every baseline",
    arguments: Baseline.allCases, [NetworkShape.Trunk.separate, .shared])
  func phases(baseline: Baseline, trunk: NetworkShape.Trunk) throws {
    let learner = Self.learner(baseline, episodes: 2, trunk: trunk)
    #expect(Self.report(learner)?.last == nil && Self.report(learner, .finished) == nil)
    // Five steps, five returns, three phases.
    let places = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 3, 4]
    var lines = 0
    for round in 0..<3 {
      for (index, place) in places.enumerated() {
        learner.advance(learner.settings, observer: nil)
        let report = try #require(Self.report(learner))
        let next = index + 1 < places.count ? places[index + 1] : 0
        #expect(report.last == place && report.next == next)
        #expect(
          report.phases.map(\.name) == ["act", "returns", "baseline", "gradient", "update"])
        #expect(report.version == round + (place == 4 ? 1 : 0))
        for (number, phase) in report.phases.enumerated() {
          #expect(phase.numbers.isEmpty == (number > place), "\(phase.name) after \(place)")
        }
        #expect(report.cells.count == min(index + 1, 5))
        #expect(report.cells.count { $0.target != nil } == max(0, min(index - 4, 5)))
        lines += Self.check(report)
      }
    }
    // A return from its phase on, then the first advantage, then loss and variance, then the clipping.
    #expect(lines == 3 * (5 * 1 + 2 + 4 + 5))
    #expect(Self.report(learner, .finished)?.last == 4)
  }

  @Test("Of one episode there is no variance, and the anatomy says so")
  func oneEpisode() throws {
    let learner = Self.learner(.value, episodes: 1)
    while learner.phase != .update { learner.advance(learner.settings, observer: nil) }
    let gradient = try #require(Self.report(learner)).phases[3]
    #expect(gradient.outputs[1].value == [.text("one episode")])
    #expect(gradient.numbers.count == 1)
  }

  @Test("Without a critic nothing is said of V, and a cut return is said to be too small")
  func withoutCritic() throws {
    for baseline in [Baseline.none, .constant] {
      let learner = Self.learner(baseline, episodes: 2)
      while learner.phase == .act { learner.advance(learner.settings, observer: nil) }
      learner.advance(learner.settings, observer: nil)
      let report = try #require(Self.report(learner))
      #expect(report.phases[1].reason.contains("too small"))
      for phase in report.phases {
        #expect(!(phase.inputs + phase.outputs).contains { $0.role == .value }, "\(phase.name)")
      }
    }
  }
}
