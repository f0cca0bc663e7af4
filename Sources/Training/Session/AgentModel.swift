internal import Agents
internal import Environments
internal import Networks
internal import Randomness

/// What the parameters of a session are, and how they act.
enum AgentModel: Sendable {
  /// One theta of workers or of the basic actor-critic: policy and critic of an actor-critic network.
  case actorCritic(ActorCriticNetwork)
  /// The parameters of a learner that learns by itself.
  case single(SingleModel)

  /// The network of the actor-critic family; nil for other agents.
  var network: ActorCriticNetwork? {
    if case .actorCritic(let network) = self { network } else { nil }
  }

  /// Numbers that are hashed and evaluated.
  var count: Int {
    switch self {
    case .actorCritic(let network): network.layout.count
    case .single(let model): model.count
    }
  }

  /// Numbers that are learnt.
  var parameterCount: Int {
    switch self {
    case .actorCritic(let network): network.layout.parameterCount
    case .single(let model): model.parameterCount
    }
  }

  /// Room for a copy of the parameters.
  func makeParameters() -> FloatBuffer { FloatBuffer(count: count) }

  /// What the parameters say to do without exploring, in several states at once.
  func greedyPolicy(rows: Int) -> any GreedyPolicy {
    switch self {
    case .actorCritic(let network): MostProbableAction(network, rows: rows)
    case .single(let model): model.makePolicy(rows)
    }
  }

  /// Writes the parameters a run begins with. A learner that learns by itself draws its own.
  func initialise(_ theta: UnsafeMutablePointer<Float>, seed: UInt64) {
    guard case .actorCritic(let network) = self else { return }
    var random = RandomStream(seed: seed, key: 0)
    network.initialise(theta, random: &random)
  }
}

/// How the learner of an agent that learns by itself is made.
struct SingleModel: Sendable {
  /// Numbers of `SingleLearner.parameters`.
  var count: Int
  /// Those of them that are learnt: without the copies it learns by.
  var parameterCount: Int
  /// Actions there are; 0 where they are continuous.
  var actions: Int
  /// What they are, in words.
  var description: String
  /// The learner of a worker.
  var makeLearner: @Sendable (Actor) -> any ExplainedLearner
  /// What its parameters say to do, for so many rows.
  var makePolicy: @Sendable (Int) -> any GreedyPolicy
}
