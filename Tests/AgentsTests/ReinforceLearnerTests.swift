import Environments
import Estimators
import Networks
import Randomness
import TestSupport
import Testing

@testable import Agents

@Suite("REINFORCE")
struct ReinforceLearnerTests {
  /// Episodes that end in every way.
  private static let world = ScriptedWorld([
    [.going(0.5), .going(-1), .terminated(2)], [.truncated(1)],
    [.going(0.25), .truncated(-0.5)], [.both(3)], [.going(1), .going(0), .going(0), .truncated(1)],
  ])

  private func learner(
    _ world: any Environment, _ network: ActorCriticNetwork, _ shared: SharedParameters,
    _ settings: LearningSettings, recorder: (any UpdateRecorder)? = nil
  ) -> ReinforceLearner {
    ReinforceLearner(
      actor: Actor(index: 0, environment: world, seed: 5, workers: 1), network: network,
      shared: shared, clock: StepClock(), settings: settings, recorder: recorder)
  }

  private func settings(
    _ baseline: Baseline, episodes: Int = 3, actor: Double = 0.25, critic: Double = 0.125,
    limit: Double = 1e6
  ) -> LearningSettings {
    var hyperparameters = ActorCriticHyperparameters()
    hyperparameters.estimator = .monteCarlo
    hyperparameters.baseline = baseline
    hyperparameters.episodesPerUpdate = episodes
    hyperparameters.discount = 0.875
    hyperparameters.learningRate = actor
    hyperparameters.criticLearningRate = critic
    hyperparameters.entropyCoefficient = 0.25
    hyperparameters.maxGradientNorm = limit
    return LearningSettings(hyperparameters, budget: 64, workers: 1)
  }

  private func learntSteps(_ learner: ReinforceLearner) -> [LearntStep] {
    var steps: [LearntStep] = []
    learner.rollout.forEachLearntStep(of: 0) { steps.append($0) }
    return steps
  }

  private func isClose(_ a: Double?, _ b: Double?, _ tolerance: Double = 2e-5) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= tolerance * max(1, abs(b))
  }

  // MARK: Against numbers in double precision

  @Test(
    "Returns, baselines, gradient, its variance and every update are those of the textbook",
    arguments: Baseline.allCases, [(1, 1e6), (3, 1e6), (3, 0.25), (7, 1e6)])
  func closedForm(baseline: Baseline, batch: (episodes: Int, limit: Double)) {
    var reference = TabularReinforce(Self.world)
    let settings = settings(baseline, episodes: batch.episodes, limit: batch.limit)
    let shared = reference.shared
    let theta = reference.network.makeParameters()
    let learner = learner(Self.world, reference.network, shared, settings)
    learner.measuresSpread = true
    for update in 1...15 {
      while !learner.turn(settings, observer: nil) {}
      let learnt = learntSteps(learner)
      let expected = reference.update(actions: learnt.map(\.action), settings)
      #expect(learner.report.version == update && shared.version == update)
      #expect(learnt.count == expected.count && learner.report.batch == expected.count)
      for (step, expected) in zip(learnt, expected) {
        #expect(isClose(Double(step.target), expected.target))
        #expect(isClose(Double(step.value), expected.baseline))
        #expect(isClose(Double(step.advantage), expected.target - expected.baseline))
      }
      #expect(isClose(learner.report.gradientNorm, reference.actorNorm))
      #expect(
        isClose(
          learner.report.criticStep?.gradientNorm, baseline == .value ? reference.criticNorm : nil))
      #expect(isClose(learner.spread?.variance, reference.variance, 1e-4))
      #expect(isClose(learner.runningMean.mean, reference.mean))
      shared.pull(into: theta)
      #expect(reference.greatestDifference(from: theta) < 5e-5, "after update \(update)")
    }
  }

  @Test("A cut episode bootstraps with V where V is the baseline, and with nothing elsewhere")
  func cutEpisode() {
    let world = ScriptedWorld([[.going(1), .truncated(1)]])
    for baseline in Baseline.allCases {
      let reference = TabularReinforce(world)
      // Nothing moves, so that V stays what it was: of state 2 it is 4/16 - 1 + 1/2.
      let still = settings(baseline, episodes: 1, actor: 0, critic: 0)
      let learner = learner(world, reference.network, reference.shared, still)
      while !learner.turn(still, observer: nil) {}
      let end: Float = baseline == .value ? -0.25 : 0
      #expect(
        learntSteps(learner).map(\.target) == [1 + 0.875 * (1 + 0.875 * end), 1 + 0.875 * end])
    }
  }

  @Test("The constant baseline is made of the updates before alone: the first has none")
  func constant() {
    let world = ScriptedWorld(length: 1)
    let reference = TabularReinforce(world)
    let settings = settings(.constant, episodes: 1)
    let learner = learner(world, reference.network, reference.shared, settings)
    while !learner.turn(settings, observer: nil) {}
    #expect(learntSteps(learner).map(\.advantage) == [1])
    while !learner.turn(settings, observer: nil) {}
    #expect(learntSteps(learner).map(\.advantage) == [0])
  }

  @Test("The running mean weighs ten updates alike and follows the later ones with a tenth")
  func runningMean() {
    var mean = RunningBaseline()
    for number in 1...10 { mean.take(Double(number)) }
    #expect(abs(mean.mean - 5.5) < 1e-12)
    mean.take(15.5)
    #expect(abs(mean.mean - 6.5) < 1e-12 && mean.updates == 11)
  }

  @Test("A baseline takes most of the gradient's variance away")
  func varianceReduction() {
    // Returns of 10 and 11, whatever one does, under a policy that does not care: the gradient of an
    // episode is G - b, times one of length 1.
    let world = ScriptedWorld([[.terminated(10)], [.terminated(11)]])
    func variance(_ baseline: Baseline) -> Double {
      let network = TabularReinforce(world).network
      // V is the mean of the returns, and nothing moves.
      let shared = SharedParameters(count: network.layout.count, optimiser: .sgd) { theta in
        if let slice = network.layout.slice(named: "value.bias") {
          theta[slice.index(row: 0, column: 0)] = 10.5
        }
      }
      var settings = settings(baseline, episodes: 1_000, actor: 0, critic: 0)
      settings.loss.entropyCoefficient = 0
      let learner = learner(world, network, shared, settings)
      // The constant baseline has the mean of the first update in the second.
      while !learner.turn(settings, observer: nil) {}
      #expect(learner.spread == nil)
      learner.measuresSpread = true
      while !learner.turn(settings, observer: nil) {}
      #expect(learner.spread?.episodes == 1_000)
      #expect(learner.spread?.squaredMean ?? 1 < 1)
      return learner.spread?.variance ?? .nan
    }
    #expect(abs(variance(.none) - (100 + 121) / 2) < 1)
    #expect(abs(variance(.constant) - 0.25) < 0.01)
    #expect(abs(variance(.value) - 0.25) < 0.01)
  }

  // MARK: Phases

  private func cartPole(
    _ trunk: NetworkShape.Trunk = .separate
  ) -> (ActorCriticNetwork, SharedParameters) {
    let network = ActorCriticNetwork(
      shape: NetworkShape(input: .features(4), hidden: [16], actions: 2, trunk: trunk))
    let shared = SharedParameters(count: network.layout.count, optimiser: .adam(Adam())) {
      var random = RandomStream(seed: 3, key: 0)
      network.initialise($0, random: &random)
    }
    return (network, shared)
  }

  @Test(
    "Stepped by phase, freely, and both mixed: the same bits", arguments: Baseline.allCases,
    [NetworkShape.Trunk.separate, .shared])
  func sameBits(baseline: Baseline, trunk: NetworkShape.Trunk) {
    let settings = settings(baseline, actor: 0.01, critic: 0.02)
    func hash(_ work: (ReinforceLearner, Int) -> Void) -> String {
      let (network, shared) = cartPole(trunk)
      let learner = learner(CartPole(), network, shared, settings)
      // Whoever is asked for the spread learns the same.
      var number = 0
      while shared.version < 12 {
        work(learner, number)
        number += 1
      }
      return parametersHash(learner.theta, count: network.layout.count)
    }
    let whole = hash { learner, _ in learner.turn(settings, observer: nil) }
    #expect(hash { learner, _ in learner.advance(settings, observer: nil) } == whole)
    let mixed = hash { learner, number in
      learner.measuresSpread = number % 2 == 0
      if number % 3 == 0 {
        learner.advance(settings, observer: nil)
      } else {
        learner.turn(settings, observer: nil)
      }
    }
    #expect(mixed == whole)
  }

  @Test(
    "Phase by phase: steps, then returns from the last to the first, then all advantages at once")
  func phases() {
    let reference = TabularReinforce(Self.world)
    let settings = settings(.value, episodes: 2)
    let learner = learner(Self.world, reference.network, reference.shared, settings)
    func known() -> (targets: Int, advantages: Int) {
      var count = (0, 0)
      learner.rollout.forEachPresentStep(of: 0) {
        if $0.target != nil { count.0 += 1 }
        if $0.advantage != nil { count.1 += 1 }
      }
      return count
    }
    for step in 1...4 {
      #expect(learner.phase == .act)
      learner.advance(settings, observer: nil)
      #expect(learner.rollout.length == step && known() == (0, 0))
    }
    for cell in 1...4 {
      #expect(learner.phase == .returns)
      learner.advance(settings, observer: nil)
      #expect(known() == (cell, 0))
    }
    #expect(learner.phase == .baseline)
    learner.advance(settings, observer: nil)
    #expect(known() == (4, 4) && learner.phase == .gradient)
    let before = parametersHash(learner.theta, count: reference.network.layout.count)
    learner.advance(settings, observer: nil)
    #expect(learner.phase == .update && learner.report.gradientNorm > 0)
    #expect(parametersHash(learner.theta, count: reference.network.layout.count) == before)
    #expect(learner.advance(settings, observer: nil))
    #expect(parametersHash(learner.theta, count: reference.network.layout.count) != before)
    #expect(learner.phase == .act && learner.rollout.length == 0)
  }

  @Test("A critic that nobody asks stays as it is", arguments: [Baseline.none, .constant])
  func untouchedCritic(baseline: Baseline) {
    let (network, shared) = cartPole()
    let settings = settings(baseline, actor: 0.01, critic: 0.02)
    let learner = learner(CartPole(), network, shared, settings)
    let critic = network.layout.range(of: .critic)
    let before = critic.map { learner.theta[$0].bitPattern }
    while shared.version < 5 { learner.turn(settings, observer: nil) }
    #expect(critic.map { learner.theta[$0].bitPattern } == before)
    #expect(learner.report.terms.value == 0 && learner.report.loss.valueCoefficient == 0)
    #expect(learner.report.criticStep == nil)
  }

  @Test("A change of the settings waits for the next episodes")
  func settingsWait() {
    let (network, shared) = cartPole()
    let first = settings(.value, episodes: 2, actor: 0.01)
    let second = settings(.none, episodes: 1, actor: 0.5)
    let learner = learner(CartPole(), network, shared, first)
    learner.advance(first, observer: nil)
    while !learner.turn(second, observer: nil) {}
    #expect(learner.report.learningRate == 0.01 && learner.rollout.actors[0].episodes == 2)
    while !learner.turn(second, observer: nil) {}
    #expect(learner.report.learningRate == 0.5 && learner.rollout.actors[0].episodes == 3)
    #expect(learntSteps(learner).allSatisfy { $0.value == 0 && $0.advantage == $0.target })
  }

  // MARK: Who looks on

  private final class Notes: UpdateRecorder, StageObserver {
    var reports: [UpdateReport] = []
    var lengths: [Int] = []
    var stages: [WorkerStage] = []

    func record(_ rollout: Rollout, _ update: UpdateReport) {
      reports.append(update)
      lengths.append(rollout.length)
    }

    func worker(_ index: Int, enters stage: WorkerStage) { stages.append(stage) }
  }

  @Test("The recorder is told of every update, before the next episodes begin")
  func recorder() {
    let (network, shared) = cartPole()
    let settings = settings(.value, actor: 0.01, critic: 0.02, limit: 0.001)
    let notes = Notes()
    let learner = learner(CartPole(), network, shared, settings, recorder: notes)
    while shared.version < 6 { learner.turn(settings, observer: notes) }
    #expect(notes.stages == (0..<18).map { [.learn, .push, .act][$0 % 3] })
    var clock = 0
    for (index, report) in notes.reports.enumerated() {
      clock += notes.lengths[index]
      #expect(report.version == index + 1 && report.pulledVersion == index)
      #expect(report.clock == clock && report.batch == notes.lengths[index])
      #expect(report.clippingFactor < 1 && report.terms.entropy > 0 && report.terms.value > 0)
      #expect((report.criticStep?.clippingFactor ?? 1) < 1)
    }
  }

  @Test("A gradient that is no number moves nothing: the run has diverged")
  func divergence() {
    let world = ScriptedWorld([[.going(.infinity), .terminated(0)]])
    for baseline in Baseline.allCases {
      let reference = TabularReinforce(world)
      let settings = settings(baseline, episodes: 1)
      let shared = reference.shared
      let learner = learner(world, reference.network, shared, settings)
      for _ in 0..<6 { learner.turn(settings, observer: nil) }
      let theta = reference.network.makeParameters()
      shared.pull(into: theta)
      #expect(shared.diverged && shared.version == 0)
      #expect(reference.greatestDifference(from: theta) < 1e-6)
    }
  }
}
