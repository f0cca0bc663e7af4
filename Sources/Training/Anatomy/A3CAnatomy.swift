internal import Agents
internal import Telemetry

/// A3C as a loop of phases (Mnih et al., "Asynchronous methods for deep reinforcement learning",
/// arXiv:1602.01783, algorithm S3).
struct A3CAnatomy {
  var facts: AnatomyFacts

  /// The phases' places in the loop.
  enum Place: Int {
    case pull
    case act
    case targets
    case gradient
    case push
  }

  var report: AnatomyReport {
    AnatomyReport(
      agent: .a3c, worker: facts.worker,
      phases: [pull, act, TargetPhase(facts: facts).phase("targets"), gradient, push],
      last: facts.last, next: facts.next, version: facts.version,
      pulledVersion: facts.pulledVersion, pushes: facts.pushes, cells: facts.cells,
      rolloutLength: facts.settings.rolloutLength, estimator: facts.settings.estimator,
      discount: facts.settings.discount)
  }

  private func has(_ place: Place) -> Bool { facts.has(place.rawValue) }

  private var pull: Phase {
    let version: Line = "\(version: facts.pulledVersion)"
    return Phase(
      name: "pull",
      inputs: [
        Quantity("θ", "the shared parameters", .parameters, .line("\(version: facts.version)"))
      ],
      formula: "θ' ← θ", numbers: [.line("θ' ← θ \(version: facts.pulledVersion)")],
      outputs: [Quantity("θ'", "the worker's own copy", .parameters, version.pieces)],
      reason: """
        The worker copies θ, so that its policy stays one and the same for a whole rollout, whatever \
        the others push meanwhile.
        """)
  }

  private var act: Phase {
    Phase(
      name: "act",
      inputs: [
        Quantity("s", "state", .world, has(.act) ? facts.state : []),
        Quantity("θ'", "the copy", .parameters, .line("\(version: facts.pulledVersion)")),
      ],
      formula: "a ~ π(a|s; θ'),  the world answers with r and s'",
      numbers: has(.act) ? facts.stepNumbers : [], outputs: facts.lastStep,
      reason: """
        For at most t_max steps, or to the episode's end, it collects rewards under θ', and V says what \
        it expected of each state.
        """,
      parts: facts.stepParts)
  }

  private var gradient: Phase {
    Phase(
      name: "gradient",
      inputs: [
        Quantity(
          "A, G", "of all steps of the rollout, taken as constants", .advantage,
          has(.gradient) ? .line("\(whole: facts.steps.count) each") : []),
        Quantity("θ'", "the copy", .parameters, .line("\(version: facts.pulledVersion)")),
      ],
      formula: AnatomyFacts.lossFormula,
      numbers: has(.gradient) ? facts.gradientNumbers() : [],
      outputs: facts.gradientOutputs(isDone: has(.gradient)),
      reason: """
        Downhill on L likely actions with A > 0 become likelier and V moves towards G; clipping keeps \
        one rollout from moving θ too far.
        """)
  }

  private var push: Phase {
    let isDone = has(.push)
    let update = facts.update
    let before = update.version - 1
    let step = facts.optimiserName
    return Phase(
      name: "push",
      inputs: [
        Quantity(
          "∇L", "the gradient, at θ'", .plain,
          has(.gradient) ? .line("at \(version: facts.pulledVersion)") : []),
        Quantity(
          "θ", "the shared parameters now", .parameters,
          .line("\(version: isDone ? before : facts.version)")),
      ],
      formula: step.isEmpty ? "θ ← θ - η·k·∇L" : "θ ← θ - η·\(step)(k·∇L)",
      numbers: isDone
        ? [
          .line(
            """
            θ \(version: update.version) ← θ \(version: before) - \
            \(update.learningRate)·\(signs: step)(\(update.clippingFactor)·∇L)
            """),
          .line(
            """
            staleness = \(version: before) - \(version: update.pulledVersion) = \
            \(whole: update.staleness)
            """),
        ] : [],
      outputs: [
        Quantity(
          "θ", "the shared parameters", .parameters,
          isDone ? .line("\(version: update.version)") : []),
        Quantity(
          "stale", "updates by others since the pull", .plain,
          isDone ? .line("\(whole: update.staleness)") : []),
      ],
      reason: """
        The gradient was made at θ' but is added to θ as it is now, with all that others pushed \
        meanwhile; it overwrites nothing.
        """)
  }
}
