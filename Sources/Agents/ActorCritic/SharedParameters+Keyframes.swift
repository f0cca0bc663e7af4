public import Networks
internal import Threads

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
  /// To be called before learners begin, while nobody pushes, nor is between a pull and its push.
  public func keepKeyframes(_ plan: KeyframePlan?, of learners: Learners) {
    withState { state in
      guard let plan else {
        state.keyframes = nil
        state.log = nil
        noteKeyframe(.min, next: .max, &state)
        return
      }
      if plan != state.keyframes?.plan || learners != state.keyframes?.learners {
        state.keyframes = Keyframes(
          plan, learners, count: count, optimiser: state.statistics.optimiser,
          earlier: state.keyframes)
      }
      takeKeyframe(&state, clock: clock.steps, isBeginning: true)
    }
  }

  /// Keeps theta as it is now.
  func takeKeyframe(_ state: inout State, clock: Int, isBeginning: Bool = false) {
    guard let keyframes = state.keyframes else { return }
    keyframes.take(
      version: state.version, clock: clock, theta: state.theta,
      statistics: state.statistics, isBeginning: isBeginning)
    let log = keyframes.last.log
    state.log = log.capacity > 0 ? log : nil
    noteKeyframe(state.version, next: clock + keyframes.plan.interval, &state)
  }

  /// Notes where a worker began a rollout: its first since a keyframe, or under new settings.
  func note(_ origin: RolloutOrigin) {
    withState { $0.keyframes?.note(origin) }
  }

  /// Holds the keyframes since which a worker has taken its steps from `number` on, also when others have
  /// taken their place in the ring; in place of what was held at that place before.
  ///
  /// - Returns: the version of the first of them; nil where these steps cannot be taken again.
  public func holdKeyframes(at place: Int, worker: Int, from number: Int) -> Int? {
    withState { $0.keyframes?.hold(place, worker: worker, from: number) }
  }

  /// Holds keyframes no longer.
  public func releaseKeyframes(at place: Int) {
    withState { $0.keyframes?.release(place) }
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
  ) -> [Int: StaleGradient]? {
    withState { state in
      guard let keyframe = state.keyframes?.keyframe(from: version), keyframe.version == version
      else { return nil }
      theta.copy(from: keyframe.theta)
      statistics.copy(from: keyframe.statistics)
      return keyframe.staleGradients
    }
  }

  /// A copy of all that is needed to learn again what was learnt since a keyframe.
  ///
  /// - Parameters:
  ///   - start: the keyframe's version; nil for one from which at least an interval between keyframes
  ///     was learnt, or all since the learners began.
  ///   - end: the last version that is wanted.
  /// - Returns: nil where there is no such keyframe, or nobody who could do it again.
  public func stretch(from start: Int? = nil, to end: Int = .max) -> LearningStretch? {
    withState { state in
      guard let start = start ?? state.keyframes?.start?.version,
        let sequence = state.keyframes?.sequence(from: start), let first = sequence.first,
        first.learners != .other
      else { return nil }
      let last = sequence.last?.next ?? state.version
      let stretch = LearningStretch(first, to: min(end, last))
      for keyframe in sequence { stretch.append(keyframe) }
      return stretch
    }
  }
}
