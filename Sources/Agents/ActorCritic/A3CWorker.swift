public import Networks
internal import Synchronization

/// A worker of A3C (Mnih et al., "Asynchronous methods for deep reinforcement learning",
/// arXiv:1602.01783, algorithm S3), as a state machine: a turn is one step in its world, with the
/// pull before a rollout and the push after it.
///
///     repeat
///       pull     theta' <- theta
///       act      t_max steps, or to the episode's end, with pi(a|s; theta')
///       learn    targets G and advantages A = G - V(s; theta'); d theta of the loss at theta'
///       push     theta <- theta - optimiser step of d theta, at the theta of that moment
public final class A3CWorker {
  /// The present rollout and its actor.
  public let rollout: Rollout
  /// The worker's own copy theta', which does not move within a rollout.
  public let theta: FloatBuffer
  /// What became of its last rollout.
  public private(set) var report = UpdateReport()
  /// Gradients pushed.
  public private(set) var pushes = 0
  /// Staleness of all pushes, added up.
  public private(set) var totalStaleness = 0
  /// The settings its present rollout runs under.
  public private(set) var settings: LearningSettings

  private let gradient: FloatBuffer
  private let shared: SharedParameters
  private let clock: StepClock
  private var pulledVersion = 0
  private let recorder: (any UpdateRecorder)?

  /// A worker at the start of a rollout, its first pull done.
  public init(
    actor: Actor, network: ActorCriticNetwork, shared: SharedParameters, clock: StepClock,
    settings: LearningSettings, recorder: (any UpdateRecorder)? = nil
  ) {
    self.shared = shared
    self.clock = clock
    self.settings = settings
    self.recorder = recorder
    rollout = Rollout(
      actors: [actor], network: network, capacity: settings.rolloutLength, endsWithEpisode: true)
    theta = FloatBuffer(count: network.layout.count)
    gradient = FloatBuffer(count: network.layout.count)
    pull(settings)
  }

  /// One step in its world and, when the rollout is complete, learn, push, and pull again.
  ///
  /// - Returns: whether it pushed.
  public func turn(_ current: LearningSettings, observer: (any StageObserver)?) -> Bool {
    act()
    guard
      rollout.isComplete(
        estimator: settings.estimator, rolloutLength: settings.rolloutLength)
    else { return false }
    let index = rollout.actors[0].index
    observer?.worker(index, enters: .learn)
    learn()
    observer?.worker(index, enters: .push)
    push()
    recorder?.record(rollout, report)
    observer?.worker(index, enters: .pull)
    pull(current)
    observer?.worker(index, enters: .act)
    return true
  }

  private func pull(_ current: LearningSettings) {
    settings = current
    pulledVersion = shared.pull(into: theta)
    rollout.begin()
  }

  private func act() {
    rollout.act(theta.pointer, estimator: settings.estimator, workers: settings.workers)
  }

  private func learn() {
    rollout.estimate(settings.estimator, discount: settings.discount, theta: theta.pointer)
    report.terms = rollout.gradient(
      of: settings.loss, theta: theta.pointer, meanOver: rollout.steps, into: gradient.pointer)
    report.gradientNorm = GradientNorm.norm(
      gradient.pointer, count: gradient.count, kernels: rollout.network.kernels)
  }

  private func push() {
    let steps = clock.advance(by: rollout.steps)
    let scale = GradientNorm.clippingFactor(
      norm: report.gradientNorm, limit: settings.maxGradientNorm)
    let learningRate = settings.learningRate(atStep: steps)
    let version = shared.push(
      gradient, scale: scale, learningRate: learningRate, pulledVersion: pulledVersion)
    report.staleness = version - pulledVersion
    report.version = version + 1
    report.pulledVersion = pulledVersion
    report.clock = steps
    report.batch = rollout.steps
    report.clippingFactor = scale
    report.learningRate = learningRate
    report.loss = settings.loss
    totalStaleness += report.staleness
    pushes += 1
  }
}

/// Environment steps of all workers together.
public final class StepClock: Sendable {
  private let total: Atomic<Int>

  /// A clock at 0, or at the steps of a run that is gone on with.
  public init(steps: Int = 0) {
    total = Atomic(steps)
  }

  /// Steps so far.
  public var steps: Int { total.load(ordering: .relaxed) }

  /// Counts steps.
  ///
  /// - Returns: the steps so far, these included.
  public func advance(by steps: Int) -> Int {
    total.add(steps, ordering: .relaxed).newValue
  }
}
