import CellCanvas
import Estimators
import Telemetry

/// Sampled targets of four estimators around the true value: the lecture's picture of bias and
/// variance with real dots. A dot is two independent targets, one to the right, one upwards, so
/// that bias shifts the cloud along the diagonal and variance spreads it.
struct TargetCloudsPane: EstimatorsPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    let found = snapshot.estimators?.clouds ?? []
    guard let report = snapshot.estimators?.state, report.trueValue.isFinite, !found.isEmpty,
      found.contains(where: { !$0.targets.isEmpty })
    else {
      drawEmpty(in: rect, isFocused: isFocused, on: &canvas, look: look)
      return
    }
    let clouds = TargetClouds(found, trueValue: report.trueValue)
    let inside = drawPanel(clouds, in: rect, isFocused: isFocused, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    // What a dot is, where the pictures can spare a row for it.
    let (legend, pictures) = inside.split(bottom: inside.height >= 8 ? 1 : 0)
    drawLegend(in: legend, on: &canvas, look: look)
    let form = CloudsForm(in: pictures, count: clouds.clouds.count)
    for (index, (cloud, cell)) in zip(clouds.clouds, form.cells).enumerated() {
      let entry = CloudEntry(
        cloud: cloud, clouds: clouds,
        isChosen: index == state.estimators.slot && state.estimators.page == .state)
      entry.draw(in: cell, form: form, on: &canvas, look: look)
    }
    let isStale = report.age > 5 && report.update < snapshot.counters.updates
    if isStale || !snapshot.answers(state.estimators) { canvas.recede(inside, look: look) }
  }

  /// What the signs mean, in the longest words that fit.
  private func drawLegend(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    let theme = look.theme
    let choices = [
      ("two sampled targets", "the true value", "their mean, off by the bias"),
      ("sampled targets", "true value", "mean, off by the bias"),
      ("sampled targets", "true value", "their mean"), ("targets", "true value", "mean"),
      ("target", "true", "mean"),
    ]
    guard
      let words = choices.first(where: {
        look.width(of: $0.0 + $0.1 + $0.2) + 3 * 2 + 2 * 2 + 2 <= rect.width
      })
    else { return }
    let cross: Unicode.Scalar = look.glyphs.isUnicode ? "┼" : "+"
    let dot: Unicode.Scalar = look.glyphs.isUnicode ? "⠂" : "."
    let entries: [(Unicode.Scalar, String, Style)] = [
      (dot, words.0, look.style(theme.variance, .bold)), (cross, words.1, look.bright),
      ("◆", words.2, look.style(theme.bias, .bold)),
    ]
    var pen = Pen(in: rect, look: look)
    pen.skip(1)
    for (sign, text, style) in entries {
      pen.write(sign, style, on: &canvas)
      pen.write(" \(text)", look.dim, on: &canvas)
      pen.skip(2)
    }
    canvas.substitute(in: rect, for: look.glyphs)
  }

  private func drawPanel(
    _ clouds: TargetClouds, in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) -> Rect {
    let reach = NumberFormat.setting(clouds.reach)
    let details = [
      "shift: bias, scatter: variance", "shift bias, scatter variance", "",
    ]
    let trailings = ["outer ring ±\(reach)", "ring ±\(reach)", ""]
    let room = rect.width - "Targets".count - 14
    let choices = [(0, 0), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2)].map {
      (details[$0.0], spelt(trailings[$0.1], look))
    }
    let (detail, trailing) =
      choices.first { $0.0.columnCount + $0.1.columnCount <= room } ?? ("", "")
    return Panel(title: "Targets", detail: detail, trailing: trailing, isFocused: isFocused)
      .draw(in: rect, on: &canvas, look: look)
  }

  private func spelt(_ text: String, _ look: Look) -> String {
    look.glyphs.isUnicode ? text : text.replacing("±", with: "+-")
  }

  private func drawEmpty(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    let inside = Panel(title: "Targets", isFocused: isFocused).draw(
      in: rect, on: &canvas, look: look)
    let names = state.estimators.clouds.map(\.shortLabel).joined(separator: ", ")
    let text =
      switch snapshot.status {
      case .finished, .diverged: "no targets were sampled here"
      case .running, .paused:
        "sampled targets of \(names) appear here as dots around the true value"
      }
    canvas.notice(look.spelt(text), in: inside, look: look)
  }
}

/// How the estimators' pictures are laid out: beside or below each other, their words beside or
/// below the dots; whichever gives the largest pictures.
struct CloudsForm: Equatable {
  /// A rectangle for each.
  let cells: [Rect]
  /// Whether the words stand at the right of the dots, else below them.
  let isBeside: Bool
  /// Columns and rows of the dots; 0 where there is only room for words.
  let picture: Size

  /// Columns of the words beside a picture, and rows of those above and below one.
  static let words = Size(columns: 17, rows: 3)
  private static let leastPicture = Size(columns: 6, rows: 3)

  init(in rect: Rect, count: Int) {
    var best: CloudsForm?
    for columns in [2, 4, 1] where columns <= max(1, count) {
      for isBeside in [true, false] {
        let form = CloudsForm(in: rect, count: count, columns: columns, isBeside: isBeside)
        guard form.isWhole else { continue }
        if best.map({ form.area > $0.area }) ?? true { best = form }
      }
    }
    self = best ?? CloudsForm(in: rect, count: count, columns: rect.width < 34 ? 1 : 2)
  }

  private init(in rect: Rect, count: Int, columns: Int, isBeside: Bool) {
    let rows = (count + columns - 1) / max(1, columns)
    let bands = rect.rows(Array(repeating: .weight(1), count: rows))
    cells = bands.flatMap {
      $0.columns(Array(repeating: .weight(1), count: columns), gap: columns > 1 ? 1 : 0)
    }
    self.isBeside = isBeside
    let height = cells.map(\.height).min() ?? 0
    let width = cells.map(\.width).min() ?? 0
    picture =
      isBeside
      ? Size(columns: min(width - Self.words.columns - 1, 2 * height), rows: height)
      : Size(columns: width, rows: height - Self.words.rows)
  }

  /// Words alone.
  private init(in rect: Rect, count: Int, columns: Int) {
    let form = CloudsForm(in: rect, count: count, columns: columns, isBeside: true)
    cells = form.cells
    isBeside = true
    picture = Size(columns: 0, rows: 0)
  }

  private var isWhole: Bool {
    picture.columns >= Self.leastPicture.columns && picture.rows >= Self.leastPicture.rows
      && (cells.map(\.width).min() ?? 0) >= (isBeside ? 0 : Self.words.columns - 2)
  }

  /// Side of the largest square in the picture, in half rows.
  private var area: Int { min(picture.columns, 2 * picture.rows) }
}

/// One estimator: its dots, its name, its bias and spread.
struct CloudEntry {
  var cloud: TargetClouds.Cloud
  var clouds: TargetClouds
  /// Whether the keys change this one.
  var isChosen: Bool

  func draw(in cell: Rect, form: CloudsForm, on canvas: inout Canvas, look: Look) {
    guard form.picture.columns > 0 else {
      drawWords(in: cell, on: &canvas, look: look)
      return
    }
    if form.isBeside {
      let parts = cell.split(left: form.picture.columns)
      drawDots(in: parts.left, on: &canvas, look: look)
      var words = parts.rest
      words.x += 1
      words.width = max(0, words.width - 1)
      let spare = max(0, words.height - 3) / 3
      words = words.split(top: spare).rest
      drawWords(in: words, on: &canvas, look: look)
    } else {
      let parts = cell.split(top: 1)
      let (numbers, dots) = parts.rest.split(bottom: 2)
      drawTitle(in: parts.top, on: &canvas, look: look)
      drawDots(in: dots, on: &canvas, look: look)
      drawNumbers(in: numbers, on: &canvas, look: look)
    }
  }

  private func drawDots(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let mean = BullsEye.Dot(x: cloud.bias, y: cloud.bias)
    BullsEye(
      dots: cloud.dots, mean: mean, reach: clouds.reach, dotColor: look.theme.variance,
      meanColor: look.theme.bias
    ).draw(in: rect, on: &canvas, look: look)
  }

  private func drawWords(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let parts = rect.split(top: 1)
    drawTitle(in: parts.top, on: &canvas, look: look)
    drawNumbers(in: parts.rest, on: &canvas, look: look)
  }

  private func drawTitle(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, look: look)
    pen.write(isChosen ? look.glyphs.pointRight : " ", look.accent, on: &canvas)
    let name =
      rect.width >= look.width(of: cloud.estimator.headline) + 1
      ? cloud.estimator.headline : cloud.estimator.shortLabel
    pen.write(name, isChosen ? look.accent.with(.bold) : look.title, on: &canvas)
  }

  private func drawNumbers(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let theme = look.theme
    let rows: [(String, Double, TargetClouds.Amount, Color)] = [
      ("bias", cloud.bias, cloud.biasAmount, theme.bias),
      ("sd", cloud.standardDeviation, cloud.varianceAmount, theme.variance),
    ]
    for (row, (name, value, amount, color)) in rows.enumerated() where row < rect.height {
      var pen = Pen(in: rect, row: row, look: look)
      pen.skip(1)
      pen.write(name.padded(to: 4), look.text, on: &canvas)
      let sign: NumberFormat.Sign = name == "bias" ? .always : .negative
      pen.write(number(value, sign), look.style(color, look.isMono ? .bold : []), on: &canvas)
      let isStrong = amount == .high
      if pen.columnsLeft >= 5 {
        pen.write(
          " \(amount.rawValue)", isStrong ? look.bright.with(.bold) : look.dim, on: &canvas)
      }
    }
    guard rect.height >= 4, rect.width >= 27 else { return }
    var pen = Pen(in: rect, row: 3, look: look)
    pen.skip(1)
    pen.write(
      "bias \(cloud.biasAmount.rawValue) · variance \(cloud.varianceAmount.rawValue)", look.text,
      on: &canvas)
  }

  /// With as many digits as the scale of the picture is worth.
  private func number(_ value: Double, _ sign: NumberFormat.Sign) -> String {
    let reach = clouds.reach
    let decimals = reach >= 100 ? 0 : reach >= 10 ? 1 : reach >= 1 ? 2 : reach >= 0.1 ? 3 : 4
    return NumberFormat.unit(value, decimals: decimals, width: 6, sign: sign)
  }
}
