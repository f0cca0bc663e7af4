internal import Agents
internal import Environments
internal import Networks
internal import Telemetry

extension RunConfiguration {
  /// What the agent's parameters are in its world.
  var model: AgentModel {
    switch agent {
    case .a3c, .a2c, .actorCritic, .reinforce:
      .actorCritic(ActorCriticNetwork(shape: networkShape))
    case .sarsa: .single(table(.sarsa))
    case .expectedSarsa: .single(table(.expectedSarsa))
    case .qLearning: .single(table(.qLearning))
    case .dqn: .single(actionValueNetwork)
    case .ddpg: .single(deterministicPolicy)
    }
  }

  /// Q of every action in every state.
  private func table(_ target: TemporalDifferenceTarget) -> SingleModel {
    let specification = environment.specification
    var states = 0
    if case .discrete(let count) = specification.observation { states = count }
    let actions = specification.actions.count
    var hyperparameters = tabular
    hyperparameters.discount = self.hyperparameters.discount
    return SingleModel(
      count: states * actions, parameterCount: states * actions,
      actions: actions, description: "table \(states)×\(actions)",
      makeLearner: { [hyperparameters, budget] in
        TabularLearner(
          actor: $0, target: target, hyperparameters: hyperparameters, budget: budget)
      },
      makePolicy: { GreedyInTable(actions: actions, rows: $0) })
  }

  /// Q(s, .; theta), and the copy its targets are made with.
  private var actionValueNetwork: SingleModel {
    var hyperparameters = dqn
    hyperparameters.discount = self.hyperparameters.discount
    let shape = hyperparameters.networkShape(for: environment.specification)
    let network = FeedForwardNetwork(shape: shape)
    let widths = [shape.input.width] + shape.hidden + [shape.outputs]
    return SingleModel(
      count: 2 * network.layout.count, parameterCount: network.layout.parameterCount,
      actions: shape.outputs,
      description: "\(Self.text(widths)), \(shape.activation.rawValue), and a target network",
      makeLearner: { [hyperparameters, budget, seed] in
        DQNLearner(actor: $0, hyperparameters: hyperparameters, budget: budget, seed: seed)
      },
      makePolicy: { GreatestActionValue(network, rows: $0) })
  }

  /// mu and Q, and the copies that follow them.
  private var deterministicPolicy: SingleModel {
    let specification = environment.specification
    var hyperparameters = ddpg
    hyperparameters.discount = self.hyperparameters.discount
    let action = specification.continuousAction
    let networks = DDPGNetworks(
      observationWidth: specification.observation.width,
      bounds: (action?.low ?? -1)...(action?.high ?? 1), hidden: hyperparameters.hidden,
      activation: hyperparameters.activation)
    let widths = [specification.observation.width] + hyperparameters.hidden + [1]
    return SingleModel(
      count: 2 * networks.onlineCount,
      parameterCount: networks.actor.layout.parameterCount
        + networks.critic.layout.parameterCount,
      actions: 0,
      description:
        "\(Self.text(widths)), \(hyperparameters.activation.rawValue), actor, critic and targets",
      makeLearner: { [hyperparameters, seed] in
        DDPGLearner(actor: $0, hyperparameters: hyperparameters, seed: seed)
      },
      makePolicy: { DeterministicPolicy(networks, rows: $0) })
  }

  private static func text(_ widths: [Int]) -> String {
    widths.map(String.init).joined(separator: "-")
  }
}
