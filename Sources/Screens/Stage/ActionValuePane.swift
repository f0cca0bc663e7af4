internal import CellCanvas
internal import Telemetry

/// The pane of an agent that learns values of actions, where others have their workers: Q in the
/// present state, and what it learns from.
struct ActionValuePane {
  var snapshot: EngineSnapshot
  var isFocused: Bool

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let updates = NumberFormat.grouped(snapshot.counters.updates)
    let inside = Panel(
      title: "Q(s,a)", detail: rect.width >= 44 ? "in the present state" : "",
      trailing: "\(updates) updates", isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    guard let report = snapshot.actionValues else {
      var pen = Pen(in: inside, row: 0, look: look)
      pen.write(" the values appear with the first step", look.dim, on: &canvas)
      return
    }
    if let curve = report.curve {
      draw(curve, report, in: inside, on: &canvas, look: look)
    } else {
      draw(report, in: inside, on: &canvas, look: look)
    }
  }

  /// Where actions are counted: a bar for each, and below what is learnt from.
  private func draw(
    _ report: ActionValueReport, in inside: Rect, on canvas: inout Canvas, look: Look
  ) {
    let bars = ActionValueBars(report: report, names: snapshot.run.actions)
    let rows = min(bars.rows, max(2, inside.height - 3))
    let (top, below) = inside.split(top: rows)
    bars.draw(in: top, on: &canvas, look: look)
    let gap = below.height >= 7 ? 1 : 0
    draw(
      ActionValueNumbers(snapshot: snapshot, report: report), report,
      in: below.split(top: gap).rest, on: &canvas, look: look)
  }

  /// Where they are numbers: the curve over them, and below where the actor stands.
  private func draw(
    _ curve: ActionValueReport.Curve, _ report: ActionValueReport, in inside: Rect,
    on canvas: inout Canvas, look: Look
  ) {
    let numbers = ActionValueNumbers(snapshot: snapshot, report: report)
    let wanted = numbers.rowCount(in: inside.width, look) + (inside.height >= 24 ? 6 : 0)
    let (plot, below) = inside.split(top: max(min(6, inside.height), inside.height - wanted))
    ActionValuePlot(curve: curve, targets: report.targetCurve)
      .draw(in: plot, on: &canvas, look: look)
    draw(numbers, report, in: below, on: &canvas, look: look)
  }

  /// The numbers, and where there is room the TD errors of the batch.
  private func draw(
    _ numbers: ActionValueNumbers, _ report: ActionValueReport, in rect: Rect,
    on canvas: inout Canvas, look: Look
  ) {
    let rows = numbers.rowCount(in: rect.width, look)
    let (top, rest) = rect.split(top: min(rows, rect.height))
    numbers.draw(in: top, on: &canvas, look: look)
    guard let errors = report.replay?.errors, rest.height >= 5 else { return }
    let (heading, bars) = rest.split(top: 2)
    var pen = Pen(in: heading, row: 1, look: look)
    pen.skip(1)
    pen.write("TD errors of the last batch", look.dim, on: &canvas)
    let histogram = Self.histogram(of: errors)
    HistogramBars(
      counts: histogram.counts.map(Double.init), low: histogram.low, high: histogram.high,
      color: look.theme.advantage, emptyText: "nothing is drawn from the buffer yet"
    ).draw(
      in: Rect(x: bars.x + 1, y: bars.y, width: max(0, bars.width - 2), height: bars.height),
      on: &canvas, look: look)
  }

  /// Up to 24 equal bins over the finite errors.
  static func histogram(of errors: [Double]) -> Histogram {
    let finite = errors.filter(\.isFinite).sorted()
    return finite.isEmpty ? Histogram() : Histogram(finite[...], bins: 24)
  }
}

/// Q of every action of a state as signed bars, how often each is taken, and the greedy one.
struct ActionValueBars {
  var report: ActionValueReport
  var names: [String]

  /// Rows for all of it: a heading and the actions.
  var rows: Int { report.choices.count + 1 }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard rect.height > 0 else { return }
    let nameWidth = min(10, names.map(\.columnCount).max() ?? 1)
    let columns = Columns(rect, report: report)
    let bars = rect.width - nameWidth - 3 - 8 - 2 - columns.width
    var pen = Pen(in: rect, look: look)
    let start = rect.x + 3 + nameWidth
    pen.x = start
    pen.write("Q(s,a)", endingAt: start + 8, look.dim, on: &canvas)
    pen.write(columns.heading, endingAt: columns.behaviourEnd, look.dim, on: &canvas)
    if let end = columns.targetEnd { pen.write("target", endingAt: end, look.dim, on: &canvas) }
    for (action, choice) in report.choices.enumerated() where action + 1 < rect.height {
      let isLast = action + 2 == rect.height && action + 1 < report.choices.count
      let row = Rect(x: rect.x, y: rect.y + action + 1, width: rect.width, height: 1)
      if isLast {
        var pen = Pen(in: row, look: look)
        pen.skip(3)
        pen.write("and \(report.choices.count - action) more", look.dim, on: &canvas)
        return
      }
      draw(action, choice, nameWidth: nameWidth, bars: bars, in: row, on: &canvas, look: look)
      drawPolicies(action, choice, columns, in: row, on: &canvas, look: look)
    }
  }

  /// Where the policies stand, at the right end: the one that behaves and the one that targets assume.
  private struct Columns {
    let heading: String
    let behaviourEnd: Int
    let targetEnd: Int?
    let width: Int

    init(_ rect: Rect, report: ActionValueReport) {
      let end = rect.maxX - 1
      guard report.targetPolicy != nil, rect.width >= 34 else {
        (heading, behaviourEnd, targetEnd, width) = ("π(a|s)", end, nil, 6)
        return
      }
      let isWide = rect.width >= 44
      heading = isWide ? "behaviour" : "π(a|s)"
      (behaviourEnd, targetEnd, width) = (end - 8, end, isWide ? 17 : 15)
    }
  }

  private func drawPolicies(
    _ action: Int, _ choice: ActionValueReport.Choice, _ columns: Columns, in row: Rect,
    on canvas: inout Canvas, look: Look
  ) {
    let isGreedy = action == report.greedyAction
    let style = look.style(look.theme.policy, isGreedy ? .bold : [])
    var pen = Pen(in: row, look: look)
    pen.write(
      NumberFormat.percent(choice.probability), endingAt: columns.behaviourEnd, style, on: &canvas)
    guard let end = columns.targetEnd else { return }
    let target = choice.targetProbability.map(NumberFormat.percent) ?? "–"
    pen.write(
      target, endingAt: end,
      look.style(look.theme.policy, choice.targetProbability == 1 ? .bold : []), on: &canvas)
  }

  private func draw(
    _ action: Int, _ choice: ActionValueReport.Choice, nameWidth: Int, bars: Int, in row: Rect,
    on canvas: inout Canvas, look: Look
  ) {
    let isGreedy = action == report.greedyAction
    let theme = look.theme
    var pen = Pen(in: row, look: look)
    pen.write(
      isGreedy ? (look.glyphs.isUnicode ? "★" : "*") : " ", look.style(theme.policy, .bold),
      on: &canvas)
    pen.skip(1)
    let name = names.indices.contains(action) ? names[action] : "\(action)"
    pen.write(
      name.truncated(to: nameWidth, glyphs: look.glyphs),
      isGreedy ? look.bright.with(.bold) : look.text, on: &canvas)
    pen.x = row.x + 3 + nameWidth
    pen.write(
      NumberFormat.fixed(choice.value, decimals: decimals, width: 8),
      look.style(theme.value, isGreedy ? .bold : []), on: &canvas)
    let area = Rect(x: pen.x + 1, y: row.y, width: max(0, bars), height: 1)
    drawBar(choice.value, in: area, on: &canvas, look: look)
  }

  /// The same number for all actions, so that the points stand below one another.
  private var decimals: Int {
    let greatest = report.choices.lazy.map { abs($0.value) }.filter(\.isFinite).max() ?? 0
    return greatest < 100 ? 3 : greatest < 10_000 ? 2 : 0
  }

  /// From zero to the value, on one scale for all actions.
  private func drawBar(_ value: Double, in rect: Rect, on canvas: inout Canvas, look: Look) {
    let finite = report.choices.lazy.map(\.value).filter(\.isFinite)
    let low = min(0, finite.min() ?? 0)
    let high = max(0, finite.max() ?? 0)
    guard rect.width >= 4, high > low, value.isFinite else { return }
    let zero = Int((-low / (high - low) * Double(rect.width - 1)).rounded())
    let share = value / (high - low) * Double(rect.width - 1)
    let cells = Int(abs(share).rounded())
    let color = value < 0 ? look.theme.bad : look.theme.value
    for k in 0..<cells {
      let x = value < 0 ? zero - 1 - k : zero + 1 + k
      guard x >= 0, x < rect.width else { continue }
      canvas.put(
        look.glyphs.isUnicode ? "━" : "=", x: rect.x + x, y: rect.y, style: look.style(color, .bold)
      )
    }
    canvas.put(look.glyphs.vertical, x: rect.x + zero, y: rect.y, style: look.border)
  }
}

/// Q(s, a) over all actions of one dimension: the actor's choice as a line, and dimmed what the target
/// networks say.
struct ActionValuePlot {
  var curve: ActionValueReport.Curve
  var targets: ActionValueReport.Curve?

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var series: [LinePlot.Series] = []
    if let targets {
      series.append(
        Self.series(targets, name: "targets' Q'", look.theme.dim, look.glyphs.isUnicode ? nil : ".")
      )
    }
    series.append(Self.series(curve, name: "Q(s,a)", look.theme.value, nil))
    var marks = [LinePlot.Mark(x: curve.policyAction, label: look.spelt("μ(s)"))]
    if let targets, targets.policyAction.isFinite {
      marks.insert(LinePlot.Mark(x: targets.policyAction, label: ""), at: 0)
    }
    let low = curve.actions.first ?? -1
    let high = curve.actions.last ?? 1
    LinePlot(
      series: series, xRange: low < high ? low...high : nil, xUnit: "a",
      marks: marks.filter(\.x.isFinite), showsLegend: rect.height >= 8 && rect.width >= 40,
      emptyText: "the curve appears with the first step"
    ).draw(in: rect, on: &canvas, look: look)
  }

  private static func series(
    _ curve: ActionValueReport.Curve, name: String, _ color: Color, _ sign: Unicode.Scalar?
  ) -> LinePlot.Series {
    LinePlot.Series(
      name: name, color: color,
      samples: zip(curve.actions, curve.values).map { LinePlot.Sample(x: $0, y: $1) }, sign: sign)
  }
}
