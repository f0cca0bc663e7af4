public import Networks

/// Learns again what was learnt since a keyframe: the same learners go through the same states with the
/// same random numbers, and push in the order in which they pushed, to the last bit. So a run need not
/// copy its steps while nobody looks: who wants them gets them made again.
///
/// To be used on a thread that flushes subnormal numbers to zero, as training threads do.
public struct LearningReplay: Sendable {
  private let network: ActorCriticNetwork

  /// For learners of one network.
  public init(network: ActorCriticNetwork) { self.network = network }

  /// Goes through a stretch; `recorder` hears of every rollout whose steps were taken and learnt from since
  /// its start, in the order of the updates.
  ///
  /// - Returns: how far it came.
  @discardableResult
  public func run(_ stretch: LearningStretch, recorder: any UpdateRecorder) -> Outcome {
    let clock = StepClock(steps: stretch.clock)
    let shared = SharedParameters(stretch, clock: clock)
    var actors: [Int: Actor] = [:]
    switch stretch.learners {
    case .a3c:
      var workers = ReplayedWorkers(stretch, network, shared, clock, recorder)
      while shared.version < stretch.end, workers.makeNext() {}
      actors = workers.waiting
    case .a2c: runTeam(stretch, shared, clock, recorder)
    case .actorCritic: runLearner(stretch, shared, clock, recorder)
    case .reinforce: runReinforce(stretch, shared, clock, recorder)
    case .other: break
    }
    return Outcome(version: shared.version, actors: actors)
  }

  /// What came of a stretch.
  public struct Outcome: Sendable {
    /// The last version that was made: where something is missing, not the last of the stretch.
    public let version: Int
    /// The workers of A3C after their last push, by number: where the rollouts began that were under way
    /// at the stretch's end.
    public let actors: [Int: Actor]
  }

  private func runTeam(
    _ stretch: LearningStretch, _ shared: SharedParameters, _ clock: StepClock,
    _ recorder: any UpdateRecorder
  ) {
    let origins = stretch.origins.filter { $0.version == stretch.start }
      .sorted { $0.actor.index < $1.actor.index }
    guard let settings = origins.first?.settings, origins.count == settings.workers else { return }
    let team = A2CTeam(
      workers: origins.count, threads: 1, network: network, shared: shared, clock: clock)
    let actors = A2CTeam.groups(workers: origins.count).map { origins[$0].map(\.actor) }
    let member = A2CMember(
      team: team, thread: 0, actors: actors, network: network, settings: settings,
      recorder: recorder)
    repeatUpdates(of: stretch, shared) { next in
      while !member.isComplete { member.act() }
      _ = member.update(next: next, observer: nil) { true }
    }
  }

  private func runLearner(
    _ stretch: LearningStretch, _ shared: SharedParameters, _ clock: StepClock,
    _ recorder: any UpdateRecorder
  ) {
    guard let origin = stretch.origins.first(where: { $0.version == stretch.start }) else { return }
    let learner = ActorCriticLearner(
      actor: origin.actor, network: network, shared: shared, clock: clock,
      settings: origin.settings, recorder: recorder)
    repeatUpdates(of: stretch, shared) { next in
      learner.take(next)
      learner.turn(observer: nil)
    }
  }

  private func runReinforce(
    _ stretch: LearningStretch, _ shared: SharedParameters, _ clock: StepClock,
    _ recorder: any UpdateRecorder
  ) {
    guard let origin = stretch.origins.first(where: { $0.version == stretch.start }) else { return }
    let learner = ReinforceLearner(
      actor: origin.actor, network: network, shared: shared, clock: clock,
      settings: origin.settings, recorder: recorder, runningMean: origin.runningMean)
    repeatUpdates(of: stretch, shared) { next in
      while !learner.turn(next, observer: nil) {}
    }
  }

  /// Makes one update after the other, by learners that all begin their rollouts at once.
  ///
  /// - Parameter update: makes the next one; what follows it runs under the settings given.
  private func repeatUpdates(
    of stretch: LearningStretch, _ shared: SharedParameters,
    _ update: (LearningSettings) -> Void
  ) {
    var changes = SettingChanges(stretch)
    while shared.version < stretch.end {
      let version = shared.version
      update(changes.settings(at: version + 1))
      // A run that has diverged comes to no other version.
      if shared.version == version { return }
    }
  }
}

/// The settings that rollouts began under, version by version, of learners that all begin at once.
private struct SettingChanges {
  private let origins: [RolloutOrigin]
  private var next = 0
  private var present: LearningSettings?

  init(_ stretch: LearningStretch) { origins = stretch.origins }

  /// The settings at `version`; to be asked in the order of the versions.
  mutating func settings(at version: Int) -> LearningSettings {
    while next < origins.count, origins[next].version <= version {
      present = origins[next].settings
      next += 1
    }
    guard let present else {
      preconditionFailure("a stretch begins with the settings it began under")
    }
    return present
  }
}

/// Workers of A3C who do again what they did.
private struct ReplayedWorkers {
  private let stretch: LearningStretch
  private let network: ActorCriticNetwork
  private let shared: SharedParameters
  private let clock: StepClock
  private let recorder: any UpdateRecorder
  private var workers: [Int32: A3CWorker] = [:]
  private var origins: [Place: RolloutOrigin] = [:]
  /// By version, from the start: the first push among those that pulled it; -1 for none.
  private var pulls: [Int32]
  /// By push: the next of those that pulled the same version.
  private var next: [Int32]

  private struct Place: Hashable {
    var worker: Int32
    var version: Int
  }

  init(
    _ stretch: LearningStretch, _ network: ActorCriticNetwork, _ shared: SharedParameters,
    _ clock: StepClock, _ recorder: any UpdateRecorder
  ) {
    self.stretch = stretch
    self.network = network
    self.shared = shared
    self.clock = clock
    self.recorder = recorder
    for origin in stretch.origins {
      origins[Place(worker: Int32(origin.actor.index), version: origin.version)] = origin
    }
    pulls = Array(repeating: -1, count: stretch.notes.count + 1)
    next = Array(repeating: -1, count: stretch.notes.count)
    for push in stretch.notes.indices.reversed() {
      let pulled = push - Int(stretch.notes[push].staleness)
      guard pulled >= 0 else { continue }
      next[push] = pulls[pulled]
      pulls[pulled] = Int32(push)
    }
    for worker in pullers(at: 0) { begin(worker) }
  }

  /// Makes the next version.
  ///
  /// - Returns: false where that cannot be done.
  mutating func makeNext() -> Bool {
    let push = shared.version - stretch.start
    guard push < stretch.notes.count else { return false }
    let note = stretch.notes[push]
    if push < Int(note.staleness) {
      // Computed with a theta of before the start.
      guard let stale = stretch.stale[shared.version + 1] else { return false }
      _ = shared.push(stale.gradient, scale: stale.scale, learningRate: stale.learningRate)
    } else {
      guard let worker = workers[note.worker], worker.phase == .push,
        worker.pulledVersion == shared.version - Int(note.staleness)
      else { return false }
      // The steps of others may have been counted before it pushed.
      _ = clock.advance(by: note.clock - clock.steps - worker.rollout.steps)
      worker.advance(worker.settings, observer: nil)
    }
    guard shared.version - stretch.start == push + 1 else { return false }
    for worker in pullers(at: push + 1) { begin(worker) }
    return true
  }

  /// The actors of those who have pushed and not pulled again.
  var waiting: [Int: Actor] {
    var result: [Int: Actor] = [:]
    for worker in workers.values where worker.phase == .pull {
      let actor = worker.rollout.actors[0]
      result[actor.index] = actor
    }
    return result
  }

  /// The workers that pulled a version and pushed within the stretch.
  private func pullers(at version: Int) -> [Int32] {
    var result: [Int32] = []
    var push = pulls[version]
    while push >= 0 {
      result.append(stretch.notes[Int(push)].worker)
      push = next[Int(push)]
    }
    return result
  }

  /// A worker pulls, and comes to its next push.
  private mutating func begin(_ number: Int32) {
    let origin = origins[Place(worker: number, version: shared.version)]
    if let worker = workers[number] {
      worker.comeToPush(origin?.settings ?? worker.settings)
    } else if let origin {
      let worker = A3CWorker(
        actor: origin.actor, network: network, shared: shared, clock: clock,
        settings: origin.settings, recorder: recorder)
      workers[number] = worker
      worker.comeToPush(origin.settings)
    }
  }
}
