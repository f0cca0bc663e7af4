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
  }

  private let state: Locked<State>
  /// The same theta and statistics for the threads of A2C, which `updateTogether` keeps apart.
  private let inTurns: TakenInTurns<(theta: FloatBuffer, statistics: OptimiserState)>
  /// Number of floats in theta, padding included.
  public let count: Int
  private let nonFinite = Atomic<Bool>(false)
  /// Updates between two looks for a non-finite parameter.
  static let checkInterval = 512

  /// Theta as `initialise` writes it, with fresh statistics.
  public init(
    count: Int, optimiser: Optimiser, initialise: (UnsafeMutablePointer<Float>) -> Void
  ) {
    self.count = count
    let theta = FloatBuffer(count: count)
    let statistics = OptimiserState(optimiser, count: count)
    let lastGood = FloatBuffer(count: count)
    initialise(theta.pointer)
    lastGood.copy(from: theta)
    let shared = TakenInTurns((theta: theta, statistics: statistics))
    inTurns = shared
    state = Locked(
      State(theta: shared.value.theta, statistics: shared.value.statistics, lastGood: lastGood))
  }

  /// Copies theta.
  ///
  /// - Returns: its version, the number of updates applied so far.
  @discardableResult
  public func pull(into copy: FloatBuffer) -> Int {
    state.withLock { state in
      copy.copy(from: state.theta)
      return state.version
    }
  }

  /// Applies a gradient, times `scale`, to the theta of this moment.
  ///
  /// - Returns: the version before it was applied. A run that has diverged applies nothing.
  public func push(_ gradient: FloatBuffer, scale: Float, learningRate: Float) -> Int {
    state.withLock { state in
      guard !diverged else { return state.version }
      guard scale.isFinite else {
        restore(&state)
        return state.version
      }
      state.statistics.apply(
        gradient: gradient.pointer, scale: scale, learningRate: learningRate,
        to: state.theta.pointer)
      countUpdate(&state)
      return state.version - 1
    }
  }

  /// Applies one update by all threads of a team, each on its own range (A2C).
  ///
  /// Every thread calls it once; the gradients are complete when all have arrived. `scale` is then
  /// computed from them by each thread alike, and theta has moved when all have left. While the
  /// team is between its barriers the leader holds the lock, so that no pull sees half an update.
  func updateTogether(
    leader: Bool, barrier: Barrier, gradient: FloatBuffer, range: Range<Int>,
    learningRate: () -> Float, scale: () -> Float
  ) {
    guard leader else {
      barrier.wait()
      step(gradient, scale(), learningRate(), range)
      barrier.wait()
      return
    }
    state.withLock { state in
      state.statistics.beginStep()
      barrier.wait()
      let factor = scale()
      step(gradient, factor, learningRate(), range)
      barrier.wait()
      if factor.isFinite { countUpdate(&state) } else { restore(&state) }
    }
  }

  private func step(
    _ gradient: FloatBuffer, _ scale: Float, _ learningRate: Float, _ range: Range<Int>
  ) {
    guard scale.isFinite, !range.isEmpty else { return }
    inTurns.value.statistics.apply(
      gradient: gradient.pointer, range: range, scale: scale, learningRate: learningRate,
      to: inTurns.value.theta.pointer)
  }

  /// The number of updates applied.
  public var version: Int { state.withLock { $0.version } }

  /// Whether a gradient or a parameter has become non-finite: theta is the last good one, and is not
  /// changed any more.
  public var diverged: Bool { nonFinite.load(ordering: .relaxed) }

  /// Looks for a non-finite parameter now; when one is found, theta goes back to the last good one.
  ///
  /// - Returns: whether theta was finite.
  public func checkFinite() -> Bool {
    state.withLock { state in
      check(&state)
      return !diverged
    }
  }

  /// Theta for the threads of A2C: read while they act, written only in `updateTogether`.
  var thetaInTurns: UnsafePointer<Float> { UnsafePointer(inTurns.value.theta.pointer) }

  private func countUpdate(_ state: inout State) {
    state.version += 1
    if state.version % Self.checkInterval == 0 { check(&state) }
  }

  private func check(_ state: inout State) {
    guard !diverged else { return }
    if state.theta.allFinite {
      state.lastGood.copy(from: state.theta)
    } else {
      restore(&state)
    }
  }

  private func restore(_ state: inout State) {
    nonFinite.store(true, ordering: .relaxed)
    state.theta.copy(from: state.lastGood)
  }
}
