internal import Agents
internal import Telemetry

extension TabularLearner: ExplainedLearner {
  /// The loop of a tabular agent.
  var anatomy: AnatomyReport {
    let parts = TabularAnatomy(control: control)
    let table = control.table
    return AnatomyReport(
      parts.agent, of: self, phases: [parts.choose, parts.act, parts.target, parts.update],
      last: parts.last, parameters: "Q",
      note:
        "a table of \(table.states) × \(table.actions) action values: one moves after every step",
      discount: hyperparameters.discount)
  }
}

/// Sarsa, Expected Sarsa and Q-learning as a loop of four phases (Sutton and Barto, 2018, sections 6.4 to
/// 6.6), once for every step.
struct TabularAnatomy {
  var control: TabularControl

  private typealias Place = TabularControl.Phase

  /// The agent.
  var agent: AgentName {
    switch control.target {
    case .sarsa: .sarsa
    case .expectedSarsa: .expectedSarsa
    case .qLearning: .qLearning
    }
  }

  /// The phase carried out last; nil before the first.
  var last: Int? {
    if control.phase != .choose { return control.phase.rawValue - 1 }
    return control.actor.steps > 0 ? Place.update.rawValue : nil
  }

  private func has(_ place: Place) -> Bool { (last ?? -1) >= place.rawValue }
  private var step: TabularStep { control.step }
  private var discount: Double { control.hyperparameters.discount }
  private var epsilon: Double { control.epsilon }

  /// Q(s, .) as it was before the update of this step.
  private func values(_ state: Int) -> [Float] {
    var values = (0..<control.table.actions).map { control.table[state, $0] }
    if has(.target), state == step.state { values[step.action] = Float(step.oldValue) }
    return values
  }

  /// Sarsa has drawn its action when it worked out the target before; not in an episode's first step.
  private var isDrawnBefore: Bool {
    control.target == .sarsa && control.actor.episodeStep > (has(.act) ? 1 : 0)
  }

  // MARK: Choose

  /// pi(.|s) = eps/|A| + (1 - eps)/|best| for the best.
  var choose: Phase {
    let isDone = has(.choose)
    let action: [AnatomyReport.Piece] = isDone ? [.whole(step.action, .policy)] : []
    return Phase(
      name: "choose",
      inputs: [
        Quantity("s", "state", .world, isDone ? .line("\(whole: step.state, .world)") : []),
        isDone && isDrawnBefore
          ? Quantity("a'", "drawn for the last target", .policy, action)
          : Quantity(
            "Q(s, ·)", "action values", .value, isDone ? .actions(values(step.state), .value) : []),
        Quantity("ε", "share of actions at random", .plain, .line("\(epsilon)")),
      ],
      formula: chooseFormula, numbers: isDone ? chooseNumbers : [],
      outputs: [
        Quantity(
          "π", "behaviour policy in s", .policy,
          isDone ? .actions(control.behaviourProbabilities, .policy) : []),
        Quantity("a", "action", .policy, action),
      ],
      reason:
        "Mostly the best known action, sometimes any, because an action never tried is never learnt."
    )
  }

  private var chooseFormula: String {
    let policy = "π(a|s) = ε/|A| + (1-ε)/|best| if a is best, else ε/|A|;  a ~ π(a|s)"
    return control.target == .sarsa ? policy + ";  after a first step a ← a'" : policy
  }

  private var chooseNumbers: [[AnatomyReport.Piece]] {
    let probabilities = control.behaviourProbabilities
    let chosen = probabilities[step.action]
    let greatest = probabilities.max() ?? chosen
    let best = probabilities.count { $0 == greatest }
    let head: AnatomyReport.Line =
      "π(\(whole: step.action, .policy)) = \(epsilon)/\(whole: probabilities.count)"
    let greedy: AnatomyReport.Line = " + (1 - \(epsilon))/\(whole: best)"
    let isBest = chosen == greatest
    return [
      head.pieces + (isBest ? greedy.pieces : []) + .line(" = \(chosen, .policy)"),
      .line(
        """
        a: \(whole: step.action, .policy)\
        \(signs: isDrawnBefore ? ", the a' of the last target" : "")\
        \(signs: isBest ? ", best" : ", not best: explored")
        """),
    ]
  }

  // MARK: Act

  /// (r, s') ~ world(s, a).
  var act: Phase {
    let isDone = has(.act)
    return Phase(
      name: "act",
      inputs: [
        Quantity("s", "state", .world, has(.choose) ? .line("\(whole: step.state, .world)") : []),
        Quantity(
          "a", "action", .policy, has(.choose) ? .line("\(whole: step.action, .policy)") : []),
      ],
      formula: "r, s' ~ world(s, a)",
      numbers: isDone
        ? [
          .line(
            """
            s \(whole: step.state, .world), a \(whole: step.action, .policy) → \
            r \(step.reward, .world), s' \(whole: step.nextState, .world)\
            \(signs: step.terminated ? ": the world ends" : step.truncated ? ": the time is up" : "")
            """)
        ] : [],
      outputs: [
        Quantity("r", "reward", .world, isDone ? .line("\(step.reward, .world)") : []),
        Quantity(
          "s'", "state reached", .world, isDone ? .line("\(whole: step.nextState, .world)") : []),
        Quantity(
          "end", "of the episode", .world,
          isDone ? .end(terminated: step.terminated, truncated: step.truncated) : []),
      ],
      reason: "One real step is all that a method of temporal differences needs to learn from.")
  }

  // MARK: Target

  /// The one line in which the three differ.
  var target: Phase {
    let isDone = has(.target)
    var inputs = [
      Quantity("r", "reward", .world, has(.act) ? .line("\(step.reward, .world)") : []),
      Quantity(
        "Q(s', ·)", "action values of the state reached", .value,
        isDone && !step.terminated ? .actions(values(step.nextState), .value) : []),
    ]
    if control.target == .expectedSarsa {
      inputs.append(
        Quantity(
          "π(·|s')", "behaviour policy there", .policy,
          isDone ? control.targetProbabilities.map { .actions($0, .policy) } ?? [] : []))
    }
    var outputs = [
      Quantity(
        "y", "TD target", .undiscountedReturn,
        isDone ? .line("\(step.target, .undiscountedReturn)") : [])
    ]
    if control.target != .expectedSarsa {
      let action = isDone ? step.nextAction : nil
      outputs.append(
        Quantity(
          "a'", control.target == .sarsa ? "the next action" : "the best next action", .policy,
          action.map { .line("\(whole: $0, .policy)") } ?? []))
    }
    return Phase(
      name: "target", inputs: inputs, formula: targetFormula,
      numbers: isDone ? [targetNumbers] : [],
      outputs: outputs, reason: targetReason)
  }

  private var targetFormula: String {
    switch control.target {
    case .sarsa: "y = r + γ·Q(s', a'),  a' ~ π(a|s')"
    case .expectedSarsa: "y = r + γ·Σ π(a|s')·Q(s', a)"
    case .qLearning: "y = r + γ·max Q(s', a)"
    }
  }

  private var targetNumbers: [AnatomyReport.Piece] {
    let result: AnatomyReport.Line = " = \(step.target, .undiscountedReturn)"
    guard !step.terminated else {
      return .line("y = \(step.reward, .world)") + result.pieces
    }
    let head: AnatomyReport.Line = "y = \(step.reward, .world) + \(discount)·"
    return head.pieces + worth + result.pieces
  }

  /// What s' is worth, by the target policy.
  private var worth: [AnatomyReport.Piece] {
    let values = values(step.nextState)
    switch control.target {
    case .sarsa: return .line("\(values[step.nextAction ?? 0], .value, isOperand: true)")
    case .qLearning:
      return .line("max(") + .separated(values.map { .line("\($0, .value)") }, by: ", ")
        + .line(")")
    case .expectedSarsa:
      let shares = control.targetProbabilities ?? []
      return .line("(")
        + .separated(
          zip(shares, values).map { .line("\($0, .policy)·\($1, .value, isOperand: true)") },
          by: " + ") + .line(")")
    }
  }

  private var targetReason: String {
    if has(.target), step.terminated { return TargetPhase.reason(of: .terminated) }
    if has(.target), step.truncated {
      return
        "The time limit cut the episode but the world would go on: Q of s' stands for what would follow."
    }
    switch control.target {
    case .sarsa:
      return """
        It counts on the action it will really take, exploration included, so it keeps away from the \
        cliff.
        """
    case .expectedSarsa:
      return "The mean over the next action instead of one draw: the same policy, less variance."
    case .qLearning:
      return """
        It learns of the greedy policy whatever it does itself, so it walks the edge and falls when it \
        explores.
        """
    }
  }

  // MARK: Update

  /// Q(s, a) moves a share of the way.
  var update: Phase {
    let isDone = has(.update)
    return Phase(
      name: "update",
      inputs: [
        Quantity(
          "y", "TD target", .undiscountedReturn,
          has(.target) ? .line("\(step.target, .undiscountedReturn)") : []),
        Quantity(
          "Q(s, a)", "before the update", .value,
          has(.target) ? .line("\(step.oldValue, .value)") : []),
        Quantity("α", "step size", .plain, .line("\(control.alpha)")),
      ],
      formula: "δ = y - Q(s, a),  Q(s, a) ← Q(s, a) + α·δ", numbers: isDone ? updateNumbers : [],
      outputs: [
        Quantity("δ", "TD error", .advantage, isDone ? .line("\(step.error, .advantage)") : []),
        Quantity("Q(s, a)", "after it", .value, isDone ? .line("\(step.newValue, .value)") : []),
      ],
      reason: "One number moves a share of the way to its target; all others stay.")
  }

  private var updateNumbers: [[AnatomyReport.Piece]] {
    let error: [AnatomyReport.Piece] = .line(
      """
      δ = \(step.target, .undiscountedReturn) - \(step.oldValue, .value, isOperand: true) = \
      \(step.error, .advantage)
      """)
    if control.hasDiverged {
      return [error, [.text("no number that fits: Q(s, a) stays, nothing is learnt any more")]]
    }
    return [
      error,
      .line(
        """
        Q(\(whole: step.state, .world), \(whole: step.action, .policy)) = \
        \(step.oldValue, .value) + \(step.stepSize)·\(step.error, .advantage, isOperand: true) = \
        \(step.newValue, .value)
        """),
    ]
  }
}
