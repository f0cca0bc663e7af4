internal import Agents
internal import Environments
internal import Networks
internal import Telemetry

/// What the learners hold, taken down by their training threads.
extension AnatomyFacts {
  /// A worker of A3C: as it stands, or the last round it finished; nil before the first.
  init?(_ worker: A3CWorker, optimiser: Optimiser, demand: AnatomyBoard.Demand) {
    typealias Place = A3CAnatomy.Place
    let rollout = worker.rollout
    let hasPushed = worker.pushes > 0
    let isFinished = demand == .finished || worker.phase == .pull
    if isFinished && !hasPushed { return nil }
    let last: Place =
      if isFinished {
        .push
      } else {
        switch worker.phase {
        case .pull: .push
        case .act: rollout.length > 0 ? .act : .pull
        case .targets: rollout.targetsDone > 0 ? .targets : .act
        case .gradient: .targets
        case .push: .gradient
        }
      }
    let pulled = isFinished ? worker.report.pulledVersion : worker.pulledVersion
    self.init(
      agent: .a3c, worker: rollout.actors[0].index, last: last.rawValue,
      next: isFinished ? Place.pull.rawValue : worker.phase.rawValue,
      version: demand == .finished ? worker.report.version : worker.sharedVersion,
      pulledVersion: pulled, settings: worker.settings, optimiser: optimiser,
      update: worker.report)
    pushes = worker.pushes(after: pulled).filter { $0.version <= version }
      .map { AnatomyReport.Push(worker: $0.worker, version: $0.version) }
    take(rollout, 0, isFinished: isFinished)
  }

  /// Worker `k` of a group of A2C.
  init?(
    _ member: A2CMember, _ rollout: Rollout, _ k: Int, optimiser: Optimiser,
    demand: AnatomyBoard.Demand
  ) {
    typealias Place = A2CAnatomy.Place
    let isFinished = demand == .finished || member.phase == .act && rollout.length == 0
    if isFinished && rollout.learntWith == nil && demand == .finished { return nil }
    let hasBegun = rollout.learntWith != nil || rollout.length > 0
    let last: Place? =
      if !hasBegun {
        nil
      } else if isFinished {
        .update
      } else {
        switch member.phase {
        case .act: .act
        case .targets: rollout.targetsDone > 0 ? .targets : .act
        case .gradient: .targets
        case .wait: .gradient
        case .update: .wait
        }
      }
    let next = isFinished ? Place.act.rawValue : member.phase.rawValue
    let report = member.report
    self.init(
      agent: .a2c, worker: rollout.actors[k].index, last: last?.rawValue, next: next,
      version: report.version, pulledVersion: isFinished ? report.pulledVersion : report.version,
      settings: member.settings, optimiser: optimiser, update: report)
    workers = settings.workers
    if isFinished { waiting = Array(0..<workers) }
    take(rollout, k, isFinished: isFinished)
  }

  /// The learner of the basic actor-critic.
  init?(_ learner: ActorCriticLearner, optimiser: Optimiser, demand: AnatomyBoard.Demand) {
    typealias Place = ActorCriticAnatomy.Place
    let rollout = learner.rollout
    let isFinished = demand == .finished || learner.phase == .policy
    if demand == .finished && rollout.learntWith == nil { return nil }
    let last: Place? =
      isFinished
      ? rollout.learntWith == nil ? nil : .actor : Place(rawValue: learner.phase.rawValue - 1)
    self.init(
      agent: .actorCritic, worker: rollout.actors[0].index, last: last?.rawValue,
      next: isFinished ? Place.policy.rawValue : learner.phase.rawValue,
      version: learner.report.version, pulledVersion: learner.report.version,
      settings: learner.settings, optimiser: optimiser, update: learner.report)
    take(rollout, 0, isFinished: isFinished)
    if steps.isEmpty, learner.phase == .act { takeDecision(rollout, 0, step: 0, isFirst: true) }
  }

  /// The learner of REINFORCE: as it stands, or the last round it finished; nil before the first.
  init?(_ learner: ReinforceLearner, optimiser: Optimiser, demand: AnatomyBoard.Demand) {
    typealias Place = ReinforceAnatomy.Place
    let rollout = learner.rollout
    let isFinished = demand == .finished || learner.phase == .act && rollout.length == 0
    if demand == .finished && rollout.learntWith == nil { return nil }
    let last: Place? =
      if isFinished {
        rollout.learntWith == nil ? nil : .update
      } else {
        switch learner.phase {
        case .act: .act
        case .returns: rollout.targetsDone > 0 ? .returns : .act
        case .baseline: .returns
        case .gradient: .baseline
        case .update: .gradient
        }
      }
    let report = learner.report
    self.init(
      agent: .reinforce, worker: rollout.actors[0].index, last: last?.rawValue,
      next: isFinished ? Place.act.rawValue : learner.phase.rawValue, version: report.version,
      pulledVersion: isFinished ? report.pulledVersion : report.version,
      settings: learner.settings, optimiser: optimiser, update: report)
    spread = learner.spread
    take(rollout, 0, isFinished: isFinished)
  }

  /// The steps of the round, and what the last of them was decided from.
  private mutating func take(_ rollout: Rollout, _ k: Int, isFinished: Bool) {
    isGaussian = rollout.isGaussian
    steps.removeAll()
    if isFinished {
      rollout.forEachLearntStep(of: k) { steps.append(Step($0)) }
    } else {
      rollout.forEachPresentStep(of: k) { steps.append(Step($0)) }
    }
    guard !steps.isEmpty else { return }
    // The first observation of a finished rollout is that of the next one by now.
    let step = steps.count - 1
    takeDecision(rollout, k, step: step, isFirst: !isFinished || step > 0)
  }

  private mutating func takeDecision(_ rollout: Rollout, _ k: Int, step: Int, isFirst: Bool) {
    rollout.withDecision(step, of: k) { seen, logits in
      if isFirst { observation = (0..<rollout.observationWidth).map { seen[$0] } }
      probabilities = Array(repeating: 0, count: rollout.actionCount)
      probabilities.withUnsafeMutableBufferPointer { probabilities in
        guard let base = probabilities.baseAddress else { return }
        if rollout.isGaussian {
          base[0] = Gaussian.mean(logits)
          base[1] = Gaussian.deviation(logits)
        } else {
          Categorical.probabilities(logits, count: rollout.actionCount, into: base)
        }
      }
    }
    if case .discrete = rollout.actors[k].environment.specification.observation {
      isDiscrete = true
    }
  }
}

extension AnatomyFacts.Step {
  fileprivate init(_ step: LearntStep) {
    self.init(
      action: step.action, reward: step.reward, value: step.value, nextValue: step.nextValue,
      terminated: step.terminated, truncated: step.truncated, target: step.target,
      advantage: step.advantage)
  }

  fileprivate init(_ step: PresentStep) {
    self.init(
      action: step.action, reward: step.reward, value: step.value,
      nextValue: step.nextValue ?? .nan, terminated: step.terminated,
      truncated: step.truncated, target: step.target ?? .nan, advantage: step.advantage ?? .nan)
  }
}
