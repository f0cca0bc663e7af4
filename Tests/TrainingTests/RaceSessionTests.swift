import Agents
import Estimators
import Synchronization
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

extension TrainingSession {
  /// The race that is on, or the last one.
  fileprivate var race: Race? { state.facts.withLock { $0.race } }

  /// Begins a race, and waits until pair 0 moves.
  fileprivate func begin(_ request: RaceRequest) {
    let before = race
    send(.race(request))
    waitUntil("the race is on") {
      guard let race, race !== before else { return false }
      return race.report.first.updates > 0
    }
  }

  /// Races to the end.
  fileprivate func finish(_ request: RaceRequest) throws -> RaceReport {
    begin(request)
    waitUntil("the race ends") { race?.isOn == false }
    return try #require(snapshot().race)
  }
}

@Suite("Races within a run")
struct RaceSessionTests {
  private static let short = RaceRequest(
    first: .estimator(.nStep(2)), second: .workers(3), steps: 300, pairs: 2)
  /// A short race between settings the agent can take.
  private static func short(_ agent: AgentName) -> RaceRequest {
    guard !agent.hasWorkers else { return short }
    return RaceRequest(first: .learningRate(0.1), second: .discount(0.5), steps: 300, pairs: 2)
  }
  /// A race that nobody waits for.
  private static let long = RaceRequest(
    first: .estimator(.td), second: .estimator(.lambda(0.9)), steps: 1_000_000_000, pairs: 3)

  private func configuration(_ agent: AgentName, steps: Int? = nil) throws -> RunConfiguration {
    var configuration = try Runs.configuration("\(agent.rawValue)-corridor", steps: steps)
    configuration.evaluationEpisodes = 2
    if agent == .a3c { configuration.scheduler = .virtual }
    return configuration
  }

  @Test(
    "Races on the way change no bit of what the run learns",
    arguments: AgentName.allCases.filter(\.hasPolicyNetwork))
  func hash(agent: AgentName) throws {
    let expected = try Runs.finish(configuration(agent, steps: 3_000))
    var slow = try configuration(agent, steps: 3_000)
    slow.speed = .multiple(1)
    let session = try TrainingSession(slow, watched: true)
    session.pause()
    for grain in [StepGrain.step, .update, .step, .episode, .step] {
      let turns = session.state.turns.load(ordering: .relaxed)
      session.send(.step(grain))
      session.waitUntil("the step is done") {
        session.state.turns.load(ordering: .relaxed) > turns
          && session.snapshot().status == .paused
      }
      let before = session.progress
      #expect(try session.finish(Self.short(agent)).status == .finished)
      #expect(session.progress.steps == before.steps && session.progress.updates == before.updates)
    }
    session.send(.setSpeed(.multiple(20)))
    session.send(.setPaused(false))
    #expect(try session.finish(Self.short(agent)).status == .finished)
    session.send(.setSpeed(.unlimited))
    let result = try Runs.finish(session)
    #expect(result.parametersHash == expected.parametersHash)
    #expect(result.progress.steps == expected.progress.steps)
    #expect(result.progress.episodes == expected.progress.episodes)
  }

  @Test("The same race from where a run pauses gives the same curves again")
  func again() throws {
    for agent in AgentName.allCases where agent.hasPolicyNetwork {
      let session = try TrainingSession(configuration(agent), watched: true)
      session.waitUntil("it learns") { session.progress.updates > 50 }
      session.pause()
      let updates = session.progress.updates
      let first = try session.finish(Self.short(agent))
      #expect(try session.finish(Self.short(agent)) == first)
      #expect(first.fromUpdate == updates && session.snapshot().status == .paused)
      session.end()
    }
  }

  @Test("The run waits for the race, takes commands, no steps, and goes on when it is ended")
  func waiting() throws {
    let session = try TrainingSession(configuration(.a2c), watched: true)
    session.begin(Self.long)
    session.waitUntil("the clock stands") {
      let seconds = session.progress.seconds
      OSThread.sleep(seconds: 0.002)
      return session.progress.seconds == seconds
    }
    let before = session.snapshot()
    #expect(before.status == .running && before.race?.status == .running)
    session.send(.step(.episode))
    session.send(.change(.discount(0.5)))
    session.send(.change(.workers(3)))
    session.send(.show(Interest(worker: 1, scenes: 0..<2)))
    session.waitUntil("the commands arrive") { session.snapshot().workers.count == 3 }
    let during = session.snapshot()
    #expect(during.settings.discount == 0.5 && during.race?.status == .running)
    #expect(during.counters.steps == before.counters.steps && during.status == .running)
    #expect(during.race?.first.settings.discount != 0.5)
    session.send(.endRace)
    session.waitUntil("the run goes on") {
      session.progress.steps > before.counters.steps
    }
    #expect(session.snapshot().race?.status == .stopped)
    #expect(session.snapshot().race?.secondsLeft == nil)
    session.end()
  }

  @Test("A run that was paused, or is paused meanwhile, is paused after the race")
  func pauses() throws {
    let session = try TrainingSession(configuration(.a3c), watched: true)
    session.pause()
    session.begin(Self.long)
    #expect(session.snapshot().status == .paused)
    session.send(.endRace)
    session.waitUntil("it ends") { session.race?.isOn == false }
    let steps = session.progress.steps
    session.send(.show(Interest(worker: 2)))
    session.waitUntil("the look arrives") {
      session.state.facts.withLock { $0.interest.worker == 2 }
    }
    #expect(session.snapshot().status == .paused && session.progress.steps == steps)
    session.begin(Self.long)
    session.send(.setPaused(false))
    session.waitUntil("it is not paused") { session.snapshot().status == .running }
    #expect(session.progress.steps == steps)
    session.send(.endRace)
    session.waitUntil("it goes on") { session.progress.steps > steps }
    session.begin(Self.long)
    session.send(.setPaused(true))
    session.send(.endRace)
    session.waitUntil("it is paused") { session.snapshot().status == .paused }
    session.end()
  }

  @Test("Another race ends the one that is on, and a stop ends both", arguments: [1, 2])
  func replaced(threads: Int) throws {
    var configuration = try configuration(.a3c)
    configuration.scheduler = .threads
    configuration.threads = threads
    let session = try TrainingSession(configuration, watched: true)
    session.begin(Self.long)
    let first = session.race
    var other = Self.long
    other.first = .discount(0.9)
    session.begin(other)
    #expect(first?.report.status == .stopped)
    #expect(session.snapshot().race?.first.label == "γ 0.9")
    session.end()
    #expect(session.snapshot().race?.status == .stopped)
    #expect(session.snapshot().status == .finished("stopped"))
  }

  @Test("A run that has ended races nobody, and there is nothing to end without a race")
  func refused() throws {
    let session = try TrainingSession(configuration(.a2c, steps: 500), watched: true)
    session.send(.endRace)
    session.waitForEnd(seconds: 60)
    session.send(.race(Self.short))
    session.join()
    #expect(session.snapshot().race == nil)
    #expect(session.progress.steps >= 500)
  }
}
