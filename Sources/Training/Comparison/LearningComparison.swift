internal import Agents
internal import Networks
internal import Synchronization
public import Threads

/// Makes the runs of a plan, as many at a time as there are threads. The outcome does not depend on
/// their number.
public final class LearningComparison: Sendable {
  private let plan: LearningPlan
  private let checkpoints: [Int]
  private let next = Atomic<Int>(0)
  private let passed = Atomic<Int>(0)
  private let finished = Atomic<Int>(0)
  private let runs: Locked<[LearningRun]>

  /// Seconds between two looks at the runs.
  private static let interval = 0.05

  /// Nothing run yet.
  public init(_ plan: LearningPlan) {
    self.plan = plan
    checkpoints = plan.checkpoints
    runs = Locked(
      Array(repeating: LearningRun(), count: plan.configurations.count * plan.seeds.count))
  }

  /// Makes all runs. To be called once.
  ///
  /// - Parameters:
  ///   - threads: runs at the same time, at least 1.
  ///   - progress: called now and then with the share that is done, from 0 to 1.
  /// - Returns: the runs of each configuration, in the order of the seeds.
  /// - Throws: where the system grants no thread.
  public func run(
    threads: Int, progress: (Double) -> Void
  ) throws(OSThreadError) -> [[LearningRun]] {
    let (seeds, jobs) = (plan.seeds.count, plan.configurations.count * plan.seeds.count)
    var crew: [OSThread] = []
    for _ in 0..<min(threads, jobs) {
      do {
        crew.append(try OSThread { self.work() })
      } catch {
        // Those there are do all of it.
        guard !crew.isEmpty else { throw error }
      }
    }
    while finished.load(ordering: .acquiring) < jobs {
      OSThread.sleep(seconds: Self.interval)
      let share = Double(passed.load(ordering: .relaxed)) / Double(jobs * checkpoints.count)
      progress(min(share, 1))
    }
    for thread in crew { thread.join() }
    let all = runs.withLock { $0 }
    return plan.configurations.indices.map { Array(all[$0 * seeds..<($0 + 1) * seeds]) }
  }

  /// Takes run after run until none is left. Those of one seed follow each other, so that early
  /// figures compare like with like.
  private func work() {
    FlushToZero.enable()
    let contenders = plan.configurations.count
    while true {
      let job = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard job < contenders * plan.seeds.count else { return }
      let (seed, contender) = job.quotientAndRemainder(dividingBy: contenders)
      let run = learn(plan.configurations[contender], seed: plan.seeds[seed])
      runs.withLock { $0[contender * plan.seeds.count + seed] = run }
      finished.add(1, ordering: .releasing)
    }
  }

  private func learn(_ configuration: RunConfiguration, seed: UInt64) -> LearningRun {
    var configuration = configuration
    configuration.seed = seed
    let learner = LoneLearner(configuration)
    var run = LearningRun()
    for (index, steps) in checkpoints.enumerated() {
      let start = MonotonicClock.threadSeconds
      learner.advance(to: steps)
      run.seconds += MonotonicClock.threadSeconds - start
      // The same fresh episodes for all estimators.
      let result = learner.hasDiverged ? nil : learner.evaluate(key: UInt64(index + 1)).meanReturn
      run.returns.append(result)
      if let goal = plan.goal, let result, result >= goal, run.stepsToGoal == nil {
        run.stepsToGoal = learner.steps
        run.secondsToGoal = run.seconds
      }
      passed.add(1, ordering: .relaxed)
    }
    return run
  }
}
