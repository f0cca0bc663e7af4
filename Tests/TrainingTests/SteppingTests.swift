import Agents
import Estimators
import Networks
import Synchronization
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

@Suite("A run is stepped as it runs freely")
struct SteppingTests {
  private static let grains: [StepGrain] = [.phase, .step, .rollout, .update]

  /// What must not depend on how a run was driven.
  private struct Outcome: Equatable {
    var hash: String
    var updates: Int
    var steps: Int
    var episodes: Int
    var meanReturn: Double?

    init(_ result: TrainingResult) {
      hash = result.parametersHash
      updates = result.progress.updates
      steps = result.progress.steps
      episodes = result.progress.episodes
      meanReturn = result.progress.meanReturn
    }
  }

  private func outcome(
    _ configuration: RunConfiguration, _ grain: StepGrain? = nil
  ) throws -> Outcome {
    var configuration = configuration
    configuration.stepGrain = grain
    return Outcome(try Runs.finish(configuration))
  }

  private func cartPole(_ preset: String, updates: Int) throws -> RunConfiguration {
    var configuration = try Runs.configuration(preset, seed: 3)
    configuration.scheduler = .virtual
    configuration.evaluationEpisodes = 2
    configuration.updateLimit = updates
    return configuration
  }

  @Test(
    "A3C in virtual time: to update 500 in every grain, the same bits",
    arguments: RunConfiguration.Delay.allCases,
    [ReturnEstimator.nStep(5), .lambda(0.9), .td, .monteCarlo])
  func virtualTime(delay: RunConfiguration.Delay, estimator: ReturnEstimator) throws {
    var configuration = try cartPole("a3c-cartpole", updates: Runs.areSanitized ? 60 : 500)
    configuration.delay = delay
    configuration.hyperparameters.estimator = estimator
    let free = try outcome(configuration)
    #expect(free.updates == configuration.updateLimit && free.episodes > 10)
    for grain in Self.grains { #expect(try outcome(configuration, grain) == free, "\(grain)") }
  }

  @Test(
    "A2C on any number of threads: in every grain, the same bits", arguments: [1, 2],
    [ReturnEstimator.nStep(5), .monteCarlo])
  func teams(threads: Int, estimator: ReturnEstimator) throws {
    var configuration = try cartPole("a2c-cartpole", updates: Runs.areSanitized ? 5 : 40)
    configuration.scheduler = .threads
    configuration.threads = threads
    configuration.hyperparameters.estimator = estimator
    var free = try outcome(configuration)
    #expect(free.updates == configuration.updateLimit)
    // Which of two threads logs an episode first is up to the machine.
    free.meanReturn = nil
    for grain in Self.grains {
      var stepped = try outcome(configuration, grain)
      stepped.meanReturn = nil
      #expect(stepped == free, "\(grain)")
    }
  }

  @Test(
    "Whatever ends a run, it ends at the same point in every grain and at every speed",
    arguments: Runs.scriptedAgents)
  func limits(agent: AgentName) throws {
    for limit in [\RunConfiguration.updateLimit, \.stepLimit, \.episodeLimit] {
      var configuration = Runs.scripted(agent, workers: 3, length: 3)
      configuration[keyPath: limit] = 20
      let free = try outcome(configuration)
      for grain in Self.grains { #expect(try outcome(configuration, grain) == free, "\(grain)") }
      configuration.speed = .multiple(300)
      #expect(try outcome(configuration) == free)
    }
  }

  @Test(
    "Agents of action values end with the same bits in every grain",
    arguments: [
      "sarsa-cliff", "expected-sarsa-frozen-lake", "q-learning-taxi", "dqn-cartpole",
      "ddpg-pendulum",
    ])
  func actionValues(name: String) throws {
    let configuration = try Runs.configuration(name, steps: 1_200)
    let free = try outcome(configuration)
    for grain in Self.grains { #expect(try outcome(configuration, grain) == free, "\(grain)") }
  }

  @Test("Stepped, paused within turns and let go again: the same bits", arguments: ["a3c", "a2c"])
  func mixed(agent: String) throws {
    let configuration = try cartPole(agent + "-cartpole", updates: agent == "a3c" ? 500 : 40)
    let free = try outcome(configuration)
    let session = try TrainingSession(configuration, watched: true)
    let commands: [EngineCommand] = [
      .setPaused(true), .step(.phase), .show(Interest(worker: 1)), .step(.phase), .step(.update),
      .step(.phase), .setSpeed(.multiple(500)), .setPaused(false), .show(Interest(worker: 5)),
      .setPaused(true), .step(.rollout), .step(.phase), .step(.step), .setSpeed(.unlimited),
      .step(.phase), .step(.phase), .setPaused(false),
    ]
    var sent = 0
    while !session.progress.hasEnded && sent < 400 {
      session.send(commands[sent % commands.count])
      sent += 1
      OSThread.sleep(seconds: 0.0003)
    }
    session.send(.setSpeed(.unlimited))
    session.send(.setPaused(false))
    #expect(Outcome(try Runs.finish(session)) == free)
  }

  // MARK: Presses

  /// A run that stands at its beginning, worker `focus` in focus.
  private func standing(_ configuration: RunConfiguration, focus: Int) throws -> TrainingSession {
    var configuration = configuration
    // The first turn would be due in 20 seconds.
    configuration.speed = .multiple(0.001)
    let session = try TrainingSession(configuration, watched: true)
    session.send(.show(Interest(worker: focus)))
    session.pause()
    #expect(session.progress.steps == 0)
    return session
  }

  /// Presses the key, and gives the number of updates after each press.
  private func press(_ grain: StepGrain, times: Int, _ session: TrainingSession) -> [Int] {
    (0..<times).map { _ in
      let (phases, updates) = (
        session.state.phases.load(ordering: .relaxed), session.progress.updates
      )
      session.send(.step(grain))
      session.waitUntil("the step is done") {
        (grain == .phase
          ? session.state.phases.load(ordering: .relaxed) > phases
          : session.progress.updates > updates)
          && session.snapshot().status == .paused
      }
      return session.progress.updates
    }
  }

  @Test("A press is one phase of the worker in focus; the others come before its turn")
  func phasesInVirtualTime() throws {
    var configuration = Runs.scripted(world: .endless, workers: 3, length: 2)
    configuration.delay = .none
    let session = try standing(configuration, focus: 1)
    // act, act, two targets, gradient, push, pull; worker 0 pushes before the second step, worker 2
    // before the next rollout's first.
    #expect(
      press(.phase, times: 14, session) == [0, 1, 1, 1, 1, 2, 2, 3, 4, 4, 4, 4, 5, 5])
    session.end()
  }

  @Test("On threads the others take a turn each before the worker in focus", arguments: [1, 2, 3])
  func phasesOnThreads(threads: Int) throws {
    var configuration = Runs.scripted(world: .endless, workers: 3, threads: threads, length: 2)
    configuration.scheduler = .threads
    let session = try standing(configuration, focus: 1)
    #expect(
      press(.phase, times: 14, session) == [0, 2, 2, 2, 2, 3, 3, 3, 5, 5, 5, 5, 6, 6])
    session.end()
  }

  @Test("Another worker comes into focus within a turn, which is then finished")
  func changeOfFocus() throws {
    for scheduler in RunConfiguration.Scheduler.allCases {
      var configuration = Runs.scripted(world: .endless, workers: 3, threads: 2, length: 1)
      configuration.scheduler = scheduler
      configuration.delay = .none
      let session = try standing(configuration, focus: 0)
      _ = press(.phase, times: 2, session)
      let before = session.boardPushes
      session.send(.show(Interest(worker: 2)))
      // Two rollouts of worker 2, each of an act, a target, the gradient, the push and the pull.
      _ = press(.phase, times: 10, session)
      let done = zip(session.boardPushes, before).map { $0 - $1 }
      #expect(done == (scheduler == .virtual ? [2, 2, 2] : [2, 1, 2]))
      session.end()
    }
  }

  @Test("A team goes from phase to phase together", arguments: [1, 2])
  func phasesOfATeam(threads: Int) throws {
    var configuration = Runs.scripted(
      .a2c, world: .endless, workers: 9, threads: threads, length: 2)
    configuration.scheduler = .threads
    let session = try standing(configuration, focus: 1)
    // Two steps and two targets, and each other phase once.
    let presses = A2CMember.Phase.allCases.count + 2
    for loop in 0..<3 {
      let expected = Array(repeating: loop, count: presses - 1) + [loop + 1]
      #expect(press(.phase, times: presses, session) == expected)
    }
    session.end()
  }

  @Test("By rollout: until that of the worker in focus has been learnt from")
  func rollouts() throws {
    var configuration = Runs.scripted(world: .endless, workers: 3, length: 2)
    configuration.delay = .none
    let session = try standing(configuration, focus: 1)
    #expect(press(.rollout, times: 3, session) == [2, 5, 8])
    // From within a turn, too.
    _ = press(.phase, times: 4, session)
    #expect(press(.rollout, times: 2, session) == [11, 14])
    session.end()
    let team = try standing(Runs.scripted(.a2c, world: .endless, workers: 3, length: 2), focus: 1)
    #expect(press(.rollout, times: 2, team) == [1, 2])
    team.end()
  }

  @Test("A change of workers or agent within a turn finishes the turn first")
  func changesWithinATurn() throws {
    let changes: [SettingChange] = [.workers(1), .workers(5), .agent(.a2c), .agent(.a3c)]
    for agent in [AgentName.a3c, .a2c] {
      for change in changes where change != .agent(agent) {
        let configuration = Runs.scripted(agent, world: .endless, workers: 3, length: 2)
        let session = try standing(configuration, focus: 0)
        // Two steps and a target of worker 0.
        let before = press(.phase, times: 3, session).last ?? 0
        session.send(.change(change))
        session.waitUntil("the update is made") { session.progress.updates == before + 1 }
        session.waitUntil("it stands") { session.snapshot().status == .paused }
        #expect(session.progress.updates == before + 1)
        #expect(session.snapshot().marks.map(\.update) == [before])
        session.send(.setSpeed(.unlimited))
        session.send(.setPaused(false))
        session.waitUntil("the run goes on") { session.progress.updates > before + 50 }
        session.end()
      }
    }
  }

  @Test("A change of the settings within a turn holds from the next rollout on")
  func settingsWithinATurn() throws {
    for agent in [AgentName.a3c, .a2c] {
      let session = try standing(
        Runs.scripted(agent, world: .endless, workers: 1, length: 2), focus: 0)
      _ = press(.phase, times: 3, session)
      session.send(.change(.rolloutLength(5)))
      session.waitUntil("it is heard") { session.snapshot().settings.rolloutLength == 5 }
      #expect(press(.update, times: 1, session) == [1] && session.progress.steps == 2)
      #expect(press(.update, times: 1, session) == [2] && session.progress.steps == 7)
      session.end()
    }
  }
}

extension TrainingSession {
  /// Pushes of every worker, as the boards say.
  fileprivate var boardPushes: [Int] {
    state.boards.withLock { $0 }.map { $0.content.withLock { $0.pushes } }
  }
}
