internal import Agents
internal import Environments
internal import Networks
internal import Telemetry

extension DQNLearner: ExplainedLearner {
  /// The loop of DQN.
  var anatomy: AnatomyReport {
    let parts = DQNAnatomy(learner: self)
    return AnatomyReport(
      .dqn, of: self,
      phases: [
        parts.choose, parts.act, parts.store, parts.sample, parts.target, parts.update, parts.copy,
      ], last: lastPhase?.rawValue, note: "one network Q(s, ·; θ), and θ⁻, an older copy of it",
      discount: hyperparameters.discount)
  }
}

/// Deep Q-learning as a loop of seven phases, once for every step (Mnih et al., 2015, algorithm 1). Of a
/// batch the first transition is worked out.
struct DQNAnatomy {
  let learner: DQNLearner

  private typealias Place = DQNLearner.Phase
  private typealias Pieces = [AnatomyReport.Piece]

  private var settings: DQNHyperparameters { learner.hyperparameters }
  private var batch: DQNBatch { learner.batch }
  private var width: Int { learner.replay.observationWidth }
  private var actions: Int { learner.network.shape.outputs }
  private var turn: TurnPhases {
    TurnPhases(last: learner.lastPhase?.rawValue, steps: learner.actor.steps)
  }
  private func has(_ place: Place) -> Bool { turn.has(place.rawValue) }

  private func state(_ numbers: UnsafePointer<Float>) -> Pieces {
    let isDiscrete =
      if case .discrete = learner.actor.environment.specification.observation { true } else {
        false
      }
    return .state((0..<width).map { numbers[$0] }, isDiscrete: isDiscrete)
  }

  private func values(_ numbers: UnsafePointer<Float>) -> [Float] {
    (0..<actions).map { numbers[$0] }
  }

  // MARK: The step

  /// Any action with probability epsilon, else the best.
  var choose: Phase {
    let isDone = has(.choose)
    let action: Pieces = isDone ? .line("\(whole: learner.action, .policy)") : []
    return Phase(
      name: "choose",
      inputs: [
        Quantity("s", "state", .world, isDone ? state(learner.observation) : []),
        Quantity(
          "Q(s, ·; θ)", "action values", .value,
          isDone ? .actions(values(learner.actionValues), .value) : []),
      ],
      formula: "with probability ε any action, else a = argmax Q(s, a; θ)",
      numbers: isDone
        ? [
          epsilonNumbers,
          .line(
            """
            a: \(whole: learner.action, .policy)\
            \(signs: learner.isExploring ? ", at random" : ", of the greatest value")
            """),
        ] : [],
      outputs: [
        Quantity("a", "action", .policy, action),
        Quantity(
          "ε", "share of actions at random", .plain, isDone ? .line("\(epsilon)") : []),
      ],
      reason:
        "Mostly the action it values most, sometimes any: an action never tried is never learnt.")
  }

  /// That of the turn's step, whose turn may be over.
  private var epsilon: Double {
    settings.epsilon(steps: turn.step - 1, budget: learner.budget)
  }

  /// The straight line from the first epsilon to the last.
  private var epsilonNumbers: Pieces {
    let steps = turn.step - 1
    let duration = settings.explorationFraction * Double(learner.budget)
    guard Double(steps) < duration else {
      return .line("ε \(settings.finalEpsilon), since step \(whole: Int(duration.rounded(.up)))")
    }
    return .line(
      """
      ε = \(settings.initialEpsilon) + (\(settings.finalEpsilon) - \(settings.initialEpsilon))·\
      \(whole: steps)/\(duration) = \(epsilon)
      """)
  }

  /// (r, s') ~ world(s, a).
  var act: Phase {
    loop.act(
      state: state(learner.observation), action: .line("\(whole: learner.action, .policy)"),
      outcome: learner.outcome,
      reached: state(learner.reachedObservation), isChosen: has(.choose), isDone: has(.act))
  }

  /// The transition goes into the buffer.
  var store: Phase { loop.store(isDone: has(.store)) }

  // MARK: The update

  private var loop: ReplayPhases<Place> {
    ReplayPhases(
      replay: learner.replay, turn: turn, learningStarts: settings.learningStarts,
      trainFrequency: settings.trainFrequency, hasUpdated: learner.updates > 0,
      hasDiverged: learner.hasDiverged)
  }

  /// A batch from the buffer.
  var sample: Phase {
    let isShown = loop.shows(.sample)
    let action = Int(batch.actions[0])
    return Phase(
      name: "sample",
      inputs: [
        Quantity("|D|", "transitions to draw from", .plain, .line("\(whole: learner.replay.count)"))
      ],
      formula: "\(batch.count) × (s, a, r, s', terminated), uniformly from D",
      numbers: loop.numbers(
        .sample,
        isShown
          ? [
            .line("the first: s ") + state(batch.states.input(0))
              + .line(
                ", a \(whole: action, .policy), r \(batch.rewards[0], .world), s' ")
              + state(batch.nextStates.input(0))
          ] : []),
      outputs: [
        Quantity("a", "of the first", .policy, isShown ? .line("\(whole: action, .policy)") : []),
        Quantity("r", "of the first", .world, isShown ? .line("\(batch.rewards[0], .world)") : []),
        Quantity("age", "mean, in steps", .plain, isShown ? .line("\(learner.batchAge)") : []),
      ], reason: loop.sampleReason)
  }

  /// The target by the older copy.
  var target: Phase {
    let isShown = loop.shows(.target)
    let isEnd = isShown && batch.terminated[0]
    return Phase(
      name: "target",
      inputs: [
        Quantity("r", "of the first", .world, isShown ? .line("\(batch.rewards[0], .world)") : []),
        Quantity(
          "Q(s', ·; θ⁻)", "by the older copy", .value,
          isShown && !isEnd ? .actions(values(batch.nextStates.output(0)), .value) : []),
      ],
      formula: settings.isDouble
        ? "y = r + γ·Q(s', a'; θ⁻),  a' = argmax Q(s', a; θ)" : "y = r + γ·max Q(s', a'; θ⁻)",
      numbers: loop.numbers(.target, isShown ? [targetNumbers] : []),
      outputs: [
        Quantity(
          "y", "target of the first", .undiscountedReturn,
          isShown ? .line("\(batch.targets[0], .undiscountedReturn)") : []),
        Quantity(
          "a'", "the next action it counts on", .policy,
          isShown && !isEnd ? .line("\(whole: Int(batch.nextActions[0]), .policy)") : []),
      ],
      reason: isEnd
        ? TargetPhase.reason(of: .terminated)
        : "θ⁻ stands still for a while: a target that moved with every update would be chased in vain."
    )
  }

  private var targetNumbers: Pieces {
    let result: AnatomyReport.Line = " = \(batch.targets[0], .undiscountedReturn)"
    let reward = batch.rewards[0]
    if batch.terminated[0] { return .line("y = \(reward, .world)") + result.pieces }
    let values = values(batch.nextStates.output(0))
    let worth: Pieces =
      settings.isDouble
      ? .line("\(values[Int(batch.nextActions[0])], .value, isOperand: true)")
      : .line("max(") + .separated(values.map { .line("\($0, .value)") }, by: ", ") + .line(")")
    return .line("y = \(reward, .world) + \(settings.discount)·") + worth + result.pieces
  }

  /// A step along the gradient of the mean loss.
  var update: Phase {
    let isShown = loop.shows(.update)
    let hasTarget = loop.shows(.target)
    let report = learner.report
    return Phase(
      name: "update",
      inputs: [
        Quantity(
          "y", "a constant", .undiscountedReturn,
          hasTarget ? .line("\(batch.targets[0], .undiscountedReturn)") : []),
        Quantity("Q(s, a; θ)", "of the first", .value, isShown ? .line("\(value, .value)") : []),
      ],
      formula: """
        δ = y - Q(s, a; θ),  L = mean \(settings.loss == .huber ? "huber(δ)" : "δ²"),  \
        θ ← θ - η·\(settings.optimiser.symbol)(k·∇L)
        """,
      numbers: loop.numbers(.update, isShown ? updateNumbers : []),
      outputs: [
        Quantity(
          "δ", "TD error of the first", .advantage,
          isShown ? .line("\(batch.errors[0], .advantage)") : []),
        Quantity("L", "mean loss of the batch", .plain, isShown ? .line("\(report.loss)") : []),
        Quantity(
          "|∇L|", "length of the gradient", .plain, isShown ? .line("\(report.gradientNorm)") : []),
      ],
      reason:
        "Q(s, a) moves towards its target, and with it all states the network takes for alike.")
  }

  private var value: Float { batch.states.output(0)[Int(batch.actions[0])] }

  private var updateNumbers: [[AnatomyReport.Piece]] {
    let error = batch.errors[0]
    let report = learner.report
    let cost = settings.loss.value(error)
    let loss: Pieces =
      switch settings.loss {
      case .huber where abs(error) < 1:
        .line(
          """
          huber = 0.5·\(error, .advantage, isOperand: true)·\
          \(error, .advantage, isOperand: true) = \(cost)
          """)
      case .huber: .line("huber = \(abs(error)) - \(0.5) = \(cost)")
      case .squared:
        .line(
          """
          δ² = \(error, .advantage, isOperand: true)·\
          \(error, .advantage, isOperand: true) = \(cost)
          """)
      }
    return [
      .line(
        """
        δ = \(batch.targets[0], .undiscountedReturn) - \(value, .value, isOperand: true) = \
        \(error, .advantage)
        """), loss,
      .line(
        """
        k = min(1, \(settings.maxGradientNorm)/\(report.gradientNorm)) = \(report.clippingFactor)
        """),
    ]
  }

  // MARK: The copy

  /// The older copy is renewed.
  var copy: Phase {
    let interval = settings.targetUpdateInterval
    return Phase(
      name: "copy",
      inputs: [Quantity("θ", "the network", .parameters, .line("\(version: learner.updates)"))],
      formula: "θ⁻ ← θ, every C = \(interval) steps",
      numbers: loop.copyNumbers(
        .copy, every: interval,
        [.line("θ⁻ \(version: learner.updates), copy \(whole: learner.copies)")]),
      outputs: [
        Quantity(
          "|θ-θ⁻|", "how far the copy is behind", .plain, .line("\(learner.targetDistance)")),
        Quantity("copies", "made so far", .plain, .line("\(whole: learner.copies)")),
      ],
      reason:
        "Between two copies the targets stand still, so that each stretch is plain regression.")
  }
}
