internal import Agents
internal import Estimators
internal import Telemetry

/// An agent that learns by itself and can be taken apart: every one a session runs.
protocol ExplainedLearner: SingleLearner {
  /// Its loop, with the numbers of the turn as it stands; after a turn's last phase everything of the
  /// turn is still there. Made when somebody looks, in the thread that trains it.
  var anatomy: AnatomyReport { get }
}

extension AnatomyReport {
  /// The anatomy of a learner without rollouts.
  init(
    _ agent: AgentName, of learner: any SingleLearner, phases: [Phase], last: Int?,
    parameters: String = "θ", note: String, discount: Double
  ) {
    self.init(
      agent: agent, worker: learner.actor.index, phases: phases, last: last, next: learner.place,
      version: learner.updates, parameters: parameters, versionNote: note, estimator: .td,
      discount: discount)
  }
}

/// What a worker gives of its anatomy.
enum AnatomyAccount: Sendable {
  /// What its rollout holds.
  case facts(AnatomyFacts)
  /// All of it, of an agent that learns by itself.
  case report(AnatomyReport)

  /// The agent.
  var agent: AgentName {
    switch self {
    case .facts(let facts): facts.agent.name
    case .report(let report): report.agent
    }
  }

  /// The worker.
  var worker: Int {
    switch self {
    case .facts(let facts): facts.worker
    case .report(let report): report.worker
    }
  }
}
