internal import Agents
internal import Environments
internal import Networks
internal import Telemetry
internal import Threads

/// Writes a worker's board from its training thread.
final class Reporter {
  private let board: WorkerBoard
  private let actions: Int
  private var unwrittenPushes = 0
  private var unwrittenStaleness = 0
  private var last = UpdateReport()

  init(board: WorkerBoard, actions: Int) {
    self.board = board
    self.actions = actions
  }

  /// The worker's last rollout has been learnt from: noted here, and on the board when it is shown.
  func learnt(_ report: UpdateReport) {
    unwrittenPushes += 1
    unwrittenStaleness += report.staleness
    last = report
  }

  /// Whether the front end has read the board since it was written.
  var isAsked: Bool { board.isAsked }

  /// Writes what has been learnt since the board was written last; it goes on counting where another
  /// crew left off.
  private func writeLearnt(
    _ rollout: Rollout, _ k: Int, to content: inout WorkerBoard.Content
  ) {
    guard unwrittenPushes > 0 else { return }
    content.pushes += unwrittenPushes
    content.staleness = last.staleness
    content.totalStaleness += unwrittenStaleness
    content.entropy = last.terms.entropy
    content.gradientNorm = last.gradientNorm
    rollout.forEachLearntAdvantage(of: k) { content.advantages.append($0) }
    unwrittenPushes = 0
    unwrittenStaleness = 0
  }

  /// An episode of the worker has ended.
  func ended(_ episode: EndedEpisode) {
    board.content.withLock { $0.recentReturns.append(episode.undiscountedReturn) }
  }

  /// Where the worker is now and what it has learnt; and its world and present step, when they were asked for.
  func show(_ rollout: Rollout, _ k: Int, theta: UnsafePointer<Float>, version: Int) {
    let view = board.wantsView ? finiteLook(rollout, k, theta) : nil
    let actor = rollout.actors[k]
    board.answered()
    board.content.withLock { content in
      writeLearnt(rollout, k, to: &content)
      content.rolloutStep = rollout.length
      content.episodes = actor.episodes
      content.episodeStep = actor.episodeStep
      content.episodeReturn = actor.episodeReturn
      content.start = actor.start
      if let view { write(view, actor, version, to: &content) }
    }
    if view != nil { board.viewGiven() }
    if board.wantsRollout { showRollout(rollout, k) }
  }

  /// What the anatomy of the worker is made of, where it was asked for.
  func showAnatomy(_ facts: (AnatomyBoard.Demand) -> AnatomyFacts?) {
    let demand = board.anatomy.demand
    guard demand != .nothing, let facts = facts(demand) else { return }
    board.anatomy.give(.facts(facts))
  }

  /// The last rollout the worker has learnt from; the one before stays where there is none yet.
  private func showRollout(_ rollout: Rollout, _ k: Int) {
    guard last.version > 0 else { return }
    board.rollout.withLock { $0.write(rollout, k, update: last.version) }
    board.rolloutGiven()
  }

  /// Nothing where a run is about to diverge: the last view stays.
  private func finiteLook(
    _ rollout: Rollout, _ k: Int, _ theta: UnsafePointer<Float>
  ) -> ActorCriticWorkspace? {
    let looked = rollout.look(at: k, theta: theta)
    let logits = looked.logits(0)
    return looked.value(0).isFinite && (0..<actions).allSatisfy { logits[$0].isFinite }
      ? looked : nil
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
      if looked.isGaussian {
        base[0] = Gaussian.mean(looked.logits(0))
        base[1] = Gaussian.deviation(looked.logits(0))
      } else {
        Categorical.probabilities(looked.logits(0), count: actions, into: base)
      }
    }
    content.view.value = looked.value(0)
    content.view.action = actor.lastAction
    content.view.continuousAction = actor.lastContinuousAction
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
