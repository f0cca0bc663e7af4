import CellCanvas
import Estimators
import Telemetry
import TestSupport

@testable import Screens

/// The panes of the step, its target and its update for the tests, each alone.
enum EpisodePaneScreens {
  static let panes: [PaneID] = [.recordedStep, .target, .update]

  static func draw(
    _ pane: PaneID, _ snapshot: EngineSnapshot, in rect: Rect, on canvas: inout Canvas,
    look: Look = Look(), adjust: (inout InterfaceState) -> Void = { _ in }
  ) {
    var state = InterfaceState(columns: canvas.size.columns, rows: canvas.size.rows)
    state.view = .episode
    adjust(&state)
    let isFocused = state.episodePane == pane
    let drawn: any EpisodePane =
      switch pane {
      case .target: TargetPane(snapshot: snapshot, state: state)
      case .update: UpdatePane(snapshot: snapshot, state: state)
      default: RecordedStepPane(snapshot: snapshot, state: state)
      }
    drawn.draw(in: rect, isFocused: isFocused, on: &canvas, look: look)
  }

  static func screen(
    _ pane: PaneID, _ sample: String, columns: Int, rows: Int, look: Look = Look(),
    adjust: (inout InterfaceState) -> Void = { _ in }
  ) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows), background: look.ground)
    draw(
      pane, snapshot(sample), in: canvas.bounds, on: &canvas, look: look, adjust: adjust)
    return canvas
  }

  static let ascii = Look(theme: .mono, glyphs: .ascii, colors: .none)

  // MARK: What is shown

  static let names = [
    "cartpole", "cartpole-cut", "cartpole-end", "cartpole-limit", "cartpole-running",
    "cartpole-gone", "cartpole-differs", "nstep", "long", "long-lambda", "maze", "pending",
    "present", "kept", "nothing",
  ]

  static func snapshot(_ name: String) -> EngineSnapshot {
    switch name {
    case "cartpole": return first(of: .cartPole) { $0.kind == .goesOn && $0.isLearnt }
    case "cartpole-cut": return first(of: .cartPole) { $0.kind == .cut }
    case "cartpole-end": return first(of: .cartPole) { $0.kind == .terminated }
    case "cartpole-limit": return first(of: .cartPole) { $0.kind == .truncated && $0.isLearnt }
    case "cartpole-running":
      var snapshot = snapshot("cartpole")
      snapshot.status = .running
      snapshot.history?.effect = nil
      return snapshot
    case "cartpole-gone":
      var snapshot = snapshot("cartpole")
      snapshot.history?.effect?.before = nil
      snapshot.history?.effect?.after = nil
      return snapshot
    case "cartpole-differs":
      var snapshot = snapshot("cartpole")
      let cursor = snapshot.history?.cursor ?? 0
      snapshot.history?.episode?.steps[cursor].target += 0.25
      return snapshot
    case "nstep": return relearnt(snapshot("cartpole"), .nStep(3), count: 5)
    case "long": return relearnt(snapshot("cartpole"), .monteCarlo, count: 60)
    case "long-lambda": return relearnt(snapshot("cartpole"), .lambda(0.9), count: 60)
    case "maze": return first(of: .maze) { $0.kind == .goesOn && $0.isLearnt }
    case "pending": return first(of: .cartPole) { !$0.isLearnt && $0.kind == .goesOn }
    case "present": return SampleHistory.cartPole.snapshot(of: 1)
    case "kept":
      var snapshot = SampleHistory.cartPole.snapshot(of: 0, at: .kept(id: 0, index: 3))
      snapshot.history?.effect = nil
      return snapshot
    default:
      var snapshot = SampleSnapshots.cartPoleAtStart()
      snapshot.history = HistoryReport(
        index: HistoryIndex(), moment: nil, episode: nil, cursor: 0)
      return snapshot
    }
  }

  /// The moment of the first recorded step something holds for, of the fourth rollout on.
  private static func first(
    of history: SampleHistory, where fits: (RecordedOutcome) -> Bool
  ) -> EngineSnapshot {
    for (worker, track) in history.index.tracks.enumerated() {
      for number in track.steps.dropFirst(15) {
        let episode = history.episode(of: worker, at: number)
        if fits(RecordedOutcome(of: episode, at: number - episode.firstNumber)) {
          return history.snapshot(of: worker, at: .step(worker: worker, number: number))
        }
      }
    }
    return history.snapshot(of: 0)
  }

  /// The episode in view as if the steps from the cursor on had been one rollout of `count` steps,
  /// learnt from by another estimator.
  private static func relearnt(
    _ snapshot: EngineSnapshot, _ estimator: ReturnEstimator, count: Int
  ) -> EngineSnapshot {
    var copy = snapshot
    guard var episode = snapshot.history?.episode, let cursor = snapshot.history?.cursor,
      var update = snapshot.history?.update
    else { return snapshot }
    let sample = episode.steps[cursor]
    episode.steps.removeLast(episode.steps.count - cursor - 1)
    for k in 1..<count {
      var step = sample
      step.value += Float(k % 7) * 0.25
      episode.steps.append(step)
    }
    let range = cursor..<(cursor + count)
    for k in range { episode.steps[k].nextValue = episode.steps[min(k + 1, range.last ?? k)].value }
    update.estimator = estimator
    update.count = count
    update.batch = count
    update.firstNumber = episode.firstNumber + cursor
    episode.updates.append(update)
    let steps = episode.steps[range]
    let targets = estimateReturns(
      estimator, discount: update.discount, rewards: steps.map(\.reward),
      nextValues: steps.map(\.nextValue), terminated: steps.map(\.terminated),
      truncated: steps.map(\.truncated))
    for (k, target) in zip(range, targets) {
      episode.steps[k].update = episode.updates.count - 1
      episode.steps[k].target = target
      episode.steps[k].advantage = target - episode.steps[k].value
    }
    copy.history?.episode = episode
    return copy
  }

  /// All episodes of a recording.
  static func episodes(_ name: String) -> [EpisodeRecord] {
    let history: SampleHistory =
      switch name {
      case "maze": .maze
      case "a2c": .cartPole(agent: .a2c)
      default: .cartPole
      }
    if name == "kept" { return history.records.keys.sorted().compactMap { history.records[$0] } }
    return history.index.tracks.enumerated().flatMap { worker, track in
      track.episodes.map { history.episode(of: worker, at: $0.first) }
    }
  }
}
