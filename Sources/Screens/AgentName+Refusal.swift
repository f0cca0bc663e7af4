internal import Telemetry

extension AgentName {
  /// What it learns from, where nobody can choose that.
  var ownTarget: String {
    switch self {
    case .sarsa: "it learns from r + γQ(s',a')"
    case .expectedSarsa: "it learns from r and the policy's mean of γQ(s',·)"
    case .qLearning, .dqn: "it learns from r + γ max Q(s',·)"
    case .ddpg: "its critic learns from r + γQ'(s',μ'(s'))"
    case .reinforce: "it learns from the returns of whole episodes"
    case .actorCritic: "it learns from the TD target, r + γV(s')"
    case .a3c, .a2c: "it learns from the one chosen"
    }
  }

  /// Why an action makes no sense while this agent learns, for the footer; nil where it does. Agents
  /// that learn values of actions have one worker, no estimator, no rollouts and no recorded past.
  func refusal(of action: Action, in view: ViewID) -> String? {
    guard !hasPolicyNetwork else { return nil }
    if hasTable, view == .estimators {
      switch action {
      case .lowerSlot, .raiseSlot, .toggleRace, .openPane, .nextPane, .previousPane: return nil
      default: break
      }
    }
    switch action {
    case .toggleEstimator, .chooseNStep, .chooseLambda, .lowerEstimator, .raiseEstimator:
      return "\(shortLabel) has no estimator to choose: \(ownTarget)"
    case .lowerEntropy, .raiseEntropy:
      return "\(shortLabel) has no entropy bonus"
    case .toggleAgent:
      return refusal(of: .agent(.a2c))
    case .stepBack, .stepOneBack, .rolloutBack, .updateBack, .episodeBack, .toOldest, .toPresent,
      .keptAbove, .keptBelow, .keepEpisode, .forgetEpisode, .saveEpisode:
      return "\(shortLabel) records no steps: there is no past to go back to"
    case .stepRollout:
      return "\(shortLabel) has no rollouts; s goes on by one step"
    case .nextWorker, .previousWorker, .workerAbove, .workerBelow, .workerLeft, .workerRight,
      .workerPageUp, .workerPageDown, .firstWorker, .lastWorker, .nextQuantity, .shorterLanes,
      .longerLanes:
      return "\(shortLabel) has one worker"
    case .nextPage, .previousPage, .cursorStateUp, .cursorStateDown, .cursorStateLeft,
      .cursorStateRight, .followWorker, .keepState, .nextKept, .toggleAxis, .nextSlot, .lowerSlot,
      .raiseSlot, .nextFieldQuantity, .rolloutStepBack, .rolloutStepForward, .rolloutFirstStep,
      .rolloutLastStep:
      return "\(shortLabel) has no estimators to look into"
    case .toggleRace where hasTable: return nil
    case .toggleRace:
      return "no race: \(shortLabel) keeps the settings it began with"
    case .nextPane, .previousPane, .openPane:
      let isEmpty = view == .workers || view == .estimators || view == .episode
      return isEmpty ? "there is nothing of \(shortLabel) in this view" : nil
    default:
      return nil
    }
  }
}
