internal import CellCanvas
internal import Telemetry

/// The state of the step in view under the parameters it was acted with, right before and right after
/// the update it was learnt from in, and under those of now.
struct MomentChange {
  private let step: EpisodeRecord.Step
  private let run: RunDescription
  private let digits: ReturnDigits
  private let absence: [String]
  private let acted: MomentEffect.Reading
  /// What the engine worked out of the state; nil where it has not.
  let effect: MomentEffect?
  private let isLearnt: Bool

  /// Rows of a probability and a value.
  static let leastHeight = 2
  /// Rows of the table with its heading.
  static let tableHeight = 5

  /// A line of the table.
  private struct Line {
    var name: String
    var reading: MomentEffect.Reading?
    /// The reading it is compared with.
    var previous: MomentEffect.Reading?
  }

  init(snapshot: EngineSnapshot, history: HistoryReport, step: EpisodeRecord.Step) {
    self.step = step
    run = snapshot.run
    digits = ReturnDigits(of: snapshot.run)
    isLearnt = history.update != nil
    // The answer for another moment is not that for this one.
    effect = history.effect.flatMap { $0.moment == history.moment ? $0 : nil }
    let part = StepPart(step, isContinuous: snapshot.run.continuousAction != nil)
    acted = MomentEffect.Reading(
      version: history.update?.pulledVersion ?? history.episode?.openVersion ?? 0,
      probabilities: part.probabilities, gaussian: part.gaussian, value: Double(step.value))
    absence = Self.absence(snapshot.status, history.moment)
  }

  private static func absence(_ status: RunStatus, _ moment: Moment?) -> [String] {
    if status == .running {
      return [
        "Before, after and now are worked out while the run stands still: pause with space.",
        "before, after, now: pause first", "pause first",
      ]
    }
    if case .kept = moment {
      return [
        "The parameters of then are not kept with the episode: its numbers are those recorded.",
        "the parameters of then are gone", "parameters gone",
      ]
    }
    return ["Before, after and now are being worked out.", "being worked out"]
  }

  /// Rows of the policy then and now: its actions, or mean and deviation.
  private var policyRows: Int { acted.gaussian == nil ? acted.probabilities.count : 2 }

  /// Rows it takes in full: the table, what it says in words, every action then and now.
  var height: Int {
    guard effect != nil else { return Self.tableHeight }
    return Self.tableHeight + (isLearnt ? 2 : 0) + 2 + policyRows
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    guard let effect else {
      drawAbsence(in: rect, on: &canvas, look: look)
      return
    }
    guard rect.height >= Self.tableHeight else {
      drawBrief(effect, in: rect, on: &canvas, look: look)
      return
    }
    var row = drawTable(effect, in: rect, on: &canvas, look: look)
    for choices in words(effect) where row < rect.height {
      let words = look.fitting(choices, rect.width - 2)
      Phrase.write([Phrase((words, look.text))], in: rect, row: row, on: &canvas, look: look)
      row += 1
    }
    let count = policyRows
    guard rect.height - row > count else { return }
    if rect.height - row > count + 1 { row += 1 }
    let rest = Rect(x: rect.x, y: rect.y + row, width: rect.width, height: rect.height - row)
    if acted.gaussian == nil {
      drawActions(effect, in: rest, on: &canvas, look: look)
    } else {
      drawGaussian(effect, in: rest, on: &canvas, look: look)
    }
  }

  /// Whether the numbers are there, and what they say.
  private func words(_ effect: MomentEffect) -> [[String]] {
    guard isLearnt else { return [] }
    guard let movement = UpdateMovement(step, effect) else {
      return [["the parameters of then are no longer kept", "parameters of then are gone"]]
    }
    let value = movement.valueWords { NumberFormat.fixed($0 * 100, decimals: 0) + " %" }
    return [value, movement.probabilityWords]
  }

  private func drawAbsence(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let fits = absence.first {
      look.spelt($0).wrapped(to: rect.width - 2, glyphs: look.glyphs).count <= rect.height
    }
    canvas.notice(look.spelt(fits ?? ""), in: rect, look: look)
  }

  private func probability(_ reading: MomentEffect.Reading?) -> Double {
    reading?.likelihood(ofAction: step.action) ?? .nan
  }

  // MARK: In two rows

  /// `V  71.42 → 71.61  now 80.10`.
  private func drawBrief(
    _ effect: MomentEffect, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    func line(_ symbol: String, _ color: Color, _ number: (MomentEffect.Reading?) -> String)
      -> [Phrase]
    {
      let (text, style) = (look.text, look.style(color, .bold))
      let symbols = Phrase((symbol + " ", text))
      let then = Phrase((number(acted), look.style(color)), (" → ", look.dim))
      let moved = Phrase(
        (number(effect.before), style), (" → ", text), (number(effect.after), style))
      let now = Phrase((" now ", look.dim), (number(effect.now), look.style(color)))
      return isLearnt
        ? [symbols + then + moved + now, symbols + moved + now, symbols + moved]
        : [symbols + then + now]
    }
    let lines = [
      line("π", look.theme.policy) {
        NumberFormat.unit(probability($0), decimals: 4, width: 7)
      },
      line("V", look.theme.value) {
        NumberFormat.fixed($0?.value ?? .nan, decimals: digits.value, width: 7)
      },
    ]
    for (row, choices) in lines.enumerated() {
      Phrase.write(choices, in: rect, row: row, on: &canvas, look: look)
    }
  }

  // MARK: As a table

  /// The rows it takes.
  private func drawTable(
    _ effect: MomentEffect, in rect: Rect, on canvas: inout Canvas, look: Look
  ) -> Int {
    let now = Line(
      name: "now", reading: effect.now, previous: isLearnt ? effect.after ?? acted : acted)
    let lines =
      isLearnt
      ? [
        Line(name: "acted by", reading: acted, previous: nil),
        Line(name: "before", reading: effect.before, previous: acted),
        Line(name: "after", reading: effect.after, previous: effect.before), now,
      ] : [Line(name: "acted by", reading: acted, previous: nil), now]
    let columns = Columns(rect)
    var pen = Pen(in: rect, look: look)
    pen.write("θ", endingAt: columns.version, look.dim, on: &canvas)
    let action = "π(\(run.name(ofAction: step.action)))"
    // A longer name leans into the room of the changes.
    let symbol = look.fitting([action, "π(a)", "π"], Columns.probabilityWidth + columns.changes)
    let width = max(Columns.probabilityWidth, look.width(of: symbol))
    pen.write(
      symbol, endingAt: columns.probability - Columns.probabilityWidth + width, look.dim,
      on: &canvas)
    pen.write("V(s)", endingAt: columns.value, look.dim, on: &canvas)
    for (index, line) in lines.enumerated() {
      draw(line, columns, in: rect, row: index + 1, on: &canvas, look: look)
    }
    return lines.count + 1
  }

  /// The right ends of the columns; a change stands behind its number where there is room.
  private struct Columns {
    static let probabilityWidth = 6
    static let valueWidth = 8
    let version: Int
    let probability: Int
    let value: Int
    /// Columns for a change and its arrow; 0 where there is no room.
    let changes: Int

    init(_ rect: Rect) {
      changes = rect.width >= 58 ? 10 : 0
      let gap = rect.width >= 46 ? 2 : 1
      version = rect.x + 1 + 8 + (rect.width >= 40 ? 11 : 9)
      probability = version + gap + Self.probabilityWidth
      value = probability + changes + gap + Self.valueWidth
    }
  }

  private func draw(
    _ line: Line, _ columns: Columns, in rect: Rect, row: Int, on canvas: inout Canvas, look: Look
  ) {
    var pen = Pen(in: rect, row: row, look: look)
    pen.skip(1)
    pen.write(line.name, look.text, on: &canvas)
    let version = line.reading.map { "v\(NumberFormat.grouped($0.version))" }
    pen.write(
      version ?? String(look.glyphs.missing), endingAt: columns.version, look.dim, on: &canvas)
    let now = probability(line.reading)
    pen.write(
      NumberFormat.unit(now, decimals: 4, width: Columns.probabilityWidth),
      endingAt: columns.probability, look.style(look.theme.policy, .bold), on: &canvas)
    let before = line.previous.map(probability)
    change(now, before, decimals: 4, columns, with: &pen, on: &canvas)
    let value = line.reading?.value ?? .nan
    pen.write(
      NumberFormat.fixed(value, decimals: digits.value, width: Columns.valueWidth),
      endingAt: columns.value, look.style(look.theme.value, .bold), on: &canvas)
    change(
      value, line.previous?.value, decimals: digits.difference, columns, with: &pen, on: &canvas)
  }

  /// `↑ +.0062`: by how much a number rose or fell.
  private func change(
    _ value: Double, _ previous: Double?, decimals: Int, _ columns: Columns, with pen: inout Pen,
    on canvas: inout Canvas
  ) {
    guard columns.changes > 0, let previous, (value - previous).isFinite else { return }
    let difference = value - previous
    let glyphs = pen.look.glyphs
    let arrow = difference > 0 ? glyphs.arrowUp : difference < 0 ? glyphs.arrowDown : glyphs.dot
    let end = pen.x + columns.changes - 1
    pen.skip(1)
    pen.write(arrow, pen.look.bright, on: &canvas)
    pen.write(
      NumberFormat.unit(difference, decimals: decimals, width: 7, sign: .always), endingAt: end,
      pen.look.text, on: &canvas)
  }

  // MARK: Then and now

  /// Mean and deviation then and now.
  private func drawGaussian(
    _ effect: MomentEffect, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let then = acted.gaussian
    let now = effect.now.gaussian
    let rows = [("μ", then?.mean, now?.mean), ("σ", then?.deviation, now?.deviation)]
    let ends = [rect.x + 14, rect.x + 26]
    var row = 0
    if rect.height > rows.count {
      for (end, name) in zip(ends, ["then", "now"]) {
        var pen = Pen(in: rect, row: row, look: look)
        pen.write(name, endingAt: end, look.dim, on: &canvas)
      }
      row += 1
    }
    for (name, before, after) in rows where row < rect.height {
      var pen = Pen(in: rect, row: row, look: look)
      pen.skip(1)
      pen.write(look.spelt(name), look.text, on: &canvas)
      for (end, number) in zip(ends, [before, after]) {
        pen.write(
          NumberFormat.fixed(
            number ?? .nan, decimals: 4, width: 9, sign: name == "μ" ? .always : .negative),
          endingAt: end, look.style(look.theme.policy, .bold), on: &canvas)
      }
      row += 1
    }
  }

  /// Every action's probability then and now, as bars.
  private func drawActions(
    _ effect: MomentEffect, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let names = acted.probabilities.indices.map(run.name(ofAction:))
    let nameWidth = min(12, names.map(\.columnCount).max() ?? 0)
    let side = (rect.width - 2 - nameWidth - 2) / 2
    guard side >= 9 else { return }
    let starts = [0, 1].map { rect.x + 2 + nameWidth + 2 + $0 * side }
    var row = 0
    if rect.height > names.count {
      for (start, name) in zip(
        starts, ["then", "now v\(NumberFormat.grouped(effect.now.version))"])
      {
        var pen = Pen(in: rect, row: row, look: look)
        pen.x = start
        pen.write(name, look.dim, on: &canvas)
      }
      row += 1
    }
    for (action, name) in names.enumerated() where row < rect.height {
      let isChosen = action == step.action
      var pen = Pen(in: rect, row: row, look: look)
      pen.write(
        isChosen ? look.glyphs.pointRight : " ", look.style(look.theme.policy, .bold), on: &canvas)
      pen.skip(1)
      pen.write(
        name.truncated(to: nameWidth, glyphs: look.glyphs),
        isChosen ? look.bright.with(.bold) : look.text, on: &canvas)
      for (start, reading) in zip(starts, [acted, effect.now]) {
        let share =
          reading.probabilities.indices.contains(action)
          ? reading.probabilities[action] : .nan
        pen.x = start
        pen.write(
          NumberFormat.percent(share), look.style(look.theme.policy, isChosen ? .bold : []),
          on: &canvas)
        let bar = Rect(x: pen.x + 1, y: pen.y, width: max(0, min(24, side - 7)), height: 1)
        StepNumbers.drawThinBar(share, look.theme.policy, in: bar, on: &canvas, look: look)
      }
      row += 1
    }
  }
}
