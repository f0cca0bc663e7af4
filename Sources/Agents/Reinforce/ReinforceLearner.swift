internal import Estimators
public import Networks

/// REINFORCE (Williams, "Simple statistical gradient-following algorithms for connectionist
/// reinforcement learning", Machine Learning 8, 1992; Sutton and Barto, "Reinforcement Learning: An
/// Introduction", 2nd edition, 2018, sections 13.3 and 13.4), as a state machine:
///
///     repeat
///       act       whole episodes with pi(a|s; theta), as many as an update is made of
///       returns   for t = T-1 ... 0: G_t = r_{t+1} + gamma G_{t+1}
///       baseline  A_t = G_t - b_t, with b_t = 0, the running mean of G, or V(s_t; w)
///       gradient  g = mean of A_t grad log pi(a_t|s_t; theta) + beta grad H;
///                 with V as the baseline also the mean of grad (G_t - V(s_t; w))^2
///       update    theta moves along g, w against the gradient of its error
///
/// One worker. As with the other agents every step weighs the same (the book's pseudocode weighs it by
/// gamma^t), and the means are over all steps of the episodes.
///
/// An episode that the time limit cut would have gone on. With V as the baseline the return bootstraps
/// with V of the state reached, as everywhere; without a critic there is none to ask, and the return is the
/// sum of the rewards seen: too small in size, by gamma^k times what would have followed, k steps before
/// the limit.
///
/// With V as the baseline and two networks, each has a step size of its own and is clipped by its own
/// norm; with one trunk, and without a critic, one step moves all. A critic that nobody asks is not
/// trained.
///
/// What changes with every step is not checked for overlapping accesses: the object belongs to one
/// thread at a time, and nothing that reads it is called while it is changed.
public final class ReinforceLearner {
  /// A phase of the loop, in its order.
  public enum Phase: Int, Sendable, Hashable, CaseIterable {
    /// One step in the world.
    case act
    /// One return: a cell of the recursion, from the last step to the first.
    case returns
    /// Subtract the baseline from the returns.
    case baseline
    /// The gradient over the steps of all episodes.
    case gradient
    /// One step along it.
    case update
  }

  /// The episodes in work, one after the other, and their actor.
  public let rollout: Rollout
  /// The phase that comes next.
  @exclusivity(unchecked) public private(set) var phase = Phase.act
  /// What became of the last episodes.
  @exclusivity(unchecked) public private(set) var report = UpdateReport()
  /// The settings the episodes in work run under.
  @exclusivity(unchecked) public private(set) var settings: LearningSettings
  /// The parameters: the shared ones themselves, which nobody else moves.
  public let theta: UnsafePointer<Float>
  /// The running mean of the returns, whether it is the baseline or not.
  @exclusivity(unchecked) public private(set) var runningMean: RunningBaseline
  /// Whether to measure `spread` with every gradient, which takes a second backward pass. What is
  /// learnt is the same.
  public var measuresSpread = false
  /// How far the episodes of the last gradient lay apart; nil where nobody asked, or where it was made of
  /// one episode.
  public private(set) var spread: GradientSpread?

  /// Whether to compare all baselines with every gradient, which takes two backward passes for each.
  /// What is learnt is the same.
  public var comparesBaselines = false
  /// What the comparisons have shown.
  public private(set) var comparison = BaselineComparison()

  /// What is subtracted where the baseline is constant, for the episodes in work.
  private var constant: Float = 0
  private let gradient: FloatBuffer
  private let episodeGradient: FloatBuffer
  private let shared: SharedParameters
  private let clock: StepClock
  private let recorder: (any UpdateRecorder)?
  /// The last keyframe, if it was told where the learner began.
  private var keyframe = Int.max

  /// Room for so many steps at the start.
  private static let initialCapacity = 512

  /// A learner at the start of an episode.
  ///
  /// - Parameter runningMean: the mean of the returns, of a learner that goes on.
  public init(
    actor: Actor, network: ActorCriticNetwork, shared: SharedParameters, clock: StepClock,
    settings: LearningSettings, recorder: (any UpdateRecorder)? = nil,
    runningMean: RunningBaseline = RunningBaseline()
  ) {
    self.runningMean = runningMean
    self.shared = shared
    self.clock = clock
    self.settings = settings
    self.recorder = recorder
    rollout = Rollout(
      actors: [actor], network: network, capacity: Self.initialCapacity,
      isRecorded: recorder != nil)
    gradient = network.makeParameters()
    episodeGradient = network.makeParameters()
    theta = shared.thetaInTurns
    report.version = shared.version
    rollout.version = report.version
    begin(settings)
  }

  /// Whether V is the baseline, so that a critic is trained and asked.
  public var hasCritic: Bool { settings.baseline == .value }

  /// One step in its world and, after the last of its episodes, all phases up to the next. A turn that
  /// was begun phase by phase is finished.
  ///
  /// - Parameter current: the settings of the next episodes, if they begin.
  /// - Returns: whether it made an update.
  @discardableResult
  public func turn(_ current: LearningSettings, observer: (any StageObserver)?) -> Bool {
    if phase == .act {
      act(observer)
      if phase == .act { return false }
    }
    if phase == .returns { allReturns() }
    while !advance(current, observer: observer) {}
    return true
  }

  /// The next phase.
  ///
  /// - Returns: whether it was the update, after which the next episodes begin under `current`.
  @discardableResult
  public func advance(_ current: LearningSettings, observer: (any StageObserver)?) -> Bool {
    switch phase {
    case .act: act(observer)
    case .returns: oneReturn()
    case .baseline: subtractBaseline()
    case .gradient: differentiate(observer)
    case .update:
      update()
      if rollout.isRecorded { recorder?.record(rollout, report) }
      begin(current)
      enter(.act, .act, observer)
      return true
    }
    return false
  }

  private func begin(_ current: LearningSettings) {
    let areNew = settings != current
    settings = current
    constant = Float(runningMean.mean)
    if areNew || shared.lastKeyframe != keyframe { noteOrigin() }
    rollout.beginEpisodes(
      current.episodesPerUpdate,
      baseline: hasCritic ? nil : current.baseline == .constant ? constant : 0,
      recorded: recorder?.wantsNext(after: rollout.length) ?? false)
  }

  /// Episodes begin: the first since a keyframe, or under new settings.
  private func noteOrigin() {
    keyframe = shared.lastKeyframe
    guard recorder != nil else { return }
    shared.note(
      RolloutOrigin(
        actor: rollout.actors[0], settings: settings, version: report.version,
        runningMean: runningMean))
  }

  private func act(_ observer: (any StageObserver)?) {
    rollout.act(theta, estimator: .monteCarlo, workers: 1)
    if rollout.isComplete(estimator: .monteCarlo, rolloutLength: 0) {
      enter(.returns, .learn, observer)
    }
  }

  private func oneReturn() {
    rollout.estimateOneStep(.monteCarlo, discount: settings.discount, theta: theta)
    if rollout.targetsDone == rollout.length { phase = .baseline }
  }

  private func allReturns() {
    rollout.estimate(.monteCarlo, discount: settings.discount, theta: theta)
    phase = .baseline
  }

  private func subtractBaseline() {
    let meanReturn = rollout.subtractBaseline()
    runningMean.take(meanReturn)
    phase = .gradient
  }

  private func differentiate(_ observer: (any StageObserver)?) {
    var loss = settings.loss
    if !hasCritic { loss.valueCoefficient = 0 }
    report.loss = loss
    report.batch = rollout.steps
    report.terms = rollout.gradient(
      of: loss, theta: theta, meanOver: rollout.steps, into: gradient.pointer)
    if !hasCritic { report.terms.value = 0 }
    report.gradientNorm = norm(policyRange)
    spread = measuresSpread ? rollout.gradientSpread(norm: report.gradientNorm, measure) : nil
    if comparesBaselines { compareBaselines() }
    enter(.update, .push, observer)
  }

  /// The gradient once more with every baseline, of the same episodes.
  private func compareBaselines() {
    let loss = ActorCriticLoss(valueCoefficient: 0, entropyCoefficient: 0)
    let rows = 0..<rollout.length
    let (record, workspace) = (rollout.record, rollout.workspace)
    let advantages = FloatBuffer(count: rollout.length)
    comparison.take(
      Baseline.allCases.compactMap { baseline in
        guard baseline != .value || hasCritic else { return nil }
        for row in rows {
          let subtracted =
            switch baseline {
            case .none: Float(0)
            case .constant: constant
            case .value: workspace.value(row)
            }
          advantages[row] = record.returns[row] - subtracted
        }
        _ = loss.gradients(
          rows: rows, actions: record.actions, advantages: advantages.pointer,
          targets: record.returns, workspace: workspace, meanOver: rollout.steps)
        rollout.network.backward(
          theta, rows: rows, workspace: workspace, gradient: episodeGradient.pointer)
        return rollout.gradientSpread(norm: policyNorm(of: episodeGradient), measure)
          .map { (baseline, $0) }
      })
  }

  /// |g_i|^2 of one episode's steps, each with the weight it has in the mean over all.
  private func measure(_ rows: Range<Int>) -> Double {
    rollout.network.backward(
      theta, rows: rows, workspace: rollout.workspace, gradient: episodeGradient.pointer)
    let norm = policyNorm(of: episodeGradient)
    return norm * norm
  }

  /// The norm of the policy's part of a gradient.
  private func policyNorm(of gradient: FloatBuffer) -> Double {
    GradientNorm.norm(
      gradient.pointer + policyRange.lowerBound, count: policyRange.count,
      kernels: rollout.network.kernels)
  }

  private func update() {
    report.clock = clock.advance(by: rollout.steps)
    report.clippingFactor = GradientNorm.clippingFactor(
      norm: report.gradientNorm, limit: settings.maxGradientNorm)
    report.learningRate = settings.learningRate(atStep: report.clock)
    report.pulledVersion = report.version
    report.criticStep = hasCritic && isSeparate ? criticStep() : nil
    if let critic = report.criticStep {
      shared.push(
        gradient, to: rollout.network.layout.range(of: .critic), scale: critic.clippingFactor,
        learningRate: critic.learningRate, part: .first)
      shared.push(
        gradient, to: policyRange, scale: report.clippingFactor,
        learningRate: report.learningRate, part: .last)
    } else {
      _ = shared.push(
        gradient, scale: report.clippingFactor, learningRate: report.learningRate)
    }
    report.version += 1
    rollout.version = report.version
  }

  private func criticStep() -> CriticStep {
    let norm = norm(rollout.network.layout.range(of: .critic))
    return CriticStep(
      gradientNorm: norm,
      clippingFactor: GradientNorm.clippingFactor(norm: norm, limit: settings.maxGradientNorm),
      learningRate: settings.criticLearningRate(atStep: report.clock))
  }

  private var isSeparate: Bool { rollout.network.shape.trunk == .separate }

  /// What the actor's step moves: its own network, or all where both share a trunk.
  private var policyRange: Range<Int> {
    isSeparate ? rollout.network.layout.range(of: .actor) : 0..<gradient.count
  }

  private func norm(_ range: Range<Int>) -> Double {
    GradientNorm.norm(
      gradient.pointer + range.lowerBound, count: range.count, kernels: rollout.network.kernels)
  }

  private func enter(_ phase: Phase, _ stage: WorkerStage, _ observer: (any StageObserver)?) {
    self.phase = phase
    observer?.worker(rollout.actors[0].index, enters: stage)
  }
}
