internal import CellCanvas
internal import Estimators
internal import Telemetry

/// A row for every step of a rollout: what was done, what followed, the targets by two estimators and
/// their difference as a bar around zero; a rule where a segment ends.
struct PairTable {
  /// A column, the most important first.
  private enum Column: CaseIterable {
    case step, first, second, difference, used, value, reward, action
  }

  private enum Row {
    case step(Int)
    case end(SegmentEnd, after: Int)
  }

  /// Columns in the order in which they stand.
  private static let order: [Column] = [
    .step, .action, .reward, .value, .used, .first, .second, .difference,
  ]
  private static let gap = 2
  private static let leastBar = 5
  private static let mostBar = 41

  let comparison: RolloutComparison
  private let rollout: RolloutReport
  private let run: RunDescription
  private let pair: [ReturnEstimator]
  private let selected: Int
  private let columns: [Column]
  private let bar: Int
  private let rows: [Row]
  private let digits: ReturnDigits

  init(
    rollout: RolloutReport, run: RunDescription, pair: [ReturnEstimator], selected: Int, width: Int,
    look: Look
  ) {
    self.rollout = rollout
    self.run = run
    self.pair = pair
    self.selected = selected
    comparison = RolloutComparison(rollout, pair[0], pair[1])
    digits = ReturnDigits(of: run)
    rows = rollout.steps.indices.flatMap { t -> [Row] in
      guard let end = rollout.close(at: t) else { return [.step(t)] }
      return [.step(t), .end(end, after: t)]
    }
    let isUsedElsewhere = !pair.contains { $0.isSame(as: rollout.estimator) }
    // The pointer, and a column at the right for the scroll bar.
    var left = width - 2
    var chosen: [Column] = []
    for column in Column.allCases where column != .used || isUsedElsewhere {
      let needed = Self.width(of: column, run) + (chosen.isEmpty ? 0 : Self.gap)
      // The bar says more than what was done.
      let spare = column == .reward || column == .action ? Self.leastBar + Self.gap : 0
      guard needed + spare <= left else { continue }
      left -= needed
      chosen.append(column)
    }
    columns = Self.order.filter(chosen.contains)
    let room = min(Self.mostBar, left - Self.gap)
    bar = room >= Self.leastBar ? room - (room + 1) % 2 : 0
  }

  /// Rows it would take in full.
  var height: Int { rows.count + 1 }

  private static func width(of column: Column, _ run: RunDescription) -> Int {
    switch column {
    case .step: 3
    case .action: min(8, max(6, run.actions.map(\.columnCount).max() ?? 0))
    case .reward: 6
    case .value, .first, .second, .used: 8
    case .difference: 7
    }
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard rect.height > 0 else { return }
    let parts = rect.split(top: rect.height >= 3 ? 1 : 0)
    if !parts.top.isEmpty { drawHeader(in: parts.top, on: &canvas, look: look) }
    let body = parts.rest
    let first = firstRow(visible: body.height)
    for line in 0..<min(body.height, rows.count) {
      let place = Rect(x: body.x, y: body.y + line, width: body.width, height: 1)
      switch rows[first + line] {
      case .step(let t): drawStep(t, in: place, on: &canvas, look: look)
      case .end(let end, let t): drawEnd(end, after: t, in: place, on: &canvas, look: look)
      }
    }
    drawScrollBar(first: first, in: body, on: &canvas, look: look)
  }

  /// The step at a row of the rectangle it is drawn in.
  func step(y: Int, in rect: Rect) -> Int? {
    let body = rect.split(top: rect.height >= 3 ? 1 : 0).rest
    let line = y - body.y
    guard line >= 0, line < min(body.height, rows.count),
      case .step(let t) = rows[firstRow(visible: body.height) + line]
    else { return nil }
    return t
  }

  /// The first row shown: the selected step stays near the middle.
  private func firstRow(visible: Int) -> Int {
    let place = rows.firstIndex { if case .step(selected) = $0 { true } else { false } } ?? 0
    return max(0, min(place - visible / 2, rows.count - visible))
  }

  private func drawScrollBar(
    first: Int, in body: Rect, on canvas: inout Canvas, look: Look
  ) {
    guard rows.count > body.height, body.height >= 3 else { return }
    let size = max(1, body.height * body.height / rows.count)
    let top = first * (body.height - size) / max(1, rows.count - body.height)
    for line in 0..<body.height {
      let isThumb = line >= top && line < top + size
      canvas.put(
        isThumb ? (look.glyphs.isUnicode ? "┃" : "#") : look.glyphs.vertical, x: body.maxX - 1,
        y: body.y + line, style: isThumb ? look.dim : look.border)
    }
  }

  private func heading(_ column: Column, _ look: Look) -> (String, Style) {
    func name(_ side: Contender) -> (String, Style) {
      let full = "\(side.letter) \(pair[side.rawValue].shortLabel)"
      let fits = look.width(of: full) <= Self.width(of: .first, run)
      return (fits ? full : side.letter, look.style(side.color(look.theme), .bold))
    }
    switch column {
    case .step: return ("t", look.dim)
    case .action: return ("action", look.dim)
    case .reward: return ("r", look.dim)
    case .value: return ("V(s)", look.dim)
    case .first: return name(.first)
    case .second: return name(.second)
    case .used: return ("in use", look.style(look.theme.good))
    case .difference: return ("B−A", look.dim)
    }
  }

  private func drawHeader(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, look: look)
    pen.skip(1)
    for column in columns {
      let (text, style) = heading(column, look)
      let end = pen.x + Self.width(of: column, run)
      if column == .action {
        pen.write(text, style, on: &canvas)
      } else {
        pen.write(text, endingAt: end, style, on: &canvas)
      }
      pen.x = end + Self.gap
    }
    guard bar >= 19, let largest = comparison.largest else { return }
    let most = NumberFormat.fixed(largest.size, decimals: digits.difference)
    var ends = Pen(in: Rect(x: pen.x, y: rect.y, width: bar, height: 1), look: look)
    ends.write("-\(most)", look.dim, on: &canvas)
    canvas.put("0", x: pen.x + bar / 2, y: rect.y, style: look.dim)
    ends.write("+\(most)", endingAt: pen.x + bar, look.dim, on: &canvas)
  }

  private func drawStep(_ t: Int, in row: Rect, on canvas: inout Canvas, look: Look) {
    let isSelected = t == selected
    if isSelected { canvas.fill(row, " ", style: look.selection) }
    let ground = RowGround(isSelected: isSelected, look)
    var pen = Pen(in: row, look: look)
    pen.write(
      isSelected ? look.glyphs.pointRight : " ",
      ground.under(look.style(look.theme.accent, .bold)), on: &canvas)
    for column in columns {
      let (text, style) = value(of: column, at: t, look)
      let end = pen.x + Self.width(of: column, run)
      if column == .action {
        pen.write(text, ground.under(style), on: &canvas)
      } else {
        pen.write(text, endingAt: end, ground.under(style), on: &canvas)
      }
      pen.x = end + Self.gap
    }
    let area = Rect(x: pen.x, y: row.y, width: bar, height: 1)
    drawDifference(comparison.difference[t], in: area, ground, on: &canvas, look: look)
  }

  private func value(of column: Column, at t: Int, _ look: Look) -> (String, Style) {
    let step = rollout.steps[t]
    let theme = look.theme
    func number(_ value: Float) -> String {
      NumberFormat.fixed(Double(value), decimals: digits.value, width: 8)
    }
    switch column {
    case .step: return ("\(t)", look.text)
    case .action:
      let name = run.name(ofAction: step.action)
      return (name.truncated(to: Self.width(of: .action, run), glyphs: look.glyphs), look.text)
    case .reward:
      return (
        NumberFormat.fixed(Double(step.reward), decimals: 2, width: 6, sign: .always),
        look.style(theme.returns)
      )
    case .value: return (number(step.value), look.style(theme.value))
    case .first: return (number(comparison.first[t]), look.style(Contender.first.color(theme)))
    case .second: return (number(comparison.second[t]), look.style(Contender.second.color(theme)))
    case .used: return (number(step.target), look.style(theme.good))
    case .difference:
      return (
        NumberFormat.fixed(
          comparison.difference[t], decimals: digits.difference, width: 7, sign: .always),
        look.bright
      )
    }
  }

  /// A bar from zero in the middle, in the colour of the one whose target is the greater.
  private func drawDifference(
    _ difference: Double, in area: Rect, _ ground: RowGround, on canvas: inout Canvas, look: Look
  ) {
    guard area.width >= Self.leastBar, let largest = comparison.largest else { return }
    let half = area.width / 2
    let middle = area.x + half
    canvas.put(look.glyphs.vertical, x: middle, y: area.y, style: ground.under(look.border))
    guard difference.isFinite, largest.size.isFinite, largest.size > 0 else { return }
    let side = difference > 0 ? Contender.second : .first
    let style = ground.under(look.style(side.color(look.theme), .bold))
    let halves = Int((abs(difference) / largest.size * Double(2 * half)).rounded())
    for k in 0..<half where halves > 2 * k {
      let isWhole = halves >= 2 * k + 2
      let glyph: Unicode.Scalar =
        look.glyphs.isUnicode ? (isWhole ? "━" : difference > 0 ? "╸" : "╺") : isWhole ? "=" : "-"
      let x = difference > 0 ? middle + 1 + k : middle - 1 - k
      canvas.put(glyph, x: x, y: area.y, style: style)
    }
  }

  /// A rule with words: why the segment ends, and what stands for the rest.
  private func drawEnd(
    _ end: SegmentEnd, after t: Int, in row: Rect, on canvas: inout Canvas, look: Look
  ) {
    let rule = Rect(x: row.x + 1, y: row.y, width: row.width - 2, height: 1)
    canvas.fill(rule, look.glyphs.dashedHorizontal, style: look.border)
    let worth = NumberFormat.fixed(Double(rollout.steps[t].nextValue), decimals: digits.value)
    let room = rule.width - 6
    guard let words = end.words(nextValue: worth).first(where: { look.width(of: $0) <= room })
    else { return }
    let theme = look.theme
    let style =
      switch end {
      case .terminated: look.style(theme.bad)
      case .truncated: look.style(theme.warning)
      case .cut: look.dim
      }
    var pen = Pen(in: rule, look: look)
    pen.skip(2)
    pen.write(" \(words) ", style, on: &canvas)
  }
}
