internal import Agents
internal import Estimators
internal import Networks
internal import Telemetry

/// The basic actor-critic as a loop of phases, once for every step (Sutton and Barto, 2018, section
/// 13.5, one-step actor-critic).
struct ActorCriticAnatomy {
  var facts: AnatomyFacts

  /// The phases' places in the loop.
  enum Place: Int {
    case policy
    case act
    case target
    case critic
    case actor
  }

  var report: AnatomyReport {
    AnatomyReport(
      agent: .actorCritic, worker: facts.worker, phases: [policy, act, target, critic, actor],
      last: facts.last, next: facts.next, version: facts.version,
      versionNote: "one worker: actor θ and critic w move after every step",
      estimator: .td, discount: facts.settings.discount)
  }

  private func has(_ place: Place) -> Bool { facts.has(place.rawValue) }
  private var step: AnatomyFacts.Step? { facts.steps.last }

  private var policy: Phase {
    Phase(
      name: "policy",
      inputs: [Quantity("s", "state", .world, has(.policy) ? facts.state : [])],
      formula: "π(a|s; θ)", numbers: has(.policy) ? [[.text("π: ")] + facts.policy] : [],
      outputs: [
        Quantity(
          "π", "probabilities of the actions", .policy, has(.policy) ? facts.policy : [])
      ],
      reason: "The actor turns the state into probabilities, from which the action will be drawn.")
  }

  private var act: Phase {
    Phase(
      name: "act",
      inputs: [Quantity("π", "probabilities", .policy, has(.policy) ? facts.policy : [])],
      formula: "a ~ π(a|s; θ),  the world answers with r and s'",
      numbers: has(.act) ? facts.stepNumbers : [], outputs: facts.lastStep.dropLast(),
      reason:
        "The action is drawn, not chosen, so that unlikely ones are tried now and then as well.")
  }

  private var target: Phase {
    let isDone = has(.target)
    let step = step
    let next = step.map { $0.terminated ? 0 : Double($0.nextValue) } ?? 0
    return Phase(
      name: "target",
      inputs: [
        Quantity("r", "reward", .world, has(.act) ? .line("\(step?.reward ?? 0, .world)") : []),
        Quantity(
          "V(s')", "value of the state reached", .value, isDone ? .line("\(next, .value)") : []),
      ],
      formula: "y = r + γ·V(s'; w)",
      numbers: isDone
        ? [
          .line(
            """
            y = \(step?.reward ?? 0, .world) + \
            \(facts.settings.discount)·\(next, .value, isOperand: true) = \
            \(step?.target ?? 0, .undiscountedReturn)
            """)
        ] : [],
      outputs: [
        Quantity(
          "y", "TD target", .undiscountedReturn,
          isDone ? .line("\(step?.target ?? 0, .undiscountedReturn)") : [])
      ],
      reason: reason(of: step, isDone))
  }

  private func reason(of step: AnatomyFacts.Step?, _ isDone: Bool) -> String {
    if isDone, let step, step.terminated { return TargetPhase.reason(of: .terminated) }
    if isDone, let step, step.truncated { return TargetPhase.reason(of: .truncated) }
    return "One reward is seen, and V of the next state stands for all that will follow."
  }

  private var critic: Phase {
    let isDone = has(.critic)
    let step = step
    return Phase(
      name: "critic",
      inputs: [
        Quantity(
          "y", "TD target, a constant", .undiscountedReturn,
          has(.target) ? .line("\(step?.target ?? 0, .undiscountedReturn)") : []),
        Quantity(
          "V(s)", "value before the critic moves", .value,
          has(.act) ? .line("\(step?.value ?? 0, .value)") : []),
      ],
      formula: "A = y - V(s; w),  w ← w - η·\(facts.optimiserName)(k·c·∇(y - V(s; w))²)",
      numbers: isDone ? criticNumbers(step) : [],
      outputs: [
        Quantity(
          "A", "advantage: how much better than expected", .advantage,
          isDone ? .line("\(step?.advantage ?? 0, .advantage)") : [])
      ],
      reason:
        "V(s) moves towards the target, and how far the target was off is how good the action was.")
  }

  private func criticNumbers(_ step: AnatomyFacts.Step?) -> [[AnatomyReport.Piece]] {
    guard let step else { return [] }
    return [
      .line(
        """
        A = \(step.target, .undiscountedReturn) - \(step.value, .value, isOperand: true) = \
        \(step.advantage, .advantage)
        """)
    ]
  }

  private var actor: Phase {
    let isDone = has(.actor)
    let update = facts.update
    return Phase(
      name: "actor",
      inputs: [
        Quantity(
          "A", "advantage, a constant", .advantage,
          has(.critic) ? .line("\(step?.advantage ?? 0, .advantage)") : [])
      ],
      formula: "θ ← θ + η·\(facts.optimiserName)(k·(A·∇ln π(a|s; θ) + β·∇H))",
      numbers: isDone
        ? [
          .line(
            """
            L = \(update.terms.policy, .advantage) - \
            \(facts.settings.loss.entropyCoefficient)·\(update.terms.entropy, .entropy) = \
            \(update.terms.policy - Double(facts.settings.loss.entropyCoefficient) * update.terms.entropy)
            """),
          facts.clippingNumbers(update.gradientNorm, update.clippingFactor),
        ] : [],
      outputs: [
        Quantity(
          "θ", "both networks' parameters", .parameters,
          isDone ? .line("\(version: update.version)") : []),
        Quantity(
          "H", "entropy of the policy", .entropy,
          isDone ? .line("\(update.terms.entropy, .entropy)") : []),
      ],
      reason:
        "An action that turned out better than V expected becomes likelier, a worse one less likely."
    )
  }
}
