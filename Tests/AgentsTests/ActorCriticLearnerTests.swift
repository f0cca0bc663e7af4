import Environments
import Estimators
import Networks
import Randomness
import TestSupport
import Testing

@testable import Agents

@Suite("The basic actor-critic")
struct ActorCriticLearnerTests {
  /// Episodes that end in every way.
  private static let script: [[StepOutcome]] = [
    [.going(0.5), .going(-1), .terminated(2)], [.truncated(1)],
    [.going(0.25), .truncated(-0.5)], [.both(3)],
  ]

  private func learner(
    _ world: any Environment, _ network: ActorCriticNetwork, _ shared: SharedParameters,
    _ settings: LearningSettings, recorder: (any UpdateRecorder)? = nil
  ) -> ActorCriticLearner {
    ActorCriticLearner(
      actor: Actor(index: 0, environment: world, seed: 5, workers: 1), network: network,
      shared: shared, clock: StepClock(), settings: settings, recorder: recorder)
  }

  private func settings(_ actor: Double, critic: Double, limit: Double = 1e6) -> LearningSettings {
    var hyperparameters = ActorCriticHyperparameters()
    hyperparameters.discount = 0.875
    hyperparameters.learningRate = actor
    hyperparameters.criticLearningRate = critic
    hyperparameters.entropyCoefficient = 0.25
    hyperparameters.maxGradientNorm = limit
    return LearningSettings(hyperparameters, budget: 64, workers: 1)
  }

  // MARK: Against numbers in double precision

  @Test(
    "Every update is the TD(0) step of the critic and the policy-gradient step of the actor",
    arguments: [1e6, 0.25], [LearningRateSchedule.constant, .linear])
  func closedForm(limit: Double, schedule: LearningRateSchedule) {
    let world = ScriptedWorld(Self.script)
    var reference = TabularActorCritic(world)
    var settings = settings(0.25, critic: 0.125, limit: limit)
    settings.schedule = schedule
    let shared = reference.shared
    let theta = reference.network.makeParameters()
    let learner = learner(world, reference.network, shared, settings)
    for step in 1...40 {
      learner.turn(observer: nil)
      var learnt: [LearntStep] = []
      learner.rollout.forEachLearntStep(of: 0) { learnt.append($0) }
      #expect(learnt.count == 1 && learner.report.version == step && shared.version == step)
      let expected = reference.step(
        action: learnt[0].action, settings, share: schedule.rate(1, steps: step, budget: 64))
      #expect(abs(Double(learnt[0].target) - expected.target) < 1e-5)
      #expect(abs(Double(learnt[0].advantage) - expected.advantage) < 1e-5)
      #expect(abs(learner.report.gradientNorm - expected.actorNorm) < 1e-5)
      #expect(abs((learner.report.criticStep?.gradientNorm ?? .nan) - expected.criticNorm) < 1e-5)
      #expect(abs(learner.report.terms.entropy - expected.entropy) < 1e-5)
      shared.pull(into: theta)
      #expect(reference.greatestDifference(from: theta) < 2e-5, "after step \(step)")
    }
  }

  @Test("Terminated is worth the reward alone, truncated bootstraps with the state reached")
  func ends() {
    let world = ScriptedWorld(Self.script)
    let reference = TabularActorCritic(world)
    // Nothing moves, so that V stays what it was.
    let still = settings(0, critic: 0)
    let learner = learner(world, reference.network, reference.shared, still)
    for (episode, outcomes) in Self.script.enumerated() {
      for (step, outcome) in outcomes.enumerated() {
        learner.turn(observer: nil)
        let next =
          outcome.terminated ? 0 : reference.values[world.state(episode: episode, step: step + 1)]
        learner.rollout.forEachLearntStep(of: 0) {
          #expect(abs(Double($0.target) - (outcome.reward + 0.875 * next)) < 1e-5)
        }
      }
    }
  }

  @Test("The critic finds the values of the random walk, which are known")
  func randomWalk() {
    let network = ActorCriticNetwork(
      shape: NetworkShape(input: .oneHot(5), hidden: [], actions: 1, trunk: .separate))
    let shared = SharedParameters(count: network.layout.count, optimiser: .sgd) { _ in }
    var settings = settings(0.01, critic: 0.2)
    settings.discount = 1
    settings.schedule = .linear
    settings.budget = 60_000
    let learner = learner(RandomWalk.five, network, shared, settings)
    for _ in 0..<60_000 { learner.turn(observer: nil) }
    let workspace = network.makeWorkspace(rows: 5)
    for state in 0..<5 { workspace.observation(state)[0] = Float(state) }
    network.forward(learner.theta, rows: 0..<5, workspace: workspace)
    for state in 0..<5 {
      #expect(abs(Double(workspace.value(state)) - Double(state + 1) / 6) < 0.05)
    }
  }

  // MARK: Phases

  private func cartPole() -> (ActorCriticNetwork, SharedParameters) {
    let network = ActorCriticNetwork(
      shape: NetworkShape(input: .features(4), hidden: [16], actions: 2, trunk: .separate))
    let shared = SharedParameters(count: network.layout.count, optimiser: .adam(Adam())) {
      var random = RandomStream(seed: 3, key: 0)
      network.initialise($0, random: &random)
    }
    return (network, shared)
  }

  @Test("Each network's phase moves that network and leaves the other as it is, to the last bit")
  func apart() {
    let (network, shared) = cartPole()
    let settings = settings(0.01, critic: 0.02)
    let learner = learner(CartPole(), network, shared, settings)
    let (actor, critic) = (network.layout.range(of: .actor), network.layout.range(of: .critic))
    func bits(_ range: Range<Int>) -> [UInt32] { range.map { learner.theta[$0].bitPattern } }
    for _ in 0..<50 {
      for phase in ActorCriticLearner.Phase.allCases {
        #expect(learner.phase == phase)
        let before = (bits(actor), bits(critic), shared.version)
        #expect(learner.advance(observer: nil) == (phase == .actor))
        #expect((bits(actor) != before.0) == (phase == .actor))
        #expect((bits(critic) != before.1) == (phase == .critic))
        #expect((shared.version != before.2) == (phase == .actor))
      }
    }
  }

  @Test("Five phases one by one are a turn, bit for bit, wherever the rest is done at once")
  func phases() {
    func hash(_ work: (ActorCriticLearner, LearningSettings, Int) -> Void) -> String {
      let (network, shared) = cartPole()
      let settings = settings(0.01, critic: 0.02)
      let learner = learner(CartPole(), network, shared, settings)
      for step in 0..<500 { work(learner, settings, step) }
      #expect(shared.version == 500 && learner.rollout.actors[0].episodes > 3)
      return parametersHash(learner.theta, count: network.layout.count)
    }
    let whole = hash { learner, settings, _ in learner.turn(observer: nil) }
    let apart = hash { learner, settings, _ in
      for _ in 0..<5 { learner.advance(observer: nil) }
    }
    let mixed = hash { learner, settings, step in
      for _ in 0..<step % 5 { learner.advance(observer: nil) }
      learner.turn(observer: nil)
    }
    #expect(whole == apart && whole == mixed)
  }

  @Test("A change of the settings waits for the next step")
  func settingsWait() {
    let (network, shared) = cartPole()
    let first = settings(0.01, critic: 0.02)
    let second = settings(0.5, critic: 0.25)
    let learner = learner(CartPole(), network, shared, first)
    learner.advance(observer: nil)
    learner.take(second)
    learner.turn(observer: nil)
    #expect(learner.report.learningRate == 0.01 && learner.report.criticStep?.learningRate == 0.02)
    learner.turn(observer: nil)
    #expect(learner.report.learningRate == 0.5 && learner.report.criticStep?.learningRate == 0.25)
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

  @Test("The recorder is told of every update, before the next step begins")
  func recorder() {
    let (network, shared) = cartPole()
    let settings = settings(0.01, critic: 0.02, limit: 0.001)
    let notes = Notes()
    let learner = learner(CartPole(), network, shared, settings, recorder: notes)
    for _ in 0..<30 { learner.turn(observer: notes) }
    #expect(notes.lengths == Array(repeating: 1, count: 30))
    #expect(notes.stages == (0..<60).map { $0 % 2 == 0 ? .learn : .act })
    for (index, report) in notes.reports.enumerated() {
      #expect(report.version == index + 1 && report.pulledVersion == index)
      #expect(report.clock == index + 1 && report.batch == 1 && report.staleness == 0)
      #expect(report.clippingFactor < 1 && report.terms.entropy > 0)
      #expect((report.criticStep?.clippingFactor ?? 1) < 1)
      #expect(report.loss == settings.loss)
    }
  }

  @Test("A gradient that is no number moves nothing: the run has diverged")
  func divergence() {
    let world = ScriptedWorld([[.going(.infinity), .terminated(0)]])
    let reference = TabularActorCritic(world)
    let settings = settings(0.25, critic: 0.125)
    let shared = reference.shared
    let learner = learner(world, reference.network, shared, settings)
    for _ in 0..<4 { learner.turn(observer: nil) }
    let theta = reference.network.makeParameters()
    shared.pull(into: theta)
    #expect(shared.diverged && shared.version == 0)
    #expect(reference.greatestDifference(from: theta) < 1e-6)
  }
}
