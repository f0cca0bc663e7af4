internal import Agents
internal import Estimators
internal import Networks
internal import Telemetry

extension Preset {
  /// Makes the settings that are not the agent's choice what it needs them to be: the basic actor-critic
  /// is one worker that learns from the TD target after every step, with two networks.
  mutating func fitAgent() {
    guard !agent.hasWorkers else { return }
    workers = 1
    // The front end shows it.
    switch agent {
    case .sarsa, .expectedSarsa, .qLearning: hyperparameters.learningRate = tabular.alpha
    case .dqn: hyperparameters.learningRate = dqn.learningRate
    case .ddpg: hyperparameters.learningRate = ddpg.actorLearningRate
    case .a3c, .a2c, .actorCritic: break
    }
    hyperparameters.estimator = .td
    hyperparameters.rolloutLength = 1
    hyperparameters.trunk = .separate
  }

  /// What is accepted in the place of a setting's value because of the agent, and why; nil where the
  /// value suits the agent.
  func acceptedInstead(ofSetting key: String) -> String? {
    guard agent.hasPolicyNetwork else { return nil }
    if agent.hasWorkers {
      return key == "critic_learning_rate"
        ? "only with actor-critic: \(agent.rawValue) moves actor and critic by learning_rate" : nil
    }
    var fitting = self
    fitting.fitAgent()
    guard fitting != self else { return nil }
    return switch key {
    case "estimator": "td: actor-critic learns from r + gamma V(s') after every step"
    case "workers": "1: actor-critic has one worker; a3c and a2c take more"
    case "rollout_length": "1: actor-critic learns after every step"
    default: "separate: actor-critic is two networks"
    }
  }
}
