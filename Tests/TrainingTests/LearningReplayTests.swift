import Environments
import Estimators
import Networks
import Randomness
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Agents
@testable import Training

/// What was learnt is learnt again, to the last bit.
@Suite("Learning again")
struct LearningReplayTests {
  /// What came of learning again.
  private struct Outcome: Sendable {
    /// Rollouts that are as they were.
    var right = 0
    /// Versions whose rollouts are not.
    var wrong: [Int] = []
    /// Versions whose rollouts were not made again.
    var missing: [Int] = []
    /// Stretches that did not come to their end.
    var short = 0
    /// Stretches.
    var stretches = 0
    /// Gradients that could not be computed again.
    var stale = 0
  }

  /// Learns again from every keyframe to the present.
  private static func again(
    _ run: RecordedRun, from starts: [Int]? = nil, terms: Bool = true
  ) -> Outcome {
    var outcome = Outcome()
    let then = run.rollouts.accounts.withLock { $0 }
    for start in starts ?? Array(0..<run.shared.version) {
      guard let stretch = run.shared.stretch(from: start) else { continue }
      let witness = RolloutWitness()
      let end = LearningReplay(network: run.network).run(stretch, recorder: witness).version
      outcome.stretches += 1
      outcome.stale += stretch.stale.count
      if end != stretch.end || end != run.shared.version { outcome.short += 1 }
      let made = witness.accounts.withLock { $0 }
      for (place, account) in then where account.pulledVersion >= start {
        guard let again = made[place] else {
          outcome.missing.append(place.version)
          continue
        }
        var account = account
        if !terms { account.report = again.report }
        if again == account { outcome.right += 1 } else { outcome.wrong.append(place.version) }
      }
      let isMore = made.keys.contains { then[$0].map { $0.pulledVersion < start } ?? true }
      if isMore { outcome.wrong.append(start) }
    }
    return outcome
  }

  private func expectAll(_ outcome: Outcome, stretches: Int = 4) {
    #expect(outcome.wrong.prefix(9) == [] && outcome.missing.prefix(9) == [])
    #expect(outcome.short == 0 && outcome.right >= 80 && outcome.stretches >= stretches)
  }

  @Test(
    "A3C in virtual time",
    arguments: RunConfiguration.Delay.allCases,
    [ReturnEstimator.nStep(5), .td, .lambda(0.9), .monteCarlo])
  func virtual(delay: RunConfiguration.Delay, estimator: ReturnEstimator) throws {
    let run = RecordedRun(.a3c, plan: RecordedRun.plan(500))
    let outcome = try onTrainingThread {
      run.a3c(workers: 8, steps: 3_000, delay: delay) { _ in RecordedRun.settings(estimator) }
      return Self.again(run)
    }
    expectAll(outcome)
    #expect(outcome.stale > 0)
  }

  @Test(
    "With every optimiser, where gradients are clipped",
    arguments: [
      Optimiser.sgd, .rmsProp(RMSProp()), .rmsProp(RMSProp(epsilonPlacement: .outsideRoot)),
      .adam(Adam()),
    ], [AgentName.a3c, .a2c, .actorCritic])
  func everyOptimiser(optimiser: Optimiser, agent: AgentName) throws {
    let run = RecordedRun(agent, optimiser: optimiser, plan: RecordedRun.plan(500))
    if agent == .a2c {
      try run.a2c(workers: 8, threads: 1, updates: 80) { _ in RecordedRun.settings() }
    }
    let outcome = try onTrainingThread {
      if agent == .a3c { run.a3c(workers: 8, steps: 3_000) { _ in RecordedRun.settings() } }
      if agent == .actorCritic {
        run.actorCritic(steps: 2_000, settings: RecordedRun.settings(.td, workers: 1))
      }
      return Self.again(run)
    }
    expectAll(outcome)
    #expect(run.clipped.withLock { $0 } > 0)
  }

  @Test("REINFORCE, whatever it subtracts from the returns", arguments: Baseline.allCases)
  func reinforce(baseline: Baseline) throws {
    let run = RecordedRun(.reinforce, plan: RecordedRun.plan(1_000))
    let outcome = try onTrainingThread {
      var settings = RecordedRun.settings()
      settings.baseline = baseline
      settings.episodesPerUpdate = 2
      run.reinforce(steps: 10_000, settings: settings)
      return Self.again(run)
    }
    expectAll(outcome)
  }

  @Test("Where the action is a real number", arguments: [AgentName.a3c, .a2c])
  func gaussian(agent: AgentName) throws {
    let run = RecordedRun(agent, in: Pendulum(), plan: RecordedRun.plan(500))
    if agent == .a2c {
      try run.a2c(workers: 8, threads: 1, updates: 80) { _ in RecordedRun.settings() }
    }
    let outcome = try onTrainingThread {
      if agent == .a3c { run.a3c(workers: 8, steps: 3_000) { _ in RecordedRun.settings() } }
      return Self.again(run)
    }
    expectAll(outcome)
  }

  @Test(
    "A2C on any number of threads is made again on one",
    arguments: [(1, 1), (2, 3), (2, 9), (3, 16)],
    [ReturnEstimator.nStep(5), .monteCarlo])
  func team(size: (threads: Int, workers: Int), estimator: ReturnEstimator) throws {
    let run = RecordedRun(
      .a2c, threads: size.threads, plan: RecordedRun.plan(100 * size.workers, gradients: 0))
    try run.a2c(workers: size.workers, threads: size.threads, updates: 80) { _ in
      RecordedRun.settings(estimator, workers: size.workers)
    }
    // What a thread says of the loss is of its own rollouts.
    expectAll(try onTrainingThread { Self.again(run, terms: size.threads == 1) })
  }

  @Test("A3C on two threads, whatever order the pushes came in")
  func threads() throws {
    let run = RecordedRun(.a3c, threads: 2, plan: RecordedRun.plan(500))
    try run.a3cOnTwoThreads(steps: 4_000)
    expectAll(try onTrainingThread { Self.again(run) })
  }

  @Test("Settings that change while it learns", arguments: [AgentName.a3c, .a2c, .actorCritic])
  func liveChanges(agent: AgentName) throws {
    let run = RecordedRun(agent, plan: RecordedRun.plan(500))
    let changes = RecordedRun.changes(every: agent == .a2c ? 20 : 400)
    if agent == .a2c { try run.a2c(workers: 8, threads: 1, updates: 120, settings: changes) }
    let outcome = try onTrainingThread {
      if agent == .a3c { run.a3c(workers: 8, steps: 4_000, settings: changes) }
      if agent == .actorCritic { run.actorCritic(steps: 3_000, changes) }
      return Self.again(run)
    }
    expectAll(outcome)
  }

  @Test("Only pushes that are noted bring a keyframe before its time")
  func manyUpdates() throws {
    let updates = KeyframePlan.mostPushes + 1_000
    let run = RecordedRun(.a2c, plan: RecordedRun.plan(updates + 3_000, gradients: 0))
    try run.a2c(workers: 1, threads: 1, updates: updates) { _ in
      RecordedRun.settings(length: 1, workers: 1)
    }
    #expect(run.shared.keyframeSpan(of: 1)?.end == updates)
    expectAll(try onTrainingThread { Self.again(run, from: [0]) }, stretches: 1)
  }

  @Test("Phase by phase, with a pull long after the push")
  func phases() throws {
    let run = RecordedRun(.a3c, plan: RecordedRun.plan(500))
    let outcome = try onTrainingThread {
      let settings = RecordedRun.settings(.lambda(0.7))
      let crew = (0..<8).map { run.worker($0, of: 8, settings) }
      var random = RandomStream(seed: 5, key: 0)
      while run.clock.steps < 3_000 {
        crew[Int(random.next() % 8)].advance(settings, observer: nil)
      }
      return Self.again(run)
    }
    expectAll(outcome)
  }

  @Test("Where learners begin anew a stretch ends, and another begins")
  func beginnings() throws {
    let run = RecordedRun(.a3c, plan: RecordedRun.plan(10_000))
    let ends = try onTrainingThread {
      run.a3c(workers: 8, steps: 1_000) { _ in RecordedRun.settings() }
      let version = run.shared.version
      run.shared.keepKeyframes(RecordedRun.plan(10_000), of: .a3c)
      run.a3c(workers: 8, steps: 2_000) { _ in RecordedRun.settings() }
      let first = run.shared.stretch(from: 0)?.end
      let second = run.shared.stretch(from: version)
      return [version, first ?? -1, second?.start ?? -1, run.shared.stretch()?.start ?? -1]
    }
    #expect(ends[0] == ends[1] && ends[0] == ends[2] && ends[0] == ends[3])
  }

  @Test("Where something is missing, nothing is made up")
  func missing() throws {
    let run = RecordedRun(.a3c, plan: RecordedRun.plan(500, gradients: 1))
    let outcome = try onTrainingThread {
      run.a3c(workers: 8, steps: 3_000) { _ in RecordedRun.settings() }
      return Self.again(run)
    }
    #expect(outcome.wrong.isEmpty && !outcome.missing.isEmpty && outcome.right > 0)
    #expect(RecordedRun(.a3c, plan: nil).shared.stretch() == nil)
  }
}
