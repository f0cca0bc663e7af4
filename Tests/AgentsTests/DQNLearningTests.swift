import Environments
import Networks
import Testing

@testable import Agents

@Suite("What a deep Q-network learns")
struct DQNLearningTests {
  @Test("The defaults balance the pole: a greedy 475 over 100 episodes within 150 000 steps")
  func cartPole() {
    let budget = 150_000
    for seed: UInt64 in [1, 2] {
      let learner = DQNLearner(
        actor: Actor(index: 0, environment: CartPole(), seed: seed, workers: 1),
        hyperparameters: DQNHyperparameters(), budget: budget, seed: seed,
        kernels: .reproducible)
      let evaluation = GreedyEvaluation(
        policy: learner.greedyPolicy(rows: 100), environment: CartPole(), episodes: 100)
      var best = 0.0
      while best < 475 && learner.actor.steps < budget {
        for _ in 0..<2_000 { learner.turn() }
        let key = UInt64(learner.actor.steps)
        let result = evaluation.run(learner.parameters.pointer, seed: seed, key: key)
        best = max(best, result.meanReturn)
      }
      #expect(best >= 475, "seed \(seed) after \(learner.actor.steps) steps")
      #expect(!learner.hasDiverged)
    }
  }
}
