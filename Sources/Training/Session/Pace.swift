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
  private let worker: Int

  /// - Parameter workers: the number of workers when the steps will be taken.
  init(_ grain: StepGrain, session: SessionState, workers: Int) {
    self.grain = grain
    worker = min(session.facts.withLock { $0.interest.worker }, workers - 1)
    switch grain {
    case .step, .phase: target = session.turns.load(ordering: .relaxed) + 1
    case .update, .rollout: target = session.shared.version + 1
    case .episode: target = Self.episodes(of: worker, session) + 1
    }
  }

  func isReached(in session: SessionState) -> Bool {
    switch grain {
    case .step, .phase: session.turns.load(ordering: .relaxed) >= target
    case .update, .rollout: session.shared.version >= target
    case .episode: Self.episodes(of: worker, session) >= target
    }
  }

  /// Of the worker in focus, the last one where it is no more. Without boards nobody knows: of all.
  private static func episodes(of worker: Int, _ session: SessionState) -> Int {
    guard session.watched else { return session.episodes.summary.episodes }
    let boards = session.boards.withLock { $0 }
    guard !boards.isEmpty else { return 0 }
    return boards[min(max(worker, 0), boards.count - 1)].content.withLock { $0.episodes }
  }
}
