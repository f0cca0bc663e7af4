import Agents
import Environments
import Telemetry
import TestSupport
import Testing

@testable import Training

@Suite("The anatomy of agents that learn by themselves")
struct ExplainedLearnerTests {
  /// Every line that computes something computes what it shows.
  private static func check(_ report: AnatomyReport) -> Int {
    var lines = 0
    for phase in report.phases {
      #expect(!phase.formula.isEmpty && !phase.reason.isEmpty)
      for line in phase.numbers {
        guard let arithmetic = AnatomyArithmetic(line) else { continue }
        let error = abs(arithmetic.computed - arithmetic.shown)
        #expect(error <= 4e-6 * max(1, abs(arithmetic.shown)), "\(phase.name): \(line)")
        lines += 1
      }
    }
    return lines
  }

  private static func words(_ phase: AnatomyReport.Phase) -> String {
    phase.numbers.joined().reduce("") {
      if case .text(let text) = $1 { $0 + text } else { $0 }
    }
  }

  private static func actor(_ world: any Environment) -> Actor {
    Actor(index: 0, environment: world, seed: 11, workers: 1)
  }

  @Test(
    "A tabular agent, phase by phase: in order, every number right",
    arguments: TemporalDifferenceTarget.allCases)
  func tabular(target: TemporalDifferenceTarget) {
    // Episodes of two and of three steps, the second cut by the time limit.
    let world = ScriptedWorld([
      [.going(0.5), .terminated(2)], [.going(0.25), .going(1), .truncated(-0.5)],
    ])
    let learner = TabularLearner(
      actor: Self.actor(world), target: target, hyperparameters: TabularHyperparameters())
    #expect(learner.anatomy.last == nil && learner.anatomy.next == 0)
    var lines = 0
    for step in 0..<100 {
      for place in 0..<4 {
        learner.advance()
        let report = learner.anatomy
        #expect(report.last == place && report.next == (place + 1) % 4)
        #expect(report.phases.map(\.name) == ["choose", "act", "target", "update"])
        #expect(report.version == step + (place == 3 ? 1 : 0))
        for (index, phase) in report.phases.enumerated() {
          #expect(phase.numbers.isEmpty == (index > place), "\(phase.name) after \(place)")
        }
        lines += Self.check(report)
      }
      let reason = learner.anatomy.phases[2].reason
      #expect(reason.contains("world has ended") == (step % 5 == 1))
      #expect(reason.contains("time limit") == (step % 5 == 4))
    }
    // The policy from the first phase on, the target from the third, error and value at the end.
    #expect(lines == 100 * (4 + 2 + 2))
  }

  @Test("Sarsa says where its action comes from")
  func carriedAction() {
    let learner = TabularLearner(
      actor: Self.actor(ScriptedWorld(length: 3)), target: .sarsa,
      hyperparameters: TabularHyperparameters())
    for step in 0..<9 {
      let drawn = learner.control.step.nextAction
      for _ in 0..<4 {
        learner.advance()
        let choose = learner.anatomy.phases[0]
        #expect((choose.inputs[1].symbol == "a'") == (step % 3 > 0))
      }
      if step % 3 > 0 { #expect(learner.control.step.action == drawn) }
    }
  }

  @Test(
    "DQN, phase by phase: what is not due says so, every number right",
    arguments: DQNLoss.allCases, [false, true])
  func dqn(loss: DQNLoss, isDouble: Bool) {
    var hyperparameters = DQNHyperparameters()
    hyperparameters.hidden = [8]
    hyperparameters.batchSize = 8
    hyperparameters.learningStarts = 20
    hyperparameters.targetUpdateInterval = 8
    hyperparameters.loss = loss
    hyperparameters.isDouble = isDouble
    let learner = DQNLearner(
      actor: Self.actor(CartPole()), hyperparameters: hyperparameters, budget: 1_000, seed: 3)
    #expect(learner.anatomy.last == nil)
    var (lines, copies) = (0, 0)
    while learner.actor.steps < 200 {
      let place = learner.place
      learner.advance()
      let report = learner.anatomy
      #expect(report.last == place && report.next == learner.place)
      #expect(
        report.phases.map(\.name)
          == ["choose", "act", "store", "sample", "target", "update", "copy"])
      lines += Self.check(report)
      if place == 6 { copies += 1 }
      guard learner.place == 0 else { continue }
      let step = learner.actor.steps
      let isDue = step >= 20 && step % 2 == 0
      for phase in report.phases[3...5] {
        #expect(Self.words(phase).contains("not due") == !isDue, "\(phase.name) in step \(step)")
        #expect(phase.outputs[0].value.isEmpty == (step < 20))
      }
      #expect(Self.words(report.phases[6]).contains("not due") == !(step >= 24 && step % 8 == 0))
    }
    #expect(lines > 2_000 && copies == learner.copies && copies > 20)
  }

  @Test(
    "DDPG, phase by phase: what is not due says so, every number right",
    arguments: [TargetUpdate.polyak(tau: 0.1), .copy(steps: 8)])
  func ddpg(targetUpdate: TargetUpdate) {
    var hyperparameters = DDPGHyperparameters()
    hyperparameters.hidden = [8]
    hyperparameters.batchSize = 8
    hyperparameters.learningStarts = 20
    hyperparameters.targetUpdate = targetUpdate
    let learner = DDPGLearner(
      actor: Self.actor(Pendulum()), hyperparameters: hyperparameters, seed: 3)
    #expect(learner.anatomy.last == nil)
    var lines = 0
    while learner.actor.steps < 250 {
      let place = learner.place
      learner.advance()
      let report = learner.anatomy
      #expect(report.last == place && report.next == learner.place)
      #expect(
        report.phases.map(\.name)
          == ["choose", "act", "store", "sample", "target", "critic", "actor", "track"])
      lines += Self.check(report)
      guard learner.place == 0 else { continue }
      let step = learner.actor.steps
      let isDue = step >= 20 && step % 2 == 0
      for phase in report.phases[3...6] {
        #expect(Self.words(phase).contains("not due") == !isDue, "\(phase.name) in step \(step)")
        #expect(phase.outputs[0].value.isEmpty == (step < 20))
      }
      let isTracked = if case .polyak = targetUpdate { isDue } else { step >= 24 && step % 8 == 0 }
      #expect(Self.words(report.phases[7]).contains("not due") == !isTracked)
    }
    #expect(lines > 2_000)
  }
}
