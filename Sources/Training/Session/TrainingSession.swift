internal import Agents
public import Environments
internal import Networks
public import Telemetry
internal import Threads

/// A run in the background: training threads that learn, commands in, snapshots out.
public final class TrainingSession: Engine {
  let state: SessionState
  private let threads: Locked<[OSThread]>
  private let collector: Locked<SnapshotCollector>
  private let analyst: Analyst?

  /// Begins a run.
  ///
  /// - Parameter watched: whether a front end will ask for snapshots; without one the workers keep
  ///   no boards.
  /// - Throws: `OSThreadError` when the system grants no thread.
  public init(_ configuration: RunConfiguration, watched: Bool) throws {
    let state = SessionState(configuration, watched: watched)
    self.state = state
    threads = Locked([])
    analyst = watched ? Analyst(session: state) : nil
    collector = Locked(SnapshotCollector(session: state))
    for number in 0..<state.threads {
      let thread = try OSThread { TrainingThread(number: number, session: state).run() }
      threads.withLock { $0.append(thread) }
    }
    try analyst?.start()
  }

  /// Hands over a command; it takes effect at the next update boundary.
  public func send(_ command: EngineCommand) {
    if case .show(let interest) = command {
      // The past is read on the caller's side: the very next snapshot has it.
      state.facts.withLock { $0.interest.history = interest.history }
    }
    state.mailbox.post(.command(command))
  }

  /// Asks for the end, as soon as possible.
  public func stop(_ reason: String = "stopped") {
    state.mailbox.post(.stop(reason: reason))
  }

  /// The world as the run was given it, at no particular state.
  public var environment: any Environment { state.configuration.environment }

  /// The latest state of the run. Waits for no training thread.
  public func snapshot() -> EngineSnapshot {
    collector.withLock { $0.snapshot(analysis: analyst?.latest) }
  }

  /// How far the run has come.
  public var progress: TrainingProgress {
    let facts = state.facts.withLock { $0 }
    let summary = state.episodes.summary
    return TrainingProgress(
      steps: state.clock.steps, updates: state.shared.version, episodes: summary.episodes,
      meanReturn: summary.meanReturn, seconds: facts.stopwatch.seconds(at: state.now),
      status: facts.status)
  }

  /// Waits until the run has ended, at most `seconds`.
  public func waitForEnd(seconds: Double) {
    state.ended.wait(seconds: seconds)
  }

  /// Waits until the training threads have ended. To be called once, after the run has ended or
  /// `stop` was called.
  public func join() {
    analyst?.stop()
    let running = threads.withLock { threads in
      defer { threads = [] }
      return threads
    }
    for thread in running { thread.join() }
    analyst?.join()
  }

  /// The outcome of a run that has been joined.
  public func result() -> TrainingResult {
    TrainingResult(state)
  }
}

/// How far a run has come.
public struct TrainingProgress: Sendable {
  /// Environment steps of all workers.
  public var steps: Int
  /// Updates of the shared parameters.
  public var updates: Int
  /// Episodes ended.
  public var episodes: Int
  /// Mean return of the last 100 episodes; nil before the first.
  public var meanReturn: Double?
  /// Seconds of training, evaluations and pauses excluded.
  public var seconds: Double
  /// Whether the run goes on.
  public var status: RunStatus

  /// Whether the run has ended.
  public var hasEnded: Bool {
    switch status {
    case .running, .paused: false
    case .finished, .diverged: true
    }
  }
}
