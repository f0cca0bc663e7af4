internal import Environments
internal import Telemetry
internal import Training

extension Catalogue {
  /// What comes with the program.
  static func bundled() throws(InputError) -> Catalogue {
    do {
      return Catalogue(
        environments: try Worlds.registry.entries().map {
          Entry(name: $0.name, summary: $0.summary)
        },
        agents: [
          Entry(
            name: AgentName.a3c.rawValue,
            summary: "workers pull parameters, act, and push gradients that may be stale"),
          Entry(
            name: AgentName.a2c.rawValue,
            summary: "workers act in step and make one update together"),
          Entry(
            name: AgentName.actorCritic.rawValue,
            summary: "one worker, two networks, an update after every step by the TD target"),
          Entry(
            name: AgentName.reinforce.rawValue,
            summary: "one worker, an update from the returns of whole episodes, less a baseline"),
            name: AgentName.sarsa.rawValue,
            summary: "a table of action values, learnt by the action taken next (on-policy)"),
          Entry(
            name: AgentName.expectedSarsa.rawValue,
            summary: "a table, learnt by the mean over the next action (on-policy)"),
          Entry(
            name: AgentName.qLearning.rawValue,
            summary: "a table, learnt by the best next action (off-policy)"),
          Entry(
            name: AgentName.dqn.rawValue,
            summary: "Q-learning by a network, with replay and a target network"),
          Entry(
            name: AgentName.ddpg.rawValue,
            summary: "the pathwise derivative policy gradient, for continuous actions"),
        ],
        presets: try Presets.bundled().map {
          Preset(
            name: $0.name, summary: $0.summary, environment: $0.environment,
            agent: $0.agent.rawValue)
        })
    } catch {
      throw InputError("\(error)")
    }
  }
}
