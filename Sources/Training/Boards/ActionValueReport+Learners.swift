internal import Agents
internal import Environments
internal import Networks
internal import Telemetry

extension SingleLearner {
  /// How often an action is taken at random now; nil where it does not explore so.
  var shareAtRandom: Double? {
    switch self {
    case let table as TabularLearner: table.control.epsilon
    case let network as DQNLearner: network.epsilon
    default: nil
    }
  }
}

extension ActionValueReport {
  /// Points of a curve over actions.
  private static let points = 41

  /// What a learner says of its actor's present state and of its last update.
  init(_ learner: any SingleLearner) {
    self.init()
    updates = learner.updates
    epsilon = learner.shareAtRandom
    switch learner {
    case let table as TabularLearner: read(table)
    case let network as DQNLearner: read(network)
    case let networks as DDPGLearner: read(networks)
    default: break
    }
  }

  private mutating func read(_ learner: TabularLearner) {
    let control = learner.control
    var state: Float = 0
    control.actor.observe(into: &state)
    targetPolicy = TargetPolicy(control.target)
    read(
      control.table.row(Int(state)), count: control.table.actions, taken: control.actionTakenNext)
    guard control.phase != .choose || learner.updates > 0 else { return }
    let step = control.step
    var seen = Step(action: step.action)
    // A phase that comes next has not filled in its part yet; between two steps all have.
    let next = control.phase
    if next != .act { seen.reward = step.reward }
    if next == .update || next == .choose {
      seen.target = step.target
      seen.error = step.error
    }
    if next == .choose { seen.newValue = step.newValue }
    self.step = seen
  }

  private mutating func read(_ learner: DQNLearner) {
    targetPolicy = .greedy
    read(learner.presentActionValues, count: learner.network.shape.outputs, taken: nil)
    let batch = learner.batch
    replay = Replay(
      learner.replay, errors: learner.updates > 0 ? batch.errors : nil, count: batch.count,
      age: batch.stored > 0 ? learner.batchAge : nil)
    distances = [Distance(network: "Q", norm: learner.targetDistance)]
  }

  private mutating func read(_ learner: DDPGLearner) {
    let batch = learner.batch
    let isDrawn = learner.updates > 0
    let ages = isDrawn ? (0..<batch.count).map { learner.replay.age(batch.slots[$0]) } : []
    replay = Replay(
      learner.replay, errors: isDrawn ? batch.errors : nil, count: batch.count,
      age: isDrawn ? Double(ages.reduce(0, +)) / Double(batch.count) : nil)
    distances = [
      Distance(network: "actor", norm: learner.targetActorDistance),
      Distance(network: "critic", norm: learner.targetCriticDistance),
    ]
    let observation = FloatBuffer(count: learner.replay.observationWidth)
    learner.actor.observe(into: observation.pointer)
    curve = Curve(learner.actionValueCurve(of: observation.pointer, points: Self.points))
    targetCurve = Curve(
      learner.actionValueCurve(of: observation.pointer, points: Self.points, targets: true))
    action = learner.actor.lastContinuousAction
    isWarmingUp = learner.isWarmingUp
    noise = isWarmingUp ? nil : learner.noise.value
  }

  /// The actions by their values, as an epsilon-greedy policy takes them and as targets assume.
  ///
  /// - Parameter taken: the action that is taken next, where it has been drawn.
  private mutating func read(_ values: UnsafePointer<Float>, count: Int, taken: Int?) {
    var probabilities = [Float](repeating: 0, count: count)
    probabilities.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      EpsilonGreedy(epsilon: epsilon ?? 0).probabilities(of: values, count: count, into: base)
    }
    let best = Categorical.greedy(values, count: count)
    greedyAction = best
    choices = (0..<count).map { action in
      let probability = Double(probabilities[action])
      let target: Double? =
        switch targetPolicy {
        case .greedy: action == best ? 1 : 0
        case .behaviour: probability
        case .taken: taken.map { action == $0 ? 1 : 0 }
        case nil: nil
        }
      return Choice(
        value: Double(values[action]), probability: probability, targetProbability: target)
    }
  }
}

extension ActionValueReport.TargetPolicy {
  fileprivate init(_ target: TemporalDifferenceTarget) {
    switch target {
    case .sarsa: self = .taken
    case .expectedSarsa: self = .behaviour
    case .qLearning: self = .greedy
    }
  }
}

extension ActionValueReport.Replay {
  fileprivate init(
    _ buffer: ReplayBuffer, errors: UnsafePointer<Float>?, count: Int, age: Double?
  ) {
    self.init(
      count: buffer.count, capacity: buffer.capacity, batchAge: age,
      errors: errors.map { errors in (0..<count).map { Double(errors[$0]) } } ?? [])
  }
}

extension ActionValueReport.Curve {
  fileprivate init(_ curve: ActionValueCurve) {
    self.init(
      actions: curve.actions.map(Double.init), values: curve.values.map(Double.init),
      policyAction: Double(curve.policyAction), policyValue: Double(curve.policyValue),
      slope: Double(curve.slope))
  }
}
