internal import Agents
internal import Estimators
internal import Telemetry

/// The targets of a rollout, from its end backwards: one definition for every agent that has them.
struct TargetPhase {
  var facts: AnatomyFacts

  private var t: Int { facts.firstTarget }
  private var isBegun: Bool { !facts.steps.isEmpty && t < facts.steps.count }
  private var discount: Double { facts.settings.discount }

  func phase(_ name: String) -> Phase {
    Phase(
      name: name, inputs: inputs, formula: formula, numbers: isBegun ? [recursion, advantage] : [],
      outputs: outputs, reason: reason,
      parts: isBegun
        ? AnatomyReport.Parts(done: facts.steps.count - t, count: facts.steps.count) : nil)
  }

  /// The recursion as the papers write it.
  private var formula: String {
    switch facts.settings.estimator {
    case .lambda(let lambda) where lambda > 0 && lambda < 1:
      "Gₜ = rₜ₊₁ + γ·((1-λ)·V(sₜ₊₁) + λ·Gₜ₊₁)"
    case .monteCarlo, .lambda(1): "Gₜ = rₜ₊₁ + γ·Gₜ₊₁"
    case .td, .lambda, .nStep(1): "Gₜ = rₜ₊₁ + γ·V(sₜ₊₁)"
    case .nStep(let n) where n >= facts.settings.rolloutLength:
      "Gₜ = rₜ₊₁ + γ·Gₜ₊₁,  at the rollout's end rₜ₊₁ + γ·V(sₜ₊₁)"
    case .nStep(let n): "Gₜ = rₜ₊₁ + γ·rₜ₊₂ + … + γⁿ·V(sₜ₊ₙ),  n = \(n)"
    }
  }

  /// What stands behind gamma at the step in work.
  private enum Following {
    /// V of the state reached, or 0 at an end of the world.
    case bootstrap
    /// The target of the next step.
    case target
    /// Both, mixed.
    case mixture(Double)
    /// The (n-1)-step return of the next step.
    case shorterReturn(Double)
  }

  private var following: Following {
    if facts.closes(t) != nil { return .bootstrap }
    switch facts.settings.estimator {
    case .monteCarlo: return .target
    case .td: return .bootstrap
    case .lambda(let lambda):
      return lambda <= 0 ? .bootstrap : lambda >= 1 ? .target : .mixture(lambda)
    case .nStep(let n):
      if n <= 1 { return .bootstrap }
      let end = facts.steps.indices[t...].first { facts.closes($0) != nil } ?? facts.steps.count - 1
      return n > end - t ? .target : .shorterReturn(shorterReturn(n - 1, from: t + 1))
    }
  }

  /// The m-step return of a step with more than m steps left.
  private func shorterReturn(_ m: Int, from first: Int) -> Double {
    let steps = facts.steps
    var sum = Double(steps[first + m - 1].nextValue)
    for k in (first..<first + m).reversed() { sum = Double(steps[k].reward) + discount * sum }
    return sum
  }

  private var recursion: [AnatomyReport.Piece] {
    let step = facts.steps[t]
    let head: Line = "G\(index: t) = \(step.reward, .world) + \(discount)·"
    let value = step.terminated ? 0 : Double(step.nextValue)
    let next = t + 1 < facts.steps.count ? facts.steps[t + 1].target : 0
    let tail: Line =
      switch following {
      case .bootstrap: "\(value, .value, isOperand: true)"
      case .target: "\(next, .undiscountedReturn, isOperand: true)"
      case .mixture(let lambda):
        """
        (\(1 - lambda)·\(value, .value, isOperand: true) + \
        \(lambda)·\(next, .undiscountedReturn, isOperand: true))
        """
      case .shorterReturn(let sum): "\(sum, .undiscountedReturn, isOperand: true)"
      }
    return head.pieces + tail.pieces + .line(" = \(step.target, .undiscountedReturn)")
  }

  private var advantage: [AnatomyReport.Piece] {
    let step = facts.steps[t]
    return .line(
      """
      A\(index: t) = \(step.target, .undiscountedReturn) - \
      \(step.value, .value, isOperand: true) = \(step.advantage, .advantage)
      """)
  }

  private var inputs: [Quantity] {
    guard isBegun else {
      return [
        Quantity("r", "rewards", .world), Quantity("V", "values of the critic", .value),
      ]
    }
    let step = facts.steps[t]
    var inputs = [
      Quantity("r\(Line.index(t + 1))", "reward", .world, .line("\(step.reward, .world)")),
      Quantity(
        "V(s\(Line.index(t + 1)))", "value of the state reached", .value,
        .line("\(step.terminated ? 0 : step.nextValue, .value)")),
    ]
    if t + 1 < facts.steps.count, facts.closes(t) == nil {
      inputs.append(
        Quantity(
          "G\(Line.index(t + 1))", "target of the next step", .undiscountedReturn,
          .line("\(facts.steps[t + 1].target, .undiscountedReturn)")))
    }
    return inputs
  }

  private var outputs: [Quantity] {
    guard isBegun else {
      return [
        Quantity("G", "target", .undiscountedReturn), Quantity("A", "advantage", .advantage),
      ]
    }
    let step = facts.steps[t]
    let index = Line.index(t)
    return [
      Quantity(
        "G" + index, "target of the critic", .undiscountedReturn,
        .line("\(step.target, .undiscountedReturn)")),
      Quantity(
        "A" + index, "advantage, the actor's weight", .advantage,
        .line("\(step.advantage, .advantage)")),
    ]
  }

  private var reason: String {
    if isBegun, let close = facts.closes(t) { return Self.reason(of: close) }
    switch facts.settings.estimator {
    case .lambda(let lambda) where lambda > 0 && lambda < 1:
      return """
        Of what follows, the share λ comes from the next step's target and 1-λ from the critic: less \
        variance, more bias.
        """
    case .monteCarlo, .lambda(1):
      return
        "Every reward to the episode's end counts, and nothing of the critic: no bias, much variance."
    case .td, .lambda, .nStep(1):
      return
        "One reward is seen, V stands for all that follow: little variance, but the critic's bias."
    case .nStep:
      return """
        The next rewards count as they came and V stands for those beyond, so that the critic's error \
        is discounted.
        """
    }
  }

  /// What the end of a segment means for the bootstrap.
  static func reason(of close: AnatomyReport.SegmentClose) -> String {
    switch close {
    case .terminated:
      "The world has ended here and no reward follows: there is nothing to bootstrap from."
    case .truncated:
      """
      The time limit cut the episode but the world would go on: V of the state reached stands for what \
      would follow.
      """
    case .cut:
      """
      The rollout ends here but the episode goes on: V of the state reached stands for the rewards not \
      yet seen.
      """
    }
  }
}
