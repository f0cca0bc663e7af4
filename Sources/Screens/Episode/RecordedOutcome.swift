internal import CellCanvas
internal import Estimators
internal import Telemetry

/// What became of a recorded step, and what stands for the rewards after it.
struct RecordedOutcome: Equatable {
  /// What followed it.
  enum Kind: Equatable {
    /// The state has no step yet: it is where the worker is, or where the record ends.
    case none
    /// The next step is of the same episode and the same rollout.
    case goesOn
    /// The world reached an end.
    case terminated
    /// The time limit cut the episode.
    case truncated
    /// The rollout ended here, the episode did not.
    case cut
  }

  /// What followed.
  let kind: Kind
  /// Whether it has been learnt from.
  let isLearnt: Bool
  /// V of the state it led to, 0 at an end of the world; nil where it is not known yet.
  let nextValue: Float?

  /// What became of step `index` of an episode.
  init(of episode: EpisodeRecord, at index: Int) {
    guard episode.steps.indices.contains(index) else {
      (kind, isLearnt, nextValue) = (.none, false, nil)
      return
    }
    let step = episode.steps[index]
    let next = index + 1 < episode.steps.count ? episode.steps[index + 1] : nil
    isLearnt = step.update != nil
    if step.terminated {
      kind = .terminated
    } else if step.truncated {
      kind = .truncated
    } else {
      // A rollout that is open may yet go on.
      kind = isLearnt && next?.update != step.update ? .cut : .goesOn
    }
    if kind == .terminated {
      nextValue = 0
    } else if isLearnt {
      nextValue = step.nextValue
    } else {
      // The same rollout is acted with the same parameters.
      nextValue = step.truncated ? nil : next?.value
    }
  }

  /// What followed and what the bootstrap is, from the fullest words to the shortest.
  func words(nextValue: String) -> [String] {
    switch kind {
    case .none: ["nothing has been done here yet", "not acted yet"]
    case .goesOn: ["the episode and its rollout go on", "goes on"]
    case .terminated: SegmentEnd.terminated.words(nextValue: nextValue)
    case .truncated:
      isLearnt
        ? [
          "truncated by the time limit: the bootstrap is V(s') \(nextValue) of the state reached, "
            + "not of the reset"
        ] + SegmentEnd.truncated.words(nextValue: nextValue)
        : ["truncated by the time limit", "truncated", "limit"]
    case .cut: SegmentEnd.cut.words(nextValue: nextValue)
    }
  }

  func color(_ theme: Theme) -> Color {
    switch kind {
    case .none, .cut: theme.dim
    case .goesOn: theme.text
    case .terminated: theme.bad
    case .truncated: theme.warning
    }
  }
}

/// A step that has not been learnt from: what is missing, and when it comes.
struct PendingStep: Equatable {
  /// The steps of the open rollout, and those of a full one; nil for an episode out of the record.
  private let progress: (done: Int, of: Int)?
  /// Whether the rollout goes on to the episode's end.
  private let runsToTheEnd: Bool

  static func == (one: PendingStep, other: PendingStep) -> Bool {
    one.words == other.words
  }

  /// The step in view, which has no update.
  init(_ history: HistoryReport, in snapshot: EngineSnapshot) {
    runsToTheEnd = snapshot.settings.estimator == .monteCarlo
    if case .kept = history.moment {
      progress = nil
    } else if let worker = history.episode?.worker, snapshot.workers.indices.contains(worker) {
      progress = (snapshot.workers[worker].rolloutStep, snapshot.settings.rolloutLength)
    } else {
      progress = nil
    }
  }

  /// From the fullest words to the shortest.
  var words: [String] {
    guard let progress else {
      return [
        "not learnt from when the episode was recorded: no target was made",
        "no target was made before it was kept", "no target was made",
      ]
    }
    if runsToTheEnd {
      return [
        "not learnt from yet: Monte Carlo waits for the episode's end",
        "waits for the episode's end", "not learnt from yet",
      ]
    }
    let (done, all) = (NumberFormat.grouped(progress.done), NumberFormat.grouped(progress.of))
    if progress.done >= progress.of {
      return [
        "not learnt from yet: the rollout is full, its update comes next",
        "rollout full: update comes next", "not learnt from yet",
      ]
    }
    return [
      "not learnt from yet: its rollout is open, \(done) of \(all) steps are done; "
        + "the update comes when it is full",
      "not learnt from yet: \(done) of \(all) steps", "rollout open: \(done) of \(all)",
      "not learnt from yet",
    ]
  }
}

extension HistoryReport {
  /// The step in view; nil where nothing was done yet, or nothing is recorded.
  var step: EpisodeRecord.Step? {
    guard let episode, episode.steps.indices.contains(cursor) else { return nil }
    return episode.steps[cursor]
  }

  /// The update the step in view was learnt from in; nil before.
  var update: UpdateRecord? {
    guard let episode, let place = step?.update, episode.updates.indices.contains(place)
    else { return nil }
    return episode.updates[place]
  }

  /// The worker's number of the state in view.
  var number: Int { (episode?.firstNumber ?? 0) + cursor }
}
