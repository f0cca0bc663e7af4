import CellCanvas
import Estimators
import Telemetry

/// The numbers and words around the curves of bias and variance.
struct ErrorCurvesWords {
  var curves: ErrorCurves
  var inUse: ReturnEstimator

  private static let names = ["bias²", "variance", "error, their sum"]
  private var report: BiasVarianceReport { curves.report }

  private func number(_ value: Double, _ sign: NumberFormat.Sign = .negative) -> String {
    let isSmall = abs(report.trueValue) < 10 && abs(report.criticValue) < 10
    return NumberFormat.fixed(value, decimals: isSmall ? 3 : 2, width: 7, sign: sign)
  }

  private func values(_ look: Look) -> [(name: String, value: String, style: Style)] {
    [
      ("true value", number(report.trueValue), look.bright),
      ("critic's V", number(report.criticValue), look.style(look.theme.value, .bold)),
      (
        "V - true", number(report.criticValue - report.trueValue, .always),
        look.style(look.theme.bias, look.isMono ? .bold : [])
      ),
    ]
  }

  /// Values and legend in a line, as much of it as fits.
  func drawRow(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, look: look)
    let legend = zip(["bias²", "variance", "error" + curves.unit.words], ErrorCurves.signs)
    let legendWidth = legend.reduce(0) { $0 + look.width(of: $1.0) + 4 }
    let hasValues = rect.width >= legendWidth + 58
    pen.skip(1)
    let floored = "\(FamilyPlot.signBelow(look.glyphs)) off the axis, or 0"
    var shown = values(look)
    // The sign at the floor needs its word more than a difference that can be worked out.
    if curves.hasFloored, !hasValues { shown.removeLast() }
    for (name, value, style) in shown where rect.width >= legendWidth + 25 {
      let words = hasValues ? name : shortName(name)
      guard look.width(of: words) + value.columnCount + legendWidth < pen.columnsLeft else { break }
      pen.write(words, look.text, on: &canvas)
      pen.write(value, style, on: &canvas)
      pen.skip(2)
    }
    if curves.hasFloored, look.width(of: floored) + legendWidth <= pen.columnsLeft {
      pen.write(floored, look.dim, on: &canvas)
    }
    pen.x = max(pen.x, rect.maxX - legendWidth)
    for ((name, sign), color) in zip(legend, ErrorCurves.colors(look.theme)) {
      pen.write(sign, look.style(color, .bold), on: &canvas)
      pen.write(" \(name)", look.text, on: &canvas)
      pen.skip(2)
    }
  }

  private func shortName(_ name: String) -> String {
    ["true value": "true", "critic's V": "V"][name] ?? "diff."
  }

  /// Values, legend and what the curves teach, one below the other.
  func drawColumn(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var rows: [[(String, Style)]] = values(look).map { name, value, style in
      [("\(name.padded(to: 11)) ", look.text), (value, style)]
    }
    if !curves.unit.words.isEmpty {
      rows.append([("errors".padded(to: 12), look.text), (curves.unit.words, look.dim)])
    }
    let isRoomy = rect.height >= 14
    if isRoomy { rows.append([]) }
    for ((name, sign), color) in zip(
      zip(Self.names, ErrorCurves.signs), ErrorCurves.colors(look.theme))
    {
      rows.append([("\(sign) ", look.style(color, .bold)), (name, look.text)])
    }
    rows.append([("▼ ", look.style(look.theme.good, .bold)), ("least error", look.text)])
    let dashed = String(Character(look.glyphs.dashedVertical))
    rows.append([("\(dashed) ", look.accent), ("in use: \(inUse.shortHeadline)", look.text)])
    if !report.exact { rows.append([("│ ", look.dim), ("95 % intervals", look.text)]) }
    if curves.hasFloored {
      rows.append([
        ("\(FamilyPlot.signBelow(look.glyphs)) ", look.dim), ("off the axis, or 0", look.text),
      ])
    }
    let lesson = [
      "Short n and small λ trust", "the critic: its error is",
      "bias. Long n and large λ", "trust the dice: variance.",
    ]
    if rect.height >= rows.count + lesson.count + 1 {
      rows.append([])
      rows += lesson.map { [($0, look.dim)] }
    }
    for (row, pieces) in rows.enumerated() where row < rect.height {
      var pen = Pen(in: rect, row: row, look: look)
      pen.skip(1)
      for (text, style) in pieces { writeSigned(text, style, with: &pen, on: &canvas) }
    }
  }

  /// A sign of the curves is put as it is: the frame finds a like ASCII character.
  private func writeSigned(
    _ text: String, _ style: Style, with pen: inout Pen, on canvas: inout Canvas
  ) {
    if let sign = text.unicodeScalars.first, text.unicodeScalars.count == 2, !sign.isASCII {
      pen.write(sign, style, on: &canvas)
      pen.skip(1)
    } else {
      pen.write(text, style, on: &canvas)
    }
  }

  /// `n-step return  ▼ least 8.40 at n 5  ◀ in use`, as much of it as fits.
  func drawHeading(
    _ family: ErrorCurves.Family, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let used = family.current == nil ? "" : "◀ in use"
    var least = [""]
    if let place = family.least {
      let entry = family.entries[place]
      let error = NumberFormat.fixed(
        entry.meanSquaredError * curves.unit.factor, decimals: 3, width: 5)
      let setting = entry.estimator.place(look.glyphs)
      least = [
        "least \(error) at \(family.letter) \(setting)", "\(error) at \(family.letter) \(setting)",
        "\(error) at \(setting)", "",
      ]
    }
    let names = [family.name, family.shortName, ""]
    let choices = [
      (0, 0, used), (1, 0, used), (1, 1, used), (1, 2, used), (1, 1, ""), (2, 1, ""), (2, 2, ""),
      (0, 3, ""), (1, 3, ""),
    ].map { (names[$0.0], least[min($0.1, least.count - 1)], $0.2) }
    func columns(_ parts: (name: String, least: String, used: String)) -> Int {
      (parts.name.isEmpty ? 0 : look.width(of: parts.name) + 1)
        + (parts.least.isEmpty ? 0 : look.width(of: parts.least) + 2)
        + (parts.used.isEmpty ? 0 : look.width(of: parts.used) + 1)
    }
    guard let (name, error, use) = choices.first(where: { columns($0) <= rect.width }) else {
      return
    }
    var pen = Pen(in: rect, look: look)
    if !name.isEmpty {
      pen.write(name, family.current == nil ? look.text : look.title, on: &canvas)
      pen.skip(columns((name, error, use)) + 2 <= rect.width ? 2 : 1)
    }
    if !error.isEmpty {
      pen.write(look.glyphs.pointDown, look.style(look.theme.good, .bold), on: &canvas)
      pen.skip(1)
      pen.write(error, look.style(look.theme.good, look.isMono ? .bold : []), on: &canvas)
    }
    pen.write(use, endingAt: rect.maxX, look.accent, on: &canvas)
  }

  /// What the ends of the axis mean, in the longest words that fit.
  func drawEnds(
    of family: ErrorCurves.Family, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    guard rect.height > 0 else { return }
    let letter = family.letter
    let choices = [
      (
        "← more bias: trusts the critic", letter, "more variance: trusts the dice →"
      ),
      ("← more bias", letter, "more variance →"), ("← bias", letter, "variance →"),
    ]
    guard
      let (left, middle, right) = choices.first(where: {
        look.width(of: $0.0) + look.width(of: $0.1) + look.width(of: $0.2) + 4 <= rect.width
      })
    else { return }
    var pen = Pen(in: rect, look: look)
    pen.write(left, look.style(look.theme.bias), on: &canvas)
    let middleWidth = look.width(of: middle)
    pen.x = max(pen.x, rect.x + (rect.width - middleWidth) / 2)
    pen.write(middle, look.dim, on: &canvas)
    pen.write(right, endingAt: rect.maxX, look.style(look.theme.variance), on: &canvas)
  }
}
