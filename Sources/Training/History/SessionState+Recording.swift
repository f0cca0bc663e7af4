internal import Agents
internal import Networks
internal import Synchronization
internal import Telemetry
internal import Threads

extension SessionState {
  /// From now on theta of then can be worked out again, and steps can be made again, as far as they are
  /// recorded.
  func keepKeyframes(workers: Int, agent: AgentName) {
    let plan = KeyframePlan(
      count: shared.count, statistics: configuration.hyperparameters.optimiser.statistics,
      staleWorkers: agent == .a3c ? workers - 1 : 0,
      steps: HistoryBudget.stepsWanted(
        in: configuration.environment, hasWorkers: agent.hasWorkers))
    let canLearnAgain = agent.learners != .other
    replayInterval.store(canLearnAgain ? plan?.interval ?? 0 : 0, ordering: .relaxed)
    shared.keepKeyframes(plan, of: agent.learners)
  }

  /// Every step is copied from now on as it is learnt from. To be called while no learner works.
  func copySteps(agent: AgentName, workers: Int) {
    history?.copySteps(groupSize: agent == .a2c ? A2CTeam.groupSize(workers: workers) : 1)
  }

  /// Whether steps need not be copied: while nobody looks at what is recorded, and where they can be made
  /// again from a keyframe.
  var mayStopCopying: Bool {
    replayInterval.load(ordering: .relaxed) > 0
      && facts.withLock { $0.interest.history == nil }
  }

  /// Steps are no longer copied, but those of rollouts that may be long beside the way from one keyframe to
  /// the next.
  func stopCopyingSteps(workers: Int) {
    history?.stopCopying(longest: replayInterval.load(ordering: .relaxed) / (2 * workers))
  }
}

extension AgentName {
  /// Who learns, and can do so again from a keyframe.
  var learners: Learners {
    switch self {
    case .a3c: .a3c
    case .a2c: .a2c
    case .actorCritic: .actorCritic
    case .reinforce: .reinforce
    default: .other
    }
  }
}
