internal import CellCanvas
internal import Telemetry

/// The numbers of a recorded step, below its world or beside it.
struct RecordedStepNumbers {
  private let history: HistoryReport
  private let outcome: RecordedOutcome
  private let step: EpisodeRecord.Step?
  private let numbers: StepNumbers
  private let pending: PendingStep
  private let digits: ReturnDigits

  init(snapshot: EngineSnapshot, history: HistoryReport, outcome: RecordedOutcome) {
    self.history = history
    self.outcome = outcome
    step = history.step
    // The stage tells what was done before the state; here it is what was done in it.
    var stage = snapshot.stage
    let isContinuous = snapshot.run.continuousAction != nil
    stage.action = isContinuous ? nil : step?.action
    stage.continuousAction = isContinuous ? step.map { ContinuousAction.drawn($0.action) } : nil
    if let step {
      let part = StepPart(step, isContinuous: isContinuous)
      stage.probabilities = part.probabilities
      stage.gaussian = part.gaussian
      stage.entropy = part.entropy
    }
    numbers = StepNumbers(run: snapshot.run, stage: stage)
    pending = PendingStep(history, in: snapshot)
    digits = ReturnDigits(of: snapshot.run)
  }

  // MARK: What is shown

  private func judgement(_ look: Look) -> [StepNumbers.Quantity] {
    let theme = look.theme
    func quantity(
      _ symbol: String, _ value: Float?, _ style: Style, _ sign: NumberFormat.Sign = .negative,
      width: Int = 7, decimals: Int? = nil
    ) -> StepNumbers.Quantity {
      StepNumbers.Quantity(
        symbol: symbol,
        text: NumberFormat.fixed(
          value.map(Double.init) ?? .nan, decimals: decimals ?? digits.value, width: width,
          sign: sign),
        unit: "", style: style)
    }
    let value = step?.value ?? Float(numbers.stage.value)
    return [
      quantity("r", step?.reward, look.style(theme.returns, .bold), .always, width: 5, decimals: 2),
      quantity("V(s)", value, look.style(theme.value, .bold)),
      quantity("V(s')", outcome.nextValue, look.style(theme.value)),
      quantity(
        "A", outcome.isLearnt ? step?.advantage : nil, look.style(theme.advantage, .bold), .always),
      StepNumbers.Quantity(
        symbol: "H",
        text: NumberFormat.fixed(numbers.stage.entropy, decimals: 2, width: 4), unit: "nat",
        style: look.style(theme.entropy, .bold)),
    ]
  }

  /// What became of the step, and of the step that has not been learnt from what it waits for.
  private func words(_ look: Look) -> [(choices: [String], style: Style)] {
    let value = outcome.nextValue.map { NumberFormat.fixed(Double($0), decimals: digits.value) }
    let became = (
      outcome.words(nextValue: value ?? String(look.glyphs.missing)),
      look.style(outcome.color(look.theme))
    )
    guard outcome.kind != .none, !outcome.isLearnt else { return [became] }
    return [became, (pending.words, look.style(look.theme.warning))]
  }

  // MARK: In rows

  /// Rows of numbers that go with a world in a pane.
  func rows(in inside: Rect) -> Int {
    switch inside.height {
    case 9...: 4
    case 6...: 3
    case 3...: 2
    default: inside.height
    }
  }

  /// What became of it last, above it numbers and policy, observation first to go.
  func drawRows(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var row = rect.height
    func next() -> Bool {
      row -= 1
      return row >= 0
    }
    if next() { drawOutcome(in: rect, row: row, on: &canvas, look: look) }
    if next() {
      numbers.drawLine(judgement(look), in: rect, row: row, on: &canvas, look: look)
    }
    if next() { numbers.drawPolicyRow(in: rect, row: row, on: &canvas, look: look) }
    guard next() else { return }
    if let place = numbers.place {
      Phrase.write(
        [Phrase(("state ", look.text), (place, look.bright))], in: rect, row: row, on: &canvas,
        look: look)
    } else {
      numbers.drawLine(numbers.observation(look), in: rect, row: row, on: &canvas, look: look)
    }
  }

  /// In one row: a step that waits says so rather than that it goes on.
  private func drawOutcome(in rect: Rect, row: Int, on canvas: inout Canvas, look: Look) {
    let words = words(look)
    var choices: [Phrase] = []
    if words.count == 2 {
      let short = words[0].choices.last ?? ""
      choices = words[1].choices.map {
        Phrase((short + "; ", words[0].style), ($0, words[1].style))
      }
    }
    for (texts, style) in words.reversed() { choices += texts.map { Phrase(($0, style)) } }
    Phrase.write(choices, in: rect, row: row, on: &canvas, look: look)
  }

  // MARK: In a column

  /// Columns the numbers take beside the world; 0 where they stand below it.
  static func columnWidth(in inside: Rect) -> Int {
    guard inside.width >= 56, inside.height >= 9 else { return 0 }
    return min(42, max(28, inside.width * 45 / 100))
  }

  func drawColumn(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let judged = judgement(look)
    let actions = numbers.stage.probabilities.indices
    let observed = max(1, numbers.place == nil ? numbers.run.observed.count : 1)
    let texts = words(look)
    let policyRows = numbers.gaussian == nil ? actions.count : GaussianView.fullHeight
    let needed = observed + policyRows + judged.count + 2 * texts.count
    let gap = rect.height >= needed + 3 ? 1 : 0
    var row = drawObservation(in: rect, on: &canvas, look: look) + gap
    let nameWidth = numbers.run.actions.map(\.columnCount).max() ?? 0
    for action in actions where row < rect.height {
      let slot = Rect(x: rect.x, y: rect.y + row, width: rect.width, height: 1)
      numbers.drawAction(action, nameWidth: nameWidth + 1, in: slot, on: &canvas, look: look)
      row += 1
    }
    if let gaussian = numbers.gaussian, row < rect.height {
      let height = min(GaussianView.fullHeight, rect.height - row)
      let area = Rect(x: rect.x, y: rect.y + row, width: rect.width, height: height)
      gaussian.draw(in: area, on: &canvas, look: look)
      row += height
    }
    row += gap
    // What became of it keeps its rows.
    let kept = min(2 * texts.count, max(0, rect.height - row - 2))
    for quantity in judged where row < rect.height - kept {
      var pen = Pen(in: rect, row: row, look: look)
      pen.skip(1)
      numbers.drawAligned(quantity, with: &pen, on: &canvas)
      row += 1
    }
    row += gap
    for (choices, style) in texts {
      let left = rect.height - row
      let wrapped = choices.map {
        look.spelt($0).wrapped(to: rect.width - 2, glyphs: look.glyphs)
      }
      let room = texts.count == 2 ? max(1, left / 2) : left
      guard let lines = wrapped.first(where: { $0.count <= room }) else { continue }
      for line in lines {
        var pen = Pen(in: rect, row: row, look: look)
        pen.skip(1)
        pen.write(line, style, on: &canvas)
        row += 1
      }
    }
  }

  /// Every observed number with its name and unit, or the square; the rows it takes.
  private func drawObservation(
    in rect: Rect, on canvas: inout Canvas, look: Look
  ) -> Int {
    if let place = numbers.place {
      Phrase.write(
        [Phrase(("state ", look.text), (place, look.bright))], in: rect, on: &canvas, look: look)
      return 1
    }
    let names = numbers.run.observed.map(\.name)
    let width = names.map(\.columnCount).max() ?? 0
    let quantities = numbers.observation(look)
    let widest = quantities.map { $0.width(look) }.max() ?? 0
    let hasNames = width + widest + 3 <= rect.width
    for (row, quantity) in quantities.enumerated() {
      var pen = Pen(in: rect, row: row, look: look)
      pen.skip(1)
      if hasNames {
        let end = pen.x + width + 2
        pen.write(names[row], look.dim, on: &canvas)
        pen.x = end
      }
      quantity.draw(with: &pen, on: &canvas)
    }
    return quantities.count
  }
}
