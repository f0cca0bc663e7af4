import Environments
import Networks
import Randomness
import TestSupport
import Testing

@testable import Agents

@Suite("The deep Q-network")
struct DQNLearnerTests {
  /// Episodes that end in every way.
  private static let script: [[StepOutcome]] = [
    [.going(0.5), .going(-1), .terminated(2)], [.truncated(1)],
    [.going(0.25), .truncated(-0.5)], [.both(3)],
  ]

  /// A table over the script's states, learning at every step from one transition, by plain descent.
  private func tabular() -> DQNHyperparameters {
    var settings = DQNHyperparameters()
    settings.hidden = []
    settings.optimiser = .sgd
    settings.discount = 0.875
    settings.learningRate = 0.25
    settings.batchSize = 1
    settings.replayCapacity = 16
    settings.learningStarts = 1
    settings.trainFrequency = 1
    settings.targetUpdateInterval = 5
    settings.maxGradientNorm = 1e6
    return settings
  }

  private func learner(
    _ settings: DQNHyperparameters, _ world: any Environment = ScriptedWorld(script),
    budget: Int = 100, seed: UInt64 = 5
  ) -> DQNLearner {
    DQNLearner(
      actor: Actor(index: 0, environment: world, seed: seed, workers: 1),
      hyperparameters: settings, budget: budget, seed: seed)
  }

  private func halves(_ learner: DQNLearner) -> (online: [Float], target: [Float]) {
    let all = learner.parameters.array
    return (Array(all[..<(all.count / 2)]), Array(all[(all.count / 2)...]))
  }

  // MARK: Against numbers in double precision

  @Test(
    "Every update is the step of Q-learning with an older table as target",
    arguments: [false, true], DQNLoss.allCases)
  func closedForm(isDouble: Bool, loss: DQNLoss) throws {
    var settings = tabular()
    settings.isDouble = isDouble
    settings.loss = loss
    settings.learningRate = 0.125
    let learner = learner(settings)
    let states = learner.actor.environment.specification.observation.states
    let weights = try #require(learner.network.layout.slice(named: "output.weight"))
    let biases = try #require(learner.network.layout.slice(named: "output.bias"))
    func table(_ half: [Float]) -> (Int, Int) -> Double {
      { Double(half[weights.index(row: $0, column: $1)] + half[biases.index(row: 0, column: $1)]) }
    }
    var differences = 0
    for step in 1...60 {
      let before = halves(learner)
      let q = table(before.online)
      let old = table(before.target)
      learner.turn()
      let batch = learner.batch
      let (slot, action) = (batch.slots[0], Int(batch.actions[0]))
      let state = Int(learner.replay.observation(slot)[0])
      let next = Int(learner.replay.next(slot)[0])
      #expect(state >= 0 && next < states && next == state + 1)
      func greatest(_ table: (Int, Int) -> Double) -> Int {
        table(next, 1) > table(next, 0) ? 1 : 0
      }
      let chosen = greatest(isDouble ? q : old)
      if greatest(q) != greatest(old) && !batch.terminated[0] { differences += 1 }
      let value = batch.terminated[0] ? 0 : 0.875 * old(next, chosen)
      let error = Double(batch.rewards[0]) + value - q(state, action)
      #expect(abs(Double(batch.errors[0]) - error) < 1e-5, "step \(step)")
      // A weight and a bias share the value: each moves by the whole derivative.
      let derivative = loss == .huber ? max(-1, min(1, error)) : 2 * error
      #expect(abs(learner.report.gradientNorm - abs(derivative) * 2.0.squareRoot()) < 1e-5)
      let after = table(halves(learner).online)
      #expect(abs(after(state, action) - q(state, action) - 0.25 * derivative) < 1e-5)
      #expect(learner.updates == step)
    }
    #expect(differences > 0, "the two networks' choices must differ for this to say anything")
  }

  @Test(
    "Terminated is worth the reward alone, truncated counts on the state reached, both terminated",
    arguments: [false, true])
  func ends(isDouble: Bool) {
    var settings = tabular()
    settings.isDouble = isDouble
    settings.learningRate = 0
    settings.replayCapacity = 1
    let world = ScriptedWorld(Self.script)
    let learner = learner(settings, world)
    for (episode, outcomes) in Self.script.enumerated() {
      for (step, outcome) in outcomes.enumerated() {
        learner.turn()
        let reached = world.state(episode: episode, step: step + 1)
        #expect(Int(learner.replay.next(0)[0]) == reached, "never the state after a reset")
        #expect(learner.replay.terminated(0) == outcome.terminated)
        #expect(learner.hasEndedEpisode == outcome.ended)
        let probe = learner.greedyPolicy(rows: 1)
        probe.observation(0)[0] = Float(reached)
        probe.decide(rows: 1, parameters: learner.parameters.pointer)
        let values = learner.batch.nextStates.output(0)
        let value = outcome.terminated ? 0 : 0.875 * max(values[0], values[1])
        #expect(abs(learner.batch.targets[0] - (Float(outcome.reward) + value)) < 1e-6)
        #expect(probe.action(0) == .discrete(Int(learner.batch.nextActions[0])))
      }
    }
  }

  // MARK: The loop

  @Test("Phases come in the order of the pseudocode, and those not due are passed over")
  func phases() {
    var settings = tabular()
    settings.learningStarts = 4
    settings.trainFrequency = 2
    settings.gradientSteps = 2
    settings.targetUpdateInterval = 3
    let learner = learner(settings)
    let learning: [DQNLearner.Phase] = [.sample, .target, .update, .sample, .target, .update]
    for step in 1...24 {
      var expected: [DQNLearner.Phase] = [.choose, .act, .store]
      if step >= 4 && step % 2 == 0 { expected += learning }
      if step > 4 && step % 3 == 0 { expected.append(.copy) }
      var met: [DQNLearner.Phase] = []
      repeat {
        met.append(learner.phase)
        #expect(learner.place == learner.phase.rawValue)
      } while !learner.advance()
      #expect(met == expected, "step \(step)")
      #expect(learner.actor.steps == step && learner.replay.stored == step)
      #expect(learner.phase == .choose)
    }
    #expect(learner.updates == 22 && learner.copies == 7)
  }

  @Test("The target network is the online one of the last step whose number C divides")
  func copies() {
    var settings = tabular()
    settings.targetUpdateInterval = 5
    let learner = learner(settings)
    var kept = halves(learner).target
    #expect(kept == halves(learner).online)
    for step in 1...40 {
      learner.turn()
      let now = halves(learner)
      #expect(now.online != kept, "learning goes on")
      if step % 5 == 0 { kept = now.online }
      #expect(now.target == kept, "step \(step)")
      #expect((learner.targetDistance == 0) == (step % 5 == 0))
    }
  }

  @Test("An update leaves the target network as it was, and is made of targets of before the copy")
  func order() {
    var settings = tabular()
    settings.targetUpdateInterval = 1
    let learner = learner(settings)
    for _ in 0..<20 {
      while learner.phase != .update { learner.advance() }
      let before = halves(learner)
      #expect(before.online == before.target)
      learner.advance()
      let after = halves(learner)
      #expect(after.target == before.target && after.online != before.online)
      #expect(learner.phase == .copy && learner.advance())
      #expect(halves(learner).target == after.online)
    }
  }

  @Test("Stepped phase by phase or turn by turn, the same comes of it")
  func stepped() {
    var settings = DQNHyperparameters()
    settings.learningStarts = 50
    settings.targetUpdateInterval = 20
    let (fast, slow) = (learner(settings, CartPole()), learner(settings, CartPole()))
    for _ in 0..<300 {
      fast.turn()
      repeat {
        // Looking changes nothing.
        _ = (slow.targetDistance, slow.batchAge, slow.epsilon, slow.actionValues[0])
      } while !slow.advance()
    }
    #expect(fast.parameters.array == slow.parameters.array && fast.updates > 50)
  }

  // MARK: Exploration

  @Test("Epsilon falls in a straight line over its share of the budget, and stays")
  func schedule() {
    var settings = tabular()
    (settings.initialEpsilon, settings.finalEpsilon) = (0.75, 0.25)
    settings.explorationFraction = 0.5
    let learner = learner(settings, budget: 40)
    for step in 0..<40 {
      let expected = step < 20 ? 0.75 - 0.5 * Double(step) / 20 : 0.25
      repeat {
        #expect(abs(learner.epsilon - expected) < 1e-12, "step \(step), \(learner.phase)")
      } while !learner.advance()
    }
    settings.explorationFraction = 0
    #expect(settings.epsilon(steps: 0, budget: 40) == 0.25)
  }

  @Test("Without epsilon every action is the greatest, with 1 all are as likely")
  func exploration() {
    var settings = tabular()
    (settings.initialEpsilon, settings.finalEpsilon) = (0, 0)
    let greedy = learner(settings)
    for _ in 0..<200 {
      greedy.turn()
      let values = greedy.actionValues
      #expect(!greedy.isExploring && values[greedy.action] == max(values[0], values[1]))
    }
    (settings.initialEpsilon, settings.finalEpsilon) = (1, 1)
    let random = learner(settings)
    var counts = [0, 0]
    for _ in 0..<2_000 {
      random.turn()
      #expect(random.isExploring)
      counts[random.action] += 1
    }
    // Deviation 22: four of them.
    #expect(abs(counts[0] - 1_000) < 90)
  }

  // MARK: Facts and limits

  @Test("Gradients longer than the limit are shortened to it")
  func clipping() {
    var settings = tabular()
    settings.loss = .squared
    settings.maxGradientNorm = 0.125
    let learner = learner(settings)
    for _ in 0..<30 {
      let before = halves(learner).online
      learner.turn()
      let report = learner.report
      let after = halves(learner).online
      let length = zip(before, after).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
      let norm = min(report.gradientNorm, 0.125)
      #expect(abs(length.squareRoot() - 0.25 * norm) < 1e-5)
    }
  }

  @Test("The batch's age, the replay's fill and the target's distance are what they say")
  func facts() {
    var settings = tabular()
    settings.batchSize = 8
    settings.learningStarts = 3
    let learner = learner(settings)
    #expect(learner.batchAge == 0 && learner.replay.fill == 0 && learner.targetDistance == 0)
    for step in 1...40 {
      learner.turn()
      #expect(learner.replay.count == min(step, 16))
      guard step >= 3 else { continue }
      let ages = (0..<8).map { Double(learner.replay.age(learner.batch.slots[$0])) }
      #expect(learner.batchAge == ages.reduce(0, +) / 8)
      #expect(ages.allSatisfy { $0 < Double(min(step, 16)) })
      let (online, target) = halves(learner)
      let square = zip(online, target).reduce(0.0) {
        $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
      }
      #expect(abs(learner.targetDistance - square.squareRoot()) < 1e-12)
    }
  }

  @Test("A loss that is no number ends the learning, not the run")
  func divergence() {
    var settings = tabular()
    settings.learningRate = 1e38
    settings.loss = .squared
    let learner = learner(settings)
    for _ in 0..<40 { learner.turn() }
    #expect(learner.hasDiverged && learner.actor.steps == 40)
    let updates = learner.updates
    for _ in 0..<10 { learner.turn() }
    #expect(learner.updates == updates && updates < 10)
  }

  // (That of double DQN is seen above: on a cart's first steps both networks choose alike.)
  @Test("Equal seeds give equal bits, others do not, and every setting counts")
  func seeds() {
    func hash(seed: UInt64 = 7, _ change: (inout DQNHyperparameters) -> Void = { _ in }) -> String {
      var settings = DQNHyperparameters()
      settings.learningStarts = 32
      settings.batchSize = 16
      settings.replayCapacity = 100
      settings.learningRate = 0.01
      settings.targetUpdateInterval = 100
      settings.maxGradientNorm = 1
      settings.hidden = [16]
      change(&settings)
      let learner = learner(settings, CartPole(), budget: 400, seed: seed)
      while learner.actor.steps < 400 { learner.turn() }
      return parametersHash(learner.parameters.pointer, count: learner.parameters.count)
    }
    let changes: [(inout DQNHyperparameters) -> Void] = [
      { $0.discount = 0.9 }, { $0.learningRate = 2e-3 }, { $0.optimiser = .sgd },
      { $0.batchSize = 17 }, { $0.replayCapacity = 90 }, { $0.learningStarts = 36 },
      { $0.trainFrequency = 5 }, { $0.gradientSteps = 2 }, { $0.targetUpdateInterval = 50 },
      { $0.initialEpsilon = 0.5 }, { $0.finalEpsilon = 0.5 }, { $0.explorationFraction = 0.5 },
      { $0.loss = .squared }, { $0.maxGradientNorm = 0.01 },
      { $0.hidden = [17] }, { $0.activation = .relu },
    ]
    let plain = hash()
    #expect(plain == hash() && plain != hash(seed: 8))
    for (index, change) in changes.enumerated() {
      #expect(hash(change) != plain, "change \(index) counts for nothing")
    }
  }
}
