internal import Agents
internal import Environments
internal import Estimators
internal import MarkovProcesses
internal import Networks
internal import Telemetry
internal import Threads

/// The outcome of a run: what `train --json` prints.
public struct TrainingResult: Sendable {
  /// An evaluation of the greedy policy over fresh episodes.
  public struct Evaluation: Sendable {
    /// Number of episodes.
    public var episodes: Int
    /// Mean undiscounted return.
    public var meanReturn: Double
    /// Standard deviation of the returns.
    public var standardDeviation: Double
    /// Mean number of steps.
    public var meanLength: Double
  }

  /// What only tabular worlds can say, exactly.
  public struct Tabular: Sendable {
    /// The largest over the starts of (V* - V of the greedy policy) / (V* - V of the uniform one).
    public var regret: Double
    /// The greedy policy's action in each state.
    public var greedyActions: [Int]
    /// Root of the mean over the states of (V of the critic - V of the policy)²; nil where the
    /// policy may never end.
    public var criticError: Double?
    /// Reward of a step, for mazes.
    public var stepReward: Double?
    /// Probability of a slip, for mazes.
    public var slip: Double?
    /// `perpendicular` or `uniform`, for mazes.
    public var slipModel: String?
    /// The discount the values are taken with.
    public var discount: Double
  }

  /// Environment, agent, estimator and scheduler by name.
  public var environment: String
  /// The agent at the run's end.
  public var agent: String
  /// The estimator at the run's end.
  public var estimator: String
  /// `threads` or `virtual`.
  public var scheduler: String
  /// The seed.
  public var seed: UInt64
  /// Workers at the run's end.
  public var workers: Int
  /// Training threads used.
  public var threads: Int
  /// Steps, updates, episodes, seconds, mean return and how it ended.
  public var progress: TrainingProgress
  /// The final parameters, or those that reached the goal.
  public var evaluation: Evaluation
  /// Whether the goal was reached; nil without a goal.
  public var reached: Bool?
  /// Steps and seconds of training at which it was.
  public var stepsToReach: Int?
  /// Seconds of training at which it was.
  public var secondsToReach: Double?
  /// The bits of the final parameters, as 16 hexadecimal digits.
  public var parametersHash: String
  /// Whether a parameter became non-finite, and then a sentence about it.
  public var divergence: String?
  /// Exact measures, for tabular worlds.
  public var tabular: Tabular?

  /// Environment steps by second of training.
  public var stepsPerSecond: Double {
    progress.seconds > 0 ? Double(progress.steps) / progress.seconds : 0
  }
}

extension TrainingResult {
  init(_ state: SessionState) {
    let configuration = state.configuration
    let facts = state.facts.withLock { $0 }
    let summary = state.episodes.summary
    let theta = state.model.makeParameters()
    let updates = state.shared.pull(into: theta)

    environment = configuration.environment.specification.name
    agent = facts.agent.rawValue
    estimator = facts.settings.estimator.description
    scheduler = configuration.scheduler.rawValue
    seed = configuration.seed
    workers = facts.settings.workers
    threads = state.threads
    progress = TrainingProgress(
      steps: state.clock.steps, updates: updates, episodes: summary.episodes,
      meanReturn: summary.meanReturn, seconds: facts.stopwatch.seconds, status: facts.status)
    if case .diverged(let reason) = facts.status { divergence = reason }
    reached = configuration.goal.map { _ in facts.reached != nil }
    stepsToReach = facts.reached?.steps
    secondsToReach = facts.reached?.seconds
    parametersHash = Networks.parametersHash(theta.pointer, count: theta.count)
    let final =
      facts.reached?.evaluation
      ?? GreedyEvaluation(
        policy: state.model.greedyPolicy(rows: configuration.evaluationEpisodes),
        environment: configuration.environment, episodes: configuration.evaluationEpisodes
      ).run(theta.pointer, seed: configuration.seed, key: 0)
    evaluation = Evaluation(
      episodes: final.episodes, meanReturn: final.meanReturn,
      standardDeviation: final.standardDeviation, meanLength: final.meanLength)
    tabular = Self.tabular(state, theta: theta, discount: facts.settings.discount)
  }

  private static func tabular(
    _ state: SessionState, theta: FloatBuffer, discount: Double
  ) -> Tabular? {
    let environment = state.configuration.environment
    guard let mdp = environment.knownMDP,
      let measure = try? RegretMeasure(mdp, discount: discount, starts: environment.startStates)
    else { return nil }
    let policy = state.model.tabularReading(states: mdp.states).read(theta.pointer)
    let actions = mostProbableActions(policy.probabilities)
    let maze = (environment as? Maze)?.configuration
    return Tabular(
      regret: measure.regret(ofActions: actions), greedyActions: actions,
      criticError: try? criticError(policy, mdp, discount: discount),
      stepReward: maze?.stepReward, slip: maze?.slip, slipModel: maze?.slipModel.rawValue,
      discount: discount)
  }

  private static func criticError(
    _ content: TabularContent, _ mdp: TabularMDP, discount: Double
  ) throws(DivergenceError) -> Double {
    let exact = try policyEvaluation(mdp, policy: content.probabilities, discount: discount)
    let squares = zip(content.values, exact).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (squares / Double(exact.count)).squareRoot()
  }
}
