import Agents
import Estimators
import Networks
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Training

@Suite("The virtual scheduler")
struct VirtualSchedulerTests {
  private func configuration(seed: UInt64 = 1, steps: Int = 6_000) throws -> RunConfiguration {
    var configuration = try Runs.configuration("a3c-cartpole", seed: seed, steps: steps)
    configuration.scheduler = .virtual
    configuration.evaluationEpisodes = 2
    return configuration
  }

  @Test("Equal seeds give equal runs, another seed another")
  func seeds() throws {
    let first = try Runs.finish(configuration())
    let again = try Runs.finish(configuration())
    #expect(first.parametersHash == again.parametersHash)
    #expect(first.progress.steps == again.progress.steps && first.progress.steps >= 6_000)
    #expect(first.progress.updates == again.progress.updates)
    #expect(first.evaluation.meanReturn == again.evaluation.meanReturn)
    #expect(try Runs.finish(configuration(seed: 2)).parametersHash != first.parametersHash)
  }

  @Test("The number of threads asked for changes nothing")
  func threads() throws {
    var one = try configuration()
    one.threads = 1
    var many = one
    many.threads = 8
    let results = (try Runs.finish(one), try Runs.finish(many))
    #expect(results.0.parametersHash == results.1.parametersHash && results.1.threads == 1)
  }

  @Test("A run that is watched is the same run")
  func watched() throws {
    let expected = try Runs.finish(configuration()).parametersHash
    let session = try TrainingSession(configuration(), watched: true)
    session.send(
      .show(Interest(worker: 3, scenes: 0..<8, lanes: true, layers: true, biasVariance: true)))
    var snapshots = 0
    while !session.progress.hasEnded {
      _ = session.snapshot()
      snapshots += 1
      OSThread.sleep(seconds: 0.0002)
    }
    #expect(try Runs.finish(session).parametersHash == expected)
    #expect(snapshots > 0)
  }

  @Test("Pauses, looks and speeds on the way change no bit of what is learnt")
  func interrupted() throws {
    let expected = try Runs.finish(configuration())
    let session = try TrainingSession(configuration(), watched: true)
    let commands: [EngineCommand] = [
      .setPaused(true), .show(Interest(worker: 1, lanes: true)), .step(.step), .step(.update),
      .setPaused(false), .setSpeed(.multiple(100)), .show(Interest(worker: 99)),
      .setSpeed(.unlimited),
    ]
    var sent = 0
    while !session.progress.hasEnded && sent < 400 {
      session.send(commands[sent % commands.count])
      sent += 1
      OSThread.sleep(seconds: 0.0003)
    }
    session.send(.setSpeed(.unlimited))
    session.send(.setPaused(false))
    let result = try Runs.finish(session)
    #expect(result.parametersHash == expected.parametersHash)
    #expect(result.progress.steps == expected.progress.steps)
    #expect(result.progress.episodes == expected.progress.episodes)
  }

  @Test("Speed changes nothing: a paced run ends at the same step with the same bits")
  func paced() throws {
    var configuration = try configuration(steps: 1_500)
    let expected = try Runs.finish(configuration)
    configuration.speed = .multiple(2_000)
    let result = try Runs.finish(configuration)
    #expect(result.parametersHash == expected.parametersHash)
    #expect(result.progress.steps == expected.progress.steps)
  }

  /// Mean staleness of a run in which no episode ends.
  private func staleness(_ delay: RunConfiguration.Delay, workers: Int) throws -> [Double] {
    var configuration = Runs.scripted(
      world: .endless, workers: workers, length: 4)
    configuration.delay = delay
    configuration.stepLimit = 4 * workers * 50
    let session = try TrainingSession(configuration, watched: true)
    session.waitForEnd(seconds: 60)
    session.end()
    return session.snapshot().workers.indices.map { index in
      session.state.boards.withLock { boards in
        boards[index].content.withLock { Double($0.totalStaleness) / Double($0.pushes) }
      }
    }
  }

  @Test("Workers in step are stale by the number of the others, but for their first push")
  func stalenessInStep() throws {
    for (index, mean) in try staleness(.none, workers: 5).enumerated() {
      #expect(abs(mean - (49 * 4 + Double(index)) / 50) < 1e-9)
    }
  }

  @Test("Delays spread staleness around the number of the others")
  func stalenessWithDelays() throws {
    let inStep = try staleness(.none, workers: 5)
    for delay in [RunConfiguration.Delay.uniform, .exponential] {
      let means = try staleness(delay, workers: 5)
      #expect(means != inStep)
      let mean = means.reduce(0, +) / 5
      #expect(mean > 3 && mean < 5)
    }
  }

  @Test("A change while it runs is marked with the step and the update at which it came")
  func marks() throws {
    var configuration = Runs.scripted(workers: 2)
    configuration.stepLimit = nil
    let session = try TrainingSession(configuration, watched: true)
    session.waitUntil("some updates") { session.progress.updates > 100 }
    session.pause()
    let before = session.snapshot().counters
    session.send(.change(.estimator(.lambda(0.5))))
    session.send(.change(.discount(2)))
    session.send(.change(.discount(1)))
    session.send(.change(.learningRate(.nan)))
    session.waitUntil("the changes arrive") { session.snapshot().marks.count == 2 }
    let marks = session.snapshot().marks
    #expect(marks.map(\.label) == ["λ 0.5", "γ 2.0"])
    #expect(marks.allSatisfy { $0.update == before.updates && $0.step == before.steps })
    #expect(session.snapshot().settings.estimator == .lambda(0.5))
    #expect(session.snapshot().settings.discount == 1)
    session.end()
  }
}
