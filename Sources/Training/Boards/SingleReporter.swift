internal import Agents
internal import Environments
internal import Telemetry
internal import Threads

/// Writes the board of a learner that learns by itself, from its training thread.
final class SingleReporter {
  private let board: WorkerBoard
  private var errors = Ring<Float>(capacity: 256, filler: 0)
  private var hasErrors = false

  init(board: WorkerBoard) { self.board = board }

  /// Whether the front end has read the board since it was written.
  var isAsked: Bool { board.isAsked }

  /// A turn has been learnt from.
  func learnt(_ learner: any SingleLearner) {
    guard let error = learner.lastError else { return }
    errors.append(error)
    hasErrors = true
  }

  /// An episode has ended.
  func ended(_ episode: EndedEpisode) {
    board.content.withLock { $0.recentReturns.append(episode.undiscountedReturn) }
  }

  /// Where the learner is now and what it has learnt, and its present state.
  func show(_ learner: any SingleLearner) {
    let wantsView = board.wantsView
    let actor = learner.actor
    board.answered()
    board.content.withLock { content in
      content.pushes = learner.updates
      content.rolloutStep = learner.place
      content.episodes = actor.episodes
      content.episodeStep = actor.episodeStep
      content.episodeReturn = actor.episodeReturn
      content.start = actor.start
      content.epsilon = learner.shareAtRandom
      if hasErrors {
        for error in errors.elements { content.advantages.append(error) }
        errors.removeAll()
        hasErrors = false
      }
      if wantsView { write(learner, actor, to: &content) }
    }
    if wantsView { board.viewGiven() }
    if board.actionValues.isWanted { board.actionValues.give(ActionValueReport(learner)) }
  }

  /// The anatomy, where it was asked for: of a run that goes on that of a whole turn.
  func showAnatomy(_ learner: any ExplainedLearner) {
    switch board.anatomy.demand {
    case .nothing: return
    case .finished where learner.place != 0 || learner.actor.steps == 0: return
    case .finished, .present: board.anatomy.give(.report(learner.anatomy))
    }
  }

  private func write(
    _ learner: any SingleLearner, _ actor: Actor, to content: inout WorkerBoard.Content
  ) {
    content.view.state.withUnsafeMutableBufferPointer { state in
      if let base = state.baseAddress { actor.save(into: base) }
    }
    content.view.observation.withUnsafeMutableBufferPointer { observation in
      if let base = observation.baseAddress { actor.observe(into: base) }
    }
    // A world without a few actions has one place all the same.
    content.view.value = content.view.probabilities.withUnsafeMutableBufferPointer {
      probabilities in probabilities.baseAddress.map { learner.look(probabilities: $0) } ?? 0
    }
    content.view.action = actor.lastAction
    content.view.continuousAction = actor.lastContinuousAction
    content.view.reward = actor.lastReward
    content.view.advantage = content.advantages.last
    content.view.episodes = actor.episodes
    content.view.episodeStep = actor.episodeStep
    content.view.episodeReturn = actor.episodeReturn
    content.view.version = learner.updates
  }
}
