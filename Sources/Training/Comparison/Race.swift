internal import Agents
internal import Networks
internal import Randomness
internal import Synchronization
internal import Telemetry
internal import Threads

/// Two settings raced by pairs of learners on threads of its own.
///
/// All learners advance together in slices of some milliseconds or less, whoever is furthest behind
/// first: so the curves over all pairs appear early and grow, the worlds of pair 0 move all the time,
/// and the race can be stopped at any moment. What a learner learns depends neither on the slices nor
/// on the threads.
final class Race: Sendable {
  private let plan: RacePlan
  /// A learner is played by whoever holds it; it is made when its first turn comes.
  private let learners: [Locked<LoneLearner?>]
  private let board: Locked<RaceBoard>
  /// Made when the first point is.
  private let bootstrap = Locked<InterquartileBootstrap?>(nil)
  private let stopping = Atomic<Bool>(false)
  private let threads = Locked<[OSThread]>([])
  private let mailbox: Mailbox<SessionMessage>
  private let sliceSeconds: Double
  private let began = MonotonicClock.seconds

  /// All learners have a slice within about this many seconds, evaluations not counted.
  private static let round = 0.025
  private static let shortestSlice = 0.00025
  private static let longestSlice = 0.01
  /// Seconds a thread sleeps where nobody may go on yet.
  private static let nap = 0.005
  /// Episodes the recent return is the mean of.
  private static let recentEpisodes = 20

  /// Begins a race on `threads` threads, as far as the system grants them: without any, and without
  /// memory for a pair, it is stopped at once.
  ///
  /// - Parameter mailbox: gets a message when the race has ended.
  init(_ plan: RacePlan, report: RaceReport, threads: Int, mailbox: Mailbox<SessionMessage>) {
    self.plan = plan
    self.mailbox = mailbox
    let count = max(1, min(threads, plan.learners))
    sliceSeconds = min(
      max(Self.round * Double(count) / Double(plan.learners), Self.shortestSlice),
      Self.longestSlice)
    learners = (0..<plan.learners).map { _ in Locked(nil) }
    board = Locked(
      RaceBoard(
        report, checkpoints: plan.checkpoints, threads: count, now: MonotonicClock.seconds))
    if !plan.isAffordable { stopping.store(true, ordering: .relaxed) }
    start(count)
  }

  private func start(_ count: Int) {
    for _ in 0..<count {
      if let thread = try? OSThread({ self.work() }) {
        threads.withLock { $0.append(thread) }
      } else {
        leave()
      }
    }
  }

  /// How it stands.
  var report: RaceReport { board.withLock { $0.report } }

  /// Whether it goes on.
  var isOn: Bool { board.withLock { $0.report.status == .running } }

  /// Ends it, and waits for its threads: some milliseconds.
  func stop() {
    stopping.store(true, ordering: .relaxed)
    let running = threads.withLock { threads in
      defer { threads = [] }
      return threads
    }
    for thread in running { thread.join() }
  }

  private var isStopping: Bool { stopping.load(ordering: .relaxed) }

  private func work() {
    FlushToZero.enable()
    while !isStopping, let job = board.withLock({ $0.take() }) {
      let slice = learners[job.learner].withLock { learner in
        play(&learner, job.learner, checkpoint: job.checkpoint)
      }
      let now = MonotonicClock.seconds
      if let sample = board.withLock({ $0.giveBack(job.learner, slice, now: now) }) {
        add(sample)
      }
    }
    leave()
  }

  private func play(
    _ learner: inout LoneLearner?, _ index: Int, checkpoint: Int
  ) -> RaceBoard.Slice {
    let present = learner ?? plan.makeLearner(index)
    learner = present
    let now = MonotonicClock.seconds
    let allowed = allowedSteps(at: now)
    if present.steps >= allowed {
      OSThread.sleep(seconds: Self.nap)
      return RaceBoard.Slice(steps: present.steps)
    }
    let isThere = present.advance(to: plan.checkpoints[checkpoint]) {
      !isStopping && MonotonicClock.seconds < now + sliceSeconds && present.steps < allowed
    }
    var slice = RaceBoard.Slice(steps: present.steps)
    if index < 2 { slice.live = live(present) }
    if isThere {
      slice.meanReturn =
        plan.measure == .online
        ? present.takeOnlineReturn() : present.evaluate(key: UInt64(checkpoint)).meanReturn
      // It has done its part: its memory is free.
      if checkpoint == plan.checkpoints.count - 1 { learner = nil }
    }
    return slice
  }

  /// Steps every learner may have done, so that the race takes as long as it should at least.
  private func allowedSteps(at now: Double) -> Int {
    guard plan.leastSeconds > 0 else { return .max }
    let share = (now - began) / plan.leastSeconds
    return share < 1 ? Int(Double(plan.steps) * share) : .max
  }

  private func live(_ learner: LoneLearner) -> RaceBoard.Live? {
    guard let scene = learner.scene else { return nil }
    let episodes = learner.session.episodes
    return RaceBoard.Live(
      scene: scene, steps: learner.steps, updates: learner.updates,
      episodes: episodes.summary.episodes,
      recentReturn: episodes.meanReturn(ofLatest: Self.recentEpisodes),
      actionValues: learner.actionValues())
  }

  private func add(_ sample: RaceBoard.Sample) {
    let differences = zip(sample.first, sample.second).map { $1 - $0 }
    let first = point(sample.step, sample.first)
    guard !isStopping else { return }
    let second = point(sample.step, sample.second)
    guard !isStopping else { return }
    let difference = point(sample.step, differences)
    board.withLock { $0.add(first: first, second: second, difference: difference) }
  }

  /// Interquartile mean and its interval over the pairs.
  private func point(_ step: Int, _ scores: [Double]) -> RaceReport.Point {
    let bootstrap = bootstrap.withLock { made in
      let present = made ?? InterquartileBootstrap(count: plan.pairs)
      made = present
      return present
    }
    return RaceReport.Point(
      step: step, middle: interquartileMean(of: scores), interval: bootstrap.interval(of: scores))
  }

  private func leave() {
    guard board.withLock({ $0.leave() }) else { return }
    for learner in learners { learner.withLock { $0 = nil } }
    mailbox.post(.raceEnded)
  }
}
