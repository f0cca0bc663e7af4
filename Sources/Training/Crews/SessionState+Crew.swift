internal import Agents
internal import Networks
internal import Telemetry
internal import Threads

extension SessionState {
  /// The crew of a training thread, made of its share of the roster.
  func makeCrew(
    thread: Int, settings: LearningSettings, agent: AgentName
  ) -> any Crew {
    let roster = roster.withLock { $0 }
    switch model {
    case .single(let model):
      return SingleCrew(learner: model.makeLearner(roster[0]), session: self)
    case .actorCritic(let network):
      return makeCrew(
        of: network, roster, thread: thread, settings: settings, agent: agent)
    }
  }

  private func makeCrew(
    of network: ActorCriticNetwork, _ roster: [Actor], thread: Int, settings: LearningSettings,
    agent: AgentName
  ) -> any Crew {
    let recorder = history?.rings[thread]
    if agent == .actorCritic, let actor = roster.first {
      return ActorCriticCrew(
        actor: actor, network: network, session: self, settings: settings, recorder: recorder)
    }
    if agent == .reinforce, let actor = roster.first {
      return ReinforceCrew(
        actor: actor, session: self, settings: settings, recorder: recorder)
    }
    if agent == .a2c, let team = team.withLock({ $0 }) {
      let groups = A2CTeam.groups(workers: roster.count)
      let own = A2CTeam.groups(of: thread, threads: threads, workers: roster.count)
        .map { Array(roster[groups[$0]]) }
      return A2CCrew(
        thread: thread, actors: own, team: team, network: network, session: self,
        settings: settings, recorder: recorder)
    }
    if configuration.scheduler == .virtual {
      return VirtualCrew(
        actors: roster, network: network, session: self, settings: settings, recorder: recorder)
    }
    let own = roster.filter { $0.index % threads == thread }
    return A3CCrew(
      actors: own, network: network, session: self, settings: settings, recorder: recorder)
  }
}
