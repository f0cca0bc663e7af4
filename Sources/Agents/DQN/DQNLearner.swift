public import Environments
public import Networks
internal import Randomness

/// Deep Q-learning with experience replay (Mnih et al., "Human-level control through deep reinforcement
/// learning", 2015, algorithm 1), as a state machine of seven phases. Q(s, .; theta) is one network,
/// theta- an older copy of its parameters.
///
///     repeat
///       choose   with probability epsilon any action, else a = argmax Q(s, .; theta)
///       act      take a; the world answers with r and s'
///       store    (s, a, r, s', terminated) into the replay buffer D
///       every few steps, a few times:
///         sample   transitions (s, a, r, s', terminated) uniformly from D
///         target   y = r + gamma max over a' of Q(s', a'; theta-);  y = r where the world has ended
///         update   theta moves along the gradient of the mean loss of y - Q(s, a; theta)
///       every C steps:
///         copy     theta- = theta
///       s <- s'
///
/// Phases that are not due in a turn are passed over. Where the time limit cuts an episode the target
/// still counts on s', the state it was cut in. C is counted in steps in the world. (The paper also cuts
/// rewards to -1 ... 1 and begins with random actions: these are matters of the world and of epsilon.)
public final class DQNLearner: SingleLearner {
  /// A phase of a turn, in the order of the loop.
  public enum Phase: Int, Sendable, Hashable, CaseIterable {
    /// Choose an action.
    case choose
    /// Take it, observe reward and next state.
    case act
    /// Keep the transition.
    case store
    /// Draw a batch of transitions.
    case sample
    /// What Q(s, a) should have been.
    case target
    /// Move Q(s, a) towards it.
    case update
    /// Take the target network up to the online one.
    case copy
  }

  /// What the last update did.
  public struct Report: Sendable, Equatable {
    /// Mean loss of the batch before it.
    public var loss = 0.0
    /// Global norm of the gradient, before clipping.
    public var gradientNorm = 0.0
    /// What clipping multiplied it by; 1 where it was short enough.
    public var clippingFactor: Float = 1
  }

  /// The settings. A change counts from the next phase on; batch size, replay capacity, optimiser and
  /// network are those of the start.
  public var hyperparameters: DQNHyperparameters
  /// Steps the whole run is meant to have: what epsilon's schedule is a share of.
  public let budget: Int
  /// Q(s, .).
  public let network: FeedForwardNetwork
  /// theta, followed by theta-.
  public let parameters: FloatBuffer
  /// D, the transitions to learn from.
  public let replay: ReplayBuffer
  /// The batch of the update in work; between two updates that of the last.
  public let batch: DQNBatch
  /// The worker: its world, its random stream, its episode.
  public private(set) var actor: Actor
  /// The phase that comes next.
  public private(set) var phase = Phase.choose
  /// The phase carried out last; nil before the first.
  public private(set) var lastPhase: Phase?
  /// The action of the step in work, once it has been chosen.
  public private(set) var action = 0
  /// Whether that action was one at random.
  public private(set) var isExploring = false
  /// What followed it, once it has been taken.
  public private(set) var outcome = StepOutcome(reward: 0, terminated: false, truncated: false)
  /// What the last update did.
  public private(set) var report = Report()
  /// Updates made of the online network.
  public private(set) var updates = 0
  /// Copies made of it.
  public private(set) var copies = 0
  /// Whether a loss or a gradient has become infinite or no number. Nothing is learnt any more then.
  public private(set) var hasDiverged = false

  /// Updates of the present round that are done.
  private var round = 0
  let acting: FeedForwardWorkspace
  let looking: FeedForwardWorkspace
  let reached: FloatBuffer
  private let gradient: FloatBuffer
  private let optimiser: OptimiserState

  /// A learner at the start of an episode.
  ///
  /// - Parameters:
  ///   - budget: Steps the run is meant to have.
  ///   - seed: Names the stream of key 0, from which the first parameters are drawn.
  /// - Precondition: the actor's world has a few actions.
  public init(
    actor: Actor, hyperparameters: DQNHyperparameters, budget: Int, seed: UInt64,
    kernels: KernelTable = .fast
  ) {
    let specification = actor.environment.specification
    precondition(!specification.actions.isEmpty, "Q(s, .) needs a few actions to choose from")
    self.actor = actor
    self.hyperparameters = hyperparameters
    self.budget = budget
    network = FeedForwardNetwork(
      shape: hyperparameters.networkShape(for: specification), kernels: kernels)
    let count = network.layout.count
    parameters = FloatBuffer(count: 2 * count)
    gradient = FloatBuffer(count: count)
    optimiser = OptimiserState(hyperparameters.optimiser, count: count, kernels: kernels)
    replay = ReplayBuffer(
      capacity: hyperparameters.replayCapacity, observationWidth: specification.observation.width)
    batch = DQNBatch(network: network, count: hyperparameters.batchSize)
    acting = network.makeWorkspace(rows: 1)
    looking = network.makeWorkspace(rows: 1)
    reached = FloatBuffer(count: specification.observation.width)
    var random = RandomStream(seed: seed, key: 0)
    network.initialise(parameters.pointer, random: &random)
    target.update(from: online, count: count)
  }

  /// Carries out the phase that comes next.
  ///
  /// - Returns: whether it was the last of a turn: one step in the world, and the updates and the copy
  ///   that were due after it.
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
      store()
      phase = isRoundDue ? .sample : afterUpdates
    case .sample:
      batch.sample(from: replay, random: &actor.random)
      phase = .target
    case .target:
      batch.estimate(
        discount: hyperparameters.discount, isDouble: hyperparameters.isDouble, online: online,
        target: target)
      phase = .update
    case .update:
      update()
      phase = isRoundDue ? .sample : afterUpdates
    case .copy:
      target.update(from: online, count: network.layout.count)
      copies += 1
      phase = .choose
    }
    return phase == .choose
  }

  private func choose() {
    if hasEndedEpisode { actor.beginEpisode(workers: 1) }
    round = 0
    actor.observeInPlace(into: acting.input(0))
    network.forward(online, rows: 0..<1, workspace: acting)
    isExploring = actor.random.uniform() < epsilon
    action =
      isExploring
      ? actor.random.below(acting.outputs)
      : Categorical.greedy(acting.output(0), count: acting.outputs)
  }

  private func act() {
    outcome = actor.take(action)
    actor.observeInPlace(into: reached.pointer)
  }

  private func store() {
    replay.store(
      acting.input(0), action: Float(action), reward: Float(outcome.reward),
      next: reached.pointer, terminated: outcome.terminated)
  }

  private func update() {
    round += 1
    report.loss = batch.differentiate(
      hyperparameters.loss, online: online, into: gradient.pointer)
    report.gradientNorm = GradientNorm.norm(
      gradient.pointer, count: gradient.count, kernels: network.kernels)
    report.clippingFactor = GradientNorm.clippingFactor(
      norm: report.gradientNorm, limit: hyperparameters.maxGradientNorm)
    guard report.loss.isFinite, report.gradientNorm.isFinite else {
      hasDiverged = true
      return
    }
    optimiser.apply(
      gradient: gradient.pointer, scale: report.clippingFactor,
      learningRate: Float(hyperparameters.learningRate), to: online)
    updates += 1
  }

  /// Whether an update of this turn's round is still to be made.
  private var isRoundDue: Bool {
    !hasDiverged && actor.steps >= hyperparameters.learningStarts
      && actor.steps % hyperparameters.trainFrequency == 0
      && round < hyperparameters.gradientSteps
  }

  private var afterUpdates: Phase {
    let isCopyDue =
      !hasDiverged && updates > 0 && actor.steps % hyperparameters.targetUpdateInterval == 0
    return isCopyDue ? .copy : .choose
  }

  var online: UnsafeMutablePointer<Float> { parameters.pointer }
  var target: UnsafeMutablePointer<Float> { parameters.pointer + network.layout.count }
}
