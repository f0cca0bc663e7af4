import Agents
import Estimators
import Networks
import Synchronization
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

@Suite("Changes while a run goes on")
struct LiveChangeTests {
  /// A step key pressed in a paused run, and the counts once it has done its work.
  private func press(_ grain: StepGrain, _ session: TrainingSession) -> Counters {
    let turns = session.state.turns.load(ordering: .relaxed)
    session.send(.step(grain))
    session.waitUntil("the step is done") {
      session.state.turns.load(ordering: .relaxed) > turns && session.snapshot().status == .paused
    }
    return session.snapshot().counters
  }

  @Test("A pause stands still, and each press of the step key goes its grain")
  func steps() throws {
    let session = try TrainingSession(Runs.scripted(length: 1), watched: true)
    session.waitUntil("it runs") { session.progress.steps > 20 }
    session.pause()
    var last = session.snapshot().counters
    for _ in 0..<20 {
      session.send(.show(Interest()))
      #expect(session.progress.steps == last.steps)
    }
    // One worker whose rollouts have one step: a step is an update.
    for grain in [StepGrain.step, .update, .step] {
      let now = press(grain, session)
      #expect(now.steps == last.steps + 1 && now.updates == last.updates + 1)
      last = now
    }
    for _ in 0..<3 {
      let now = press(.episode, session)
      #expect(now.episodes == last.episodes + 1)
      #expect(now.steps - last.steps <= 5)
      last = now
    }
    #expect(session.snapshot().workers[0].episodeStep == 0)
    session.send(.setPaused(false))
    session.waitUntil("it goes on") { session.progress.steps > last.steps + 100 }
    session.end()
  }

  @Test("A3C: stepping to an update stops right after it, whatever the number of workers")
  func stepsToAnUpdate() throws {
    let configuration = Runs.scripted(
      .a3c, world: .init(length: 60), workers: 8, length: 4)
    let session = try TrainingSession(configuration, watched: true)
    session.waitUntil("it runs") { session.progress.steps > 200 }
    session.pause()
    var last = session.snapshot().counters
    for _ in 0..<20 {
      let now = press(.update, session)
      #expect(now.updates == last.updates + 1)
      last = now
    }
    session.end()
  }

  @Test("A2C: a step is a step of every worker, an update is one update")
  func stepsOfATeam() throws {
    let configuration = Runs.scripted(
      .a2c, world: .init(length: 1_000), workers: 8, length: 4)
    let session = try TrainingSession(configuration, watched: true)
    session.waitUntil("it runs") { session.progress.steps > 200 }
    session.pause()
    var last = session.snapshot()
    for _ in 0..<9 {
      _ = press(.step, session)
      let expected = (last.workers[0].episodeStep + 1) % 1_000
      // A board that is being read by somebody else keeps its last report for a moment.
      session.waitUntil("every worker has taken one step") {
        last = session.snapshot()
        return last.workers.allSatisfy { $0.episodeStep == expected }
      }
    }
    for _ in 0..<3 {
      let now = press(.update, session)
      #expect(now.updates == last.counters.updates + 1)
      #expect(now.steps == last.counters.steps + 32)
      last = session.snapshot()
    }
    session.end()
  }

  @Test("A step by episode ends also when the worker in focus is no more")
  func stepOfAMissingWorker() throws {
    let session = try TrainingSession(Runs.scripted(workers: 8), watched: true)
    session.send(.show(Interest(worker: 7)))
    session.pause()
    session.send(.change(.workers(2)))
    _ = press(.episode, session)
    #expect(session.snapshot().stage.worker == 1)
    session.end()
  }

  @Test(
    "Workers come and go, A3C and A2C alternate, and the run goes on", arguments: [true, false])
  func crews(watched: Bool) throws {
    for scheduler in RunConfiguration.Scheduler.allCases {
      for first in [AgentName.a3c, .a2c] {
        var configuration = Runs.scripted(first, workers: 8, threads: 2, length: 3)
        configuration.scheduler = scheduler
        let session = try TrainingSession(configuration, watched: watched)
        let other: AgentName = first == .a2c ? .a3c : .a2c
        var last = session.progress
        for change in [
          SettingChange.workers(3), .workers(20), .agent(other), .workers(1),
          .agent(first), .workers(8), .estimator(.monteCarlo), .rolloutLength(7),
          .agent(other), .estimator(.td),
        ] {
          session.send(.change(change))
          session.waitUntil("the run goes on after \(change)") {
            session.progress.steps > last.steps + 500 && session.progress.updates > last.updates
              && session.progress.episodes > last.episodes
          }
          last = session.progress
        }
        let snapshot = session.snapshot()
        #expect(snapshot.workers.count == 8 && snapshot.settings.agent == other)
        #expect(snapshot.marks.count == 10)
        session.end()
      }
    }
  }

  @Test("Every step is learnt from once: what a change of crews drops is less than its rollouts")
  func bookkeeping() throws {
    for agent in [AgentName.a3c, .a2c] {
      var configuration = Runs.scripted(agent, workers: 6, threads: 2, length: 3)
      configuration.scheduler = .threads
      let session = try TrainingSession(configuration, watched: true)
      var changes = 0
      for workers in [9, 2, 6, 12, 1, 6] {
        let before = session.progress.steps
        session.send(.change(.workers(workers)))
        changes += 1
        session.waitUntil("the run goes on") { session.progress.steps > before + 300 }
      }
      session.pause()
      let counters = session.snapshot().counters
      // Every episode has five steps of reward 1.
      #expect(counters.meanReturn == 5)
      let open = 12 * 5 + changes * 12 * (5 + 3)
      #expect(abs(counters.steps - 5 * counters.episodes) <= open)
      let workers = session.snapshot().workers
      #expect(workers.allSatisfy { $0.staleness >= 0 && $0.staleness <= counters.updates })
      session.end()
    }
  }

  @Test("A worker that stays keeps its episode, its counts and its place")
  func stays() throws {
    let session = try TrainingSession(
      Runs.scripted(world: .endless, workers: 4, length: 2), watched: true)
    session.waitUntil("it runs") { session.progress.steps > 100 }
    session.pause()
    let before = session.snapshot().workers
    session.send(.change(.workers(9)))
    session.waitUntil("workers come") { session.snapshot().workers.count == 9 }
    _ = press(.update, session)
    let after = session.snapshot().workers
    for index in 0..<4 {
      #expect(after[index].episodeStep > before[index].episodeStep)
      #expect(after[index].pushes >= before[index].pushes)
    }
    let pushes = (
      before: before.map(\.pushes).reduce(0, +), after: after.map(\.pushes).reduce(0, +)
    )
    #expect(pushes.after > pushes.before)
    #expect(pushes.after == session.progress.updates)
    #expect(after[8].episodeStep <= 4)
    session.end()
  }

  @Test("Values out of range are brought into it")
  func ranges() {
    var settings = Runs.scripted().initialSettings
    let before = settings
    for change in [
      SettingChange.discount(.nan), .learningRate(.nan), .entropyCoefficient(.nan),
      .estimator(.lambda(.nan)),
    ] { settings.take(change) }
    #expect(settings == before)
    for change in [
      SettingChange.discount(7), .learningRate(.infinity), .entropyCoefficient(-1),
      .estimator(.nStep(0)), .workers(-3), .rolloutLength(0),
    ] { settings.take(change) }
    #expect(settings.discount == 1 && settings.estimator == .nStep(1))
    #expect(settings.workers == 1 && settings.rolloutLength == 1)
    #expect(settings.loss.entropyCoefficient == 0)
    #expect(settings.learningRate(atStep: 0).isFinite)
    settings.take(.estimator(.lambda(3)))
    settings.take(.workers(.max))
    settings.take(.entropyCoefficient(1e300))
    #expect(settings.estimator == .lambda(1) && settings.workers == RunLimits.mostWorkers)
    #expect(settings.loss.entropyCoefficient.isFinite)
  }
}
