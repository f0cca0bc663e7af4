internal import CellCanvas
internal import Estimators
internal import Telemetry

/// The bias-variance strip in two lines, one for each family: for every estimator its place, two
/// small bars (bias squared, variance) on one scale, and their sum.
struct BiasVarianceLines {
  var report: BiasVarianceReport
  var inUse: ReturnEstimator

  private static let nameWidth = 7
  private var unit: ErrorUnit { ErrorUnit(of: report) }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let lambda = look.glyphs.isUnicode ? "λ-ret." : "lambda"
    let families = [("n-step", report.nStep), (lambda, report.lambda)]
    for (row, (name, entries)) in families.enumerated() where row < rect.height {
      drawFamily(name, entries, in: rect, row: row, on: &canvas, look: look)
    }
    if rect.height >= 3 { drawWords(in: rect, row: rect.height - 1, on: &canvas, look: look) }
  }

  private func drawFamily(
    _ name: String, _ entries: [BiasVarianceReport.Entry], in rect: Rect, row: Int,
    on canvas: inout Canvas, look: Look
  ) {
    var pen = Pen(in: rect, row: row, look: look)
    pen.write(name, look.text, on: &canvas)
    let start = rect.x + Self.nameWidth
    let most = max(report.nStep.count, report.lambda.count, 1)
    let width = (rect.width - Self.nameWidth) / most
    let least = (report.nStep + report.lambda).lazy.map(\.meanSquaredError)
      .filter(\.isFinite).min()
    // Too narrow for a sum each: leave out the middle ones.
    guard width >= 9 else {
      drawNarrow(entries, from: start, in: rect, row: row, on: &canvas, look: look)
      return
    }
    for (k, entry) in entries.enumerated() {
      let slot = Rect(
        x: start + k * width, y: rect.y + row, width: width, height: 1)
      drawSlot(
        entry, isLeast: entry.meanSquaredError == least, in: slot, on: &canvas, look: look)
    }
  }

  private func drawSlot(
    _ entry: BiasVarianceReport.Entry, isLeast: Bool, in slot: Rect, on canvas: inout Canvas,
    look: Look
  ) {
    let isUsed = entry.estimator.isSame(as: inUse)
    let roomy = slot.width >= 13
    let used = Rect(
      x: slot.x, y: slot.y, width: min(slot.width, roomy ? 13 : slot.width >= 11 ? 10 : 9),
      height: 1)
    if isUsed { canvas.fill(used, " ", style: look.selection) }
    let ground = RowGround(isSelected: isUsed, look)
    var pen = Pen(in: slot, look: look)
    pen.write(
      entry.estimator.place(look.glyphs), endingAt: slot.x + 3,
      ground.under(isUsed ? look.accent.with(.bold) : look.dim), on: &canvas)
    pen.x = slot.x + 3
    if roomy { pen.skip(1) }
    for (value, color) in [
      (entry.biasSquared, look.theme.bias), (entry.variance, look.theme.variance),
    ] {
      pen.write(bar(value, look), ground.under(look.style(color)), on: &canvas)
    }
    if slot.width >= 11 { pen.skip(1) }
    let style = isLeast ? look.style(look.theme.good, [.bold, .underline]) : look.bright
    pen.write(
      NumberFormat.unit(entry.meanSquaredError * unit.factor, decimals: 3, width: 4),
      ground.under(style),
      on: &canvas)
    if roomy, isUsed || isLeast {
      pen.write(
        isUsed ? look.glyphs.pointLeft : look.glyphs.check,
        ground.under(isUsed ? look.accent : look.style(look.theme.good)), on: &canvas)
    }
  }

  /// Only the small bars, side by side.
  private func drawNarrow(
    _ entries: [BiasVarianceReport.Entry], from x: Int, in rect: Rect, row: Int,
    on canvas: inout Canvas, look: Look
  ) {
    var pen = Pen(in: rect, row: row, look: look)
    pen.x = x
    for entry in entries where pen.columnsLeft >= 3 {
      let isUsed = entry.estimator.isSame(as: inUse)
      pen.write(bar(entry.biasSquared, look), look.style(look.theme.bias), on: &canvas)
      pen.write(bar(entry.variance, look), look.style(look.theme.variance), on: &canvas)
      pen.write(isUsed ? look.glyphs.pointLeft : " ", look.accent, on: &canvas)
    }
  }

  private func bar(_ value: Double, _ look: Look) -> Unicode.Scalar {
    let most =
      (report.nStep + report.lambda).lazy.flatMap { [$0.biasSquared, $0.variance] }
      .filter(\.isFinite).max() ?? 0
    guard value.isFinite, most > 0 else { return look.glyphs.missing }
    let level = Int((value / most * 8).rounded())
    return look.glyphs.risingEighths[min(8, max(value > 0 ? 1 : 0, level))]
  }

  private func drawWords(in rect: Rect, row: Int, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, row: row, look: look)
    let isSmall = abs(report.trueValue) < 10 && abs(report.criticValue) < 10
    func number(_ value: Double) -> String {
      NumberFormat.fixed(value, decimals: isSmall ? 3 : 2, width: 7)
    }
    pen.write("true", look.text, on: &canvas)
    pen.write(number(report.trueValue), look.bright, on: &canvas)
    pen.write("  V", look.text, on: &canvas)
    pen.write(number(report.criticValue), look.style(look.theme.value, .bold), on: &canvas)
    pen.skip(2)
    pen.write(look.glyphs.shades[4], look.style(look.theme.bias), on: &canvas)
    pen.write(" bias²  ", look.text, on: &canvas)
    pen.write(look.glyphs.shades[4], look.style(look.theme.variance), on: &canvas)
    pen.write(" variance  ", look.text, on: &canvas)
    pen.write("their sum as a number\(unit.words)", look.dim, on: &canvas)
  }
}
