internal import CellCanvas
internal import Telemetry

/// The loss of one step beside the batch's, with the weights, and what became of the gradient.
struct UpdateNumbers {
  var part: StepPart
  var update: UpdateRecord
  /// The name of the action taken.
  var action: String
  /// Number of actions.
  var actions: Int

  /// Rows of the table of losses with all that goes with it.
  static let fullHeight = 7
  /// Rows without the total and the policy's own line.
  static let briefHeight = 5

  private static let labelWidth = 10
  private static let numberWidth = 8
  private static let weightWidth = 6

  /// A row of the table.
  private struct Term {
    var label: String
    var own: Double
    var mean: Double
    var weight: Double?
    var style: Style
  }

  private func terms(_ look: Look) -> [Term] {
    let theme = look.theme
    return [
      Term(
        label: "-A log π", own: part.policyLoss, mean: update.policyLoss, weight: 1,
        style: look.style(theme.policy)),
      Term(
        label: "(G-V)²", own: part.valueLoss, mean: update.valueLoss,
        weight: update.valueCoefficient, style: look.style(theme.value)),
      Term(
        label: "H", own: part.entropy, mean: update.entropy, weight: -update.entropyCoefficient,
        style: look.style(theme.entropy)),
      Term(
        label: "loss", own: part.total(with: update), mean: update.totalLoss, weight: nil,
        style: look.bright.with(.bold)),
    ]
  }

  /// As much as there are rows for; the gradient last, the three terms above it.
  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    var row = 0
    let isFull = rect.height >= Self.fullHeight
    if isFull {
      Phrase.write(policy(look), in: rect, row: row, on: &canvas, look: look)
      row += 1
    }
    if rect.height >= Self.briefHeight {
      drawHeader(in: rect, row: row, on: &canvas, look: look)
      row += 1
    }
    let gradient = rect.height >= 2 ? 1 : 0
    for term in terms(look).prefix(isFull ? 4 : 3) where row < rect.height - gradient {
      draw(term, in: rect, row: row, on: &canvas, look: look)
      row += 1
    }
    if gradient > 0 {
      Phrase.write(clipping(look), in: rect, row: row, on: &canvas, look: look)
      row += 1
    }
    let rest = [batch(look), staleness(look)]
    for choices in rest where row < rect.height {
      Phrase.write(choices, in: rect, row: row, on: &canvas, look: look)
      row += 1
    }
  }

  // MARK: The table

  /// The right ends of the columns.
  private struct Columns {
    let own: Int
    let mean: Int
    let weight: Int

    init(_ row: Rect) {
      let gap = row.width >= 46 ? 3 : row.width >= 38 ? 2 : 1
      own = row.x + 1 + UpdateNumbers.labelWidth + UpdateNumbers.numberWidth
      mean = own + gap + UpdateNumbers.numberWidth
      weight = mean + gap + UpdateNumbers.weightWidth
    }
  }

  private func drawHeader(in rect: Rect, row: Int, on canvas: inout Canvas, look: Look) {
    let columns = Columns(rect)
    var pen = Pen(in: rect, row: row, look: look)
    pen.skip(1)
    pen.write("step", endingAt: columns.own, look.dim, on: &canvas)
    let mean = "mean \(update.batch)"
    let words = look.width(of: mean) <= Self.numberWidth + 1 ? mean : "mean"
    pen.write(words, endingAt: columns.mean, look.dim, on: &canvas)
    pen.write("weight", endingAt: columns.weight, look.dim, on: &canvas)
  }

  private func draw(
    _ term: Term, in rect: Rect, row: Int, on canvas: inout Canvas, look: Look
  ) {
    let columns = Columns(rect)
    var pen = Pen(in: rect, row: row, look: look)
    pen.skip(1)
    pen.write(term.label, term.weight == nil ? look.bright : look.text, on: &canvas)
    pen.write(number(term.own), endingAt: columns.own, term.style, on: &canvas)
    pen.write(number(term.mean), endingAt: columns.mean, term.style, on: &canvas)
    guard let weight = term.weight else { return }
    // A sign in a column of its own: the entropy is subtracted.
    let shown = (weight < 0 ? "-" : "+") + NumberFormat.setting(abs(weight))
    pen.write(shown, endingAt: columns.weight, look.dim, on: &canvas)
  }

  private func number(_ value: Double) -> String {
    NumberFormat.fixed(value, decimals: 4, width: Self.numberWidth)
  }

  // MARK: Lines

  /// `log π(left|s) -.478   H .660 nat, 95% of ln 2`.
  private func policy(_ look: Look) -> [Phrase] {
    let theme = look.theme
    func log(_ symbol: String) -> Phrase {
      Phrase(
        ("log π\(symbol) ", look.text),
        (
          NumberFormat.fixed(part.logProbability, decimals: 4, width: 8),
          look.style(theme.policy, .bold)
        ))
    }
    let entropy = Phrase(
      ("  H ", look.text),
      (NumberFormat.fixed(part.entropy, decimals: 4, width: 6), look.style(theme.entropy, .bold)),
      (" nat", look.dim))
    let share = part.entropy / NaturalLogarithm.of(max(2, actions))
    let most = Phrase(("  \(NumberFormat.percent(share)) of ln \(actions)", look.dim))
    let full = log("(\(action)|s)") + entropy
    return actions > 1
      ? [full + most, full, log("(a|s)") + entropy, log("")] : [full, log("(a|s)") + entropy]
  }

  /// `|∇| .5123 clipped × .976 = .5000  step size 7e-4`.
  private func clipping(_ look: Look) -> [Phrase] {
    let before = NumberFormat.fixed(update.gradientNorm, decimals: 4, width: 7)
    let after = NumberFormat.fixed(update.clippedNorm, decimals: 4, width: 7)
    let factor = NumberFormat.unit(update.clippingFactor, decimals: 4, width: 5)
    let isClipped = update.clippingFactor < 1
    let style = isClipped ? look.style(look.theme.warning) : look.dim
    let rate = NumberFormat.setting(update.learningRate)
    let head = Phrase(("|∇| ", look.text), (before, look.bright))
    let times = Phrase((" × \(factor)", style))
    let result = Phrase((" = ", look.text), (after, look.bright))
    let whole =
      head + Phrase((isClipped ? " clipped" : " unclipped", look.dim)) + times + result
    return [
      whole + Phrase(("  step size \(rate)", look.dim)), whole, head + times + result,
      head + times, head,
    ]
  }

  private func batch(_ look: Look) -> [Phrase] {
    let steps = update.count == 1 ? "1 step" : "\(update.count) steps"
    let share =
      update.count == update.batch
      ? "\(steps), all of the batch" : "\(steps) of \(update.batch) in the batch"
    return ["of the worker's rollout: \(share)", share].map { Phrase(($0, look.dim)) }
  }

  private func staleness(_ look: Look) -> [Phrase] {
    let pulled = NumberFormat.grouped(update.pulledVersion)
    let made = NumberFormat.grouped(update.version)
    let between =
      switch update.staleness {
      case 0: "none between"
      case 1: "1 by others between"
      default: "\(NumberFormat.grouped(update.staleness)) by others between"
      }
    return [
      "pulled v\(pulled), pushed as v\(made), \(between)", "v\(pulled) to v\(made), \(between)",
      between,
    ].map { Phrase(($0, look.dim)) }
  }
}
