import Estimators
import Networks
import TestSupport
import Testing

@testable import Agents

@Suite("A3C workers")
struct A3CWorkerTests {
  private func worker(
    _ table: Table, _ shared: SharedParameters, _ clock: StepClock, _ settings: LearningSettings,
    index: Int = 0
  ) -> A3CWorker {
    A3CWorker(
      actor: table.actor(index), network: table.network, shared: shared, clock: clock,
      settings: settings)
  }

  @Test("Its copy of theta does not move within a rollout, whatever others push")
  func copyStands() {
    let table = Table(ScriptedWorld(length: 100))
    let shared = table.shared(.sgd)
    let settings = settings(length: 5)
    let worker = worker(table, shared, StepClock(), settings)
    let others = table.network.makeParameters()
    others.fill(1)
    for _ in 0..<3 {
      let atPull = parametersHash(worker.theta.pointer, count: worker.theta.count)
      for _ in 0..<4 {
        _ = shared.push(others, scale: 1, learningRate: 0.125)
        #expect(!worker.turn(settings, observer: nil))
        #expect(parametersHash(worker.theta.pointer, count: worker.theta.count) == atPull)
      }
      #expect(worker.turn(settings, observer: nil))
      #expect(worker.report.staleness == 4)
      #expect(parametersHash(worker.theta.pointer, count: worker.theta.count) != atPull)
    }
  }

  @Test("A rollout ends with the episode, and begins anew after it")
  func endsWithEpisode() {
    let table = Table(ScriptedWorld([[.going(1), .going(1), .terminated(1)], [.truncated(1)]]))
    let clock = StepClock()
    let settings = settings(length: 5)
    let worker = worker(table, table.shared(.sgd), clock, settings)
    var pushed: [Int] = []
    for turn in 1...8 where worker.turn(settings, observer: nil) { pushed.append(turn) }
    #expect(pushed == [3, 4, 7, 8])
    #expect(clock.steps == 8 && worker.rollout.actors[0].episodes == 4)
  }

  @Test("Its gradient is that of the last rollout alone")
  func gradientsDoNotAccumulate() {
    let table = Table(ScriptedWorld(length: 1))
    let settings = settings(length: 4, learningRate: 0)
    let worker = worker(table, table.shared(.sgd), StepClock(), settings)
    var norms: [Double] = []
    for _ in 0..<10 where worker.turn(settings, observer: nil) {
      norms.append(worker.report.gradientNorm)
    }
    #expect(norms.count == 10)
    // The actions differ, but with a uniform policy the length of one step's gradient does not.
    for norm in norms { #expect(abs(norm - norms[0]) < 1e-3 * norms[0]) }
  }

  @Test("A push is one step of the optimiser along the clipped gradient, at the rate of its step")
  func push() {
    let table = Table(ScriptedWorld(length: 4))
    var settings = settings(length: 4, learningRate: 0.5)
    settings.maxGradientNorm = 0.25
    settings.schedule = .linear
    settings.budget = 8
    let shared = table.shared(.sgd)
    let worker = worker(table, shared, StepClock(), settings)
    for _ in 0..<4 { _ = worker.turn(settings, observer: nil) }
    let moved = table.network.makeParameters()
    shared.pull(into: moved)
    let squares = (0..<moved.count).reduce(0.0) {
      let difference = Double(moved[$1] - table.theta[$1])
      return $0 + difference * difference
    }
    // Half of the budget is done, so the rate is half of 0.5.
    #expect(abs(squares.squareRoot() - 0.25 * 0.25) < 1e-4)
    #expect(worker.report.gradientNorm > 0.25 && shared.version == 1)
  }

  @Test("Workers in step are stale by the number of the others", arguments: [1, 2, 5, 8])
  func staleness(workers: Int) {
    let table = Table(.endless)
    let shared = table.shared(.rmsProp(RMSProp()))
    let clock = StepClock()
    let settings = settings(length: 3, learningRate: 1e-4, workers: workers)
    let crew = (0..<workers).map { worker(table, shared, clock, settings, index: $0) }
    for turn in 1...30 {
      for (index, worker) in crew.enumerated() where worker.turn(settings, observer: nil) {
        #expect(worker.report.staleness == (turn == 3 ? index : workers - 1))
      }
    }
    #expect(shared.version == 10 * workers && clock.steps == 30 * workers)
    #expect(crew.map(\.pushes).reduce(0, +) == shared.version)
    let total = crew.map(\.totalStaleness).reduce(0, +)
    #expect(total == 9 * workers * (workers - 1) + workers * (workers - 1) / 2)
  }

  @Test("A change of the settings waits for the next rollout")
  func settingsWait() {
    let table = Table(ScriptedWorld(length: 10))
    let (first, second) = (settings(.nStep(5), length: 5), settings(.monteCarlo, length: 2))
    let worker = worker(table, table.shared(.sgd), StepClock(), first)
    var pushed: [Int] = []
    for turn in 1...20 where worker.turn(turn == 1 ? first : second, observer: nil) {
      pushed.append(turn)
    }
    #expect(pushed == [5, 10, 20])
  }

  @Test("The stream of worker 0 does not depend on how many workers there are")
  func ownStreams() {
    let one = Table(ScriptedWorld(length: 3)).actor(0, seed: 9)
    let worlds = [1, 8].map { workers in
      Actor(index: 0, environment: ScriptedWorld(length: 3), seed: 9, workers: workers)
    }
    #expect(worlds.allSatisfy { $0.random == one.random })
    #expect(Table(ScriptedWorld(length: 3)).actor(1, seed: 9).random != one.random)
  }

  @Test("Workers spread over the starts, in turn where they are fewer")
  func starts() {
    func starts(_ index: Int, workers: Int) -> [Int?] {
      var actor = Actor(
        index: index, environment: ScriptedWorld([[.terminated(0)]], starts: 3), seed: 1,
        workers: workers)
      return (0..<4).map { _ in
        defer {
          _ = actor.take(0)
          actor.beginEpisode(workers: workers)
        }
        return actor.start
      }
    }
    #expect(starts(4, workers: 8) == [1, 1, 1, 1])
    #expect(starts(0, workers: 1) == [0, 1, 2, 0])
    #expect(starts(1, workers: 2) == [1, 0, 2, 1])
  }
}
