internal import Agents
internal import Environments

/// The memory that the past may take, shared out among the threads.
struct HistoryBudget: Sendable, Equatable {
  /// Bytes of everything together.
  static let mostBytes = 64 << 20
  /// Of these, for the parameters that are kept to compute older ones from: in the ring and in the one
  /// before it, held for the best, the worst and the longest episode, and of all of them who pushed since.
  static let keyframeBytes =
    2 * KeyframePlan.budget + KeptEpisodes.held * KeyframePlan.mostHeldBytes
    + (2 + KeptEpisodes.held) * KeyframePlan.logBytes
  /// For the rollouts that were learnt from, over all threads.
  static let mostLearntBytes = 16 << 20
  /// For those under way, over all threads.
  static let mostOpenBytes = 4 << 20
  /// For one kept episode; of a longer one the last steps are kept.
  static let mostKeptBytes = 1 << 20
  /// For the episodes that were named.
  static let mostNamedBytes = 4 << 20
  /// Steps that are recorded at least, where the above allows it, over all threads: when every one is a
  /// rollout of its own, with an end.
  static let steps = 10_000
  /// Steps that are recorded at least, over all threads, where rollouts are longer and their steps share
  /// a header. Not many more are, though there is memory for them: keyframes are half as far apart, and
  /// the stretch between two of them has to be made again when one looks back.
  static let enoughSteps = 40_000
  /// The same where a state is an index, and steps take so little time that keyframes have to be further
  /// apart if they are to cost as little of it.
  static let enoughQuickSteps = 120_000
  /// The same for one worker that learns by itself: nobody waits for its keyframes.
  static let enoughSingleSteps = 20_000
  /// For the rollouts one thread has learnt from, at the least.
  static let leastLearntBytes = 64 << 10

  /// Bytes of one thread's ring.
  let learntBytes: Int
  /// Steps after which one thread's ring holds enough.
  let learntSteps: Int
  /// Bytes of one thread's rollouts under way.
  let openBytes: Int
  /// Training threads.
  let threads: Int

  /// Steps that are recorded at least of what learners do in a world.
  static func stepsWanted(in environment: any Environment, hasWorkers: Bool) -> Int {
    guard hasWorkers else { return enoughSingleSteps }
    return if case .discrete = environment.specification.observation { enoughQuickSteps } else {
      enoughSteps
    }
  }

  /// The share of each of `threads` threads.
  ///
  /// - Parameter enough: steps that are recorded at least where rollouts are not very short.
  init(layout: RecordLayout, threads: Int, enough: Int = enoughSteps) {
    self.threads = threads
    let sections = RecordRing.sections
    let wanted = max(
      Self.steps * layout.compactBytes(steps: 1, ends: 1) * sections / (sections - 1),
      enough / 10 * layout.compactBytes(steps: 10, ends: 1) * sections / (sections - 1),
      threads * Self.leastLearntBytes)
    learntBytes = min(wanted, Self.mostLearntBytes) / threads
    learntSteps = enough / threads
    openBytes = Self.mostOpenBytes / threads
  }

  /// The most bytes that all of it takes: rings, rollouts under way, the kept episodes (a new best one
  /// is written before the old one is let go), and the parameters kept.
  var bytes: Int {
    threads * (learntBytes + openBytes) + 4 * Self.mostKeptBytes + Self.mostNamedBytes
      + Self.keyframeBytes
  }
}
