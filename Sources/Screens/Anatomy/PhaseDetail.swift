internal import CellCanvas
internal import Telemetry

/// One phase taken apart: what goes in, the formula, the formula with its numbers, what comes out,
/// and why it is done.
struct PhaseDetail {
  var report: AnatomyReport
  var shown: Int
  /// The run waits for the person.
  var isStanding: Bool
  var actions: [String]

  /// A part of the detail, by what it may be left out for.
  private enum Section: Int, CaseIterable {
    case formula
    case numbers
    case outputs
    case reason
    case inputs

    /// The order on the screen.
    static let reading: [Section] = [.inputs, .formula, .numbers, .outputs, .reason]
  }

  private static let labelColumns = 5

  private var phase: AnatomyReport.Phase { report.phases[shown] }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    var inside = rect
    if rect.height >= 7 {
      inside = Panel(
        title: "\(shown + 1) \(look.spelt(phase.name))", detail: look.spelt(detail),
        trailing: look.spelt(nextWords)
      ).draw(in: rect, on: &canvas, look: look)
    }
    guard inside.width > Self.labelColumns else { return }
    let area = inside.width > 60 ? inside.inset(columns: 1, rows: 0) : inside
    drawSections(in: area, on: &canvas, look: look)
  }

  private var detail: String {
    guard isStanding else { return "of the latest \(report.round) that is done" }
    guard report.last == shown else {
      return report.last == nil
        ? "not begun" : shown == report.next ? "comes next" : "as it was last"
    }
    guard let parts = phase.parts, let count = parts.count else { return "just done" }
    return parts.done >= count ? "just done" : "\(parts.done) of \(count) done"
  }

  private var nextWords: String {
    isStanding && report.phases.indices.contains(report.next)
      ? "next: \(report.phases[report.next].name)" : ""
  }

  // MARK: Sections

  private func drawSections(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let width = rect.width - Self.labelColumns
    var meanings = true
    var lines = sections(width, meanings, look)
    if lines.values.reduce(0, { $0 + $1.count }) > rect.height {
      meanings = false
      lines = sections(width, meanings, look)
    }
    var room = rect.height
    var kept: [Section: [[StyledWords.Run]]] = [:]
    for section in Section.allCases {
      let fitting = Array((lines[section] ?? []).prefix(room))
      kept[section] = fitting
      room -= fitting.count
    }
    var row = 0
    for section in Section.reading {
      for (index, line) in (kept[section] ?? []).enumerated() {
        let label = index == 0 ? self.label(of: section) : ""
        canvas.text(
          label, x: rect.x, y: rect.y + row, style: look.dim, maxWidth: Self.labelColumns)
        canvas.runs(
          line.map { ($0.text, $0.style) }, x: rect.x + Self.labelColumns, y: rect.y + row,
          maxWidth: width)
        row += 1
      }
      // Air between the parts where there is enough of it.
      if room > 0, !(kept[section] ?? []).isEmpty, rect.height >= 12 {
        row += 1
        room -= 1
      }
    }
  }

  private func label(of section: Section) -> String {
    switch section {
    case .inputs: "in"
    case .formula: ""
    case .numbers: "now"
    case .outputs: "out"
    case .reason: "why"
    }
  }

  private func sections(
    _ width: Int, _ meanings: Bool, _ look: Look
  ) -> [Section: [[StyledWords.Run]]] {
    var formula = StyledWords()
    formula.add(look.formula(phase.formula), look.title)
    var reason = StyledWords()
    reason.add(look.spelt(phase.reason), look.text)
    return [
      .formula: formula.lines(width: width, indent: 2),
      .numbers: numbers(width, look),
      .outputs: quantities(phase.outputs, meanings, look).lines(width: width),
      .reason: reason.lines(width: width),
      .inputs: quantities(phase.inputs, meanings, look).lines(width: width),
    ]
  }

  private func numbers(_ width: Int, _ look: Look) -> [[StyledWords.Run]] {
    guard !phase.numbers.isEmpty else {
      var words = StyledWords()
      words.add("not done yet: the numbers appear with it", look.dim)
      return words.lines(width: width)
    }
    return phase.numbers.flatMap { line in
      var words = StyledWords()
      for piece in line { words.add(look.formula(piece.text(actions)), piece.style(look)) }
      return words.lines(width: width, indent: 2)
    }
  }

  /// `G₃ 71.73 target   A₃ +.43 advantage`
  private func quantities(
    _ quantities: [AnatomyReport.Quantity], _ meanings: Bool, _ look: Look
  ) -> StyledWords {
    var words = StyledWords()
    for (index, quantity) in quantities.enumerated() {
      if index > 0 { words.add(look.glyphs.isUnicode ? " · " : " , ", look.dim) }
      words.add(look.formula(quantity.symbol) + " ", look.text)
      for piece in quantity.value {
        words.add(look.formula(piece.text(actions)), piece.style(look))
      }
      if meanings { words.add(" " + look.spelt(quantity.meaning), look.dim) }
      words.add(" ", look.dim)
    }
    return words
  }
}
