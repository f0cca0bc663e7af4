internal import Agents
internal import Estimators
internal import Networks
internal import Telemetry

typealias Phase = AnatomyReport.Phase
typealias Quantity = AnatomyReport.Quantity
typealias Line = AnatomyReport.Line

/// The phases that A3C and A2C have in common.
extension AnatomyFacts {
  /// The state of the last step.
  var state: [AnatomyReport.Piece] {
    .state(observation, isDiscrete: isDiscrete)
  }

  /// The policy in that state: `left .384, right .616`.
  var policy: [AnatomyReport.Piece] {
    guard isGaussian, probabilities.count == Gaussian.outputCount else {
      return .actions(probabilities, .policy)
    }
    return .line("μ \(probabilities[0], .policy), σ \(probabilities[1], .policy)")
  }

  /// The action of a step: its number, which stands for its name, or the real number it is.
  func action(of step: Step) -> AnatomyReport.Piece {
    isGaussian
      ? .number(Double(Gaussian.action(of: Int32(truncatingIfNeeded: step.action))), .policy)
      : .whole(step.action, .policy)
  }

  /// What the last step brought: action, reward, the value of its state.
  var lastStep: [Quantity] {
    guard let step = steps.last else {
      return [
        Quantity("a", "action", .policy), Quantity("r", "reward", .world),
        Quantity("V(s)", "value of the state", .value),
      ]
    }
    return [
      Quantity("a", "action", .policy, [action(of: step)]),
      Quantity("r", "reward", .world, .line("\(step.reward, .world)")),
      Quantity("V(s)", "value of the state", .value, .line("\(step.value, .value)")),
    ]
  }

  /// The step in numbers: the probabilities, then what was drawn and what the world answered.
  var stepNumbers: [[AnatomyReport.Piece]] {
    guard let step = steps.last else { return [] }
    let end = step.terminated ? ", the world ends" : step.truncated ? ", the time is up" : ""
    return [
      [.text("π: ")] + policy,
      [.text("a: "), action(of: step)] + .line(" → r \(step.reward, .world)\(signs: end)"),
    ]
  }

  /// Steps taken, of those there are at most.
  var stepParts: AnatomyReport.Parts {
    let isOpen = settings.estimator == .monteCarlo && firstTarget == steps.count
    let isOver = firstTarget < steps.count || next > (last ?? 0)
    return AnatomyReport.Parts(
      done: steps.count,
      count: isOpen && !isOver ? nil : isOver ? steps.count : settings.rolloutLength)
  }

  // MARK: Gradient

  /// The loss and its gradient, clipped.
  func gradientNumbers() -> [[AnatomyReport.Piece]] {
    let (terms, loss) = (update.terms, settings.loss)
    return [
      .line(
        """
        L = \(terms.policy, .advantage) + \(loss.valueCoefficient)·\(terms.value, .value) - \
        \(loss.entropyCoefficient)·\(terms.entropy, .entropy) = \(loss.total(terms))
        """),
      clippingNumbers(update.gradientNorm, clippingFactor),
    ]
  }

  /// What clipping makes of the latest gradient, pushed or not.
  private var clippingFactor: Float {
    GradientNorm.clippingFactor(norm: update.gradientNorm, limit: settings.maxGradientNorm)
  }

  /// The factor that clips a gradient.
  func clippingNumbers(_ norm: Double, _ factor: Float) -> [AnatomyReport.Piece] {
    .line("k = min(1, \(settings.maxGradientNorm) / \(norm)) = \(factor)")
  }

  static let lossFormula = "L = mean(-A·ln π(a|s)) + c·mean((G - V)²) - β·H,  k = min(1, g/|∇L|)"

  /// The gradient's length, and what clipping makes of it.
  func gradientOutputs(isDone: Bool) -> [Quantity] {
    [
      Quantity(
        "|∇L|", "length of the gradient", .plain,
        isDone ? .line("\(update.gradientNorm)") : []),
      Quantity(
        "k", "what clipping multiplies it by", .plain,
        isDone ? .line("\(clippingFactor)") : []),
    ]
  }
}
