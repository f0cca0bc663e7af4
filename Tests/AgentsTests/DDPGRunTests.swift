import Environments
import Networks
import Testing

@testable import Agents

@Suite("Runs of DDPG")
struct DDPGRunTests {
  @Test("The same seed gives the same bits, however it is stepped; another seed others")
  func determinism() {
    let (a, b, c) = (
      DDPGLearnerTests.learner(), DDPGLearnerTests.learner(), DDPGLearnerTests.learner(seed: 4)
    )
    for _ in 0..<60 {
      a.turn()
      while !b.advance() {}
      c.turn()
      // Looking changes nothing.
      _ = b.actionValueCurve(of: b.observation, points: 9, targets: true)
    }
    #expect(DDPGLearnerTests.hash(a) == DDPGLearnerTests.hash(b))
    #expect(DDPGLearnerTests.hash(a) != DDPGLearnerTests.hash(c))
    #expect(a.actor.random == b.actor.random)
  }

  @Test("Every setting counts")
  func everySetting() {
    func hash(_ change: (inout DDPGHyperparameters) -> Void) -> String {
      let learner = DDPGLearnerTests.learner(DDPGLearnerTests.settings(change))
      for _ in 0..<60 { learner.turn() }
      return DDPGLearnerTests.hash(learner)
    }
    let hashes = [
      hash { _ in },
      hash { $0.discount = 0.9 },
      hash { $0.actorLearningRate = 2e-3 },
      hash { $0.criticLearningRate = 2e-3 },
      hash { $0.optimiser = .adam(Adam(beta1: 0.8)) },
      hash { $0.batchSize = 9 },
      hash { $0.replayCapacity = 30 },
      hash { $0.learningStarts = 6 },
      hash { $0.trainFrequency = 2 },
      hash { $0.gradientSteps = 2 },
      hash { $0.targetUpdate = .polyak(tau: 0.02) },
      hash { $0.targetUpdate = .copy(steps: 2) },
      hash { $0.noise = .gaussian(standardDeviation: 0.2) },
      hash { $0.noise = .gaussian(standardDeviation: 0.1) },
      hash { $0.noise = .ornsteinUhlenbeck(OrnsteinUhlenbeck(theta: 0.3)) },
      hash { $0.noise = .ornsteinUhlenbeck(OrnsteinUhlenbeck(sigma: 0.3)) },
      hash { $0.noise = .ornsteinUhlenbeck(OrnsteinUhlenbeck(timeStep: 0.5)) },
      hash { $0.hidden = [16, 9] },
      hash { $0.activation = .tanh },
      hash { $0.outputBound = 0.01 },
    ]
    #expect(Set(hashes).count == hashes.count)
  }

  @Test("The curve of Q over actions is the critic's, and its slope at mu(s) is dQ/da")
  func curve() {
    let learner = DDPGLearnerTests.learner()
    for _ in 0..<50 { learner.turn() }
    for targets in [false, true] {
      let curve = learner.actionValueCurve(of: learner.observation, points: 401, targets: targets)
      #expect(curve.actions.first == -1 && curve.actions.last == 3)
      #expect(curve.policyAction > -1 && curve.policyAction < 3)
      // Between two neighbours of mu(s) Q is almost straight.
      let above = curve.actions.firstIndex { $0 >= curve.policyAction } ?? 1
      let (low, high) = (above - 1, above)
      let slope = (curve.values[high] - curve.values[low]) / 0.01
      #expect(abs(slope - curve.slope) < 0.02 * max(1, abs(slope)))
      let share = (curve.policyAction - curve.actions[low]) / 0.01
      let between = curve.values[low] + share * (curve.values[high] - curve.values[low])
      #expect(abs(between - curve.policyValue) < 1e-4)
    }
    #expect(
      learner.actionValueCurve(of: learner.observation, points: 9)
        != learner.actionValueCurve(of: learner.observation, points: 9, targets: true))
  }

  @Test("Targets begin as copies and stay behind once there is something to learn")
  func distances() {
    let learner = DDPGLearnerTests.learner()
    #expect(learner.targetActorDistance == 0 && learner.targetCriticDistance == 0)
    for _ in 0..<30 { learner.turn() }
    #expect(learner.targetActorDistance > 0 && learner.targetCriticDistance > 0)
  }

  @Test("A learner whose numbers are no longer numbers stops learning and goes on acting")
  func divergence() {
    let learner = DDPGLearnerTests.learner(
      DDPGLearnerTests.settings { $0.criticLearningRate = 1e38 })
    for _ in 0..<30 { learner.turn() }
    #expect(learner.hasDiverged)
    let (updates, hash) = (learner.updates, DDPGLearnerTests.hash(learner))
    for _ in 0..<10 { learner.turn() }
    #expect(learner.updates == updates && DDPGLearnerTests.hash(learner) == hash)
    #expect(learner.actor.steps == 40)
  }

  @Test("A critic of rewards alone learns them, and its actor goes where they are greatest")
  func bandit() {
    // Every step is the last: Q(s, a) = a, and the best action is the upper bound.
    let world = ContinuousScript([.init(length: 1, terminated: true, truncated: false)])
    let learner = DDPGLearnerTests.learner(
      DDPGLearnerTests.settings { $0.replayCapacity = 1000 }, world: world)
    for _ in 0..<1500 { learner.turn() }
    let curve = learner.actionValueCurve(of: learner.observation, points: 2)
    #expect(curve.policyAction > 2.7)
    #expect(abs(curve.policyValue - curve.policyAction) < 0.1)
    #expect(curve.slope > 0.5)
  }

  @Test("Pendulum-v1 is learnt in 10000 steps: the greedy policy's mean return is above -200")
  func pendulum() {
    FlushToZero.enable()
    let world = Pendulum()
    // Reproducible kernels: the same run on every processor.
    let learner = DDPGLearner(
      actor: Actor(index: 0, environment: world, seed: 1, workers: 1),
      hyperparameters: DDPGHyperparameters(), seed: 1, kernels: .reproducible)
    let evaluation = GreedyEvaluation(
      policy: learner.greedyPolicy(rows: 50), environment: world, episodes: 50)
    #expect(evaluation.run(learner.parameters.pointer, seed: 1, key: 1).meanReturn < -900)
    for _ in 0..<10_000 { learner.turn() }
    #expect(!learner.hasDiverged)
    #expect(evaluation.run(learner.parameters.pointer, seed: 1, key: 1).meanReturn >= -200)
  }
}
