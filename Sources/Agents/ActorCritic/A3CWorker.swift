public import Networks
internal import Synchronization

/// A worker of A3C (Mnih et al., "Asynchronous methods for deep reinforcement learning",
/// arXiv:1602.01783, algorithm S3), as a state machine:
///
///     repeat
///       pull      theta' <- theta
///       act       t_max steps, or to the episode's end, with pi(a|s; theta')
///       targets   for t = T-1 ... 0: the target G_t, from r_{t+1}, V(s_{t+1}; theta') and G_{t+1}
///       gradient  d theta of the loss at theta', with the advantages A_t = G_t - V(s_t; theta')
///       push      theta <- theta - optimiser step of d theta, at the theta of that moment
///
/// A turn is one step in its world and, after a rollout's last step, all that follows up to the next
/// rollout (`turn`). The same can be done phase by phase (`advance`).
///
/// What changes with every step is not checked for overlapping accesses: the object belongs to one
/// thread at a time, and nothing that reads it is called while it is changed.
public final class A3CWorker {
  /// The phases of the loop, in their order.
  public enum Phase: Int, Sendable, Hashable, CaseIterable {
    /// Copy the shared parameters.
    case pull
    /// One step in the world.
    case act
    /// One target: a cell of the estimator's recursion, from the rollout's last step to its first.
    case targets
    /// The gradient of the loss over the rollout.
    case gradient
    /// Give the gradient to the shared parameters.
    case push
  }

  /// The phase that comes next.
  @exclusivity(unchecked) public private(set) var phase = Phase.pull
  /// The present rollout and its actor.
  public let rollout: Rollout
  /// The worker's own copy theta', which does not move within a rollout.
  public let theta: FloatBuffer
  /// What became of its last rollout.
  @exclusivity(unchecked) public private(set) var report = UpdateReport()
  /// Gradients pushed.
  @exclusivity(unchecked) public private(set) var pushes = 0
  /// Staleness of all pushes, added up.
  @exclusivity(unchecked) public private(set) var totalStaleness = 0
  /// The settings its present rollout runs under.
  @exclusivity(unchecked) public private(set) var settings: LearningSettings

  @exclusivity(unchecked) private var gradient: FloatBuffer
  private let shared: SharedParameters
  private let clock: StepClock
  /// The version of theta it pulled last.
  @exclusivity(unchecked) public private(set) var pulledVersion = 0
  private let recorder: (any UpdateRecorder)?
  /// The last keyframe before its last pull, if it was told where the worker began.
  @exclusivity(unchecked) private var keyframe = Int.max

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
      actors: [actor], network: network, capacity: settings.rolloutLength, endsWithEpisode: true,
      isRecorded: recorder != nil)
    theta = FloatBuffer(count: network.layout.count)
    gradient = FloatBuffer(count: network.layout.count)
    pull(settings)
    enter(.act, .act, nil)
  }

  /// The version of the shared parameters now.
  public var sharedVersion: Int { shared.version }

  /// Who made which version of theta after `version`, oldest first: of many the latest.
  public func pushes(after version: Int) -> [(worker: Int, version: Int)] {
    shared.pushes(after: version)
  }

  /// One step in its world and, when the rollout is complete, all phases up to the next rollout. A
  /// turn that was begun phase by phase is finished.
  ///
  /// - Parameter current: the settings of the next rollout, if one begins.
  /// - Returns: whether it pushed.
  public func turn(_ current: LearningSettings, observer: (any StageObserver)?) -> Bool {
    if phase == .act {
      act(observer)
      if phase == .act { return false }
    }
    learn(observer)
    let pushes = phase == .push
    if pushes {
      pushGradient()
      enter(.pull, .pull, observer)
    }
    // Right after the push, before the rollout is recorded: meanwhile others would make another theta.
    pull(current)
    if pushes { beginRollout() }
    enter(.act, .act, observer)
    return pushes
  }

  /// All phases up to the push.
  func comeToPush(_ current: LearningSettings) {
    if phase == .pull { advance(current, observer: nil) }
    while phase == .act { act(nil) }
    learn(nil)
  }

  /// Targets and gradient, as far as they have not been computed.
  private func learn(_ observer: (any StageObserver)?) {
    if phase == .targets { allTargets() }
    if phase == .gradient { differentiate(observer) }
  }

  /// Carries out one phase, the one that comes next.
  ///
  /// - Parameter current: the settings of the next rollout, if this is the pull.
  /// - Returns: whether it pushed.
  @discardableResult
  public func advance(_ current: LearningSettings, observer: (any StageObserver)?) -> Bool {
    switch phase {
    case .pull:
      pull(current)
      enter(.act, .act, observer)
    case .act: act(observer)
    case .targets: oneTarget()
    case .gradient: differentiate(observer)
    case .push:
      pushGradient()
      beginRollout()
      enter(.pull, .pull, observer)
    }
    return phase == .pull
  }

  private func pull(_ current: LearningSettings) {
    let pulled = shared.pullAfterKeyframe(into: theta)
    pulledVersion = pulled.version
    rollout.version = pulledVersion
    if recorder != nil, pulled.keyframe != keyframe || current != settings {
      keyframe = pulled.keyframe
      shared.note(
        RolloutOrigin(actor: rollout.actors[0], settings: current, version: pulledVersion))
    }
    settings = current
  }

  private func act(_ observer: (any StageObserver)?) {
    rollout.act(theta.pointer, estimator: settings.estimator, workers: settings.workers)
    if rollout.isComplete(
      estimator: settings.estimator, rolloutLength: settings.rolloutLength)
    {
      enter(.targets, .learn, observer)
    }
  }

  private func oneTarget() {
    rollout.estimateOneStep(
      settings.estimator, discount: settings.discount, theta: theta.pointer)
    if rollout.targetsDone == rollout.length { phase = .gradient }
  }

  private func allTargets() {
    rollout.estimate(settings.estimator, discount: settings.discount, theta: theta.pointer)
    phase = .gradient
  }

  private func differentiate(_ observer: (any StageObserver)?) {
    report.terms = rollout.gradient(
      of: settings.loss, theta: theta.pointer, meanOver: rollout.steps, into: gradient.pointer)
    report.gradientNorm = GradientNorm.norm(
      gradient.pointer, count: gradient.count, kernels: rollout.network.kernels)
    enter(.push, .push, observer)
  }

  /// The last rollout has been learnt from, and is recorded; the next one begins.
  private func beginRollout() {
    if rollout.isRecorded { recorder?.record(rollout, report) }
    rollout.begin(recorded: recorder?.wantsNext(after: rollout.length) ?? false)
  }

  private func enter(_ phase: Phase, _ stage: WorkerStage, _ observer: (any StageObserver)?) {
    self.phase = phase
    observer?.worker(rollout.actors[0].index, enters: stage)
  }

  private func pushGradient() {
    let steps = clock.advance(by: rollout.steps)
    let scale = GradientNorm.clippingFactor(
      norm: report.gradientNorm, limit: settings.maxGradientNorm)
    let learningRate = settings.learningRate(atStep: steps)
    let version = shared.push(
      exchanging: &gradient, scale: scale, learningRate: learningRate, pulledVersion: pulledVersion,
      by: rollout.actors[0].index, clock: steps)
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
