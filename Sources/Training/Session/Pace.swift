internal import Agents
internal import Synchronization
internal import Telemetry
internal import Threads

/// Turns the speed into turns that are due: at a multiple of real time every worker takes
/// `multiple * realTimeRate` turns a second.
struct Pace {
  private(set) var speed: Speed
  private let realTimeRate: Double
  private var began: Double
  private var taken = 0

  /// A machine that cannot keep up falls this many seconds behind, and no further.
  private static let mostBehind = 0.1
  /// Turns are handed out at most this far ahead, so that commands find a gap.
  private static let longestLeg = 1.0 / 60
  /// The multiples of real time that are kept; whatever is asked for is brought between them.
  private static let slowest = 1e-3
  private static let fastest = 1e6

  init(speed: Speed, realTimeRate: Double, now: Double) {
    self.speed = speed
    self.realTimeRate = realTimeRate
    began = now
  }

  private var rate: Double {
    switch speed {
    case .multiple(let multiple):
      realTimeRate * (multiple > Self.slowest ? min(multiple, Self.fastest) : Self.slowest)
    case .unlimited: .infinity
    }
  }

  mutating func change(to speed: Speed, now: Double) {
    self.speed = speed
    restart(now: now)
  }

  mutating func restart(now: Double) {
    began = now
    taken = 0
  }

  /// Turns that are due now.
  mutating func due(now: Double) -> Int {
    let behind = (now - began) * rate - Double(taken)
    if behind > Self.mostBehind * rate + 1 {
      restart(now: now)
      return 1
    }
    return min(Int(behind), max(1, Int(Self.longestLeg * rate)))
  }

  mutating func take(_ turns: Int) { taken += turns }

  /// Seconds until the next turn is due.
  func secondsToNext(now: Double) -> Double {
    max(0.0002, began + Double(taken + 1) / rate - now)
  }
}

/// Where a press of the step key leads.
struct StepGoal {
  /// How far it leads.
  let grain: StepGrain
  private let target: Int
  /// The worker in focus.
  let worker: Int

  /// - Parameter workers: the number of workers when the steps will be taken.
  init(_ grain: StepGrain, session: SessionState, workers: Int) {
    self.grain = grain
    worker = max(0, min(session.facts.withLock { $0.interest.worker }, workers - 1))
    switch grain {
    case .phase: target = session.phases.load(ordering: .relaxed) + 1
    case .step: target = session.turns.load(ordering: .relaxed) + 1
    case .rollout: target = Self.rollouts(of: worker, session) + 1
    case .update: target = session.shared.version + 1
    case .episode: target = Self.episodes(of: worker, session) + 1
    }
  }

  func isReached(in session: SessionState) -> Bool {
    switch grain {
    case .phase: session.phases.load(ordering: .relaxed) >= target
    case .step: session.turns.load(ordering: .relaxed) >= target
    case .rollout: Self.rollouts(of: worker, session) >= target
    case .update: session.shared.version >= target
    case .episode: Self.episodes(of: worker, session) >= target
    }
  }

  /// Episodes that have ended. Without boards nobody knows whose: of all workers.
  private static func episodes(of worker: Int, _ session: SessionState) -> Int {
    count(of: worker, session) { $0.episodes } ?? session.episodes.summary.episodes
  }

  /// Rollouts that have been learnt from. Without boards nobody knows whose: of all workers.
  private static func rollouts(of worker: Int, _ session: SessionState) -> Int {
    count(of: worker, session) { $0.pushes } ?? session.shared.version
  }

  /// From the board of the worker in focus, or of the last one where it is no more.
  private static func count(
    of worker: Int, _ session: SessionState, _ number: (WorkerBoard.Content) -> Int
  ) -> Int? {
    guard session.watched else { return nil }
    let boards = session.boards.withLock { $0 }
    guard !boards.isEmpty else { return 0 }
    return boards[min(max(worker, 0), boards.count - 1)].content.withLock { number($0) }
  }
}
