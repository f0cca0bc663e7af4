internal import Agents
internal import Networks
internal import Telemetry

/// A2C as a loop of phases: A3C with a barrier in place of pull and push (the synchronous variant of
/// Mnih et al., arXiv:1602.01783).
struct A2CAnatomy {
  var facts: AnatomyFacts

  /// The phases' places in the loop.
  enum Place: Int {
    case act
    case targets
    case gradient
    case wait
    case update
  }

  var report: AnatomyReport {
    AnatomyReport(
      agent: .a2c, worker: facts.worker,
      phases: [act, TargetPhase(facts: facts).phase("targets"), gradient, wait, update],
      last: facts.last, next: facts.next, version: facts.version,
      versionNote: "one θ for all \(facts.workers) workers: it moves only in the update",
      cells: facts.cells, rolloutLength: facts.settings.rolloutLength,
      estimator: facts.settings.estimator, discount: facts.settings.discount)
  }

  private func has(_ place: Place) -> Bool { facts.has(place.rawValue) }

  private var act: Phase {
    Phase(
      name: "act",
      inputs: [
        Quantity("s", "state", .world, has(.act) ? facts.state : []),
        Quantity(
          "θ", "the parameters of all", .parameters, .line("\(version: facts.pulledVersion)")),
      ],
      formula: "a ~ π(a|s; θ),  the world answers with r and s'",
      numbers: has(.act) ? facts.stepNumbers : [], outputs: facts.lastStep,
      reason: "All workers act side by side under one and the same θ, each in its own world.",
      parts: facts.stepParts)
  }

  private var gradient: Phase {
    let (update, loss) = (facts.update, facts.settings.loss)
    let isDone = has(.gradient)
    return Phase(
      name: "gradient",
      inputs: [
        Quantity(
          "A, G", "of all steps of the worker, taken as constants", .advantage,
          isDone ? .line("\(whole: facts.steps.count) each") : []),
        Quantity(
          "θ", "the parameters of all", .parameters, .line("\(version: facts.pulledVersion)")),
      ],
      formula: "gᵢ = Σ ∇(-A·ln π(a|s) + c·(G - V)² - β·H)",
      numbers: isDone
        ? [
          .line(
            """
            mean over the steps of its thread: L = \(update.terms.policy, .advantage) + \
            \(loss.valueCoefficient)·\(update.terms.value, .value) - \
            \(loss.entropyCoefficient)·\(update.terms.entropy, .entropy) = \
            \(loss.total(update.terms))
            """)
        ] : [],
      outputs: [
        Quantity(
          "g\(Line.index(facts.worker))", "the worker's gradient, a sum over its steps", .plain,
          isDone ? .line("\(whole: facts.steps.count) steps") : [])
      ],
      reason: """
        Each worker's gradient is a sum over its own steps, so that all of them added up are the \
        gradient of one large batch.
        """)
  }

  private var wait: Phase {
    let waiting = facts.waiting
    let names = waiting.prefix(12).map { "w\($0)" }.joined(separator: " ")
    return Phase(
      name: "wait",
      inputs: [Quantity("g", "the gradients of all workers", .plain)],
      formula: "wait until all \(facts.workers) gradients are there",
      numbers: [
        .line(
          "at the barrier: \(whole: waiting.count) of \(whole: facts.workers) workers")
      ],
      outputs: [
        Quantity(
          "here", "who waits for the others", .plain,
          waiting.isEmpty
            ? [.text("nobody")] : [.text(names + (waiting.count > 12 ? " …" : ""))])
      ],
      reason:
        "θ may move only when nobody acts under it any more: the fastest wait for the slowest.",
      parts: AnatomyReport.Parts(done: waiting.count, count: facts.workers))
  }

  private var update: Phase {
    let isDone = has(.update)
    let update = facts.update
    let step = facts.optimiserName
    return Phase(
      name: "update",
      inputs: [
        Quantity(
          "g", "the gradients of all workers", .plain,
          isDone ? .line("\(whole: facts.workers)") : []),
        Quantity(
          "N", "their steps together", .plain, isDone ? .line("\(whole: update.batch)") : []),
      ],
      formula:
        "θ ← θ - η·\(step)(k·Σgᵢ/N),  k = min(1, g/|Σgᵢ/N|)",
      numbers: isDone
        ? [
          facts.clippingNumbers(update.gradientNorm, update.clippingFactor),
          .line(
            """
            θ \(version: update.version) ← θ \(version: update.pulledVersion) - \
            \(update.learningRate)·\(signs: step)(\(update.clippingFactor)·Σgᵢ/\(whole: update.batch))
            """),
        ] : [],
      outputs: [
        Quantity(
          "θ", "the parameters of all", .parameters,
          isDone ? .line("\(version: update.version)") : []),
        Quantity(
          "k", "what clipping multiplies it by", .plain,
          isDone ? .line("\(update.clippingFactor)") : []),
        Quantity("N", "steps in the batch", .plain, isDone ? .line("\(whole: update.batch)") : []),
      ],
      reason: """
        One update is made of all rollouts at once: no gradient is stale, and a larger batch makes \
        its direction surer.
        """)
  }
}
