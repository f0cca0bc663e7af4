import Agents
import Estimators
import Networks
import Telemetry
import TestSupport
import Testing

@testable import Training

@Suite("Runs of REINFORCE")
struct ReinforceRunTests {
  @Test("The same seed gives the same parameters, watched or not, whatever threads there are")
  func repeats() throws {
    func hash(_ seed: UInt64, threads: Int, watched: Bool) throws -> String {
      let configuration = try Runs.configuration(
        "reinforce-cartpole", seed: seed, threads: threads, steps: 5_000)
      let result = try Runs.finish(configuration, watched: watched)
      #expect(result.threads == 1 && result.workers == 1)
      #expect(result.progress.steps >= 5_000 && result.progress.steps < 5_000 + 4 * 500)
      return result.parametersHash
    }
    let first = try hash(1, threads: 1, watched: false)
    #expect(try hash(1, threads: 2, watched: true) == first)
    #expect(try hash(2, threads: 1, watched: false) != first)
  }

  @Test("An update is made of as many whole episodes as is said", arguments: [1, 4, 7])
  func episodes(count: Int) throws {
    var configuration = Runs.scripted(.reinforce, workers: 8, threads: 4)
    configuration.hyperparameters.episodesPerUpdate = count
    configuration.updateLimit = 20
    let session = try TrainingSession(configuration, watched: true)
    let result = try Runs.finish(session)
    #expect(result.progress.updates == 20 && result.progress.steps == 20 * count * 5)
    #expect(result.progress.episodes == 20 * count && result.progress.meanReturn == 5)
    #expect(session.snapshot().workers.count == 1 && session.snapshot().workers[0].pushes == 20)
  }

  @Test("While it runs it takes step sizes, discount and entropy, and nothing it is not made for")
  func changes() throws {
    let session = try TrainingSession(Runs.scripted(.reinforce), watched: true)
    for change in [
      SettingChange.workers(3), .estimator(.lambda(0.5)), .estimator(.td), .agent(.a2c),
      .agent(.actorCritic), .rolloutLength(5), .discount(0.5),
    ] {
      session.send(.change(change))
    }
    session.waitUntil("the last change arrives") { session.snapshot().settings.discount == 0.5 }
    let snapshot = session.snapshot()
    #expect(snapshot.settings.estimator == .monteCarlo && snapshot.settings.agent == .reinforce)
    #expect(snapshot.settings.workers == 1 && snapshot.marks.count == 1)
    session.end()
  }

  @Test("A rollout and an update are the same: whole episodes")
  func grains() throws {
    let session = try TrainingSession(Runs.scripted(.reinforce), watched: true)
    session.pause()
    let updates = session.progress.updates
    session.send(.step(.update))
    session.waitUntil("it stands at an update") {
      session.progress.updates > updates && session.snapshot().status == .paused
    }
    for grain in [StepGrain.update, .rollout] {
      let before = session.progress
      session.send(.step(grain))
      session.waitUntil("the step is done") {
        session.progress.updates > before.updates && session.snapshot().status == .paused
      }
      #expect(session.progress.steps == before.steps + 4 * 5)
      #expect(session.progress.updates == before.updates + 1)
    }
    session.end()
  }

  // MARK: Settings

  @Test(
    "What is not for the agent is refused, with what is accepted and why",
    arguments: [
      (
        AgentName.reinforce, "estimator", "td",
        "estimator: found 'td', accepted is mc: reinforce learns from the returns of whole episodes"
      ),
      (
        .reinforce, "workers", "2",
        "workers: found '2', accepted is 1: reinforce has one worker; a3c and a2c take more"
      ),
      (
        .reinforce, "rollout_length", "5",
        "rollout_length: found '5', accepted is 1: reinforce learns after episodes_per_update "
          + "whole episodes"
      ),
      (
        .reinforce, "baseline", "v",
        "baseline: found 'v', accepted is none, constant or value"
      ),
      (
        .reinforce, "episodes_per_update", "0",
        "episodes_per_update: found '0', accepted is a whole number from 1 to 10000"
      ),
      (
        .a2c, "baseline", "none",
        "baseline: found 'none', accepted is only with reinforce: a2c subtracts V"
      ),
      (
        .actorCritic, "episodes_per_update", "2",
        "episodes_per_update: found '2', accepted is only with reinforce: actor-critic does not "
          + "wait for whole episodes"
      ),
    ])
  func refusals(agent: AgentName, key: String, value: String, message: String) {
    var preset = Preset(name: "mine", summary: "", environment: "CartPole-v1", agent: agent)
    let error = #expect(throws: SettingError.self) { try preset.set(key, to: value) }
    #expect(error?.description == message)
  }

  @Test("Baselines, trunks and batches are its own choice; what follows from the agent may be said")
  func said() throws {
    var preset = Preset(name: "", summary: "", environment: "CartPole-v1", agent: .reinforce)
    let unsaid = preset
    for (key, value) in [("workers", "1"), ("estimator", "mc"), ("rollout_length", "1")] {
      try preset.set(key, to: value)
    }
    #expect(preset == unsaid)
    for baseline in Baseline.allCases {
      try preset.set("baseline", to: baseline.rawValue)
      #expect(preset.hyperparameters.baseline == baseline)
    }
    for trunk in ["shared", "separate"] { try preset.set("trunk", to: trunk) }
    try preset.set("episodes_per_update", to: "9")
    try preset.set("critic_learning_rate", to: "0.25")
    #expect(preset.hyperparameters.episodesPerUpdate == 9)
    #expect(preset.hyperparameters.criticLearningRate == 0.25)
  }
}

// Under the thread sanitizer this would take minutes, and there is one thread to look at.
@Suite("Learning of REINFORCE", .disabled(if: Runs.areSanitized))
struct ReinforceLearningTests {
  @Test(
    "The pole is balanced: a mean return of 475 over fresh episodes",
    arguments: [1, 2, 3] as [UInt64], Baseline.allCases)
  func cartPole(seed: UInt64, baseline: Baseline) throws {
    var configuration = try Runs.configuration("reinforce-cartpole", seed: seed, steps: 150_000)
    configuration.hyperparameters.baseline = baseline
    configuration.budget = 600_000
    configuration.evaluationEpisodes = 50
    configuration.goal = .init(meanReturn: 475)
    #expect(try Runs.finish(configuration).reached == true)
  }

  @Test(
    "Mazes are solved: the greedy policy is as good as the best",
    arguments: [("corridor", 30_000), ("four-by-three", 100_000), ("four-rooms", 300_000)])
  func mazes(maze: (name: String, steps: Int)) throws {
    let result = try Runs.finish(
      Runs.configuration("reinforce-\(maze.name)", steps: maze.steps))
    #expect(try #require(result.tabular).regret <= 0.01)
  }
}
