internal import Agents
internal import Threads

/// How often each state of a tabular world was visited since the run began.
final class VisitCounter: Sendable {
  private let counts: Locked<[Int]>

  init(states: Int) {
    counts = Locked(Array(repeating: 0, count: states))
  }

  /// Counts the states of the rollout that was learnt from last.
  func count(_ rollout: Rollout) {
    counts.withLock { counts in
      rollout.forEachLearntState { counts[$0] += 1 }
    }
  }

  /// Counts the state a learner that learns by itself is in.
  func count(_ learner: any SingleLearner) {
    var state: Float = -1
    learner.actor.observe(into: &state)
    counts.withLock { if $0.indices.contains(Int(state)) { $0[Int(state)] += 1 } }
  }

  /// Visits of each state.
  var all: [Int] { counts.withLock { $0 } }
}
