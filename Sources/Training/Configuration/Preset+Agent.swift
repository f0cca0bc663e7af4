internal import Agents
internal import Estimators
internal import Networks
internal import Telemetry

extension Preset {
  /// Makes the settings that are not the agent's choice what it needs them to be: the basic actor-critic
  /// is one worker that learns from the TD target after every step, with two networks; REINFORCE is one
  /// that learns from the returns of whole episodes.
  mutating func fitAgent() {
    guard let estimator = agent.ownEstimator else { return }
    workers = 1
    // The front end shows it.
    switch agent {
    case .sarsa, .expectedSarsa, .qLearning: hyperparameters.learningRate = tabular.alpha
    case .dqn: hyperparameters.learningRate = dqn.learningRate
    case .ddpg: hyperparameters.learningRate = ddpg.actorLearningRate
    case .a3c, .a2c, .actorCritic, .reinforce: break
    }
    hyperparameters.estimator = estimator
    hyperparameters.rolloutLength = 1
    if agent == .actorCritic { hyperparameters.trunk = .separate }
  }

  /// What is accepted in the place of a setting's value because of the agent, and why; nil where the
  /// value suits the agent.
  func acceptedInstead(ofSetting key: String) -> String? {
    guard agent.hasPolicyNetwork else { return nil }
    switch key {
    case "critic_learning_rate" where agent.hasWorkers:
      return
        "only with actor-critic and reinforce: \(agent.rawValue) moves actor and critic by learning_rate"
    case "baseline" where agent != .reinforce:
      return "only with reinforce: \(agent.rawValue) subtracts V"
    case "episodes_per_update" where agent != .reinforce:
      return "only with reinforce: \(agent.rawValue) does not wait for whole episodes"
    default: break
    }
    var fitting = self
    fitting.fitAgent()
    guard fitting != self else { return nil }
    return agent == .reinforce ? acceptedOfReinforce(key) : acceptedOfActorCritic(key)
  }

  private func acceptedOfActorCritic(_ key: String) -> String {
    switch key {
    case "estimator": "td: actor-critic learns from r + gamma V(s') after every step"
    case "workers": "1: actor-critic has one worker; a3c and a2c take more"
    case "rollout_length": "1: actor-critic learns after every step"
    default: "separate: actor-critic is two networks"
    }
  }

  private func acceptedOfReinforce(_ key: String) -> String {
    switch key {
    case "estimator": "mc: reinforce learns from the returns of whole episodes"
    case "workers": "1: reinforce has one worker; a3c and a2c take more"
    default: "1: reinforce learns after episodes_per_update whole episodes"
    }
  }
}
