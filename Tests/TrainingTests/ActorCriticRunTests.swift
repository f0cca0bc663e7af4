import Agents
import Estimators
import Networks
import Telemetry
import TestSupport
import Testing

@testable import Training

@Suite("Runs of the basic actor-critic")
struct ActorCriticRunTests {
  @Test("The same seed gives the same parameters, watched or not, whatever threads there are")
  func repeats() throws {
    func hash(_ seed: UInt64, threads: Int, watched: Bool) throws -> String {
      let configuration = try Runs.configuration(
        "actor-critic-cartpole", seed: seed, threads: threads, steps: 3_000)
      let result = try Runs.finish(configuration, watched: watched)
      #expect(result.threads == 1 && result.workers == 1)
      #expect(result.progress.steps == 3_000 && result.progress.updates == 3_000)
      return result.parametersHash
    }
    let first = try hash(1, threads: 1, watched: false)
    #expect(try hash(1, threads: 2, watched: true) == first)
    #expect(try hash(2, threads: 1, watched: false) != first)
  }

  @Test("One worker and two networks, whatever a configuration says")
  func fixed() throws {
    var configuration = Runs.scripted(.actorCritic, workers: 8, threads: 4, length: 5)
    configuration.scheduler = .threads
    configuration.hyperparameters.trunk = .shared
    configuration.stepLimit = 100
    #expect(configuration.networkShape.trunk == .separate && configuration.threadsInUse == 1)
    let session = try TrainingSession(configuration, watched: true)
    let result = try Runs.finish(session)
    #expect(result.progress.updates == 100)
    #expect(session.snapshot().workers.count == 1 && session.snapshot().workers[0].pushes == 100)
  }

  @Test("While it runs it takes step sizes, discount and entropy, and nothing it is not made for")
  func changes() throws {
    let session = try TrainingSession(Runs.scripted(.actorCritic), watched: true)
    for change in [
      SettingChange.workers(3), .estimator(.lambda(0.5)), .estimator(.monteCarlo), .agent(.a2c),
      .agent(.a3c), .rolloutLength(5), .discount(0.5),
    ] {
      session.send(.change(change))
    }
    session.waitUntil("the last change arrives") { session.snapshot().settings.discount == 0.5 }
    let snapshot = session.snapshot()
    #expect(snapshot.settings.estimator == .td && snapshot.settings.agent == .actorCritic)
    #expect(snapshot.settings.workers == 1 && snapshot.settings.rolloutLength == 1)
    #expect(snapshot.marks.count == 1 && snapshot.workers.count == 1)
    session.end()
  }

  @Test("No other agent becomes it while it runs")
  func others() throws {
    let session = try TrainingSession(Runs.scripted(.a3c, workers: 2), watched: true)
    session.send(.change(.agent(.actorCritic)))
    session.send(.change(.discount(0.5)))
    session.waitUntil("the last change arrives") { session.snapshot().settings.discount == 0.5 }
    #expect(session.snapshot().settings.agent == .a3c && session.snapshot().workers.count == 2)
    session.end()
  }

  @Test("A race between settings it cannot take does not begin")
  func races() throws {
    let session = try TrainingSession(Runs.scripted(.actorCritic), watched: true)
    session.send(.race(RaceRequest(first: .estimator(.td), second: .workers(4), steps: 100)))
    session.send(.change(.discount(0.5)))
    session.waitUntil("the change arrives") { session.snapshot().settings.discount == 0.5 }
    let updates = session.progress.updates
    session.waitUntil("the run goes on") { session.progress.updates > updates + 10 }
    #expect(session.snapshot().race == nil)
    session.end()
  }

  @Test("A step, a rollout and an update are the same: one environment step")
  func grains() throws {
    let session = try TrainingSession(
      Runs.scripted(.actorCritic, world: .endless), watched: true)
    session.pause()
    for grain in [StepGrain.step, .update, .rollout] {
      let before = session.progress
      session.send(.step(grain))
      session.waitUntil("the step is done") {
        session.progress.updates > before.updates && session.snapshot().status == .paused
      }
      #expect(session.progress.steps == before.steps + 1)
      #expect(session.progress.updates == before.updates + 1)
    }
    session.end()
  }

  // MARK: Settings

  @Test(
    "What is not for the agent is refused, with what is accepted and why",
    arguments: [
      (
        AgentName.actorCritic, "estimator", "lambda:0.9",
        "estimator: found 'lambda:0.9', accepted is td: actor-critic learns from r + gamma V(s') "
          + "after every step"
      ),
      (
        .actorCritic, "workers", "2",
        "workers: found '2', accepted is 1: actor-critic has one worker; a3c and a2c take more"
      ),
      (
        .actorCritic, "rollout_length", "5",
        "rollout_length: found '5', accepted is 1: actor-critic learns after every step"
      ),
      (
        .actorCritic, "trunk", "shared",
        "trunk: found 'shared', accepted is separate: actor-critic is two networks"
      ),
      (
        .a2c, "critic_learning_rate", "0.1",
        "critic_learning_rate: found '0.1', accepted is only with actor-critic and "
          + "reinforce: a2c moves actor and critic by learning_rate"
      ),
    ])
  func refusals(agent: AgentName, key: String, value: String, message: String) {
    var preset = Preset(name: "mine", summary: "", environment: "CartPole-v1", agent: agent)
    let error = #expect(throws: SettingError.self) { try preset.set(key, to: value) }
    #expect(error?.description == message)
  }

  @Test("What follows from the agent may be said, and need not be")
  func said() throws {
    var preset = Preset(name: "", summary: "", environment: "CartPole-v1", agent: .actorCritic)
    let unsaid = preset
    for (key, value) in [
      ("workers", "1"), ("estimator", "td"), ("rollout_length", "1"), ("trunk", "separate"),
    ] {
      try preset.set(key, to: value)
    }
    #expect(preset == unsaid)
    try preset.set("critic_learning_rate", to: "0.25")
    #expect(preset.hyperparameters.criticLearningRate == 0.25)
  }
}

// Under the thread sanitizer this would take minutes, and there is one thread to look at.
@Suite("Learning of the basic actor-critic", .disabled(if: Runs.areSanitized))
struct ActorCriticLearningTests {
  @Test(
    "The pole is balanced: a mean return of 475 over fresh episodes",
    arguments: [1, 2, 3] as [UInt64])
  func cartPole(seed: UInt64) throws {
    var configuration = try Runs.configuration(
      "actor-critic-cartpole", seed: seed, steps: 150_000)
    configuration.budget = 600_000
    configuration.evaluationEpisodes = 50
    configuration.goal = .init(meanReturn: 475)
    #expect(try Runs.finish(configuration).reached == true)
  }

  @Test(
    "Mazes are solved: the greedy policy is as good as the best",
    arguments: [("corridor", 30_000), ("four-by-three", 60_000), ("four-rooms", 150_000)])
  func mazes(maze: (name: String, steps: Int)) throws {
    let result = try Runs.finish(
      Runs.configuration("actor-critic-\(maze.name)", steps: maze.steps))
    #expect(try #require(result.tabular).regret <= 0.01)
  }
}
