internal import Agents
internal import Environments
internal import Networks
internal import Telemetry

extension DDPGLearner: ExplainedLearner {
  /// The loop of DDPG.
  var anatomy: AnatomyReport {
    let parts = DDPGAnatomy(learner: self)
    return AnatomyReport(
      .ddpg, of: self,
      phases: [
        parts.choose, parts.act, parts.store, parts.sample, parts.target, parts.critic, parts.actor,
        parts.track,
      ], last: lastPhase?.rawValue,
      note: "actor μ(s; θ) and critic Q(s, a; w); θ' and w' follow them",
      discount: hyperparameters.discount)
  }
}

/// DDPG as a loop of eight phases, once for every step (Lillicrap et al., 2015, algorithm 1). Of a batch
/// the first transition is worked out.
struct DDPGAnatomy {
  let learner: DDPGLearner

  private typealias Place = DDPGLearner.Phase
  private typealias Pieces = [AnatomyReport.Piece]

  private var settings: DDPGHyperparameters { learner.hyperparameters }
  private var networks: DDPGNetworks { learner.networks }
  private var batch: DDPGBatch { learner.batch }
  private var turn: TurnPhases {
    TurnPhases(last: learner.lastPhase?.rawValue, steps: learner.actor.steps)
  }
  private func has(_ place: Place) -> Bool { turn.has(place.rawValue) }

  private func state(_ numbers: UnsafePointer<Float>) -> Pieces {
    .state((0..<networks.observationWidth).map { numbers[$0] }, isDiscrete: false)
  }

  // MARK: The step

  /// The actor's action and the noise.
  var choose: Phase {
    let isDone = has(.choose)
    return Phase(
      name: "choose",
      inputs: [
        Quantity("s", "state", .world, isDone ? state(learner.observation) : []),
        Quantity(
          "x", "the noise, in half ranges of a", .plain,
          isDone && !isDrawn ? .line("\(learner.noise.value)") : []),
      ],
      formula: "a = clip(μ(s; θ) + h·x),  x ~ noise", numbers: isDone ? chooseNumbers : [],
      outputs: [
        Quantity(
          "μ(s)", "the actor's action", .policy,
          isDone ? .line("\(learner.policyAction, .policy)") : []),
        Quantity(
          "a", "the action taken", .policy, isDone ? .line("\(learner.action, .policy)") : []),
      ],
      reason:
        "μ gives one action and never tries another: the noise does, near the one it holds for best."
    )
  }

  /// Whether the action of the step is one of the first, which are drawn.
  private var isDrawn: Bool { turn.step <= settings.learningStarts }

  private var chooseNumbers: [[AnatomyReport.Piece]] {
    let (low, high) = (networks.middle - networks.halfRange, networks.middle + networks.halfRange)
    if isDrawn {
      return [
        .line(
          """
          a \(learner.action, .policy), drawn from all of \(low)…\(high): \
          the first \(whole: settings.learningStarts) steps try everything
          """)
      ]
    }
    return [
      .line(
        """
        a = min(\(high), max(\(low), \(learner.policyAction, .policy) + \
        \(networks.halfRange)·\(learner.noise.value, isOperand: true))) = \
        \(learner.action, .policy)
        """)
    ]
  }

  /// (r, s') ~ world(s, a).
  var act: Phase {
    loop.act(
      state: state(learner.observation), action: .line("\(learner.action, .policy)"),
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

  /// The action of the batch's first transition.
  private var action: Float { batch.values.input(0)[networks.observationWidth] }

  /// A batch from the buffer.
  var sample: Phase {
    let isShown = loop.shows(.sample)
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
            .line("the first: s ") + state(batch.policy.input(0))
              + .line(", a \(action, .policy), r \(batch.rewards[0], .world), s' ")
              + state(batch.nextPolicy.input(0))
          ] : []),
      outputs: [
        Quantity("a", "of the first", .policy, isShown ? .line("\(action, .policy)") : []),
        Quantity("r", "of the first", .world, isShown ? .line("\(batch.rewards[0], .world)") : []),
      ], reason: loop.sampleReason)
  }

  /// The target by both followers.
  var target: Phase {
    let isShown = loop.shows(.target)
    let isEnd = isShown && batch.terminated[0]
    return Phase(
      name: "target",
      inputs: [
        Quantity("r", "of the first", .world, isShown ? .line("\(batch.rewards[0], .world)") : []),
        Quantity(
          "μ'(s')", "the next action by θ'", .policy,
          isShown && !isEnd
            ? .line("\(networks.action(batch.nextPolicy.output(0)[0]), .policy)") : []),
        Quantity(
          "Q'", "its value by w'", .value,
          isShown && !isEnd ? .line("\(batch.nextValues.output(0)[0], .value)") : []),
      ],
      formula: "y = r + γ·Q'(s', μ'(s'; θ'); w')",
      numbers: loop.numbers(.target, isShown ? [targetNumbers] : []),
      outputs: [
        Quantity(
          "y", "target of the first", .undiscountedReturn,
          isShown ? .line("\(batch.targets[0], .undiscountedReturn)") : [])
      ],
      reason: isEnd
        ? TargetPhase.reason(of: .terminated)
        : "The slow followers value s': a target that moved with every update would be chased in vain."
    )
  }

  private var targetNumbers: Pieces {
    let reward = batch.rewards[0]
    let target = batch.targets[0]
    if batch.terminated[0] {
      return .line("y = \(reward, .world) = \(target, .undiscountedReturn)")
    }
    return .line(
      """
      y = \(reward, .world) + \(settings.discount)·\
      \(batch.nextValues.output(0)[0], .value, isOperand: true) = \(target, .undiscountedReturn)
      """)
  }

  /// The critic moves towards the targets.
  var critic: Phase {
    let isShown = loop.shows(.critic)
    let value = batch.values.output(0)[0]
    let error = batch.errors[0]
    let report = learner.report
    return Phase(
      name: "critic",
      inputs: [
        Quantity(
          "y", "a constant", .undiscountedReturn,
          loop.shows(.target) ? .line("\(batch.targets[0], .undiscountedReturn)") : []),
        Quantity("Q(s, a; w)", "of the first", .value, isShown ? .line("\(value, .value)") : []),
      ],
      formula: "δ = y - Q(s, a; w),  L = mean δ²,  w ← w - η·\(settings.optimiser.symbol)(∇L)",
      numbers: loop.numbers(
        .critic,
        isShown
          ? [
            .line(
              """
              δ = \(batch.targets[0], .undiscountedReturn) - \(value, .value, isOperand: true) = \
              \(error, .advantage)
              """),
            .line(
              """
              δ² = \(error, .advantage, isOperand: true)·\
              \(error, .advantage, isOperand: true) = \(error * error)
              """),
          ] : []),
      outputs: [
        Quantity(
          "δ", "TD error of the first", .advantage, isShown ? .line("\(error, .advantage)") : []),
        Quantity(
          "L", "mean of the batch", .plain, isShown ? .line("\(report.criticLoss)") : []),
        Quantity(
          "|∇L|", "length of the gradient", .plain,
          isShown ? .line("\(report.criticGradientNorm)") : []),
      ],
      reason: "The critic learns what actions are worth; the actor knows only what the critic says."
    )
  }

  /// The actor moves uphill in Q.
  var actor: Phase {
    let isShown = loop.shows(.actor)
    let report = learner.report
    let slope = batch.actionSlope(0)[0]
    let action = networks.action(batch.policy.output(0)[0])
    return Phase(
      name: "actor",
      inputs: [
        Quantity("μ(s)", "of the first", .policy, isShown ? .line("\(action, .policy)") : []),
        Quantity(
          "Q(s, μ)", "its value", .value,
          isShown ? .line("\(batch.policyValues.output(0)[0], .value)") : []),
      ],
      formula: "J = mean Q(s, μ(s; θ); w),  θ ← θ + η·\(settings.optimiser.symbol)(mean dQ/da·∇μ)",
      numbers: loop.numbers(
        .actor,
        isShown
          ? [
            .line(
              """
              dQ/da \(slope, .advantage) at a \(action, .policy): \
              \(signs: slope == 0 ? "a stays" : slope > 0 ? "a goes up" : "a goes down")
              """),
            .line("J \(report.actorObjective, .value), |∇J| \(report.actorGradientNorm)"),
          ] : []),
      outputs: [
        Quantity(
          "dQ/da", "slope of Q at μ(s)", .advantage, isShown ? .line("\(slope, .advantage)") : []),
        Quantity(
          "J", "mean Q of the actor's actions", .value,
          isShown ? .line("\(report.actorObjective, .value)") : []),
        Quantity(
          "|∇J|", "length of the gradient", .plain,
          isShown ? .line("\(report.actorGradientNorm)") : []),
      ],
      reason: "Each action moves to where the critic's Q rises; the critic itself stays as it is.")
  }

  // MARK: The followers

  /// Both followers move.
  var track: Phase {
    let version: Pieces = .line("\(version: learner.updates)")
    let (actor, critic) = (learner.targetActorDistance, learner.targetCriticDistance)
    return Phase(
      name: "track", inputs: [Quantity("θ, w", "actor and critic", .parameters, version)],
      formula: trackFormula, numbers: trackNumbers,
      outputs: [
        Quantity("|θ-θ'|", "how far the actor's is behind", .plain, .line("\(actor)")),
        Quantity("|w-w'|", "the critic's", .plain, .line("\(critic)")),
      ],
      reason:
        "Targets that move slowly can be reached; targets that jump with Q may grow without end.")
  }

  private var trackFormula: String {
    switch settings.targetUpdate {
    case .polyak: "θ' ← τ·θ + (1-τ)·θ',  w' ← τ·w + (1-τ)·w'"
    case .copy(let steps): "θ' ← θ,  w' ← w, every \(steps) steps"
    }
  }

  private var trackNumbers: [[AnatomyReport.Piece]] {
    switch settings.targetUpdate {
    case .polyak(let tau):
      return loop.numbers(
        .track,
        loop.shows(.track)
          ? [.line("θ' = \(tau)·θ + \(1 - tau)·θ': |θ-θ'| is \(1 - tau) of what it was")] : [])
    case .copy(let steps):
      return loop.copyNumbers(
        .track, every: steps, [.line("θ', w' \(version: learner.updates)")])
    }
  }
}
