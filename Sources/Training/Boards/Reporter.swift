internal import Agents
internal import Environments
internal import Networks
internal import Telemetry
internal import Threads

/// Writes a worker's board from its training thread.
final class Reporter {
  private let board: WorkerBoard
  private let actions: Int

  init(board: WorkerBoard, actions: Int) {
    self.board = board
    self.actions = actions
  }

  /// The worker's last rollout has been learnt from; it is its `pushes`-th.
  func learnt(
    _ rollout: Rollout, _ k: Int, _ report: UpdateReport, pushes: Int, totalStaleness: Int = 0
  ) {
    board.content.withLock { content in
      guard pushes > content.pushes else { return }
      content.pushes = pushes
      content.staleness = report.staleness
      content.totalStaleness = totalStaleness
      content.entropy = report.terms.entropy
      content.gradientNorm = report.gradientNorm
      rollout.forEachLearntAdvantage(of: k) { content.advantages.append($0) }
    }
  }

  /// An episode of the worker has ended.
  func ended(_ actor: Actor) {
    guard let last = actor.lastReturn else { return }
    board.content.withLock { $0.recentReturns.append(last) }
  }

  /// Where the worker is now; and its world and present step, when they were asked for.
  func show(_ rollout: Rollout, _ k: Int, theta: UnsafePointer<Float>, version: Int) {
    let view = board.wantsView ? rollout.look(at: k, theta: theta) : nil
    let actor = rollout.actors[k]
    board.content.withLock { content in
      content.rolloutStep = rollout.length
      content.episodes = actor.episodes
      content.episodeStep = actor.episodeStep
      content.episodeReturn = actor.episodeReturn
      content.start = actor.start
      if let view { write(view, actor, version, to: &content) }
    }
    if view != nil { board.viewGiven() }
  }

  private func write(
    _ looked: ActorCriticWorkspace, _ actor: Actor, _ version: Int,
    to content: inout WorkerBoard.Content
  ) {
    content.view.state.withUnsafeMutableBufferPointer { state in
      if let base = state.baseAddress { actor.environment.save(into: base) }
    }
    for i in content.view.observation.indices {
      content.view.observation[i] = looked.observation(0)[i]
    }
    content.view.probabilities.withUnsafeMutableBufferPointer { probabilities in
      guard let base = probabilities.baseAddress else { return }
      Categorical.probabilities(looked.logits(0), count: actions, into: base)
    }
    content.view.value = looked.value(0)
    content.view.action = actor.lastAction
    content.view.reward = actor.lastReward
    content.view.advantage = content.advantages.last
    content.view.episodes = actor.episodes
    content.view.episodeStep = actor.episodeStep
    content.view.episodeReturn = actor.episodeReturn
    content.view.version = version
  }
}

/// Writes the lanes: when a worker entered which stage.
final class LaneRecorder: StageObserver {
  private let boards: [WorkerBoard]
  private let session: SessionState

  init(session: SessionState) {
    self.session = session
    boards = session.boards.withLock { $0 }
  }

  func worker(_ index: Int, enters stage: WorkerStage) {
    let now = session.now
    boards[index].content.withLock { content in
      content.lane.append(
        LaneSpan(phase: content.phase, start: content.laneStart, end: now))
      content.phase = WorkerPhase(stage)
      content.laneStart = now
    }
  }
}

extension WorkerPhase {
  init(_ stage: WorkerStage) {
    self =
      switch stage {
      case .pull: .pull
      case .act: .act
      case .learn: .learn
      case .push: .push
      case .wait: .wait
      }
  }
}
