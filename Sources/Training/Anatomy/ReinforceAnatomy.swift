internal import Agents
internal import Estimators
internal import Networks
internal import Telemetry

/// REINFORCE as a loop of phases, once for every few whole episodes (Sutton and Barto, 2018, sections 13.3
/// and 13.4).
struct ReinforceAnatomy {
  var facts: AnatomyFacts

  /// The phases' places in the loop.
  enum Place: Int {
    case act
    case returns
    case baseline
    case gradient
    case update
  }

  var report: AnatomyReport {
    AnatomyReport(
      agent: .reinforce, worker: facts.worker, phases: [act, returns, baseline, gradient, update],
      last: facts.last, next: facts.next, version: facts.version,
      versionNote: "one worker: θ moves after every \(facts.settings.episodesPerUpdate) episodes",
      cells: facts.cells, rolloutLength: facts.settings.rolloutLength, estimator: .monteCarlo,
      discount: facts.settings.discount)
  }

  private func has(_ place: Place) -> Bool { facts.has(place.rawValue) }
  private var hasCritic: Bool { facts.settings.baseline == .value }
  private var episodes: Int { facts.steps.count { $0.terminated || $0.truncated } }

  private var act: Phase {
    let wanted = facts.settings.episodesPerUpdate
    var outputs = facts.lastStep
    if !hasCritic { outputs.removeLast() }
    if has(.act) {
      outputs.append(
        Quantity(
          "n", "whole episodes so far, of those an update is made of", .plain,
          .line("\(whole: episodes) of \(whole: wanted)")))
    }
    return Phase(
      name: "act",
      inputs: [
        Quantity("s", "state", .world, has(.act) ? facts.state : []),
        Quantity("θ", "the parameters", .parameters, .line("\(version: facts.pulledVersion)")),
      ],
      formula: "a ~ π(a|s; θ),  the world answers with r and s'",
      numbers: has(.act) ? facts.stepNumbers : [], outputs: outputs,
      reason: "Nothing is learnt before an episode has ended: only then is its return known.",
      parts: facts.stepParts)
  }

  // MARK: Returns and baseline

  /// The recursion of all agents, without the advantage, which waits for the baseline.
  private var returns: Phase {
    var phase = TargetPhase(facts: facts).phase("returns")
    phase.numbers = Array(phase.numbers.prefix(1))
    phase.outputs = Array(phase.outputs.prefix(1))
    let t = facts.firstTarget
    let isCut = t < facts.steps.count && facts.closes(t) == .truncated
    if !(isCut && hasCritic) { phase.inputs.removeAll { $0.role == .value } }
    if isCut && !hasCritic {
      phase.reason = """
        The time limit cut the episode, and without a critic nobody says what would follow: the return \
        comes out too small.
        """
    } else if !isCut && !hasCritic {
      phase.reason =
        "Every reward to the episode's end counts as it came: no bias, much variance."
    }
    return phase
  }

  private var baseline: Phase {
    let isDone = has(.baseline)
    let step = facts.steps.first
    return Phase(
      name: "baseline",
      inputs: [
        Quantity(
          "G", "returns of all steps", .undiscountedReturn,
          has(.returns) && isWhole ? .line("\(whole: facts.steps.count)") : []),
        Quantity(
          "b₀", baselineMeaning, hasCritic ? .value : .undiscountedReturn,
          isDone ? .line("\(step?.value ?? 0, hasCritic ? .value : .undiscountedReturn)") : []),
      ],
      formula: baselineFormula, numbers: isDone ? baselineNumbers : [],
      outputs: [
        Quantity(
          "A", "returns less the baseline, the actions' weights", .advantage,
          isDone ? .line("\(whole: facts.steps.count)") : [])
      ],
      reason: baselineReason)
  }

  /// Whether every step has its return.
  private var isWhole: Bool { facts.firstTarget == 0 && !facts.steps.isEmpty }

  private var baselineMeaning: String {
    switch facts.settings.baseline {
    case .none: "no baseline"
    case .constant: "running mean of the returns of earlier updates"
    case .value: "value of the first state"
    }
  }

  private var baselineFormula: String {
    switch facts.settings.baseline {
    case .none: "Aₜ = Gₜ - 0"
    case .constant: "Aₜ = Gₜ - b,  b: the mean of G so far"
    case .value: "Aₜ = Gₜ - V(sₜ; w)"
    }
  }

  private var baselineReason: String {
    switch facts.settings.baseline {
    case .none:
      "Without a baseline every action of a good episode is made likelier, the bad ones as well."
    case .constant:
      "What is better than usual becomes likelier: the gradient's mean stays, its variance shrinks."
    case .value:
      """
      What is better than V expected of this very state becomes likelier: the gradient's mean stays, its \
      variance shrinks.
      """
    }
  }

  private var baselineNumbers: [[AnatomyReport.Piece]] {
    guard let step = facts.steps.first else { return [] }
    let role: AnatomyReport.Role = hasCritic ? .value : .undiscountedReturn
    return [
      .line(
        """
        A₀ = \(step.target, .undiscountedReturn) - \(step.value, role, isOperand: true) = \
        \(step.advantage, .advantage)
        """),
      .line(
        """
        variance over the steps: of G \(variance(\.target), .undiscountedReturn), \
        of A \(variance(\.advantage), .advantage)
        """),
    ]
  }

  /// Over the steps of the round.
  private func variance(_ quantity: KeyPath<AnatomyFacts.Step, Float>) -> Double {
    let count = Double(facts.steps.count)
    let mean = facts.steps.reduce(0) { $0 + Double($1[keyPath: quantity]) } / count
    return facts.steps.reduce(0) {
      let deviation = Double($1[keyPath: quantity]) - mean
      return $0 + deviation * deviation
    } / count
  }

  // MARK: Gradient and update

  private var gradient: Phase {
    let isDone = has(.gradient)
    let update = facts.update
    var outputs = [
      Quantity(
        "|∇L|", lengthMeaning, .plain, isDone ? .line("\(update.gradientNorm)") : [])
    ]
    outputs.append(
      Quantity(
        "Var", "of the gradient of one episode: the trace of its covariance", .plain,
        isDone ? facts.spread.map { .line("\($0.variance)") } ?? [.text("one episode")] : []))
    return Phase(
      name: "gradient",
      inputs: [
        Quantity(
          hasCritic ? "A, G" : "A", "of all steps, taken as constants", .advantage,
          has(.baseline) ? .line("\(whole: facts.steps.count) each") : [])
      ],
      formula: hasCritic
        ? "L = mean(-A·ln π(a|s; θ)) + c·mean((G - V)²) - β·H" : "L = mean(-A·ln π(a|s; θ)) - β·H",
      numbers: isDone ? gradientNumbers : [], outputs: outputs,
      reason: """
        Along -∇L actions with A > 0 become likelier; how far the episodes disagree about the way is the \
        gradient's variance.
        """)
  }

  private var lengthMeaning: String {
    facts.update.criticStep == nil ? "length of the gradient" : "length of the actor's gradient"
  }

  private var gradientNumbers: [[AnatomyReport.Piece]] {
    let (terms, loss) = (facts.update.terms, facts.update.loss)
    let total = loss.total(terms)
    var lines: [[AnatomyReport.Piece]] = [
      hasCritic
        ? .line(
          """
          L = \(terms.policy, .advantage) + \(loss.valueCoefficient)·\(terms.value, .value) - \
          \(loss.entropyCoefficient)·\(terms.entropy, .entropy) = \(total)
          """)
        : .line(
          """
          L = \(terms.policy, .advantage) - \
          \(loss.entropyCoefficient)·\(terms.entropy, .entropy) = \(total)
          """)
    ]
    if let spread = facts.spread {
      lines.append(
        .line(
          """
          of the mean of \(whole: spread.episodes) episodes: Var = \(spread.variance) / \
          \(whole: spread.episodes) = \(spread.variance / Double(spread.episodes))
          """))
    }
    return lines
  }

  private var update: Phase {
    let isDone = has(.update)
    let update = facts.update
    let step = facts.optimiserName
    var numbers: [[AnatomyReport.Piece]] = []
    if isDone {
      numbers = [
        facts.clippingNumbers(update.gradientNorm, update.clippingFactor),
        .line(
          """
          θ \(version: update.version) ← θ \(version: update.pulledVersion) - \
          \(update.learningRate)·\(signs: step)(\(update.clippingFactor)·∇L)
          """),
      ]
      if let critic = update.criticStep {
        numbers.append(
          .line(
            "w: step size \(critic.learningRate), |∇L| \(critic.gradientNorm), k \(critic.clippingFactor)"
          ))
      }
    }
    return Phase(
      name: "update",
      inputs: [
        Quantity(
          "∇L", "the gradient over all steps", .plain,
          has(.gradient) ? .line("\(whole: update.batch) steps") : [])
      ],
      formula: "θ ← θ - η·\(step)(k·∇L),  k = min(1, g/|∇L|)", numbers: numbers,
      outputs: [
        Quantity(
          "θ", hasCritic ? "the parameters, the critic's w among them" : "the parameters",
          .parameters, isDone ? .line("\(version: update.version)") : []),
        Quantity(
          "k", "what clipping multiplies it by", .plain,
          isDone ? .line("\(update.clippingFactor)") : []),
      ],
      reason: "One step for whole episodes: sure of its returns, but rare.")
  }
}
