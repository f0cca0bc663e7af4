import Agents
import Estimators
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

@Suite("The report of a rollout")
struct RolloutReportTests {
  static let world = ScriptedWorld([
    [.going(1), .going(-2), .truncated(3)], [.terminated(4)], [.going(5), .both(-6)],
    [.going(0.25), .going(7), .going(8), .going(9), .going(0.1), .going(-3), .terminated(1)],
  ])

  static func interest(worker: Int, page: EstimatorPage = .rollout) -> Interest {
    Interest(
      worker: worker,
      estimators: EstimatorInterest(page: page, subject: .worker, clouds: [], field: .td))
  }

  /// What must hold of every report.
  static func check(_ report: RolloutReport, worker: Int) {
    let targets = estimateReturns(
      report.estimator, discount: report.discount, rewards: report.steps.map(\.reward),
      nextValues: report.steps.map(\.nextValue), terminated: report.steps.map(\.terminated),
      truncated: report.steps.map(\.truncated))
    #expect(targets.map(\.bitPattern) == report.steps.map(\.target.bitPattern))
    #expect(report.steps.allSatisfy { $0.advantage == $0.target - $0.value })
    #expect(report.worker == worker && report.update > 0 && report.omitted == 0)
  }

  private func configuration(
    _ agent: AgentName, _ estimator: ReturnEstimator, threaded: Bool, workers: Int
  ) -> RunConfiguration {
    var configuration = Runs.scripted(
      agent, world: Self.world, workers: workers, threads: 2, length: 4)
    configuration.hyperparameters.estimator = estimator
    if threaded { configuration.scheduler = .threads }
    return configuration
  }

  @Test(
    "While a run goes on its numbers give its targets bit for bit",
    arguments: [
      (AgentName.a3c, true), (.a3c, false), (.a2c, true),
    ], [ReturnEstimator.nStep(2), .lambda(0.9)])
  func running(kind: (agent: AgentName, threaded: Bool), estimator: ReturnEstimator) throws {
    let session = try TrainingSession(
      configuration(kind.agent, estimator, threaded: kind.threaded, workers: 5), watched: true)
    session.send(.show(Self.interest(worker: 3)))
    var updates: Set<Int> = []
    session.waitUntil("rollouts are reported") {
      if let report = session.snapshot().estimators?.rollout {
        Self.check(report, worker: 3)
        #expect(report.estimator == estimator && report.discount == 0.99)
        updates.insert(report.update)
      }
      return updates.count >= 20
    }
    session.end()
  }

  @Test("A run that waits gives the last rollout of whoever is asked for, and goes on with it")
  func paused() throws {
    for (agent, threaded) in [
      (AgentName.a3c, true), (.a3c, false), (.a2c, true),
    ] {
      let session = try TrainingSession(
        configuration(agent, .lambda(0.5), threaded: threaded, workers: 3), watched: true)
      session.waitUntil("it learns") { session.snapshot().workers.allSatisfy { $0.pushes > 2 } }
      session.pause()
      #expect(session.snapshot().estimators == nil)
      for worker in [2, 0, 1] {
        session.send(.show(Self.interest(worker: worker)))
        session.waitUntil("the rollout is given") {
          session.snapshot().estimators?.rollout?.worker == worker
        }
        let report = try #require(session.snapshot().estimators?.rollout)
        Self.check(report, worker: worker)
        #expect(report.update <= session.progress.updates)
      }
      let before = try #require(session.snapshot().estimators?.rollout?.update)
      session.waitUntil("steps bring the next rollout") {
        session.send(.step(.update))
        return session.snapshot().estimators?.rollout?.update ?? 0 > before
      }
      if let report = session.snapshot().estimators?.rollout { Self.check(report, worker: 1) }
      session.end()
    }
  }

  @Test("Nobody who looks at another page is given one, and no board is written")
  func notAsked() throws {
    let session = try TrainingSession(
      configuration(.a3c, .nStep(2), threaded: true, workers: 2), watched: true)
    session.send(.show(Self.interest(worker: 0, page: .race)))
    session.waitUntil("it learns") {
      let snapshot = session.snapshot()
      return snapshot.estimators != nil && snapshot.counters.updates > 1_000
    }
    #expect(session.snapshot().estimators?.rollout == nil)
    let boards = session.state.boards.withLock { $0 }
    #expect(boards.allSatisfy { !$0.wantsRollout })
    #expect(boards.allSatisfy { $0.rollout.withLock { $0.report(worker: 0) } == nil })
    session.end()
  }

  @Test("Of a long episode the first steps are reported, and how many follow")
  func long() throws {
    var configuration = Runs.scripted(world: ScriptedWorld(length: 700))
    configuration.hyperparameters.estimator = .monteCarlo
    configuration.hyperparameters.discount = 1
    let session = try TrainingSession(configuration, watched: true)
    session.send(.show(Self.interest(worker: 0)))
    session.waitUntil("a rollout is given") { session.snapshot().estimators?.rollout != nil }
    let report = try #require(session.snapshot().estimators?.rollout)
    #expect(report.steps.count == 512 && report.omitted == 188)
    #expect(report.steps.map(\.target) == (0..<512).map { Float(700 - $0) })
    session.end()
  }
}
