public import Networks
internal import Synchronization
internal import Threads

/// The shared parameters theta with the optimiser's shared statistics: workers pull copies and push
/// gradients (Mnih et al., arXiv:1602.01783, algorithm S3).
///
/// One lock is held for the copy of a pull (about 0.1 µs at 5 000 parameters) and for the step of a
/// push. Every push is applied exactly once, to the theta of that moment: a stale gradient is added
/// to what others have made of theta meanwhile, it overwrites nothing.
public final class SharedParameters: Sendable {
  struct State {
    let theta: FloatBuffer
    let statistics: OptimiserState
    let lastGood: FloatBuffer
    /// Updates applied: the version of theta.
    var version = 0
    /// Who made the latest updates: that of version v at place v mod its length.
    var pushers = [Int32](repeating: -1, count: 64)
    /// Thetas kept whole, from which recorded updates can be made again; of a run that is watched.
    var keyframes: Keyframes?
    /// Who of A3C pushed since the last of them; in its place `pushers` is not kept up.
    var log: UpdateLog?
    /// The version of the last of them, and the environment steps at which the next one is due; numbers
    /// of their own, because they are looked at with every push.
    var lastKeyframe = Int.min
    var nextKeyframe = Int.max
  }

  /// Theta and the optimiser's state at one moment: where another learner may begin.
  public struct Checkpoint: Sendable, Equatable {
    /// Theta, padding included.
    public let theta: [Float]
    /// The optimiser's running statistics.
    public let statistics: [[Float]]
    /// Steps the optimiser has made.
    public let optimiserSteps: Int
    /// Updates applied.
    public let version: Int
  }

  private let state: Locked<State>
  /// The same theta and statistics for the threads of A2C, which `updateTogether` keeps apart.
  private let inTurns: TakenInTurns<(theta: FloatBuffer, statistics: OptimiserState)>
  /// Number of floats in theta, padding included.
  public let count: Int
  /// Environment steps of who pushes.
  let clock: StepClock
  private let nonFinite = Atomic<Bool>(false)
  private let updates = Atomic<Int>(0)
  /// The same as in the state, for who does not hold the lock.
  private let lastKeyframeVersion = Atomic<Int>(.min)
  private let nextKeyframe = Atomic<Int>(.max)
  /// Updates between two looks for a non-finite parameter.
  static let checkInterval = 512

  /// Theta as `initialise` writes it, with fresh statistics.
  ///
  /// - Parameter clock: counts the environment steps of who pushes; for keyframes.
  /// - Parameter optimiser: nil where nothing is pushed: a learner keeps its own parameters and publishes
  ///   them.
  /// - Precondition: with an optimiser `count` is a multiple of 16.
  public init(
    count: Int, optimiser: Optimiser?, clock: StepClock = StepClock(),
    initialise: (UnsafeMutablePointer<Float>) -> Void
  ) {
    self.count = count
    self.clock = clock
    let theta = FloatBuffer(count: count)
    let statistics =
      optimiser.map { OptimiserState($0, count: count) } ?? OptimiserState(.sgd, count: 0)
    let lastGood = FloatBuffer(count: count)
    initialise(theta.pointer)
    lastGood.copy(from: theta)
    let shared = TakenInTurns((theta: theta, statistics: statistics))
    inTurns = shared
    state = Locked(
      State(theta: shared.value.theta, statistics: shared.value.statistics, lastGood: lastGood))
  }

  /// Theta, statistics and version as a checkpoint of the same optimiser has them.
  public convenience init(_ checkpoint: Checkpoint, optimiser: Optimiser?, clock: StepClock) {
    self.init(count: checkpoint.theta.count, optimiser: optimiser, clock: clock) { theta in
      for (index, value) in checkpoint.theta.enumerated() { theta[index] = value }
    }
    state.withLock { state in
      state.statistics.restore(
        steps: checkpoint.optimiserSteps, statistics: checkpoint.statistics)
      state.version = checkpoint.version
    }
    updates.store(checkpoint.version, ordering: .relaxed)
  }

  /// Theta, statistics and version as they were at the start of a stretch.
  convenience init(_ stretch: LearningStretch, clock: StepClock) {
    self.init(
      count: stretch.theta.count, optimiser: stretch.statistics.optimiser, clock: clock
    ) { theta in theta.update(from: stretch.theta.pointer, count: stretch.theta.count) }
    state.withLock { state in
      state.statistics.copy(from: stretch.statistics)
      state.version = stretch.start
    }
    updates.store(stretch.start, ordering: .relaxed)
  }

  /// Theta, statistics and version, all of one moment.
  public func checkpoint() -> Checkpoint {
    state.withLock { state in
      Checkpoint(
        theta: state.theta.array, statistics: state.statistics.statistics.map(\.array),
        optimiserSteps: state.statistics.steps, version: state.version)
    }
  }

  /// Copies theta; the last good one of a run that has diverged.
  ///
  /// - Returns: its version, the number of updates applied so far.
  @discardableResult
  public func pull(into copy: FloatBuffer) -> Int { pullAfterKeyframe(into: copy).version }

  /// Copies theta; the last good one of a run that has diverged.
  ///
  /// - Returns: its version, and that of the last keyframe then.
  func pullAfterKeyframe(into copy: FloatBuffer) -> (version: Int, keyframe: Int) {
    state.withLock { state in
      copy.copy(from: diverged ? state.lastGood : state.theta)
      return (state.version, state.lastKeyframe)
    }
  }

  /// Takes over the parameters of a learner that keeps its own, for others to read.
  ///
  /// - Parameter version: updates it has made.
  public func publish(_ parameters: FloatBuffer, version: Int) {
    state.withLock { state in
      guard !diverged else { return }
      state.theta.copy(from: parameters)
      state.version = version
    }
    count(updates: version)
  }

  /// A learner that keeps its own parameters has made so many updates. Waits for nobody.
  public func count(updates: Int) {
    self.updates.store(updates, ordering: .relaxed)
  }

  /// A learner that keeps its own parameters has diverged: those published last stay.
  public func diverge() {
    state.withLock { $0.lastGood.copy(from: $0.theta) }
    nonFinite.store(true, ordering: .relaxed)
  }

  /// Applies a gradient, times `scale`, to the theta of this moment.
  ///
  /// - Returns: the version before it was applied. A run that has diverged applies nothing.
  public func push(_ gradient: FloatBuffer, scale: Float, learningRate: Float) -> Int {
    var gradient = gradient
    return push(
      exchanging: &gradient, scale: scale, learningRate: learningRate, pulledVersion: .max, by: 0,
      clock: clock.steps)
  }

  /// Applies a gradient, times `scale`, to the theta of this moment. In its place another buffer comes
  /// back where it has to be kept: nothing is copied while others wait.
  ///
  /// - Parameters:
  ///   - pulledVersion: the version of theta the gradient was computed with.
  ///   - worker: who pushes.
  ///   - clock: environment steps, as the pusher counted them.
  /// - Returns: the version before it was applied. A run that has diverged applies nothing.
  func push(
    exchanging gradient: inout FloatBuffer, scale: Float, learningRate: Float,
    pulledVersion: Int, by worker: Int, clock: Int
  ) -> Int {
    state.withLock { state in
      guard !diverged else { return state.version }
      guard scale.isFinite else {
        nonFinite.store(true, ordering: .relaxed)
        return state.version
      }
      state.statistics.apply(
        gradient: gradient.pointer, scale: scale, learningRate: learningRate,
        to: state.theta.pointer)
      if pulledVersion < state.lastKeyframe {
        state.keyframes?.exchange(
          &gradient, version: state.version + 1, scale: scale, learningRate: learningRate)
      }
      notePush(by: worker, staleness: state.version &- pulledVersion, clock: clock, &state)
      countUpdate(&state, clock: self.clock.steps)
      return state.version - 1
    }
  }

  /// Notes who makes the next version.
  private func notePush(by worker: Int, staleness: Int, clock: Int, _ state: inout State) {
    let worker = Int32(truncatingIfNeeded: worker)
    if let log = state.log {
      log[state.version &- state.lastKeyframe] = UpdateLog.Note(
        worker: worker, staleness: Int32(truncatingIfNeeded: staleness), clock: clock)
    } else {
      state.pushers[(state.version &+ 1) % state.pushers.count] = worker
    }
  }

  /// Who made which version after `version`, oldest first: of more than 64 the latest.
  public func pushes(after version: Int) -> [(worker: Int, version: Int)] {
    state.withLock { state in
      let first = max(version, state.version - state.pushers.count) + 1
      guard first <= state.version else { return [] }
      return (first...state.version).map { version in
        let pusher = state.pushers[version % state.pushers.count]
        return (worker: state.keyframes?.pusher(of: version) ?? Int(pusher), version: version)
      }
    }
  }

  /// Applies a part of an update in parts, each with a step size of its own, to the parameters of
  /// `range`: the first part begins the optimiser's step, the last completes the update, and only then
  /// does the version change. One learner at a time may do so, and nobody may push meanwhile.
  func push(
    _ gradient: FloatBuffer, to range: Range<Int>, scale: Float, learningRate: Float,
    part: UpdatePart
  ) {
    state.withLock { state in
      guard !diverged else { return }
      guard scale.isFinite else { return nonFinite.store(true, ordering: .relaxed) }
      if part == .first { state.statistics.beginStep() }
      state.statistics.apply(
        gradient: gradient.pointer, range: range, scale: scale, learningRate: learningRate,
        to: state.theta.pointer)
      if part == .last { countUpdate(&state, clock: clock.steps) }
    }
  }

  /// Which part of an update in two parts.
  enum UpdatePart {
    case first
    case last
  }

  /// Applies one update by all threads of a team, each on its own range (A2C).
  ///
  /// Every thread calls it once; the gradients are complete when all have arrived. `scale` is then
  /// computed from them by each thread alike, and theta has moved when all have left. While the
  /// team is between its barriers the leader holds the lock, so that no pull sees half an update.
  func updateTogether(
    leader: Bool, barrier: Barrier, gradient: FloatBuffer, range: Range<Int>,
    learningRate: () -> Float, origins: () -> [RolloutOrigin], scale: () -> Float
  ) {
    guard leader else {
      barrier.wait()
      step(gradient, scale(), learningRate(), range)
      barrier.wait()
      return
    }
    // Nobody else steps before the first barrier. Who is not there yet may still have to ask for something
    // that the lock guards.
    state.withLock { $0.statistics.beginStep() }
    barrier.wait()
    state.withLock { state in
      for origin in origins() { state.keyframes?.note(origin) }
      let factor = scale()
      step(gradient, factor, learningRate(), range)
      // Others act as soon as they have left the second barrier.
      let steps = clock.steps
      barrier.wait()
      if diverged { return }
      if factor.isFinite {
        countUpdate(&state, clock: steps)
      } else {
        nonFinite.store(true, ordering: .relaxed)
      }
    }
  }

  private func step(
    _ gradient: FloatBuffer, _ scale: Float, _ learningRate: Float, _ range: Range<Int>
  ) {
    guard scale.isFinite, !diverged, !range.isEmpty else { return }
    inTurns.value.statistics.apply(
      gradient: gradient.pointer, range: range, scale: scale, learningRate: learningRate,
      to: inTurns.value.theta.pointer)
  }

  /// The number of updates applied. Waits for nobody.
  public var version: Int { updates.load(ordering: .relaxed) }

  /// Whether a gradient or a parameter has become non-finite: a pull gives the last good theta, and
  /// nothing is applied any more.
  public var diverged: Bool { nonFinite.load(ordering: .relaxed) }

  /// Looks for a non-finite parameter now; when one is found, the run has diverged.
  ///
  /// - Returns: whether theta was finite.
  public func checkFinite() -> Bool {
    state.withLock { state in
      check(&state)
      return !diverged
    }
  }

  /// Theta itself, for learners that keep no copy: the threads of A2C, which read it while they act
  /// and write it only in `updateTogether`, and the one thread of the basic actor-critic, which alone
  /// pushes to it. In a run that has diverged it may hold anything.
  var thetaInTurns: UnsafePointer<Float> { UnsafePointer(inTurns.value.theta.pointer) }

  /// - Parameter clock: environment steps.
  private func countUpdate(_ state: inout State, clock: Int) {
    state.version += 1
    updates.store(state.version, ordering: .relaxed)
    if state.version % Self.checkInterval == 0 { check(&state) }
    let isFull = state.log.map { state.version &- state.lastKeyframe >= $0.capacity } ?? false
    if clock >= state.nextKeyframe || isFull { takeKeyframe(&state, clock: clock) }
  }

  /// Whether the next update is followed by a keyframe.
  var isKeyframeDue: Bool { clock.steps >= nextKeyframe.load(ordering: .relaxed) }

  /// The version of the last keyframe; the least number before the first.
  var lastKeyframe: Int { lastKeyframeVersion.load(ordering: .relaxed) }

  /// A keyframe has been taken.
  func noteKeyframe(_ version: Int, next: Int, _ state: inout State) {
    (state.lastKeyframe, state.nextKeyframe) = (version, next)
    lastKeyframeVersion.store(version, ordering: .relaxed)
    nextKeyframe.store(next, ordering: .relaxed)
  }

  /// Theta and what belongs to it, while nobody else holds it.
  func withState<Result>(_ body: (inout State) -> Result) -> Result { state.withLock(body) }

  // Theta itself is left as it is: the threads of A2C may be reading it.
  private func check(_ state: inout State) {
    guard !diverged else { return }
    if state.theta.allFinite {
      state.lastGood.copy(from: state.theta)
    } else {
      nonFinite.store(true, ordering: .relaxed)
    }
  }
}
