public import Environments
public import Networks
internal import Randomness

/// Deep deterministic policy gradient (Lillicrap et al., "Continuous control with deep reinforcement
/// learning", 2015, algorithm 1), as a state machine of eight phases. Actor mu(s; theta) and critic
/// Q(s, a; w) are two networks; theta' and w' are the parameters of targets that follow them.
///
///     repeat
///       choose   a = mu(s; theta) + noise, within the bounds
///       act      take a; the world answers with r and s'
///       store    (s, a, r, s', terminated) into the replay buffer D
///       every few steps, a few times:
///         sample   transitions (s, a, r, s', terminated) uniformly from D
///         target   y = r + gamma Q'(s', mu'(s'; theta'); w');  y = r where the world has ended
///         critic   w moves along the gradient of the mean of (y - Q(s, a; w))^2
///         actor    theta moves along the mean of dQ/da(s, mu(s); w) dmu/dtheta(s; theta): uphill in Q,
///                  which stays as it is (the pathwise derivative of the policy)
///         track    theta' = tau theta + (1 - tau) theta';  w' = tau w + (1 - tau) w'
///       s <- s'
///
/// Phases that are not due in a turn are passed over. What is stored is the action as it was carried
/// out. The first actions are drawn uniformly from all there are. Where the time limit cuts an episode
/// the target still counts on s', the state it was cut in. Noise begins anew with every episode.
public final class DDPGLearner: SingleLearner {
  /// A phase of a turn, in the order of the loop.
  public enum Phase: Int, Sendable, Hashable, CaseIterable {
    /// The actor's action and the noise.
    case choose
    /// Take it, observe reward and next state.
    case act
    /// Keep the transition.
    case store
    /// Draw a batch of transitions.
    case sample
    /// What Q(s, a) should have been.
    case target
    /// Train the critic towards it.
    case critic
    /// Train the actor through dQ/da.
    case actor
    /// Move the targets.
    case track
  }

  /// What the last update did.
  public struct Report: Sendable, Equatable {
    /// Mean squared TD error of the batch, before the critic moved.
    public var criticLoss = 0.0
    /// Norm of the critic's gradient.
    public var criticGradientNorm = 0.0
    /// Mean of Q(s, mu(s)), before the actor moved and after the critic did: what the actor climbs.
    public var actorObjective = 0.0
    /// Norm of the actor's gradient.
    public var actorGradientNorm = 0.0
  }

  /// The settings. A change counts from the next phase on; batch size, replay capacity, optimiser and
  /// networks are those of the start.
  public var hyperparameters: DDPGHyperparameters
  /// mu and Q.
  public let networks: DDPGNetworks
  /// theta, w, theta', w'.
  public let parameters: FloatBuffer
  /// D, the transitions to learn from.
  public let replay: ReplayBuffer
  /// The batch of the update in work; between two updates that of the last.
  public let batch: DDPGBatch
  /// The worker: its world, its random stream, its episode.
  public private(set) var actor: Actor
  /// The phase that comes next.
  public private(set) var phase = Phase.choose
  /// The phase carried out last; nil before the first.
  public private(set) var lastPhase: Phase?
  /// mu(s) of the step in work, once it has been chosen.
  public private(set) var policyAction: Float = 0
  /// What is added to it, in half ranges of the action.
  public private(set) var noise = NoiseProcess()
  /// The action of the step in work, within its bounds.
  public private(set) var action: Float = 0
  /// What followed it, once it has been taken.
  public private(set) var outcome = StepOutcome(reward: 0, terminated: false, truncated: false)
  /// What the last update did.
  public private(set) var report = Report()
  /// Updates made of the critic; of the actor as many, or one fewer between the two.
  public private(set) var updates = 0
  /// Whether a loss or a gradient has become infinite or no number. Nothing is learnt any more then.
  public private(set) var hasDiverged = false

  /// The workspaces of curves over actions, which views ask for.
  lazy var probe = DDPGProbe(networks)
  /// That of the actor's present state.
  lazy var looking = DeterministicPolicy(networks, rows: 1)

  /// Updates of the present round that are done.
  private var round = 0
  let acting: FeedForwardWorkspace
  let reached: FloatBuffer
  private let gradient: FloatBuffer
  private let actorOptimiser: OptimiserState
  private let criticOptimiser: OptimiserState

  /// A learner at the start of an episode.
  ///
  /// - Parameter seed: Names the stream of key 0, from which the first parameters are drawn.
  /// - Precondition: the actor's world shows numbers and takes continuous actions.
  public init(
    actor: Actor, hyperparameters: DDPGHyperparameters, seed: UInt64, kernels: KernelTable = .fast
  ) {
    let specification = actor.environment.specification
    guard let bounds = specification.continuousAction, case .box = specification.observation else {
      preconditionFailure("\(specification.name): DDPG needs numbers to see and to act by")
    }
    self.actor = actor
    self.hyperparameters = hyperparameters
    let width = specification.observation.width
    networks = DDPGNetworks(
      observationWidth: width, bounds: bounds.low...bounds.high, hidden: hyperparameters.hidden,
      activation: hyperparameters.activation, kernels: kernels)
    parameters = FloatBuffer(count: 2 * networks.onlineCount)
    gradient = FloatBuffer(count: networks.onlineCount)
    actorOptimiser = OptimiserState(
      hyperparameters.optimiser, count: networks.actor.layout.count, kernels: kernels)
    criticOptimiser = OptimiserState(
      hyperparameters.optimiser, count: networks.critic.layout.count, kernels: kernels)
    replay = ReplayBuffer(capacity: hyperparameters.replayCapacity, observationWidth: width)
    batch = DDPGBatch(networks: networks, count: hyperparameters.batchSize)
    acting = networks.actor.makeWorkspace(rows: 1)
    reached = FloatBuffer(count: width)
    var random = RandomStream(seed: seed, key: 0)
    networks.initialise(
      parameters.pointer, outputBound: hyperparameters.outputBound, random: &random)
  }

  /// Carries out the phase that comes next.
  ///
  /// - Returns: whether it was the last of a turn: one step in the world, and the updates that were due
  ///   after it.
  @discardableResult
  public func advance() -> Bool {
    lastPhase = phase
    switch phase {
    case .choose:
      choose()
      phase = .act
    case .act:
      act()
      phase = .store
    case .store:
      replay.store(
        acting.input(0), action: action, reward: Float(outcome.reward), next: reached.pointer,
        terminated: outcome.terminated)
      phase = isRoundDue ? .sample : afterRound
    case .sample:
      batch.sample(from: replay, random: &actor.random)
      phase = .target
    case .target:
      batch.estimate(
        discount: hyperparameters.discount, targetActor: pointer(to: .targetActor),
        targetCritic: pointer(to: .targetCritic))
      phase = .critic
    case .critic:
      trainCritic()
      phase = hasDiverged ? .choose : .actor
    case .actor:
      trainActor()
      phase = afterUpdate
    case .track:
      hyperparameters.targetUpdate.apply(
        from: pointer(to: .actor), to: pointer(to: .targetActor), count: networks.onlineCount)
      phase = isRoundDue ? .sample : .choose
    }
    return phase == .choose
  }

  private func choose() {
    if hasEndedEpisode {
      actor.beginEpisode(workers: 1)
      noise.reset()
    }
    round = 0
    actor.observeInPlace(into: acting.input(0))
    networks.actor.forward(pointer(to: .actor), rows: 0..<1, workspace: acting)
    policyAction = networks.action(acting.output(0)[0])
    if isWarmingUp {
      action = networks.action(2 * actor.random.uniformFloat() - 1)
    } else {
      let push = noise.next(hyperparameters.noise, random: &actor.random)
      action = networks.clip(policyAction + networks.halfRange * Float(push))
    }
  }

  private func act() {
    outcome = actor.take(continuous: Double(action))
    actor.observeInPlace(into: reached.pointer)
  }

  private func trainCritic() {
    let range = networks.range(of: .critic)
    report.criticLoss = batch.differentiateCritic(
      pointer(to: .critic), into: gradient.pointer + range.lowerBound)
    report.criticGradientNorm = move(
      .critic, criticOptimiser, learningRate: hyperparameters.criticLearningRate)
    if !hasDiverged { updates += 1 }
  }

  private func trainActor() {
    round += 1
    report.actorObjective = batch.differentiateActor(
      pointer(to: .actor), critic: pointer(to: .critic), into: gradient.pointer)
    report.actorGradientNorm = move(
      .actor, actorOptimiser, learningRate: hyperparameters.actorLearningRate)
  }

  /// One network's step along its gradient.
  ///
  /// - Returns: the gradient's norm; where it is not a number nothing moves.
  private func move(
    _ part: DDPGNetworks.Part, _ optimiser: OptimiserState, learningRate: Double
  ) -> Double {
    let range = networks.range(of: part)
    let gradient = gradient.pointer + range.lowerBound
    let norm = GradientNorm.norm(gradient, count: range.count, kernels: networks.actor.kernels)
    guard norm.isFinite else {
      hasDiverged = true
      return norm
    }
    optimiser.apply(
      gradient: gradient, learningRate: Float(learningRate), to: pointer(to: part))
    return norm
  }

  /// Whether an update of this turn's round is still to be made.
  private var isRoundDue: Bool {
    !hasDiverged && actor.steps >= hyperparameters.learningStarts
      && actor.steps % hyperparameters.trainFrequency == 0
      && round < hyperparameters.gradientSteps
  }

  private var afterUpdate: Phase {
    if hasDiverged { return .choose }
    if case .polyak = hyperparameters.targetUpdate { return .track }
    return isRoundDue ? .sample : afterRound
  }

  /// Copies are counted in steps, whether or not there was an update after this one.
  private var afterRound: Phase {
    guard case .copy(let steps) = hyperparameters.targetUpdate else { return .choose }
    return !hasDiverged && updates > 0 && actor.steps % steps == 0 ? .track : .choose
  }

  func pointer(to part: DDPGNetworks.Part) -> UnsafeMutablePointer<Float> {
    parameters.pointer + networks.range(of: part).lowerBound
  }
}
