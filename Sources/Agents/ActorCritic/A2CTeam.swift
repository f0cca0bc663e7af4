public import Networks
internal import Threads

/// A2C: all workers act under the same theta, meet at a barrier, and make one update from all their
/// segments (the synchronous variant of Mnih et al., arXiv:1602.01783).
///
/// Workers act in groups whose size depends on their number alone (`groupSize`), each group with its
/// batched forward pass and its gradient; gradients are summed in the order of the groups. So the
/// result is the same, bit for bit, for any number of threads.
public final class A2CTeam: Sendable {
  /// What the threads share; who writes when is said at each part.
  struct Board {
    /// A group's gradient: written by its thread before the barrier, read by all after it.
    let gradients: [FloatBuffer]
    /// A group's steps: written by its thread before the barrier, read by all after it.
    let steps: UnsafeMutablePointer<Int>
    /// Whether to go on: written by the leader between the barriers, read by all after the second.
    let goOn: UnsafeMutablePointer<Bool>
    /// Whether a keyframe follows; likewise.
    let takesKeyframe: UnsafeMutablePointer<Bool>
    /// Where a thread's rollouts began, if they are the first since a keyframe or under new settings:
    /// written by the thread before the first barrier, taken by the leader between the barriers.
    let origins: UnsafeMutablePointer<[RolloutOrigin]>
  }

  /// Number of threads.
  public let threads: Int
  /// Number of groups.
  public let groups: Int
  let shared: SharedParameters
  let clock: StepClock
  let barrier: Barrier
  let board: TakenInTurns<Board>

  /// A team for `workers` workers on `threads` threads.
  public init(
    workers: Int, threads: Int, network: ActorCriticNetwork, shared: SharedParameters,
    clock: StepClock
  ) {
    self.threads = threads
    self.shared = shared
    self.clock = clock
    let groups = Self.groups(workers: workers).count
    self.groups = groups
    barrier = Barrier(parties: threads)
    let steps = UnsafeMutablePointer<Int>.allocate(capacity: groups)
    steps.initialize(repeating: 0, count: groups)
    let goOn = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
    goOn.initialize(to: true)
    let takesKeyframe = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
    takesKeyframe.initialize(to: false)
    let gradients = (0..<groups).map { _ in FloatBuffer(count: network.layout.count) }
    let origins = UnsafeMutablePointer<[RolloutOrigin]>.allocate(capacity: threads)
    origins.initialize(repeating: [], count: threads)
    board = TakenInTurns(
      Board(
        gradients: gradients, steps: steps, goOn: goOn, takesKeyframe: takesKeyframe,
        origins: origins))
  }

  deinit {
    board.value.steps.deallocate()
    board.value.goOn.deallocate()
    board.value.takesKeyframe.deallocate()
    board.value.origins.deinitialize(count: threads)
    board.value.origins.deallocate()
  }

  /// Workers of a group: four rows fill a kernel's tile, but a small team is split so that two
  /// threads find work.
  public static func groupSize(workers: Int) -> Int {
    switch workers {
    case ..<4: 1
    case 4..<8: 2
    default: 4
    }
  }

  /// The workers of each group, in order.
  public static func groups(workers: Int) -> [Range<Int>] {
    let size = groupSize(workers: workers)
    return stride(from: 0, to: workers, by: size).map { $0..<min($0 + size, workers) }
  }

  /// The groups of a thread: every `threads`-th one.
  public static func groups(of thread: Int, threads: Int, workers: Int) -> [Int] {
    Array(stride(from: thread, to: groups(workers: workers).count, by: threads))
  }
}
