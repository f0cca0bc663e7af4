import Agents
import Environments
import Networks
import Telemetry
import TestSupport
import Testing

@testable import Training

@Suite("What is reported of action values")
struct ActionValueReportTests {
  private func learner<Learner: SingleLearner>(
    _ preset: String, as type: Learner.Type, turns: Int,
    adjust: (inout RunConfiguration) -> Void = { _ in }
  ) throws -> Learner {
    let preset = try #require(try Runs.presets().first { $0.name == preset })
    var configuration = RunConfiguration(
      environment: try Runs.registry.make(preset.environment), agent: preset.agent,
      preset: preset.name, hyperparameters: preset.hyperparameters, workers: 1, threads: 1,
      budget: 10_000)
    configuration.tabular = preset.tabular
    configuration.dqn = preset.dqn
    configuration.ddpg = preset.ddpg
    adjust(&configuration)
    guard case .single(let model) = configuration.model else {
      throw NotSingle()
    }
    let actor = Actor(index: 0, environment: configuration.environment, seed: 1, workers: 1)
    let learner = try #require(model.makeLearner(actor) as? Learner)
    for _ in 0..<turns { learner.turn() }
    return learner
  }

  private struct NotSingle: Error {}

  @Test(
    "Of a table: the row of the present state, its policies, and the step",
    arguments: ["sarsa-cliff", "expected-sarsa-cliff", "q-learning-cliff"])
  func table(preset: String) throws {
    let learner = try learner(preset, as: TabularLearner.self, turns: 500)
    for _ in 0..<200 {
      learner.turn()
      let report = ActionValueReport(learner)
      var state: Float = 0
      learner.actor.observe(into: &state)
      let table = learner.control.table
      let row = (0..<table.actions).map { Double(table[Int(state), $0]) }
      #expect(report.choices.map(\.value) == row)
      #expect(abs(report.choices.reduce(0) { $0 + $1.probability } - 1) < 1e-6)
      #expect(report.greedyAction == row.firstIndex(of: row.max() ?? 0))
      #expect(report.epsilon == learner.hyperparameters.epsilon)
      let step = try #require(report.step)
      let made = learner.control.step
      #expect(step.reward == made.reward && step.action == made.action)
      #expect(step.target == made.target && step.newValue == made.newValue)
      #expect(step.error == made.target - made.oldValue)
      #expect(report.replay == nil && report.distances == [] && report.curve == nil)
    }
  }

  @Test("The policy that targets assume: the best, the behaviour's, or the one taken next")
  func targetPolicies() throws {
    for (preset, policy) in [
      ("q-learning-cliff", ActionValueReport.TargetPolicy.greedy),
      ("expected-sarsa-cliff", .behaviour), ("sarsa-cliff", .taken),
    ] {
      let learner = try learner(preset, as: TabularLearner.self, turns: 300)
      for _ in 0..<300 {
        learner.turn()
        let report = ActionValueReport(learner)
        #expect(report.targetPolicy == policy)
        let target = report.choices.map(\.targetProbability)
        switch policy {
        case .greedy:
          #expect(target == report.choices.indices.map { $0 == report.greedyAction ? 1 : 0 })
        case .behaviour: #expect(target == report.choices.map(\.probability))
        case .taken where learner.hasEndedEpisode: #expect(target.allSatisfy { $0 == nil })
        case .taken:
          // What is really taken next.
          learner.advance()
          #expect(learner.control.phase == .act)
          let taken = learner.control.step.action
          #expect(target == report.choices.indices.map { $0 == taken ? 1 : 0 })
          #expect(ActionValueReport(learner).choices.map(\.targetProbability) == target)
          learner.turn()
        }
      }
    }
  }

  @Test("Phase by phase a step says what is known of it, and no more")
  func phases() throws {
    let learner = try learner("q-learning-cliff", as: TabularLearner.self, turns: 0)
    #expect(ActionValueReport(learner).step == nil)
    var known: [[Bool]] = []
    for _ in 0..<4 {
      learner.advance()
      let step = try #require(ActionValueReport(learner).step)
      known.append([
        step.reward != nil, step.target != nil, step.error != nil, step.newValue != nil,
      ])
    }
    #expect(
      known == [
        [false, false, false, false], [true, false, false, false], [true, true, true, false],
        [true, true, true, true],
      ])
  }

  @Test("Of DQN: Q of the present state, the buffer, the batch and the target network")
  func deep() throws {
    let learner = try learner("dqn-cartpole", as: DQNLearner.self, turns: 0) {
      $0.dqn.learningStarts = 100
      $0.dqn.replayCapacity = 150
    }
    let fresh = ActionValueReport(learner)
    #expect(fresh.replay?.errors == [] && fresh.replay?.batchAge == nil && fresh.replay?.count == 0)
    #expect(fresh.distances.map(\.norm) == [0])
    while learner.updates < 1 || learner.actor.steps < 1_000 { learner.turn() }
    let report = ActionValueReport(learner)
    let probabilities = FloatBuffer(count: 2)
    #expect(
      report.choices.map(\.value).max()
        == Double(learner.look(probabilities: probabilities.pointer)))
    #expect(report.choices.map(\.probability) == probabilities.array.map(Double.init))
    #expect(report.epsilon == learner.epsilon)
    let replay = try #require(report.replay)
    #expect(replay.count == 150 && replay.capacity == 150 && replay.batchAge == learner.batchAge)
    #expect(replay.errors.count == learner.batch.count)
    let mean = replay.errors.reduce(0, +) / Double(replay.errors.count)
    #expect(abs(mean - Double(try #require(learner.lastError))) < 1e-4)
    #expect(report.distances.map(\.norm) == [learner.targetDistance])
    #expect(report.step == nil && report.curve == nil)
  }

  @Test(
    "Of DDPG: the critic's curve over all actions, where the actor stands on it, and the targets")
  func deterministic() throws {
    let learner = try learner("ddpg-pendulum", as: DDPGLearner.self, turns: 0) {
      $0.ddpg.learningStarts = 100
      $0.ddpg.hidden = [16]
    }
    #expect(ActionValueReport(learner).isWarmingUp && ActionValueReport(learner).noise == nil)
    while learner.actor.steps < 300 { learner.turn() }
    let report = ActionValueReport(learner)
    let curve = try #require(report.curve)
    let targets = try #require(report.targetCurve)
    #expect(curve.actions.first == -2 && curve.actions.last == 2 && curve != targets)
    let value = learner.look(probabilities: FloatBuffer(count: 1).pointer)
    #expect(abs(curve.policyValue - Double(value)) < 1e-4)
    // The slope is that of the curve itself, at the actor's choice.
    let observation = FloatBuffer(count: 3)
    learner.actor.observe(into: observation.pointer)
    let fine = learner.actionValueCurve(of: observation.pointer, points: 4_001)
    let near = fine.actions.indices.min {
      abs(fine.actions[$0] - fine.policyAction) < abs(fine.actions[$1] - fine.policyAction)
    }
    let at = min(max(try #require(near), 20), 3_980)
    let slope = Double(fine.values[at + 20] - fine.values[at - 20]) / 0.04
    #expect(abs(slope - curve.slope) < 0.02 * max(1, abs(slope)))
    #expect(report.distances.map(\.network) == ["actor", "critic"])
    #expect(
      report.distances.map(\.norm) == [learner.targetActorDistance, learner.targetCriticDistance])
    #expect(report.action == learner.actor.lastContinuousAction)
    #expect(report.noise == learner.noise.value && !report.isWarmingUp)
    #expect(report.replay?.count == 300 && report.choices.isEmpty && report.epsilon == nil)
  }

  @Test(
    "A session reports it when it is looked at, and only then; the share of random actions always")
  func session() throws {
    var configuration = try Runs.configuration("q-learning-cliff")
    configuration.tabular = try #require(
      try Runs.presets().first { $0.name == "q-learning-cliff" }
    ).tabular
    let session = try TrainingSession(configuration, watched: true)
    session.waitUntil("it learns") { session.snapshot().counters.epsilon != nil }
    #expect(session.snapshot().actionValues == nil)
    session.send(.show(Interest(actionValues: true)))
    session.waitUntil("values are shown") { session.snapshot().actionValues?.step != nil }
    session.pause()
    session.waitUntil("those of the present") {
      let snapshot = session.snapshot()
      return snapshot.actionValues?.updates == snapshot.counters.updates
    }
    #expect(session.snapshot().counters.epsilon == configuration.tabular.epsilon)
    session.end()
  }
}
