public import Networks

/// Who learns between keyframes; what they do can be done again.
public enum Learners: Sendable, Equatable {
  /// Workers of A3C.
  case a3c
  /// A team of A2C.
  case a2c
  /// The basic actor-critic.
  case actorCritic
  /// REINFORCE.
  case reinforce
  /// Learners that are not done again.
  case other
}

/// Where a worker stood when it began a rollout.
public struct RolloutOrigin: Sendable {
  /// Its world, its random stream, its episode.
  public let actor: Actor
  /// The settings the rollout runs under.
  public let settings: LearningSettings
  /// The version of theta it is acted with.
  public let version: Int
  /// The running mean of the returns (REINFORCE).
  public var runningMean = RunningBaseline()
}

/// A gradient that was computed with a theta of before a keyframe and pushed after it: from the keyframe it
/// cannot be computed again.
public struct StaleGradient {
  /// The gradient.
  public internal(set) var gradient: FloatBuffer
  /// The version it made.
  public internal(set) var version = 0
  /// What it was multiplied by.
  public internal(set) var scale: Float = 0
  /// The step size.
  public internal(set) var learningRate: Float = 0

  init(_ gradient: FloatBuffer) { self.gradient = gradient }

  /// The same in memory of its own.
  func copy() -> StaleGradient {
    var copy = self
    copy.gradient = FloatBuffer(count: gradient.count)
    copy.gradient.copy(from: gradient)
    return copy
  }
}

/// All that is needed to learn again what was learnt since a keyframe, up to another version.
public final class LearningStretch {
  /// The keyframe's version.
  public let start: Int
  /// The last version.
  public private(set) var end: Int
  let learners: Learners
  /// Environment steps at its start.
  let clock: Int
  let theta: FloatBuffer
  let statistics: OptimiserState
  /// By the versions they made.
  private(set) var stale: [Int: StaleGradient] = [:]
  private(set) var notes: [UpdateLog.Note] = []
  private(set) var origins: [RolloutOrigin] = []

  init(_ keyframe: Keyframes.Keyframe, to end: Int) {
    start = keyframe.version
    self.end = max(start, end)
    learners = keyframe.learners
    clock = keyframe.clock
    theta = FloatBuffer(count: keyframe.theta.count)
    theta.copy(from: keyframe.theta)
    statistics = OptimiserState(keyframe.statistics.optimiser, count: theta.count)
    statistics.copy(from: keyframe.statistics)
  }

  func append(_ keyframe: Keyframes.Keyframe) {
    guard keyframe.version <= end else { return }
    stale.merge(keyframe.staleGradients) { $1 }
    // Nobody has pushed after the last version.
    notes += keyframe.log.prefix((keyframe.next.map { min($0, end) } ?? end) - keyframe.version)
    origins += keyframe.origins.filter { $0.version <= end }
    end = min(end, keyframe.end - 1)
  }
}
