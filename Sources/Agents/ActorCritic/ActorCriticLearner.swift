internal import Estimators
public import Networks

/// The basic actor-critic, one step at a time (Sutton and Barto, "Reinforcement Learning: An
/// Introduction", 2nd edition, 2018, section 13.5: one-step actor-critic), as a state machine of five
/// phases. Actor pi(a|s; theta) and critic V(s; w) are two networks with a step size each.
///
///     repeat
///       policy   the state s into the actor: pi(.|s; theta)
///       act      a ~ pi(.|s); the world answers with r and s'
///       target   y = r + gamma V(s'; w), with V(s') = 0 where the world has ended
///       critic   A = y - V(s; w); w moves towards y: along A grad V(s; w)
///       actor    theta moves along A grad log pi(a|s; theta) + beta grad H
///
/// A is made with the V(s) that y was compared with, before the critic moves. The book's pseudocode
/// weighs the actor's step by gamma^t, t counted from the episode's start; here, as in practice,
/// every step weighs the same. Both gradients are clipped, each by its own norm.
///
/// What changes with every step is not checked for overlapping accesses: the object belongs to one
/// thread at a time, and nothing that reads it is called while it is changed.
public final class ActorCriticLearner {
  /// A phase of a step, in the order of the loop.
  public enum Phase: Int, Sendable, Hashable, CaseIterable {
    /// The state into the actor.
    case policy
    /// Draw an action, observe reward and next state.
    case act
    /// The TD target.
    case target
    /// Train the critic towards the target; the advantage.
    case critic
    /// Train the actor along the advantage.
    case actor
  }

  /// The step in work and its actor: a rollout of one step.
  public let rollout: Rollout
  /// The phase that comes next.
  @exclusivity(unchecked) public private(set) var phase = Phase.policy
  /// What became of the last step.
  @exclusivity(unchecked) public private(set) var report = UpdateReport()
  /// The settings the step in work runs under.
  @exclusivity(unchecked) public private(set) var settings: LearningSettings
  /// Those of the next step, where they are others.
  @exclusivity(unchecked) private var next: LearningSettings?
  /// The parameters of both networks: the shared ones themselves, which nobody else moves.
  public let theta: UnsafePointer<Float>

  private let gradient: FloatBuffer
  private let shared: SharedParameters
  private let clock: StepClock
  private let recorder: (any UpdateRecorder)?
  /// The last keyframe, if it was told where the learner began.
  @exclusivity(unchecked) private var keyframe = Int.max

  /// A learner at the start of a step.
  ///
  /// - Precondition: actor and critic are two networks.
  public init(
    actor: Actor, network: ActorCriticNetwork, shared: SharedParameters, clock: StepClock,
    settings: LearningSettings, recorder: (any UpdateRecorder)? = nil
  ) {
    precondition(network.shape.trunk == .separate, "actor and critic must be two networks")
    self.shared = shared
    self.clock = clock
    self.settings = settings
    self.recorder = recorder
    rollout = Rollout(
      actors: [actor], network: network, capacity: 1, endsWithEpisode: true,
      isRecorded: recorder != nil)
    gradient = FloatBuffer(count: network.layout.count)
    theta = shared.thetaInTurns
    report.version = shared.version
    rollout.version = report.version
    noteOrigin()
  }

  /// From the next step on these settings hold.
  public func take(_ settings: LearningSettings) {
    next = settings == self.settings ? nil : settings
  }

  /// What is left of the present step: all five phases, where none has been stepped by itself.
  public func turn(observer: (any StageObserver)?) {
    while !advance(observer: observer) {}
  }

  /// The next phase.
  ///
  /// - Returns: whether it was the last of a step.
  @discardableResult
  public func advance(observer: (any StageObserver)?) -> Bool {
    switch phase {
    case .policy:
      rollout.decide(theta)
      phase = .act
    case .act:
      rollout.take(theta, estimator: .td, workers: 1)
      phase = .target
    case .target:
      observer?.worker(rollout.actors[0].index, enters: .learn)
      rollout.estimate(.td, discount: settings.discount, theta: theta)
      phase = .critic
    case .critic:
      trainCritic()
      phase = .actor
    case .actor:
      trainActor()
      if rollout.isRecorded { recorder?.record(rollout, report) }
      begin()
      observer?.worker(rollout.actors[0].index, enters: .act)
      phase = .policy
      return true
    }
    return false
  }

  /// Logits of the state the step in work began in, once the policy has been computed: one per action.
  public var logits: UnsafePointer<Float> { UnsafePointer(rollout.workspace.logits(0)) }

  /// What the agent saw of the state the step in work began in.
  public var observation: UnsafePointer<Float> {
    UnsafePointer(rollout.workspace.observation(0))
  }

  private func begin() {
    if shared.lastKeyframe != keyframe || next != nil {
      settings = next ?? settings
      next = nil
      noteOrigin()
    }
    rollout.begin(recorded: recorder?.wantsNext(after: 1) ?? false)
  }

  /// A step begins: the first since a keyframe, or under new settings.
  private func noteOrigin() {
    keyframe = shared.lastKeyframe
    guard recorder != nil else { return }
    shared.note(
      RolloutOrigin(actor: rollout.actors[0], settings: settings, version: report.version))
  }

  private func trainCritic() {
    report.clock = clock.steps + 1
    let norm = computeGradient(of: .critic)
    let scale = GradientNorm.clippingFactor(norm: norm, limit: settings.maxGradientNorm)
    let learningRate = settings.criticLearningRate(atStep: report.clock)
    shared.push(
      gradient, to: range(of: .critic), scale: scale, learningRate: learningRate, part: .first)
    report.criticStep = CriticStep(
      gradientNorm: norm, clippingFactor: scale, learningRate: learningRate)
  }

  /// The step counts when both have learnt from it: no run ends between the two.
  private func trainActor() {
    _ = clock.advance(by: 1)
    report.gradientNorm = computeGradient(of: .actor)
    report.clippingFactor = GradientNorm.clippingFactor(
      norm: report.gradientNorm, limit: settings.maxGradientNorm)
    report.learningRate = settings.learningRate(atStep: report.clock)
    shared.push(
      gradient, to: range(of: .actor), scale: report.clippingFactor,
      learningRate: report.learningRate, part: .last)
    report.pulledVersion = report.version
    report.version += 1
    rollout.version = report.version
    report.batch = 1
    report.loss = settings.loss
  }

  /// Writes one network's part of the gradient of the loss.
  ///
  /// - Returns: its norm.
  private func computeGradient(of network: NetworkPart) -> Double {
    report.terms = rollout.gradient(
      of: settings.loss, network, theta: theta, into: gradient.pointer)
    let range = range(of: network)
    return GradientNorm.norm(
      gradient.pointer + range.lowerBound, count: range.count, kernels: rollout.network.kernels)
  }

  private func range(of network: NetworkPart) -> Range<Int> {
    rollout.network.layout.range(of: network)
  }
}

extension Rollout {
  /// One network's part of the gradient of the loss, as a mean over the steps; the other part is left
  /// as it is.
  ///
  /// - Returns: the terms of the loss as means.
  func gradient(
    of loss: ActorCriticLoss, _ part: NetworkPart, theta: UnsafePointer<Float>,
    into gradient: UnsafeMutablePointer<Float>
  ) -> ActorCriticLoss.Terms {
    let rows = 0..<length * width
    let terms = loss.gradients(
      rows: rows, actions: record.actions, advantages: record.advantages, targets: record.returns,
      workspace: workspace)
    network.backward(part, theta, rows: rows, workspace: workspace, gradient: gradient)
    return terms
  }
}
