import Environments
import Estimators
import Networks
import TestSupport
import Testing

@testable import Agents

@Suite("Rollouts")
struct RolloutTests {
  static let estimators: [ReturnEstimator] = [
    .monteCarlo, .td, .nStep(1), .nStep(2), .nStep(3), .nStep(100), .lambda(0), .lambda(0.7),
    .lambda(1),
  ]

  /// Two episodes that differ in everything; the second is where a wrong bootstrap would come from.
  private func table(_ last: StepOutcome) -> Table {
    Table(ScriptedWorld([[.going(1), .going(2), last], [.going(7), .terminated(9)]]))
  }

  @Test("Truncation bootstraps with V of the state reached, never with that of the reset state")
  func truncation() {
    let table = table(.truncated(3))
    let rollout = table.rollout()
    rollout.run(.td, length: 5, theta: table.theta.pointer)
    #expect(rollout.length == 3)
    #expect(Double(rollout.record.returns[2]) == 3 + 0.5 * table.value(0, 3))
    #expect(table.value(0, 3) != table.value(1, 0))
  }

  @Test("A policy that is never stopped is worth 1 / (1 - gamma), though its episodes are cut")
  func truncationFixedPoint() {
    let table = Table(ScriptedWorld(length: 4, truncated: true)) { _ in 10 }
    let rollout = table.rollout()
    rollout.run(.nStep(5), length: 4, discount: 0.9, theta: table.theta.pointer)
    for step in 0..<4 { #expect(abs(rollout.record.advantages[step]) < 1e-5) }
  }

  @Test("Termination bootstraps with nothing, and wins where both flags are set")
  func termination() {
    for last in [StepOutcome.terminated(3), .both(3)] {
      let table = table(last)
      let rollout = table.rollout()
      rollout.run(.td, length: 5, theta: table.theta.pointer)
      #expect(rollout.record.returns[2] == 3)
      #expect(Double(rollout.record.returns[1]) == 2 + 0.5 * table.value(0, 2))
    }
  }

  @Test("The rollout's end bootstraps with V of the state reached")
  func rolloutEnd() {
    let table = table(.terminated(3))
    let rollout = table.rollout()
    rollout.run(.nStep(5), length: 2, theta: table.theta.pointer)
    #expect(rollout.length == 2)
    #expect(Double(rollout.record.returns[1]) == 2 + 0.5 * table.value(0, 2))
    #expect(Double(rollout.record.returns[0]) == 1 + 0.5 * (2 + 0.5 * table.value(0, 2)))
  }

  @Test(
    "The targets equal those computed in double precision, over the ends of episodes",
    arguments: estimators)
  func targets(estimator: ReturnEstimator) {
    let script: [[StepOutcome]] = [
      [.going(1), .going(-2), .truncated(3)], [.terminated(4)], [.going(5), .both(-6)],
      [.going(0.25), .going(7), .going(8), .going(9), .terminated(1)],
    ]
    let table = Table(ScriptedWorld(script)) { Float($0 * $0) / 8 - 3 }
    let rollout = table.rollout(actors: 2, capacity: 3)
    let length = estimator == .monteCarlo ? 3 : 9
    rollout.run(estimator, length: length, discount: 0.875, theta: table.theta.pointer)
    #expect(rollout.length == length)
    var rewards: [Double] = []
    var next: [Double] = []
    var terminated: [Bool] = []
    var truncated: [Bool] = []
    for (episode, steps) in script.enumerated() {
      for (step, outcome) in steps.enumerated() {
        rewards.append(outcome.reward)
        next.append(table.value(episode, step + 1))
        terminated.append(outcome.terminated)
        truncated.append(outcome.truncated)
      }
    }
    let expected = estimateReturns(
      estimator, discount: 0.875, rewards: Array(rewards[..<length]),
      nextValues: Array(next[..<length]), terminated: Array(terminated[..<length]),
      truncated: Array(truncated[..<length]))
    for actor in 0..<2 {
      for step in 0..<length {
        let row = step * 2 + actor
        #expect(abs(Double(rollout.record.returns[row]) - expected[step]) < 1e-5)
        #expect(
          rollout.record.advantages[row] == rollout.record.returns[row] - rollout.record.values[row]
        )
      }
    }
  }

  @Test("A change in a later episode changes no estimate of an earlier one", arguments: estimators)
  func episodesApart(estimator: ReturnEstimator) {
    func firstTargets(_ reward: Double) -> [Float] {
      let table = Table(
        ScriptedWorld([[.going(1), .going(2), .truncated(3)], [.going(reward), .terminated(9)]]))
      let rollout = table.rollout(actors: 2)
      rollout.run(estimator, length: 5, theta: table.theta.pointer)
      return (0..<6).map { rollout.record.returns[$0] }
    }
    #expect(firstTargets(7) == firstTargets(-1000))
  }

  @Test("A Monte-Carlo rollout runs to its episode's end, however short t_max and its room are")
  func monteCarloEnd() {
    for capacity in [1, 2, 64] {
      let table = Table(ScriptedWorld(length: 37))
      let rollout = table.rollout(capacity: capacity)
      rollout.run(.monteCarlo, length: 2, discount: 1, theta: table.theta.pointer)
      #expect(rollout.length == 37 && rollout.steps == 37)
      #expect((0..<37).map { rollout.record.returns[$0] } == (0..<37).map { Float(37 - $0) })
    }
  }

  @Test("Room that grows in the middle of a rollout changes no bit of the gradient")
  func growth() {
    func gradient(capacity: Int) -> [Float] {
      let table = Table(ScriptedWorld(length: 37)) { Float($0) / 7 }
      let rollout = table.rollout(capacity: capacity)
      rollout.run(.monteCarlo, length: 2, theta: table.theta.pointer)
      let gradient = table.network.makeParameters()
      _ = rollout.gradient(
        of: ActorCriticLoss(), theta: table.theta.pointer, meanOver: 37, into: gradient.pointer)
      return gradient.array
    }
    #expect(gradient(capacity: 1) == gradient(capacity: 64))
  }

  @Test("Actors of a Monte-Carlo rollout wait for the longest episode; waiting weighs nothing")
  func monteCarloTeam() {
    let world = ScriptedWorld([
      [.going(1), .terminated(2)], [.going(3), .going(4), .terminated(5)],
    ])
    let table = Table(world)
    var late = table.actor(1)
    _ = late.take(0)
    _ = late.take(0)
    late.beginEpisode(workers: 2)  // the second episode, of three steps
    func gradient(_ actors: [Actor]) -> (gradient: [Float], steps: Int, ended: [[Int]]) {
      let rollout = Rollout(actors: actors, network: table.network, capacity: 1)
      var ended: [[Int]] = []
      while !rollout.isComplete(estimator: .monteCarlo, rolloutLength: 1) {
        rollout.act(table.theta.pointer, estimator: .monteCarlo, workers: 2)
        ended.append(rollout.ended)
      }
      rollout.estimate(.monteCarlo, discount: 0.5, theta: table.theta.pointer)
      let gradient = table.network.makeParameters()
      _ = rollout.gradient(
        of: ActorCriticLoss(), theta: table.theta.pointer, meanOver: 1, into: gradient.pointer)
      return (gradient.array, rollout.steps, ended)
    }
    let both = gradient([table.actor(), late])
    let apart = (gradient([table.actor()]), gradient([late]))
    #expect(both.steps == 5 && both.ended == [[], [0], [1]])
    for index in both.gradient.indices {
      let sum = apart.0.gradient[index] + apart.1.gradient[index]
      #expect(abs(both.gradient[index] - sum) < 1e-4)
    }
  }

  @Test("The gradient of a rollout is what one computes by hand")
  func gradientByHand() {
    let table = table(.truncated(3))
    let rollout = table.rollout()
    rollout.run(.nStep(5), length: 5, theta: table.theta.pointer)
    let gradient = table.network.makeParameters()
    let terms = rollout.gradient(
      of: ActorCriticLoss(valueCoefficient: 0.5, entropyCoefficient: 0.01),
      theta: table.theta.pointer, meanOver: 3, into: gradient.pointer)
    // V is 10, 20, 30, 40 and gamma a half.
    let targets: [Double] = [7.75, 13.5, 23]
    for step in 0..<3 {
      let advantage = targets[step] - table.value(0, step)
      #expect(abs(Double(gradient[table.weight("value", step, 0)]) + advantage / 3) < 1e-5)
      for action in 0..<2 {
        let taken = rollout.record.actions[step] == action ? 1.0 : 0
        // The policy is uniform, where the entropy bonus pulls nowhere.
        let expected = advantage * (0.5 - taken) / 3
        #expect(abs(Double(gradient[table.weight("policy", step, action)]) - expected) < 1e-5)
      }
    }
    #expect(abs(terms.entropy - 0.693147) < 1e-5)
    let errors: [Double] = [-2.25, -6.5, -7]
    let square = errors.reduce(0) { $0 + $1 * $1 } / 3
    #expect(abs(terms.value - square) < 1e-3)
  }

  @Test("On zero advantages a step along the entropy bonus raises the entropy")
  func entropyRises() {
    let table = Table(ScriptedWorld(length: 3)) { Float(3 - $0) }
    for state in 0..<3 { table.theta[table.weight("policy", state, 0)] = 1 }
    func entropy() -> Double {
      let rollout = table.rollout()
      rollout.run(.monteCarlo, length: 1, discount: 1, theta: table.theta.pointer)
      for step in 0..<3 { #expect(rollout.record.advantages[step] == 0) }
      let gradient = table.network.makeParameters()
      let terms = rollout.gradient(
        of: ActorCriticLoss(entropyCoefficient: 1), theta: table.theta.pointer, meanOver: 3,
        into: gradient.pointer)
      OptimiserState(.sgd, count: gradient.count).apply(
        gradient: gradient.pointer, learningRate: 0.5, to: table.theta.pointer)
      return terms.entropy
    }
    let before = entropy()
    #expect(entropy() > before + 0.001)
  }

  @Test("Every state is given once to whoever counts visits")
  func visits() {
    let table = Table(ScriptedWorld(length: 7))
    let rollout = table.rollout(actors: 2)
    var seen = 0
    var steps = 0
    for estimator in [ReturnEstimator.monteCarlo, .nStep(3), .monteCarlo] {
      rollout.run(estimator, length: 3, theta: table.theta.pointer)
      steps += rollout.steps
      rollout.begin()
      rollout.forEachLearntState { _ in seen += 1 }
    }
    #expect(seen == steps && steps == 14 + 6 + 8)
  }
}
