internal import CellCanvas
internal import Estimators
internal import Telemetry

/// What follows from a target, in formulas with the step's numbers: δ, the advantage, the bootstrap,
/// and how far the other kind is away.
struct TargetWords {
  var apart: TakenApartTarget
  var other: TakenApartTarget
  var step: EpisodeRecord.Step
  var digits: ReturnDigits

  private func number(_ value: Double, _ sign: NumberFormat.Sign = .negative) -> String {
    NumberFormat.fixed(value, decimals: digits.value, width: 7, sign: sign)
  }

  private func difference(_ value: Double) -> String {
    NumberFormat.fixed(value, decimals: digits.difference, width: 7, sign: .always)
  }

  /// Every line as long as there are rows.
  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let lines = [temporalDifference(look), advantage(look), bootstrap(look), formula(look)]
    for (row, choices) in lines.enumerated() {
      Phrase.write(choices, in: rect, row: row, on: &canvas, look: look)
    }
  }

  /// δ and A in one row, the other kind's target in the next, then the rest.
  func drawShort(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var lines = [brief(look), beside(look)]
    if rect.height > 2 { lines += [bootstrap(look), formula(look)] }
    for (row, choices) in lines.enumerated() {
      Phrase.write(choices, in: rect, row: row, on: &canvas, look: look)
    }
  }

  // MARK: Lines

  /// `δ = r + γ V(s') - V(s) = +1.00 + .99 × 70.90 - 71.40 = -.209`.
  private func temporalDifference(_ look: Look) -> [Phrase] {
    let theme = look.theme
    let segment = apart.segment
    let text = look.text
    let head = Phrase(("δ ", look.style(theme.advantage, .bold)), ("= ", text))
    let symbols = Phrase(("r + γ V(s') - V(s) = ", text))
    let numbers = Phrase(
      (number(Double(segment.rewards[0]), .always), look.style(theme.returns)),
      (" + \(NumberFormat.setting(segment.discount)) × ", text),
      (number(segment.bootstrap(after: 1)), look.style(theme.value)), (" - ", text),
      (number(Double(segment.value)), look.style(theme.value)), (" = ", text))
    let result = Phrase(
      (difference(apart.temporalDifference), look.style(theme.advantage, .bold)))
    return [head + symbols + numbers + result, head + numbers + result, head + symbols + result]
  }

  /// `A = G - V(s) = 21.403 - 21.400 = +.003  ✓ bit for bit`.
  private func advantage(_ look: Look) -> [Phrase] {
    let theme = look.theme
    let text = look.text
    let isExact = apart.hasExactly(advantage: step.advantage)
    let style = look.style(isExact ? theme.good : theme.bad)
    let head = Phrase(
      ("A ", look.style(theme.advantage, .bold)), ("= G - V(s) = ", text),
      (number(Double(apart.target)), look.style(theme.returns)), (" - ", text),
      (number(Double(apart.segment.value)), look.style(theme.value)), (" = ", text),
      (difference(Double(apart.advantage)), look.style(theme.advantage, .bold)))
    let mark = String(isExact ? look.glyphs.check : look.glyphs.ballot)
    let recorded = NumberFormat.fixed(
      Double(step.advantage), decimals: digits.difference, sign: .always)
    let check = isExact ? "bit for bit" : "the learner's was \(recorded)"
    return [head + Phrase(("  \(mark) \(check)", style)), head]
  }

  private func brief(_ look: Look) -> [Phrase] {
    let style = look.style(look.theme.advantage, .bold)
    func phrase(_ gap: String, _ words: String) -> Phrase {
      Phrase(
        ("δ ", look.text), (difference(apart.temporalDifference), style),
        (gap + words, look.text), (difference(Double(apart.advantage)), style))
    }
    return [phrase("   ", "A = G - V(s) "), phrase("  ", "A = G - V "), phrase("  ", "A ")]
  }

  /// `beside it 5-step 21.17, -.23`.
  private func beside(_ look: Look) -> [Phrase] {
    let apartBy = Double(other.target) - Double(apart.target)
    return [other.estimator.headline, other.estimator.shortHeadline].map { name in
      Phrase(
        ("\(name) ", look.dim),
        (number(Double(other.target)), look.style(look.theme.returns)),
        ("  \(difference(apartBy))", look.text))
    }
  }

  private func bootstrap(_ look: Look) -> [Phrase] {
    let theme = look.theme
    guard let end = apart.end else {
      let steps = apart.estimator.stepsUsed(of: apart.segment.horizon) ?? 0
      let reached = steps == 1 ? "the next state" : "the state \(steps) steps on"
      return [
        "V of \(reached) stands for the rewards after it", "V of \(reached) for the rest",
      ].map { Phrase(($0, look.dim)) }
    }
    let horizon = apart.segment.horizon
    let value = number(apart.segment.bootstrap(after: horizon))
    let style =
      switch end {
      case .terminated: look.style(theme.bad)
      case .truncated: look.style(theme.warning)
      case .cut: look.dim
      }
    let place = horizon == 1 ? "" : "after \(horizon) steps "
    let words = end.words(nextValue: value.trimmedAtFront)
    return (words.map { place + $0 } + words).map { Phrase(($0, style)) }
  }

  private func formula(_ look: Look) -> [Phrase] {
    let words =
      apart.estimator.isMixture || other.estimator.isMixture
      ? ["λ-return: the k-step return weighs (1-λ)λ^(k-1), the longest all the rest"] : []
    return words.map { Phrase(($0, look.dim)) }
  }
}

extension String {
  /// Without the blanks that align it.
  fileprivate var trimmedAtFront: String { String(drop { $0 == " " }) }
}
