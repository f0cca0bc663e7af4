import Agents
import Estimators
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

@Suite("Snapshots")
struct SnapshotTests {
  /// What is wrong with a snapshot on its own.
  private func check(_ snapshot: EngineSnapshot, workers: ClosedRange<Int>) {
    #expect(workers.contains(snapshot.workers.count))
    #expect(snapshot.workers.map(\.index) == Array(snapshot.workers.indices))
    #expect(snapshot.workers.indices.contains(snapshot.stage.worker))
    for series in [snapshot.returns, snapshot.entropy, snapshot.advantages] {
      #expect(series.buckets.count <= series.capacity)
      var last = 0
      for bucket in series.buckets {
        #expect(bucket.firstStep >= last && bucket.lastStep >= bucket.firstStep)
        #expect(bucket.low <= bucket.middle + 1e-9 && bucket.middle <= bucket.high + 1e-9)
        last = bucket.lastStep
      }
    }
    let probabilities = snapshot.stage.probabilities
    let sum = probabilities.reduce(0, +)
    #expect(sum == 0 || abs(sum - 1) < 1e-5)
    #expect(snapshot.counters.meanStaleness >= 0)
  }

  @Test("Snapshots of a run on real threads hang together, and what they count never goes back")
  func consistent() throws {
    var configuration = try Runs.configuration("a3c-cartpole", threads: 2, steps: 40_000)
    configuration.evaluationEpisodes = 2
    let session = try TrainingSession(configuration, watched: true)
    session.send(.show(Interest(worker: 2, scenes: 0..<3, lanes: true)))
    var last = session.snapshot()
    while !session.progress.hasEnded {
      let now = session.snapshot()
      check(now, workers: 8...8)
      #expect(now.counters.steps >= last.counters.steps)
      #expect(now.counters.updates >= last.counters.updates)
      #expect(now.counters.episodes >= last.counters.episodes)
      #expect(zip(now.workers, last.workers).allSatisfy { $0.pushes >= $1.pushes })
      last = now
      OSThread.sleep(seconds: 0.002)
    }
    session.join()
    let end = session.snapshot()
    #expect(end.workers.map(\.pushes).reduce(0, +) == end.counters.updates)
    #expect(end.workers.map(\.episodes).reduce(0, +) <= end.counters.episodes)
    #expect(end.returns.buckets.map(\.count).reduce(0, +) > 0)
    #expect(end.workers.prefix(3).allSatisfy { $0.scene != nil && !$0.lane.isEmpty })
    #expect(end.workers.dropFirst(3).allSatisfy { $0.scene == nil && $0.lane.isEmpty })
    #expect(end.layers == nil && end.biasVariance == nil)
  }

  @Test("The stage shows the worker in focus, as it is")
  func stage() throws {
    let session = try TrainingSession(
      Runs.scripted(world: .init(length: 40), workers: 3), watched: true)
    session.pause()
    for worker in [2, 0, 1] {
      session.send(.show(Interest(worker: worker)))
      session.waitUntil("the stage follows") {
        let snapshot = session.snapshot()
        return snapshot.stage.worker == worker
          && snapshot.stage.step == snapshot.workers[worker].episodeStep
          && snapshot.stage.observation.first == Double(snapshot.stage.step)
          && snapshot.stage.probabilities.count == 2
      }
    }
    session.end()
  }

  @Test("Layers and bias and variance are made for who asks, and for nobody else")
  func interest() throws {
    var configuration = try Runs.configuration("a3c-corridor")
    configuration.stepLimit = nil
    let session = try TrainingSession(configuration, watched: true)
    session.waitUntil("it runs") { session.progress.steps > 1_000 }
    #expect(session.snapshot().layers == nil && session.snapshot().biasVariance == nil)
    session.send(.show(Interest(layers: true, biasVariance: true)))
    session.waitUntil("both are made") {
      session.snapshot().layers != nil && session.snapshot().biasVariance != nil
    }
    let snapshot = session.snapshot()
    #expect(snapshot.layers?.critic.count == 12 && snapshot.layers?.visits.count == 12)
    #expect(snapshot.layers?.visits[0] ?? 0 > 0)
    #expect(snapshot.biasVariance?.exact == true)
    session.send(.show(Interest()))
    session.waitUntil("neither is given") {
      session.snapshot().layers == nil && session.snapshot().biasVariance == nil
    }
    session.end()
  }

  @Test(
    "Visits add up to the steps that were learnt from",
    arguments: AgentName.allCases.filter(\.hasPolicyNetwork))
  func visits(agent: AgentName) throws {
    for estimator in [ReturnEstimator.monteCarlo, .lambda(0.9)] {
      var configuration = try Runs.configuration("\(agent.rawValue)-corridor", steps: 3_000)
      configuration.hyperparameters.estimator = estimator
      let session = try TrainingSession(configuration, watched: true)
      let result = try Runs.finish(session)
      #expect(session.state.visits?.all.reduce(0, +) == result.progress.steps)
    }
  }
}
