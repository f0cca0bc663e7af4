internal import Estimators
public import Telemetry

/// Made-up anatomies: A3C in the middle of its targets, and what else view 5 has to draw.
public enum SampleAnatomy {
  private typealias Phase = AnatomyReport.Phase
  private typealias Quantity = AnatomyReport.Quantity

  /// Every sample with a name.
  public static let all: [(name: String, report: AnatomyReport)] = [
    ("a3c-acting", a3c(place: 1, steps: 3, targets: 0)),
    ("a3c-targets", a3c(place: 2, steps: 5, targets: 3)),
    ("a3c-pushed", a3c(place: 4, steps: 5, targets: 5)),
    ("a2c-waiting", a2c), ("actor-critic", actorCritic), ("a3c-long", long), ("crowd", crowd),
    ("nan", notANumber),
  ]

  private static let rewards = [1.0, 1, 1, 1, 1]
  private static let values = [70.9, 71.3, 70.4, 72.1, 71.4]
  private static let after = 71.2

  /// Targets of the 0.95-return, from the end backwards.
  private static func cells(_ steps: Int, targets: Int) -> [AnatomyReport.Cell] {
    var cells = (0..<steps).map { t in
      AnatomyReport.Cell(
        reward: rewards[t],
        nextValue: t + 1 < steps ? values[t + 1] : targets > 0 ? after : .nan, value: values[t],
        closes: targets > 0 && t == steps - 1 ? .cut : nil, target: nil)
    }
    var following = after
    for t in (0..<steps).reversed().prefix(targets) {
      let next = t == steps - 1 ? after : 0.05 * cells[t].nextValue + 0.95 * following
      following = cells[t].reward + 0.99 * next
      cells[t].target = following
    }
    return cells
  }

  /// A3C with its phase at `place` carried out last.
  public static func a3c(place: Int, steps: Int, targets: Int) -> AnatomyReport {
    let cells = cells(steps, targets: targets)
    let t = steps - max(1, targets)
    let hasPushed = place == 4
    let gradient = Quantity("|∇L|", "length of the gradient", .plain)
    var phases = [
      Phase(
        name: "pull",
        inputs: [Quantity("θ", "the shared parameters", .parameters, .line("\(version: 48_216)"))],
        formula: "θ' ← θ", numbers: [.line("θ' ← θ \(version: 48_213)")],
        outputs: [
          Quantity("θ'", "the worker's own copy", .parameters, .line("\(version: 48_213)"))
        ],
        reason: "The worker copies θ, so that its policy stays the same for a whole rollout."),
      Phase(
        name: "act",
        inputs: [
          Quantity(
            "s", "state", .world,
            .line("(\(0.62, .world), \(-0.31, .world), \(0.11, .world), \(0.44, .world))")),
          Quantity("θ'", "the copy", .parameters, .line("\(version: 48_213)")),
        ],
        formula: "a ~ π(a|s; θ'),  the world answers with r and s'",
        numbers: [
          .line(
            "π: \(whole: 0, .policy) \(0.384, .policy), \(whole: 1, .policy) \(0.616, .policy)"),
          .line("a: \(whole: 1, .policy) → r \(1.0, .world)"),
        ],
        outputs: [
          Quantity("a", "action", .policy, .line("\(whole: 1, .policy)")),
          Quantity("r", "reward", .world, .line("\(1.0, .world)")),
          Quantity("V(s)", "value of the state", .value, .line("\(values[steps - 1], .value)")),
        ],
        reason: "For t_max steps it collects rewards under θ', and V says what it expected.",
        parts: .init(done: steps, count: 5)),
      targets == 0
        ? Phase(
          name: "targets", inputs: [], formula: "Gₜ = rₜ₊₁ + γ·((1-λ)·V(sₜ₊₁) + λ·Gₜ₊₁)",
          outputs: [Quantity("G", "target", .undiscountedReturn)],
          reason: "Of what follows, the share λ comes from the next step's target.")
        : self.targets(cells, t),
      Phase(
        name: "gradient",
        inputs: [Quantity("A, G", "of all steps, taken as constants", .advantage)],
        formula: "L = mean(-A·ln π(a|s)) + c·mean((G - V)²) - β·H,  k = min(1, g/|∇L|)",
        outputs: [gradient],
        reason: "Downhill on L likely actions with A > 0 become likelier and V moves towards G."),
      Phase(
        name: "push", inputs: [Quantity("∇L", "the gradient, at θ'", .plain)],
        formula: "θ ← θ - η·RMSProp(k·∇L)", outputs: [],
        reason: "The gradient is added to θ as it is now; it overwrites nothing."),
    ]
    if hasPushed {
      phases[3].numbers = [
        .line(
          """
          L = \(-0.212, .advantage) + \(0.5)·\(3.41, .value) - \(0.01)·\(0.666, .entropy) = \
          \(-0.212 + 0.5 * 3.41 - 0.01 * 0.666)
          """),
        .line("k = min(1, \(0.5) / \(2.314)) = \(0.5 / 2.314)"),
      ]
      phases[3].outputs = [
        Quantity("|∇L|", "length of the gradient", .plain, .line("\(2.314)")),
        Quantity("k", "what clipping multiplies it by", .plain, .line("\(0.5 / 2.314)")),
      ]
      phases[4].numbers = [
        .line("θ \(version: 48_217) ← θ \(version: 48_216) - \(7e-4)·RMSProp(\(0.5 / 2.314)·∇L)"),
        .line("staleness = \(version: 48_216) - \(version: 48_213) = \(whole: 3)"),
      ]
      phases[4].outputs = [
        Quantity("θ", "the shared parameters", .parameters, .line("\(version: 48_217)")),
        Quantity("stale", "updates by others since the pull", .plain, .line("\(whole: 3)")),
      ]
    }
    let others = zip([0, 4, 7], 48_214...48_216).map { AnatomyReport.Push(worker: $0, version: $1) }
    return AnatomyReport(
      agent: .a3c, worker: 3, phases: phases, last: place,
      next: place == 1 && steps < 5 || place == 2 && targets < steps ? place : (place + 1) % 5,
      version: hasPushed ? 48_217 : 48_216, pulledVersion: 48_213,
      pushes: others + (hasPushed ? [.init(worker: 3, version: 48_217)] : []), cells: cells,
      rolloutLength: 5, estimator: .lambda(0.95), discount: 0.99)
  }

  private static func targets(_ cells: [AnatomyReport.Cell], _ t: Int) -> Phase {
    let cell = cells[t]
    let target = cell.target ?? .nan
    let next = t + 1 < cells.count ? cells[t + 1].target ?? .nan : .nan
    let index = AnatomyReport.Line.index(t)
    let after = AnatomyReport.Line.index(t + 1)
    return Phase(
      name: "targets",
      inputs: [
        Quantity("r\(after)", "reward", .world, .line("\(cell.reward, .world)")),
        Quantity(
          "V(s\(after))", "value of the state reached", .value, .line("\(cell.nextValue, .value)")),
        Quantity(
          "G\(after)", "target of the next step", .undiscountedReturn,
          .line("\(next, .undiscountedReturn)")),
      ],
      formula: "Gₜ = rₜ₊₁ + γ·((1-λ)·V(sₜ₊₁) + λ·Gₜ₊₁)",
      numbers: [
        .line(
          """
          G\(index: t) = \(cell.reward, .world) + \(0.99)·(\(0.05)·\(cell.nextValue, .value) + \
          \(0.95)·\(next, .undiscountedReturn)) = \(target, .undiscountedReturn)
          """),
        .line(
          """
          A\(index: t) = \(target, .undiscountedReturn) - \(cell.value, .value) = \
          \(target - cell.value, .advantage)
          """),
      ],
      outputs: [
        Quantity(
          "G\(index)", "target of the critic", .undiscountedReturn,
          .line("\(target, .undiscountedReturn)")),
        Quantity(
          "A\(index)", "advantage, the actor's weight", .advantage,
          .line("\(target - cell.value, .advantage)")),
      ],
      reason:
        "Of what follows, the share λ comes from the next step's target and 1-λ from the critic: less variance, more bias.",
      parts: .init(done: cells.count - t, count: cells.count))
  }

  /// A2C with three workers at the barrier.
  public static let a2c: AnatomyReport = {
    var report = a3c(place: 2, steps: 5, targets: 5)
    report.agent = .a2c
    report.pulledVersion = nil
    report.pushes = []
    report.versionNote = "one θ for all 8 workers: it moves only in the update"
    report.phases.removeFirst()
    report.phases[2].formula = "gᵢ = Σ ∇(-A·ln π(a|s) + c·(G - V)² - β·H)"
    report.phases[2].outputs = [
      Quantity("g₃", "the worker's gradient", .plain, .line("\(whole: 5) steps"))
    ]
    report.phases.insert(
      Phase(
        name: "wait", inputs: [Quantity("g", "the gradients of all workers", .plain)],
        formula: "wait until all 8 gradients are there",
        numbers: [.line("at the barrier: \(whole: 3) of \(whole: 8) workers")],
        outputs: [Quantity("here", "who waits for the others", .plain, .line("w0 w3 w5"))],
        reason: "θ may move only when nobody acts under it any more.",
        parts: .init(done: 3, count: 8)), at: 3)
    report.phases[4].name = "update"
    (report.last, report.next) = (3, 4)
    return report
  }()

  /// The basic actor-critic after its critic has moved.
  public static let actorCritic: AnatomyReport = {
    func phase(
      _ name: String, _ formula: String, _ numbers: [[AnatomyReport.Piece]],
      _ output: (String, String, AnatomyReport.Role, [AnatomyReport.Piece]), _ reason: String
    ) -> Phase {
      Phase(
        name: name, inputs: [], formula: formula, numbers: numbers,
        outputs: [Quantity(output.0, output.1, output.2, output.3)], reason: reason)
    }
    return AnatomyReport(
      agent: .actorCritic, worker: 0,
      phases: [
        phase(
          "policy", "π(a|s; θ)", [.line("π: \(whole: 0, .policy) \(0.384, .policy)")],
          ("π", "probabilities", .policy, .line("\(whole: 0, .policy) \(0.384, .policy)")),
          "The actor turns the state into probabilities."),
        phase(
          "act", "a ~ π(a|s; θ),  the world answers with r and s'",
          [.line("a: \(whole: 1, .policy) → r \(1.0, .world)")],
          ("a", "action", .policy, .line("\(whole: 1, .policy)")), "The action is drawn."),
        phase(
          "target", "y = r + γ·V(s'; w)",
          [
            .line(
              "y = \(1.0, .world) + \(0.99)·\(71.2, .value) = \(1 + 0.99 * 71.2, .undiscountedReturn)"
            )
          ],
          ("y", "TD target", .undiscountedReturn, .line("\(1 + 0.99 * 71.2, .undiscountedReturn)")),
          "One reward is seen, and V of the next state stands for all that will follow."),
        phase(
          "critic", "A = y - V(s; w),  w ← w - η·RMSProp(k·c·∇(y - V(s; w))²)",
          [
            .line(
              """
              A = \(71.488, .undiscountedReturn) - \(71.4, .value) = \(71.488 - 71.4, .advantage)
              """)
          ],
          ("A", "advantage", .advantage, .line("\(71.488 - 71.4, .advantage)")),
          "V(s) moves towards the target, and how far it was off is how good the action was."),
        phase(
          "actor", "θ ← θ + η·RMSProp(k·(A·∇ln π(a|s; θ) + β·∇H))", [],
          ("θ", "the parameters", .parameters, []),
          "An action that turned out better than V expected becomes likelier."),
      ],
      last: 3, next: 4, version: 1_204,
      versionNote: "one worker: actor θ and critic w move after every step", estimator: .td,
      discount: 0.99)
  }()

  /// A Monte-Carlo rollout of 200 steps whose world has ended, half of it done.
  public static let long: AnatomyReport = {
    var report = a3c(place: 2, steps: 5, targets: 3)
    report.cells = (0..<200).map { t -> AnatomyReport.Cell in
      var cell = AnatomyReport.Cell(
        reward: 1, nextValue: 60, value: 61, closes: nil, target: nil)
      if t >= 100 { cell.target = Double(200 - t) }
      return cell
    }
    report.cells[199].nextValue = 0
    report.cells[199].closes = .terminated
    report.phases[1].parts = .init(done: 200, count: nil)
    report.phases[2].parts = .init(done: 100, count: 200)
    return report
  }()

  /// A thousand workers: more pushes than fit a line.
  public static let crowd: AnatomyReport = {
    var report = a3c(place: 4, steps: 5, targets: 5)
    report.version = 1_203_846
    report.pulledVersion = 1_203_846 - 999
    report.pushes = (0..<64).map { .init(worker: ($0 * 379) % 1000, version: 1_203_783 + $0) }
    return report
  }()

  /// Numbers that are none.
  public static let notANumber: AnatomyReport = {
    var report = a3c(place: 2, steps: 5, targets: 3)
    report.cells[1].reward = .nan
    report.cells[2].target = .infinity
    report.phases[2].numbers = [.line("G = \(Double.nan) + \(Double.infinity, .value) = \(1e300)")]
    return report
  }()
}
