public import Networks
internal import Threads

/// One thread's share of an A2C team.
///
///     repeat
///       act      t_max steps of every worker under theta, forward passes batched over a group
///       learn    targets, advantages, each group's gradient, summed over its steps
///       wait     barrier: all gradients are there
///       update   theta <- theta - optimiser step of (sum of gradients / number of steps)
public final class A2CMember {
  /// The groups of this thread.
  public let rollouts: [Rollout]
  /// What the last update was made from and what it did.
  public private(set) var report = UpdateReport()

  private let team: A2CTeam
  private let thread: Int
  private let groups: [Int]
  private let total: FloatBuffer
  private let range: Range<Int>
  private let kernels: KernelTable
  private var settings: LearningSettings
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
        actors: $0, network: network, capacity: capacity, keepsStates: recorder != nil)
    }
    total = FloatBuffer(count: network.layout.count)
    range = network.layout.shard(thread, of: team.threads)
    kernels = network.kernels
    theta = team.shared.thetaInTurns
    report.version = team.shared.version
  }

  /// Whether all rollouts of this thread are complete.
  public var isComplete: Bool {
    rollouts.allSatisfy {
      $0.isComplete(estimator: settings.estimator, rolloutLength: settings.rolloutLength)
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
  }

  /// Learns from the complete rollouts and updates theta together with the other threads; then a
  /// new rollout begins, under `next`.
  ///
  /// - Parameter leaderDecides: asked of the leader alone (thread 0), while the others wait: whether
  ///   the team goes on.
  /// - Returns: the leader's answer, on every thread.
  public func update(
    next: LearningSettings, observer: (any StageObserver)?, leaderDecides: () -> Bool
  ) -> Bool {
    tell(observer, .learn)
    learn()
    tell(observer, .wait)
    let board = team.board.value
    let leader = thread == 0
    team.shared.updateTogether(
      leader: leader, barrier: team.barrier, gradient: total, range: range,
      learningRate: {
        report.clock = team.clock.steps
        report.learningRate = settings.learningRate(atStep: report.clock)
        return report.learningRate
      },
      scale: {
        if leader { board.goOn.pointee = leaderDecides() }
        return scale()
      })
    report.pulledVersion = report.version
    report.version += 1
    report.loss = settings.loss
    let goOn = board.goOn.pointee
    if let recorder { for rollout in rollouts { recorder.record(rollout, report) } }
    settings = next
    for rollout in rollouts { rollout.begin() }
    tell(observer, .act)
    return goOn
  }

  private func learn() {
    var terms = ActorCriticLoss.Terms()
    var steps = 0
    for (group, rollout) in zip(groups, rollouts) {
      rollout.estimate(settings.estimator, discount: settings.discount, theta: theta)
      let sums = rollout.gradient(
        of: settings.loss, theta: theta, meanOver: 1,
        into: team.board.value.gradients[group].pointer)
      terms.policy += sums.policy
      terms.value += sums.value
      terms.entropy += sums.entropy
      steps += rollout.steps
      team.board.value.steps[group] = rollout.steps
    }
    _ = team.clock.advance(by: steps)
    let count = Double(max(steps, 1))
    report.terms = ActorCriticLoss.Terms(
      policy: terms.policy / count, value: terms.value / count, entropy: terms.entropy / count)
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
