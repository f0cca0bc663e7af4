public import Networks
internal import Threads

/// One thread's share of an A2C team.
///
///     repeat
///       act       t_max steps of every worker under theta, forward passes batched over a group
///       targets   for t = T-1 ... 0: the targets G_t of all workers, from r_{t+1}, V(s_{t+1}) and G_{t+1}
///       gradient  each group's gradient, summed over its steps, with A_t = G_t - V(s_t)
///       update    barrier: all gradients are there;
///                 theta <- theta - optimiser step of (sum of gradients / number of steps)
///
/// `act` and `update` go through the loop; `advance` does it phase by phase, short of the update,
/// which takes all threads.
///
/// What changes with every step is not checked for overlapping accesses: the object belongs to one
/// thread at a time, and nothing that reads it is called while it is changed.
public final class A2CMember {
  /// The phases of the loop, in their order.
  public enum Phase: Int, Sendable, Hashable, CaseIterable {
    /// One step of every worker.
    case act
    /// One target of every worker: a cell of the estimator's recursion, from the last step to the
    /// first.
    case targets
    /// The gradients of the groups.
    case gradient
    /// The barrier: the gradient is made, those of others may not be.
    case wait
    /// The update that all threads make together.
    case update
  }

  /// The phase that comes next. A thread that has no group only comes to the updates.
  @exclusivity(unchecked) public private(set) var phase: Phase
  /// The groups of this thread.
  public let rollouts: [Rollout]
  /// What the last update was made from and what it did.
  @exclusivity(unchecked) public private(set) var report = UpdateReport()

  private let team: A2CTeam
  private let thread: Int
  private let groups: [Int]
  private let total: FloatBuffer
  private let range: Range<Int>
  private let kernels: KernelTable
  /// The settings the present rollouts run under.
  @exclusivity(unchecked) public private(set) var settings: LearningSettings
  private let recorder: (any UpdateRecorder)?
  /// Theta, which moves only in `update`.
  public let theta: UnsafePointer<Float>

  /// The member that runs on `thread` with the actors of its groups (in the order of
  /// `A2CTeam.groups(of:threads:workers:)`).
  public init(
    team: A2CTeam, thread: Int, actors: [[Actor]], network: ActorCriticNetwork,
    settings: LearningSettings, recorder: (any UpdateRecorder)? = nil
  ) {
    self.team = team
    self.thread = thread
    self.settings = settings
    self.recorder = recorder
    groups = A2CTeam.groups(of: thread, threads: team.threads, workers: settings.workers)
    precondition(groups.count == actors.count, "a member needs the actors of its groups")
    let capacity = settings.rolloutLength
    rollouts = actors.map {
      Rollout(
        actors: $0, network: network, capacity: capacity, isRecorded: recorder != nil)
    }
    total = FloatBuffer(count: network.layout.count)
    range = network.layout.shard(thread, of: team.threads)
    kernels = network.kernels
    theta = team.shared.thetaInTurns
    phase = rollouts.isEmpty ? .update : .act
    report.version = team.shared.version
    for rollout in rollouts { rollout.version = report.version }
    for origin in origins { team.shared.note(origin) }
  }

  /// Whether all rollouts of this thread are complete.
  public var isComplete: Bool { phase != .act }

  /// Carries out one phase, the one that comes next; an update is left to `update`.
  public func advance(observer: (any StageObserver)?) {
    switch phase {
    case .act: act()
    case .targets: oneTarget(observer)
    case .gradient: differentiate(observer)
    case .wait: phase = .update
    case .update: break
    }
  }

  /// One step of every worker of this thread that has not completed its rollout.
  public func act() {
    for rollout in rollouts {
      if rollout.isComplete(
        estimator: settings.estimator, rolloutLength: settings.rolloutLength)
      {
        rollout.rest()
      } else {
        rollout.act(theta, estimator: settings.estimator, workers: settings.workers)
      }
    }
    let areComplete = rollouts.allSatisfy {
      $0.isComplete(estimator: settings.estimator, rolloutLength: settings.rolloutLength)
    }
    if areComplete && phase == .act { phase = .targets }
  }

  /// Learns from the complete rollouts, as far as that has not been done, and updates theta together
  /// with the other threads; then a new rollout begins, under `next`.
  ///
  /// - Parameter leaderDecides: asked of the leader alone (thread 0), while the others wait: whether
  ///   the team goes on.
  /// - Returns: the leader's answer, on every thread.
  public func update(
    next: LearningSettings, observer: (any StageObserver)?, leaderDecides: () -> Bool
  ) -> Bool {
    precondition(isComplete, "an update is made of complete rollouts")
    if phase == .targets { allTargets(observer) }
    if phase == .gradient { differentiate(observer) }
    _ = team.clock.advance(by: rollouts.reduce(0) { $0 + $1.steps })
    let board = team.board.value
    let leader = thread == 0
    team.shared.updateTogether(
      leader: leader, barrier: team.barrier, gradient: total, range: range,
      learningRate: {
        report.clock = team.clock.steps
        report.learningRate = settings.learningRate(atStep: report.clock)
        return report.learningRate
      },
      origins: takeOrigins,
      scale: {
        if leader {
          board.goOn.pointee = leaderDecides()
          board.takesKeyframe.pointee = team.shared.isKeyframeDue
        }
        return scale()
      })
    report.pulledVersion = report.version
    report.version += 1
    report.loss = settings.loss
    let goOn = board.goOn.pointee
    if let recorder {
      for rollout in rollouts where rollout.isRecorded { recorder.record(rollout, report) }
    }
    let areNew = settings != next
    settings = next
    for rollout in rollouts {
      rollout.begin(recorded: recorder?.wantsNext(after: rollout.length) ?? false)
      rollout.version = report.version
    }
    if areNew || board.takesKeyframe.pointee { board.origins[thread] = origins }
    phase = rollouts.isEmpty ? .update : .act
    tell(observer, .act)
    return goOn
  }

  /// Where the rollouts of this thread begin, for a recorder.
  private var origins: [RolloutOrigin] {
    guard recorder != nil else { return [] }
    return rollouts.flatMap { rollout in
      rollout.actors.map {
        RolloutOrigin(actor: $0, settings: settings, version: report.version)
      }
    }
  }

  /// The leader tells where the rollouts of all threads began: others would have to wait for theta's lock.
  private func takeOrigins() -> [RolloutOrigin] {
    let board = team.board.value
    var result: [RolloutOrigin] = []
    for thread in 0..<team.threads where !board.origins[thread].isEmpty {
      result += board.origins[thread]
      board.origins[thread] = []
    }
    return result
  }

  private func oneTarget(_ observer: (any StageObserver)?) {
    if rollouts.allSatisfy({ $0.targetsDone == 0 }) { tell(observer, .learn) }
    for rollout in rollouts where rollout.targetsDone < rollout.length {
      rollout.estimateOneStep(settings.estimator, discount: settings.discount, theta: theta)
    }
    if rollouts.allSatisfy({ $0.targetsDone == $0.length }) { phase = .gradient }
  }

  private func allTargets(_ observer: (any StageObserver)?) {
    if rollouts.allSatisfy({ $0.targetsDone == 0 }) { tell(observer, .learn) }
    for rollout in rollouts {
      rollout.estimate(settings.estimator, discount: settings.discount, theta: theta)
    }
    phase = .gradient
  }

  private func differentiate(_ observer: (any StageObserver)?) {
    var terms = ActorCriticLoss.Terms()
    var steps = 0
    for (group, rollout) in zip(groups, rollouts) {
      let sums = rollout.gradient(
        of: settings.loss, theta: theta, meanOver: 1,
        into: team.board.value.gradients[group].pointer)
      terms.policy += sums.policy
      terms.value += sums.value
      terms.entropy += sums.entropy
      steps += rollout.steps
      team.board.value.steps[group] = rollout.steps
    }
    let count = Double(max(steps, 1))
    report.terms = ActorCriticLoss.Terms(
      policy: terms.policy / count, value: terms.value / count, entropy: terms.entropy / count)
    phase = .wait
    tell(observer, .wait)
  }

  /// The mean gradient's clipping factor over the number of steps; leaves the summed gradient in
  /// `total`. Every thread computes it alike, in the order of the groups.
  private func scale() -> Float {
    let board = team.board.value
    total.copy(from: board.gradients[0])
    var steps = board.steps[0]
    for group in 1..<team.groups {
      total.add(board.gradients[group])
      steps += board.steps[group]
    }
    let sum = GradientNorm.norm(total.pointer, count: total.count, kernels: kernels)
    let norm = sum / Double(steps)
    report.gradientNorm = norm
    report.batch = steps
    report.sumsGradients = true
    report.clippingFactor = GradientNorm.clippingFactor(
      norm: norm, limit: settings.maxGradientNorm)
    return report.clippingFactor / Float(steps)
  }

  private func tell(_ observer: (any StageObserver)?, _ stage: WorkerStage) {
    guard let observer else { return }
    for rollout in rollouts {
      for actor in rollout.actors { observer.worker(actor.index, enters: stage) }
    }
  }
}
