internal import CellCanvas
internal import Estimators

/// A target taken apart, from top to bottom: the estimator's name, a row for every part with its
/// factor and what it adds, and what they add up to.
struct TargetTable {
  var apart: TakenApartTarget
  /// The target the learner used, where this is the learner's estimator; else nil.
  var recorded: Float?
  /// Whether a row above tells the estimator's name.
  var hasName: Bool
  var digits: ReturnDigits

  private static let labelWidth = 9
  private static let factorWidth = 6
  private static let numberWidth = 8
  private static let leastBar = 5
  private static let mostBar = 24

  /// Rows it takes in full.
  var height: Int { apart.parts.count + 3 + (hasName ? 1 : 0) }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    var body = rect
    if rect.height > 1 {
      let parts = rect.split(bottom: 1)
      body = parts.rest
      if body.height > apart.parts.count + (hasName ? 2 : 1) {
        // What they add up to stands right below the parts.
        body = Rect(
          x: rect.x, y: rect.y, width: rect.width,
          height: apart.parts.count + (hasName ? 2 : 1))
      }
    } else {
      body = Rect(x: rect.x, y: rect.y, width: rect.width, height: 0)
    }
    drawParts(in: body, on: &canvas, look: look)
    var foot = Rect(x: rect.x, y: body.maxY, width: rect.width, height: 1)
    if foot.y + 1 < rect.maxY, body.height > 0 {
      canvas.fill(
        Rect(x: rect.x + 1, y: foot.y, width: rect.width - 2, height: 1), look.glyphs.horizontal,
        style: look.border)
      foot = Rect(x: rect.x, y: foot.y + 1, width: rect.width, height: 1)
    }
    drawSum(in: foot, on: &canvas, look: look)
  }

  // MARK: Parts

  private func drawParts(in body: Rect, on canvas: inout Canvas, look: Look) {
    var area = body
    if hasName, area.height >= 3 {
      let parts = area.split(top: 1)
      drawName(in: parts.top, on: &canvas, look: look)
      area = parts.rest
    }
    if area.height >= 2 {
      let parts = area.split(top: 1)
      drawHeader(in: parts.top, on: &canvas, look: look)
      area = parts.rest
    }
    let rows = FoldedRows(apart.parts.count, in: area.height)
    var y = area.y
    func place() -> Rect {
      defer { y += 1 }
      return Rect(x: area.x, y: y, width: area.width, height: 1)
    }
    for index in rows.head { draw(apart.parts[index], in: place(), on: &canvas, look: look) }
    if !rows.folded.isEmpty { drawFold(rows.folded, in: place(), on: &canvas, look: look) }
    for index in rows.tail { draw(apart.parts[index], in: place(), on: &canvas, look: look) }
  }

  private func drawName(in row: Rect, on canvas: inout Canvas, look: Look) {
    let name = (apart.estimator.headline, look.bright.with(.bold))
    let use =
      recorded == nil ? ("  beside it", look.dim) : ("  in use", look.style(look.theme.good))
    Phrase.write(
      [Phrase(name, use), Phrase((apart.estimator.shortHeadline, name.1), use), Phrase(name)],
      in: row, on: &canvas, look: look)
  }

  /// The right ends of the columns, and the bar between the value and the product.
  private struct Columns {
    let factor: Int
    let value: Int
    let bar: Rect
    let product: Int

    init(_ row: Rect) {
      let gap = row.width >= 37 ? 2 : 1
      factor = row.x + 1 + TargetTable.labelWidth + TargetTable.factorWidth
      value = factor + gap + TargetTable.numberWidth
      let spare = row.maxX - 1 - value - 2 * gap - TargetTable.numberWidth
      let width = spare < TargetTable.leastBar ? 0 : min(spare, TargetTable.mostBar)
      bar = Rect(x: value + gap, y: row.y, width: width, height: 1)
      product = min(
        row.maxX - 1, (width > 0 ? bar.maxX : value) + gap + TargetTable.numberWidth)
    }
  }

  private func drawHeader(in row: Rect, on canvas: inout Canvas, look: Look) {
    let columns = Columns(row)
    var pen = Pen(in: row, look: look)
    let isMixture = apart.estimator.isMixture
    pen.write(isMixture ? "weight" : "γ^k", endingAt: columns.factor, look.dim, on: &canvas)
    pen.write(isMixture ? "return" : "r, V", endingAt: columns.value, look.dim, on: &canvas)
    pen.write("adds", endingAt: columns.product, look.dim, on: &canvas)
  }

  private func number(_ value: Double) -> String {
    NumberFormat.fixed(value, decimals: digits.value, width: Self.numberWidth)
  }

  private func factor(_ value: Double) -> String {
    NumberFormat.unit(value, decimals: 4, width: Self.factorWidth)
  }

  private func draw(
    _ part: TakenApartTarget.Part, in row: Rect, on canvas: inout Canvas, look: Look
  ) {
    let columns = Columns(row)
    let color =
      switch part.kind {
      case .bootstrap: look.theme.value
      case .reward, .stepReturn: look.theme.returns
      }
    var pen = Pen(in: row, look: look)
    pen.skip(1)
    pen.write(label(of: part), look.text, on: &canvas)
    pen.write(factor(part.factor), endingAt: columns.factor, look.bright, on: &canvas)
    pen.write(number(part.value), endingAt: columns.value, look.style(color), on: &canvas)
    StepNumbers.drawThinBar(share(part), color, in: columns.bar, on: &canvas, look: look)
    pen.write(
      number(part.product), endingAt: columns.product, part.factor > 0 ? look.bright : look.dim,
      on: &canvas)
  }

  private func label(of part: TakenApartTarget.Part) -> String {
    switch part.kind {
    case .reward(let k): "r t+\(k + 1)"
    case .bootstrap(let k): apart.end == .terminated ? "V end" : "V t+\(k)"
    case .stepReturn(let k): "\(k)-step"
    }
  }

  /// What a part adds as a share of the greatest.
  private func share(_ part: TakenApartTarget.Part) -> Double {
    let most = apart.parts.lazy.map { abs($0.product) }.max() ?? 0
    return most > 0 ? abs(part.product) / most : 0
  }

  /// The parts that have no row of their own: how many they are and what they add.
  private func drawFold(
    _ folded: Range<Int>, in row: Rect, on canvas: inout Canvas, look: Look
  ) {
    let columns = Columns(row)
    var pen = Pen(in: row, look: look)
    pen.skip(1)
    pen.write("… \(folded.count) more", look.dim, on: &canvas)
    let parts = apart.parts[folded]
    if apart.estimator.isMixture {
      let weight = parts.reduce(0) { $0 + $1.factor }
      pen.write(factor(weight), endingAt: columns.factor, look.bright, on: &canvas)
    }
    let sum = parts.reduce(0) { $0 + $1.product }
    pen.write(number(sum), endingAt: columns.product, look.bright, on: &canvas)
  }

  // MARK: The sum

  /// `G ✓ the learner's, bit for bit   21.403`.
  private func drawSum(in row: Rect, on canvas: inout Canvas, look: Look) {
    let columns = Columns(row)
    var words = row
    words.width = columns.product - Self.numberWidth - row.x
    let sign = ("G ", look.text)
    if let recorded {
      let isExact = apart.isExactly(recorded)
      let style = look.style(isExact ? look.theme.good : look.theme.bad, .bold)
      let mark = (String(isExact ? look.glyphs.check : look.glyphs.ballot), style)
      let apart = NumberFormat.setting(Double(recorded) - Double(apart.target))
      let choices =
        isExact
        ? [" the learner's, bit for bit", " learner's, bit for bit", " bit for bit", ""]
        : [
          " the learner's differs by \(apart)", " learner's differs by \(apart)",
          " differs by \(apart)", " differs", "",
        ]
      Phrase.write(
        choices.map { Phrase(sign, mark, ($0, style)) }, in: words, on: &canvas, look: look)
    } else {
      Phrase.write(
        [Phrase(sign, ("as this estimator has it", look.dim)), Phrase(sign)], in: words,
        on: &canvas, look: look)
    }
    var pen = Pen(in: row, look: look)
    pen.write(
      number(Double(apart.target)), endingAt: columns.product,
      look.style(look.theme.returns, .bold), on: &canvas)
  }
}
