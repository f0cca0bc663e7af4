import Environments
import Estimators
import Networks
import Randomness
import Testing

@testable import Agents

@Suite("A2C and A3C over a real number")
struct GaussianAgentTests {
  /// Learners in a world, with what they share.
  private struct Run {
    let network: ActorCriticNetwork
    let shared: SharedParameters
    let clock = StepClock()
    let world: any Environment
    let seed: UInt64
    let settings: LearningSettings

    init(_ world: any Environment, seed: UInt64, isA3C: Bool, budget: Int) throws {
      let specification = world.specification
      let action = try #require(specification.continuousAction)
      var hyperparameters = ActorCriticHyperparameters()
      hyperparameters.estimator = .lambda(0.9)
      hyperparameters.discount = 0.9
      hyperparameters.rolloutLength = isA3C ? 20 : 8
      hyperparameters.learningRate = isA3C ? 1e-3 : 3e-3
      hyperparameters.learningRateSchedule = .linear
      hyperparameters.entropyCoefficient = 0.1
      hyperparameters.maxGradientNorm = 5
      settings = LearningSettings(hyperparameters, budget: budget, workers: 8)
      network = ActorCriticNetwork(
        shape: NetworkShape(
          input: .features(specification.observation.width), hidden: [64, 64], activation: .relu,
          actions: Gaussian.outputCount,
          policy: .gaussian(bounds: Float(action.low)...Float(action.high)), trunk: .separate))
      let network = network
      shared = SharedParameters(count: network.layout.count, optimiser: .rmsProp(RMSProp())) {
        var random = RandomStream(seed: seed, key: 0)
        network.initialise($0, random: &random)
      }
      (self.world, self.seed) = (world, seed)
    }

    func actor(_ index: Int) -> Actor {
      Actor(index: index, environment: world, seed: seed, workers: settings.workers)
    }

    /// The return of the mean over 20 episodes.
    var meanReturn: Double {
      let theta = network.makeParameters()
      shared.pull(into: theta)
      return GreedyEvaluation(network: network, environment: world, episodes: 20)
        .run(theta.pointer, seed: seed, key: 1).meanReturn
    }

    func makeMember() -> A2CMember {
      let team = A2CTeam(
        workers: settings.workers, threads: 1, network: network, shared: shared, clock: clock)
      let actors = A2CTeam.groups(workers: settings.workers).map { $0.map { actor($0) } }
      return A2CMember(
        team: team, thread: 0, actors: actors, network: network, settings: settings)
    }

    func learnA2C(steps: Int) {
      let member = makeMember()
      while clock.steps < steps {
        while !member.isComplete { member.act() }
        _ = member.update(next: settings, observer: nil) { true }
      }
    }

    /// Its workers take turns of a step each.
    func learnA3C(steps: Int) {
      let workers = (0..<settings.workers).map {
        A3CWorker(
          actor: actor($0), network: network, shared: shared, clock: clock, settings: settings)
      }
      while clock.steps < steps {
        for worker in workers { _ = worker.turn(settings, observer: nil) }
      }
    }

    var hash: String {
      let theta = shared.checkpoint().theta
      return parametersHash(theta, count: theta.count)
    }
  }

  @Test("The pendulum is swung up within 300 000 steps", arguments: [1, 2, 3], [false, true])
  func pendulum(seed: UInt64, isA3C: Bool) throws {
    let run = try Run(Pendulum(), seed: seed, isA3C: isA3C, budget: 300_000)
    #expect(run.meanReturn < -700)
    if isA3C { run.learnA3C(steps: 300_000) } else { run.learnA2C(steps: 300_000) }
    #expect(run.meanReturn > -300)
  }

  @Test("The same seed gives the same bits, another seed others", arguments: [false, true])
  func determinism(isA3C: Bool) throws {
    func hash(_ seed: UInt64) throws -> String {
      let run = try Run(Pendulum(), seed: seed, isA3C: isA3C, budget: 10_000)
      if isA3C { run.learnA3C(steps: 2_000) } else { run.learnA2C(steps: 2_000) }
      return run.hash
    }
    #expect(try hash(5) == hash(5))
    #expect(try hash(5) != hash(6))
  }

  @Test("What is learnt from is what was drawn; what is done and paid for stays within the bounds")
  func drawnAndDone() throws {
    let run = try Run(MountainCarContinuous(), seed: 3, isA3C: false, budget: 10_000)
    let member = run.makeMember()
    for _ in 0..<30 {
      while !member.isComplete { member.act() }
      _ = member.update(next: run.settings, observer: nil) { true }
    }
    var beyond = 0
    for rollout in member.rollouts {
      for k in 0..<rollout.width {
        rollout.forEachLearntStep(of: k) { step in
          let drawn = Gaussian.action(of: Int32(truncatingIfNeeded: step.action))
          let done = Double(Gaussian.limited(drawn, to: -1...1))
          #expect(step.reward == Float(-0.1 * done * done) || step.terminated)
          if abs(drawn) > 1 { beyond += 1 }
        }
        #expect(abs(rollout.actors[k].lastContinuousAction ?? 0) <= 1)
      }
    }
    #expect(beyond > 0)
  }

  @Test("Without exploring the mean is done, within its bounds")
  func greedy() throws {
    let run = try Run(Pendulum(), seed: 1, isA3C: false, budget: 1)
    let bias = try #require(run.network.layout.slice(named: "policy.bias"))
    let theta = run.network.makeParameters()
    let policy = MostProbableAction(run.network, rows: 1)
    for (mean, done) in [(0.5, 0.5), (9, 2), (-9, -2)] as [(Float, Double)] {
      theta[bias.index(row: 0, column: 0)] = mean
      policy.decide(rows: 1, parameters: theta.pointer)
      #expect(policy.action(0) == .continuous(done))
    }
  }
}
