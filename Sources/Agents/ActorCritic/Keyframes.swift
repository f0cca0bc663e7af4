public import Networks

/// The ring of keyframes of a run that is watched. `SharedParameters` holds it behind its lock.
final class Keyframes {
  /// Theta and the optimiser's state at one version.
  final class Keyframe {
    var version = -1
    let theta: FloatBuffer
    let statistics: OptimiserState
    /// Gradients pushed since that were computed with an older theta.
    var gradients: [FloatBuffer]
    /// The versions they made.
    var made: [Int] = []
    /// The first version whose gradient found no room; from there on nothing can be made again.
    var end = Int.max

    init(count: Int, optimiser: Optimiser, gradients: Int) {
      theta = FloatBuffer(count: count)
      statistics = OptimiserState(optimiser, count: count)
      self.gradients = (0..<gradients).map { _ in FloatBuffer(count: count) }
      made.reserveCapacity(gradients)
    }
  }

  let plan: KeyframePlan
  private var ring: [Keyframe]
  private var last: Int
  /// Those of an earlier plan, as long as both have room.
  private let earlier: [Keyframe]

  init(
    _ plan: KeyframePlan, count: Int, optimiser: Optimiser, earlier: Keyframes?
  ) {
    self.plan = plan
    ring = (0..<plan.keyframes).map { _ in
      Keyframe(count: count, optimiser: optimiser, gradients: plan.gradients)
    }
    last = plan.keyframes - 1
    let fits = earlier.map {
      $0.earlier.isEmpty && $0.plan.bytes + plan.bytes <= KeyframePlan.budget
    }
    self.earlier = fits == true ? earlier?.taken ?? [] : []
  }

  private var taken: [Keyframe] { ring.filter { $0.version >= 0 } }

  /// Keeps the gradient of an update that made `version`, computed with a theta of before the last
  /// keyframe, and gives a buffer that is no longer needed for it.
  func exchange(_ gradient: inout FloatBuffer, version: Int) {
    let keyframe = ring[last]
    guard keyframe.made.count < keyframe.gradients.count else {
      keyframe.end = min(keyframe.end, version)
      return
    }
    swap(&keyframe.gradients[keyframe.made.count], &gradient)
    keyframe.made.append(version)
  }

  /// Takes one in place of the oldest.
  func take(version: Int, theta: FloatBuffer, statistics: OptimiserState) {
    last = last + 1 == ring.count ? 0 : last + 1
    let keyframe = ring[last]
    keyframe.version = version
    keyframe.made.removeAll(keepingCapacity: true)
    keyframe.end = .max
    keyframe.theta.copy(from: theta)
    keyframe.statistics.copy(from: statistics)
  }

  /// The latest keyframe older than `version`.
  func keyframe(before version: Int) -> Keyframe? {
    (earlier + taken).filter { $0.version < version }.max { $0.version < $1.version }
  }

  /// The first keyframe of `version` or later.
  func keyframe(from version: Int) -> Keyframe? {
    (earlier + taken).filter { $0.version >= version }.min { $0.version < $1.version }
  }
}

/// A stretch of updates that can be made again: from a keyframe to the next, or to the present.
public struct KeyframeSpan: Sendable, Equatable {
  /// The keyframe's version.
  public let start: Int
  /// The last version of the stretch, above `start`.
  public let end: Int

  /// The versions its updates made.
  public var updates: Range<Int> { start + 1..<end + 1 }
}

extension SharedParameters {
  /// Keeps keyframes from now on, the first of them at once; with nil, no longer.
  ///
  /// To be called while nobody pushes, nor is between a pull and its push.
  public func keepKeyframes(_ plan: KeyframePlan?) {
    withState { state in
      guard plan != state.keyframes?.plan else { return }
      guard let plan else {
        (state.keyframes, state.lastKeyframe, state.nextKeyframe) = (nil, .min, .max)
        return
      }
      let keyframes = Keyframes(
        plan, count: count, optimiser: state.statistics.optimiser, earlier: state.keyframes)
      state.keyframes = keyframes
      takeKeyframe(&state)
    }
  }

  /// Keeps theta as it is now.
  func takeKeyframe(_ state: inout State) {
    guard let keyframes = state.keyframes else { return }
    keyframes.take(version: state.version, theta: state.theta, statistics: state.statistics)
    state.lastKeyframe = state.version
    state.nextKeyframe = clock.steps + keyframes.plan.interval
  }

  /// The stretch between keyframes that has the update that made `version`; nil where it is gone.
  public func keyframeSpan(of version: Int) -> KeyframeSpan? {
    withState { state in
      guard version <= state.version, let keyframe = state.keyframes?.keyframe(before: version)
      else { return nil }
      let next = state.keyframes?.keyframe(from: version)?.version ?? state.version
      let end = min(next, keyframe.end - 1)
      return end < version ? nil : KeyframeSpan(start: keyframe.version, end: end)
    }
  }

  /// Copies the keyframe of `version`.
  ///
  /// - Returns: the gradients that were pushed after it and cannot be computed again, by the versions
  ///   they made; nil where the keyframe is gone.
  public func restore(
    keyframe version: Int, theta: FloatBuffer, statistics: OptimiserState
  ) -> [Int: FloatBuffer]? {
    withState { state in
      guard let keyframe = state.keyframes?.keyframe(from: version), keyframe.version == version
      else { return nil }
      theta.copy(from: keyframe.theta)
      statistics.copy(from: keyframe.statistics)
      var gradients: [Int: FloatBuffer] = [:]
      for (made, gradient) in zip(keyframe.made, keyframe.gradients) {
        let copy = FloatBuffer(count: count)
        copy.copy(from: gradient)
        gradients[made] = copy
      }
      return gradients
    }
  }
}
