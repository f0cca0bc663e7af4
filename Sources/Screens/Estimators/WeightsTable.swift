internal import CellCanvas
internal import Estimators

/// The rows of the pane of the weights.
struct WeightsTable {
  var returns: WeightedReturns
  var weighed: ReturnEstimator
  var inUse: ReturnEstimator
  var isInUse: Bool
  /// The target the learner used.
  var target: Float
  var digits: ReturnDigits

  /// One line: a k-step return, or several that were left out.
  enum Line: Equatable {
    case term(WeightedReturns.Term)
    /// The returns of `steps`, their weight and what they add.
    case folded(steps: ClosedRange<Int>, weight: Double, contribution: Double)
  }

  private static let numberWidth = 8
  private static let weightWidth = 6

  /// As many returns as fit into `rows`: the first, a fold of those in the middle, the last.
  static func lines(_ terms: [WeightedReturns.Term], rows: Int) -> [Line] {
    let shown = FoldedRows(terms.count, in: rows)
    let tail = terms[shown.tail].map { Line.term($0) }
    guard let first = shown.folded.first, let last = shown.folded.last else { return tail }
    let folded = terms[shown.folded]
    return terms[shown.head].map { .term($0) } + [
      .folded(
        steps: (first + 1)...(last + 1),
        weight: folded.reduce(0) { $0 + $1.weight },
        contribution: folded.reduce(0) { $0 + $1.contribution })
    ] + tail
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    let hasHeader = rect.height >= 4
    let feet = rect.height >= 3 ? 2 : rect.height - 1
    let room = rect.height - feet - (hasHeader ? 1 : 0)
    let lines = Self.lines(returns.terms, rows: room)
    // A rule above the sum where there is a row for it.
    let hasRule = room > lines.count
    var row = 0
    if hasHeader {
      drawHeader(in: rect, on: &canvas, look: look)
      row = 1
    }
    for line in lines {
      let place = Rect(x: rect.x, y: rect.y + row, width: rect.width, height: 1)
      draw(line, in: place, on: &canvas, look: look)
      row += 1
    }
    if hasRule {
      canvas.fill(
        Rect(x: rect.x + 1, y: rect.y + row, width: rect.width - 2, height: 1),
        look.glyphs.horizontal, style: look.border)
      row += 1
    }
    if feet >= 1 {
      drawSum(
        in: Rect(x: rect.x, y: rect.y + row, width: rect.width, height: 1), on: &canvas,
        look: look)
    }
    if feet >= 2 {
      let left = Rect(
        x: rect.x, y: rect.y + row + 1, width: rect.width, height: rect.maxY - rect.y - row - 1)
      drawTarget(in: left, on: &canvas, look: look)
    }
  }

  // MARK: Columns

  /// The right ends of the columns, and the bar between the weight and the product.
  private struct Columns {
    let steps: Int
    let value: Int
    let weight: Int
    let bar: Rect
    let product: Int

    init(_ row: Rect) {
      let gap = row.width >= 50 ? 2 : 1
      steps = row.x + 5
      value = steps + gap + WeightsTable.numberWidth
      weight = value + gap + WeightsTable.weightWidth
      product = row.maxX - 1
      let start = weight + 1
      bar = Rect(
        x: start, y: row.y, width: product - WeightsTable.numberWidth - gap - start, height: 1)
    }
  }

  private func number(_ value: Double) -> String {
    NumberFormat.fixed(value, decimals: digits.value, width: Self.numberWidth)
  }

  private func drawHeader(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let columns = Columns(rect)
    var pen = Pen(in: rect, look: look)
    pen.write("k", endingAt: columns.steps, look.dim, on: &canvas)
    pen.write("return", endingAt: columns.value, look.dim, on: &canvas)
    pen.write("weight", endingAt: columns.weight, look.dim, on: &canvas)
    guard columns.bar.width >= 4 else { return }
    let end = "to \(NumberFormat.setting(scale))"
    if columns.bar.width >= 8 {
      pen.write(end, endingAt: columns.bar.maxX, look.dim, on: &canvas)
    }
    pen.write("adds", endingAt: columns.product, look.dim, on: &canvas)
  }

  /// The weight of a full bar: a round number not below any single weight.
  private var scale: Double {
    let most = returns.terms.lazy.map(\.weight).max() ?? 1
    return [0.1, 0.2, 0.5].first { most <= $0 } ?? 1
  }

  private func draw(_ line: Line, in row: Rect, on canvas: inout Canvas, look: Look) {
    let columns = Columns(row)
    var pen = Pen(in: row, look: look)
    let horizon = returns.terms.count
    let used = inUse.stepsUsed(of: horizon)
    let weight: Double
    let product: Double
    let isUsed: Bool
    switch line {
    case .term(let term):
      (weight, product) = (term.weight, term.contribution)
      isUsed = term.steps == used
      pen.write("\(term.steps)", endingAt: columns.steps, look.text, on: &canvas)
      pen.write(
        number(term.value), endingAt: columns.value, look.style(look.theme.returns), on: &canvas)
    case .folded(let steps, let sum, let contribution):
      (weight, product) = (sum, contribution)
      isUsed = used.map(steps.contains) ?? false
      pen.write("… \(steps.count) more", endingAt: columns.value, look.dim, on: &canvas)
    }
    pen.write(
      NumberFormat.unit(weight, decimals: 3, width: Self.weightWidth), endingAt: columns.weight,
      look.bright, on: &canvas)
    if isUsed {
      // The learner's own choice among the returns.
      canvas.put(look.glyphs.pointRight, x: row.x, y: row.y, style: look.style(look.theme.good))
    }
    guard columns.bar.width >= 4 else { return }
    StepNumbers.drawThinBar(
      weight / scale, look.theme.accent, in: columns.bar, on: &canvas, look: look)
    pen.x = columns.bar.maxX
    pen.write(
      number(product), endingAt: columns.product, weight > 0 ? look.bright : look.dim, on: &canvas)
  }

  // MARK: What they add up to

  private func drawSum(in row: Rect, on canvas: inout Canvas, look: Look) {
    let columns = Columns(row)
    var pen = Pen(in: row, look: look)
    let whole = returns.terms.reduce(0) { $0 + $1.weight }
    pen.write("sum", endingAt: columns.steps, look.text, on: &canvas)
    pen.write(
      NumberFormat.unit(whole, decimals: 3, width: Self.weightWidth), endingAt: columns.weight,
      look.bright, on: &canvas)
    pen.write(
      number(returns.sum), endingAt: columns.product, look.bright.with(.bold), on: &canvas)
  }

  /// The learner's target, and whether it is this sum; below, where there is room, why.
  private func drawTarget(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard rect.height > 0 else { return }
    let columns = Columns(rect)
    var pen = Pen(in: rect, look: look)
    let agrees = returns.agrees(with: target)
    let style = look.style(look.theme.good, .bold)
    let room = columns.product - Self.numberWidth - 1 - rect.x
    let apart = NumberFormat.fixed(
      Double(target) - returns.sum, decimals: digits.difference, sign: .always)
    if agrees {
      for words in ["  learner's target: ", "  learner's: ", "  "]
      where look.width(of: words) + 10 <= room {
        pen.write(words, look.text, on: &canvas)
        pen.write(look.glyphs.check, style, on: &canvas)
        pen.write(" the same", look.style(look.theme.good), on: &canvas)
        break
      }
    } else {
      let name = inUse.shortHeadline
      let choices = [
        "  learner's target (\(name)): \(apart) from the sum", "  learner's (\(name)): \(apart)",
        "  \(name): \(apart)", "  used: \(apart)",
      ]
      let words = choices.first { look.width(of: $0) <= room } ?? ""
      // Its own weights must give its own target.
      pen.write(
        words, isInUse ? look.style(look.theme.bad, .bold) : look.text, on: &canvas)
    }
    pen.write(number(Double(target)), endingAt: columns.product, style, on: &canvas)
    drawWords(in: rect, on: &canvas, look: look)
  }

  /// What the weights are, two rows below.
  private func drawWords(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let horizon = returns.terms.count
    var row = 2
    func write(_ choices: [String], _ sign: Unicode.Scalar?, on canvas: inout Canvas) {
      let room = rect.width - 4
      guard row < rect.height, let text = choices.first(where: { look.width(of: $0) <= room })
      else { return }
      var pen = Pen(in: rect, row: row, look: look)
      if let sign { pen.write(sign, look.style(look.theme.good), on: &canvas) } else { pen.skip(1) }
      pen.skip(1)
      pen.write(text, look.dim, on: &canvas)
      row += 1
    }
    if case .lambda = weighed {
      write(["return of k rewards: weight (1-λ)λ^(k-1)", "weight (1-λ)λ^(k-1)"], nil, on: &canvas)
      write(
        ["the longest: all the rest, λ^\(horizon - 1)", "longest λ^\(horizon - 1)"], nil,
        on: &canvas)
    } else {
      write(["all of the weight is on one return", "all on one return"], nil, on: &canvas)
    }
    if inUse.stepsUsed(of: horizon) != nil {
      write(
        [
          "all of the learner's weight: \(inUse.headline)", "the learner's: \(inUse.shortHeadline)",
        ], look.glyphs.pointRight, on: &canvas)
    }
  }
}
