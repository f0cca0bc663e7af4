import Environments
import Estimators
import Networks
import Telemetry
import TestSupport
import Testing
import Threads

@testable import Agents
@testable import Training

@Suite("Theta of then")
struct ThetaReplayTests {
  /// What came of making every version again.
  private struct Outcome: Sendable {
    var right = 0
    var wrong: [Int] = []
    var missing: [Int] = []
    /// Stretches between keyframes.
    var spans = 0
    /// Updates whose theta of the pull is older than their keyframe.
    var stale = 0
  }

  /// Makes every version again, from the last to the first, as one who steps back asks for them.
  private static func remake(_ run: RecordedRun) -> Outcome {
    let replay = run.replay()
    var outcome = Outcome()
    var span: KeyframeSpan?
    for version in stride(from: run.shared.version, to: 0, by: -1) {
      guard let wanted = run.shared.keyframeSpan(of: version) else {
        outcome.missing.append(version)
        continue
      }
      if wanted != span {
        let recorded = run.history.recordedUpdates(versions: wanted.updates)
        outcome.stale += recorded.count { $0.report.pulledVersion < wanted.start }
        replay.begin(recorded, from: wanted.start)
        span = wanted
        outcome.spans += 1
      }
      for version in [version - 1, version] {
        guard let theta = replay.theta(of: version) else {
          outcome.missing.append(version)
          continue
        }
        guard let then = run.theta(version) else { continue }
        if same(theta.array, then) { outcome.right += 1 } else { outcome.wrong.append(version) }
      }
    }
    return outcome
  }

  private static func same(_ one: [Float], _ other: [Float]) -> Bool {
    one.count == other.count && zip(one, other).allSatisfy { $0.bitPattern == $1.bitPattern }
  }

  private func expectAll(_ outcome: Outcome, of run: RecordedRun) {
    #expect(outcome.wrong.isEmpty && outcome.missing.isEmpty)
    #expect(outcome.right == 2 * run.shared.version && run.shared.version >= 40)
    #expect(outcome.spans > 3)
  }

  @Test(
    "A3C in virtual time: every theta is made again to the last bit",
    arguments: RunConfiguration.Delay.allCases,
    [ReturnEstimator.nStep(5), .nStep(2), .td, .lambda(0.9), .monteCarlo])
  func virtual(delay: RunConfiguration.Delay, estimator: ReturnEstimator) throws {
    let run = RecordedRun(.a3c, plan: RecordedRun.plan())
    let outcome = try onTrainingThread {
      run.a3c(workers: 8, steps: 3_000, delay: delay) { _ in RecordedRun.settings(estimator) }
      return Self.remake(run)
    }
    expectAll(outcome, of: run)
    #expect(outcome.stale > 0)
  }

  @Test(
    "With every optimiser and agent, where gradients are clipped",
    arguments: [
      Optimiser.sgd, .rmsProp(RMSProp()), .rmsProp(RMSProp(epsilonPlacement: .outsideRoot)),
      .adam(Adam()),
    ], [AgentName.a3c, .a2c, .actorCritic, .reinforce])
  func everyOptimiser(optimiser: Optimiser, agent: AgentName) throws {
    let run = RecordedRun(agent, optimiser: optimiser, plan: RecordedRun.plan())
    if agent == .a2c {
      try run.a2c(workers: 8, threads: 1, updates: 80) { _ in RecordedRun.settings() }
    }
    let outcome = try onTrainingThread {
      switch agent {
      case .a3c: run.a3c(workers: 8, steps: 3_000) { _ in RecordedRun.settings() }
      case .a2c: break
      case .actorCritic: run.actorCritic(steps: 2_000, settings: RecordedRun.settings())
      case .reinforce:
        var settings = RecordedRun.settings()
        settings.episodesPerUpdate = 1
        run.reinforce(steps: 8_000, settings: settings)
      case .sarsa, .expectedSarsa, .qLearning, .dqn, .ddpg: break  // Records nothing.
      }
      return Self.remake(run)
    }
    expectAll(outcome, of: run)
    #expect(run.clipped.withLock { $0 } > 0)
  }

  @Test("Where the action is a real number", arguments: [AgentName.a3c, .a2c])
  func gaussian(agent: AgentName) throws {
    let run = RecordedRun(agent, in: Pendulum(), plan: RecordedRun.plan())
    if agent == .a2c {
      try run.a2c(workers: 8, threads: 1, updates: 80) { _ in RecordedRun.settings() }
    }
    let outcome = try onTrainingThread {
      if agent == .a3c { run.a3c(workers: 8, steps: 3_000) { _ in RecordedRun.settings() } }
      return Self.remake(run)
    }
    expectAll(outcome, of: run)
  }

  @Test("REINFORCE, whatever it subtracts from the returns", arguments: Baseline.allCases)
  func reinforce(baseline: Baseline) throws {
    let run = RecordedRun(.reinforce, plan: RecordedRun.plan())
    let outcome = try onTrainingThread {
      var settings = RecordedRun.settings()
      settings.baseline = baseline
      settings.episodesPerUpdate = 2
      run.reinforce(steps: 5_000, settings: settings)
      return Self.remake(run)
    }
    expectAll(outcome, of: run)
  }

  @Test(
    "A2C: for any number of threads and workers", arguments: [(1, 1), (2, 3), (2, 9), (1, 16)],
    [ReturnEstimator.nStep(5), .lambda(0.9), .monteCarlo])
  func team(size: (threads: Int, workers: Int), estimator: ReturnEstimator) throws {
    let run = RecordedRun(.a2c, threads: size.threads, plan: RecordedRun.plan(60, gradients: 0))
    try run.a2c(workers: size.workers, threads: size.threads, updates: 60) { _ in
      RecordedRun.settings(estimator, workers: size.workers)
    }
    expectAll(try onTrainingThread { Self.remake(run) }, of: run)
  }

  @Test("A3C on two threads, whatever order the pushes came in")
  func threads() throws {
    let run = RecordedRun(.a3c, threads: 2, plan: RecordedRun.plan(500))
    try run.a3cOnTwoThreads(steps: 4_000)
    let outcome = try onTrainingThread { Self.remake(run) }
    #expect(outcome.wrong.isEmpty && outcome.missing.isEmpty && outcome.spans > 3)
    // Another thread may push before theta is copied: not every version was seen.
    #expect(outcome.right > 20 && run.shared.version > 400)
  }

  @Test("Settings that change while it learns", arguments: [AgentName.a3c, .a2c])
  func liveChanges(agent: AgentName) throws {
    let run = RecordedRun(agent, threads: 2, plan: RecordedRun.plan())
    let changes = RecordedRun.changes(every: agent == .a2c ? 20 : 400)
    if agent == .a2c { try run.a2c(workers: 8, threads: 2, updates: 80, settings: changes) }
    let outcome = try onTrainingThread {
      if agent == .a3c { run.a3c(workers: 8, steps: 4_000, settings: changes) }
      return Self.remake(run)
    }
    expectAll(outcome, of: run)
  }

  @Test("In a world of states, where the input is an index")
  func states() throws {
    let run = RecordedRun(.a3c, in: ScriptedWorld(length: 7), plan: RecordedRun.plan())
    let outcome = try onTrainingThread {
      run.a3c(workers: 8, steps: 3_000) { _ in RecordedRun.settings() }
      return Self.remake(run)
    }
    expectAll(outcome, of: run)
  }

  @Test("Keyframes of another plan are kept beside the new ones")
  func anotherPlan() throws {
    let run = RecordedRun(.a3c, plan: RecordedRun.plan())
    let outcome = try onTrainingThread {
      run.a3c(workers: 8, steps: 2_000) { _ in RecordedRun.settings() }
      run.shared.keepKeyframes(RecordedRun.plan(400, gradients: 11), of: run.learners)
      run.a3c(workers: 12, steps: 4_000) { _ in RecordedRun.settings(workers: 12) }
      return Self.remake(run)
    }
    expectAll(outcome, of: run)
  }

  @Test("What is no longer kept, or was never recorded, gives nothing")
  func gone() throws {
    let run = RecordedRun(.a3c, plan: RecordedRun.plan(keyframes: 3))
    let found = try onTrainingThread {
      run.a3c(workers: 8, steps: 4_000) { _ in RecordedRun.settings() }
      let replay = run.replay()
      guard let span = run.shared.keyframeSpan(of: run.shared.version - 50) else { return [Bool]() }
      let all = run.history.recordedUpdates(versions: span.updates)
      // The first update after the keyframe is gone; then one in the middle.
      replay.begin(Array(all.dropFirst(20)), from: span.start)
      let isGone = replay.theta(of: span.end) == nil
      replay.begin(Array(all[..<20] + all[21...]), from: span.start)
      let isCut = replay.theta(of: span.end) == nil && replay.theta(of: span.start + 20) != nil
      replay.begin(all, from: span.start)
      let isOutside =
        replay.theta(of: span.start - 1) == nil && replay.theta(of: span.end + 1) == nil
      return [isGone, isCut, isOutside, replay.theta(of: span.end) != nil]
    }
    #expect(found == [true, true, true, true])
    #expect(run.shared.keyframeSpan(of: 1) == nil)
    #expect(run.shared.keyframeSpan(of: run.shared.version + 1) == nil)
    #expect(run.shared.keyframeSpan(of: 0) == nil)
  }

  @Test("Where a stale gradient found no room, nothing is made up")
  func noRoom() throws {
    let run = RecordedRun(.a3c, plan: RecordedRun.plan(gradients: 1))
    let outcome = try onTrainingThread {
      run.a3c(workers: 8, steps: 3_000) { _ in RecordedRun.settings() }
      return Self.remake(run)
    }
    #expect(outcome.wrong.isEmpty && !outcome.missing.isEmpty && outcome.right > 0)
  }

  @Test(
    "Keyframes stay within their memory, far enough apart, and reach back over what is recorded",
    arguments: [1_000, 6_000, 30_000, 150_000, 1_000_000], [1, 2, 8, 64, 1_000])
  func plans(count: Int, workers: Int) throws {
    for statistics in 0...2 {
      let size = 4 * count * (1 + statistics + workers - 1)
      guard
        let plan = KeyframePlan(
          count: count, statistics: statistics, staleWorkers: workers - 1, steps: 131_072)
      else {
        // What does not fit, or would cost too much.
        #expect(4 * size > KeyframePlan.budget || size > 96 * 131_072 / 2)
        continue
      }
      #expect(plan.bytes <= KeyframePlan.budget && plan.bytes == plan.keyframes * size)
      #expect(plan.gradients == workers - 1)
      #expect(size / plan.interval <= 96 && plan.interval <= 131_072)
      // Another keyframe takes the place of the oldest: one fewer is sure to be there.
      #expect((plan.keyframes - 1) * plan.interval >= 131_072)
    }
  }
}

/// Runs `body` on a thread that computes as training threads do.
func onTrainingThread<Result: Sendable>(
  _ body: @escaping @Sendable () -> Result
) throws -> Result {
  let result = Locked<Result?>(nil)
  let thread = try OSThread {
    FlushToZero.enable()
    let found = body()
    result.withLock { $0 = found }
  }
  thread.join()
  return try #require(result.withLock { $0 })
}
