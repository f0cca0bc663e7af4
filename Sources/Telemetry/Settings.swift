public import Estimators

/// An agent's name, as on the command line.
public enum AgentName: String, Sendable, Hashable, CaseIterable {
  /// A3C: every worker pushes its gradient when it is ready (Mnih et al., arXiv:1602.01783).
  case a3c
  /// A2C: a barrier, then one update from all segments.
  case a2c
  /// The basic actor-critic: one worker, an update after every step, actor and critic as two networks
  /// (Sutton and Barto, 2018, section 13.5).
  case actorCritic = "actor-critic"
  /// REINFORCE: one worker, an update from the returns of whole episodes, less a baseline (Williams, 1992;
  /// Sutton and Barto, 2018, sections 13.3 and 13.4).
  case reinforce
  /// Sarsa: on-policy control in a table (Sutton and Barto, 2018, section 6.4).
  case sarsa
  /// Expected Sarsa: the mean over the next action instead of a draw (section 6.6).
  case expectedSarsa = "expected-sarsa"
  /// Q-learning: off-policy control in a table (section 6.5).
  case qLearning = "q-learning"
  /// Deep Q-learning: replay and a target network (Mnih et al., 2015).
  case dqn
  /// The deterministic policy gradient with deep networks (Lillicrap et al., arXiv:1509.02971).
  case ddpg

  /// Whether it has workers that share one theta: A3C and A2C, which change into one another while
  /// they learn.
  public var hasWorkers: Bool { self == .a3c || self == .a2c }

  /// Whether it learns a policy network from rollouts, whose targets an estimator makes. The others
  /// learn values of actions.
  public var hasPolicyNetwork: Bool {
    hasWorkers || self == .actorCritic || self == .reinforce
  }

  /// Whether it learns values of actions in a table.
  public var hasTable: Bool { self == .sarsa || self == .expectedSarsa || self == .qLearning }

  /// The one estimator it learns from; nil where any will do.
  public var ownEstimator: ReturnEstimator? {
    switch self {
    case .a3c, .a2c: nil
    case .actorCritic, .sarsa, .expectedSarsa, .qLearning, .dqn, .ddpg: .td
    case .reinforce: .monteCarlo
    }
  }

  /// Whether this agent can take a change while it learns. An agent of one worker learns from its own
  /// estimator when its time has come; it becomes no other agent, and no other becomes it. Agents that
  /// learn values of actions keep the settings they began with.
  public func takes(_ change: SettingChange) -> Bool {
    guard hasPolicyNetwork else { return change == .agent(self) }
    return switch change {
    case .agent(let other): hasWorkers ? other.hasWorkers : other == self
    case .estimator(let estimator): ownEstimator.map { $0 == estimator } ?? true
    case .workers(let count), .rolloutLength(let count): hasWorkers || count == 1
    case .discount, .entropyCoefficient, .learningRate: true
    }
  }
}

extension AgentName {
  /// Whether two settings can be raced, one of which is this change: what it can take while it learns, or
  /// for a table another agent with one, which begins anew as it does.
  public func races(_ change: SettingChange) -> Bool {
    guard !hasPolicyNetwork else { return takes(change) }
    guard case .agent(let other) = change else { return false }
    return hasTable && other.hasTable
  }
}

/// What can be changed while the agent learns.
public struct LiveSettings: Sendable, Equatable {
  /// How the return of a step is estimated.
  public var estimator: ReturnEstimator
  /// The agent that learns.
  public var agent: AgentName
  /// Discount gamma, 0 to 1.
  public var discount: Double
  /// Entropy coefficient beta, at least 0.
  public var entropyCoefficient: Double
  /// Step size of the optimiser, above 0 (where a schedule is in use: its initial value); of the basic
  /// actor-critic, the actor's.
  public var learningRate: Double
  /// Number of workers, at least 1.
  public var workers: Int
  /// Steps of a rollout (t_max of the A3C paper), at least 1.
  public var rolloutLength: Int

  /// A complete set of settings.
  public init(
    estimator: ReturnEstimator, agent: AgentName, discount: Double,
    entropyCoefficient: Double, learningRate: Double, workers: Int, rolloutLength: Int
  ) {
    self.estimator = estimator
    self.agent = agent
    self.discount = discount
    self.entropyCoefficient = entropyCoefficient
    self.learningRate = learningRate
    self.workers = workers
    self.rolloutLength = rolloutLength
  }
}

/// One change of one setting.
public enum SettingChange: Sendable, Equatable {
  /// Another estimator.
  case estimator(ReturnEstimator)
  /// A3C or A2C: the one becomes the other.
  case agent(AgentName)
  /// Discount gamma.
  case discount(Double)
  /// Entropy coefficient beta.
  case entropyCoefficient(Double)
  /// Step size.
  case learningRate(Double)
  /// Number of workers.
  case workers(Int)
  /// Steps of a rollout.
  case rolloutLength(Int)
}

/// How fast the world is played.
public enum Speed: Sendable, Equatable {
  /// A multiple of real time for every worker (CartPole: 1 is 50 steps a second), above 0.
  case multiple(Double)
  /// As fast as the machine allows.
  case unlimited
}

/// How far one press of the step key goes.
public enum StepGrain: String, Sendable, Hashable, CaseIterable {
  /// One phase of the focused worker's algorithm (the others take their turns).
  case phase
  /// One environment step of the worker in focus (the others take their turns).
  case step
  /// To the end of the focused worker's rollout: until it has been learnt from.
  case rollout
  /// To the next update of the shared parameters.
  case update
  /// To the end of the focused worker's episode.
  case episode
}

/// What the interface asks of the engine. It takes effect at the next update boundary.
public enum EngineCommand: Sendable, Equatable {
  /// Stop or go on.
  case setPaused(Bool)
  /// Paused: go on by one grain.
  case step(StepGrain)
  /// Play faster or slower.
  case setSpeed(Speed)
  /// Change how the agent learns.
  case change(SettingChange)
  /// Say what is being looked at, so that nothing else is prepared.
  case show(Interest)
  /// Race two settings from where the run is; the run waits meanwhile, and takes no step. Ends a
  /// race that is on. A run that has ended races nobody.
  case race(RaceRequest)
  /// End the race that is on; the run goes on.
  case endRace
  /// Keep the episode a moment is in (nil: the present one) under a name.
  case keepEpisode(Moment?, name: String)
  /// Forget a kept episode.
  case forgetEpisode(id: Int)
}

/// What a front end is looking at: the engine prepares this and no more.
public struct Interest: Sendable, Equatable {
  /// The worker on the stage.
  public var worker: Int
  /// Workers whose scenes are drawn small.
  public var scenes: Range<Int>
  /// Whether the lanes of pull, act, wait and push are drawn.
  public var lanes: Bool
  /// Whether the value layers of a grid world are drawn.
  public var layers: Bool
  /// Whether the bias and variance of the targets are drawn.
  public var biasVariance: Bool
  /// What the view of the estimators wants; nil while it is closed.
  public var estimators: EstimatorInterest?
  /// What is looked at of the past; nil where that is nothing.
  public var history: HistoryInterest?
  /// Whether the algorithm is shown phase by phase.
  public var anatomy: Bool
  /// Whether the values of actions are drawn, of an agent that learns them.
  public var actionValues: Bool
  /// Whether the returns and baselines of REINFORCE are drawn.
  public var baselines: Bool

  /// What is being looked at.
  public init(
    worker: Int = 0, scenes: Range<Int> = 0..<0, lanes: Bool = false, layers: Bool = false,
    biasVariance: Bool = false, estimators: EstimatorInterest? = nil,
    history: HistoryInterest? = nil, anatomy: Bool = false,
    actionValues: Bool = false, baselines: Bool = false
  ) {
    self.worker = worker
    self.scenes = scenes
    self.lanes = lanes
    self.layers = layers
    self.biasVariance = biasVariance
    self.estimators = estimators
    self.history = history
    self.anatomy = anatomy
    self.actionValues = actionValues
    self.baselines = baselines
  }
}
