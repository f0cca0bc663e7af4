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

extension Keyframes.Keyframe {
  /// Copies of its stale gradients, by the versions they made.
  var given: [Int: GivenGradient] {
    var given: [Int: GivenGradient] = [:]
    for stale in stale.prefix(staleCount) {
      let copy = FloatBuffer(count: stale.gradient.count)
      copy.copy(from: stale.gradient)
      given[stale.version] = GivenGradient(
        gradient: copy, scale: stale.scale, learningRate: stale.learningRate)
    }
    return given
  }
}

/// A gradient that cannot be computed again, and how it was applied.
public struct GivenGradient {
  /// The gradient.
  public let gradient: FloatBuffer
  /// What it was multiplied by.
  public let scale: Float
  /// The step size.
  public let learningRate: Float
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
  private(set) var given: [Int: GivenGradient] = [:]
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
    given.merge(keyframe.given) { $1 }
    // Nobody has pushed after the last version.
    notes += keyframe.log.prefix((keyframe.next.map { min($0, end) } ?? end) - keyframe.version)
    origins += keyframe.origins.filter { $0.version <= end }
    end = min(end, keyframe.end - 1)
  }
}
