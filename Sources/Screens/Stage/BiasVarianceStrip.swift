internal import CellCanvas
internal import Estimators
internal import Telemetry

/// Bias squared and variance of the targets at the state in view: n-step at the left, lambda-return
/// at the right, all on one scale. With little height a line for each family.
struct BiasVarianceStrip {
  var snapshot: EngineSnapshot
  var isFocused: Bool

  /// Rows inside the frame from which bars are drawn.
  private static let leastForBars = 5

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let report = snapshot.biasVariance
    let inside = drawPanel(report, in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    guard let report, !report.nStep.isEmpty || !report.lambda.isEmpty else {
      drawEmpty(in: inside, on: &canvas, look: look)
      return
    }
    if inside.height >= Self.leastForBars, inside.width >= 60 {
      drawBars(report, in: inside, on: &canvas, look: look)
    } else {
      BiasVarianceLines(report: report, inUse: snapshot.settings.estimator)
        .draw(in: inside, on: &canvas, look: look)
    }
    if isStale(report) {
      canvas.restyle(inside) { style in
        style.foreground = style.foreground.mixed(with: look.theme.ground, 0.45)
        style.background = style.background.mixed(with: look.theme.ground, 0.45)
        if look.isMono { style.attributes.insert(.dim) }
      }
    }
  }

  /// The frame; where there is no room for all of its words, the age stays longest.
  private func drawPanel(
    _ report: BiasVarianceReport?, in rect: Rect, on canvas: inout Canvas, look: Look
  ) -> Rect {
    let title = look.spelt("Bias–variance")
    guard let report else {
      return Panel(title: title, detail: "of the target at this state", isFocused: isFocused)
        .draw(in: rect, on: &canvas, look: look)
    }
    let details = ["of the target at \(report.state)", report.state, ""]
    let origins = [origin(report), "\(report.exact ? "exact" : "measured")\(age(report))"]
    let choices = [(0, 0), (1, 0), (1, 1), (2, 0), (2, 1)].map { (details[$0.0], origins[$0.1]) }
    let room = rect.width - title.columnCount - 14
    let (detail, trailing) =
      choices.first { look.width(of: $0.0) + look.width(of: $0.1) <= room } ?? ("", "")
    return Panel(
      title: title, detail: look.spelt(detail), trailing: look.spelt(trailing),
      isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
  }

  private func drawEmpty(in inside: Rect, on canvas: inout Canvas, look: Look) {
    let text =
      switch snapshot.status {
      case .running, .paused: "measuring … the first figures for this state take a moment"
      case .finished, .diverged: "nothing was measured for this state"
      }
    let shown = look.spelt(text)
    let x = inside.x + max(1, (inside.width - shown.columnCount) / 2)
    canvas.text(
      shown, x: x, y: inside.y + inside.height / 2, style: look.dim,
      maxWidth: max(0, inside.maxX - x))
  }

  /// `measured, 2 048 rollouts · 12 updates old · 0.4 s`.
  private func origin(_ report: BiasVarianceReport) -> String {
    let how =
      report.exact ? "exact" : "measured, \(NumberFormat.grouped(report.samples)) rollouts"
    return "\(how) · \(snapshot.updatesOld(since: report.update))\(age(report))"
  }

  /// Its age in seconds, as long as time goes on for the learner.
  private func age(_ report: BiasVarianceReport) -> String {
    snapshot.status == .running ? " · \(NumberFormat.fixed(report.age, decimals: 1)) s" : ""
  }

  /// Whether the figures have been left behind by the learner.
  private func isStale(_ report: BiasVarianceReport) -> Bool {
    report.age > 5 && report.update < snapshot.counters.updates
  }

  // MARK: Bars

  private static let wordsWidth = 23

  private func drawBars(
    _ report: BiasVarianceReport, in inside: Rect, on canvas: inout Canvas, look: Look
  ) {
    let hasWords = inside.width >= 96
    let parts = inside.split(left: hasWords ? Self.wordsWidth : 0)
    if hasWords { drawWords(report, in: parts.left, on: &canvas, look: look) }
    let counts = (report.nStep.count, report.lambda.count)
    let halves = parts.rest.columns(
      [.weight(Double(max(1, counts.0))), .weight(Double(max(1, counts.1)))], gap: 2)
    let unit = ErrorUnit(of: report)
    let least = (report.nStep + report.lambda).lazy.map(\.meanSquaredError)
      .filter(\.isFinite).min()
    for (entries, name, label, half) in [
      (report.nStep, "n-step return", "n", halves[0]),
      (report.lambda, "λ-return", look.glyphs.isUnicode ? "λ" : "l", halves[1]),
    ] {
      let (heading, rect) = half.split(top: half.height >= 7 ? 1 : 0)
      let current = entries.firstIndex { $0.estimator.isSame(as: snapshot.settings.estimator) }
      drawHeading(name + unit.words, isInUse: current != nil, in: heading, on: &canvas, look: look)
      let hasLeast = entries.contains { $0.meanSquaredError == least }
      BarGroups(
        layers: [
          BarGroups.Layer(name: look.spelt("bias²"), color: look.theme.bias),
          BarGroups.Layer(name: "variance", color: look.theme.variance),
        ],
        groups: entries.map { group($0, unit, look) },
        current: current,
        marksLeast: hasLeast, maximum: unit.greatest, axisLabel: look.spelt(label),
        showsLegend: !hasWords, emptyText: "none"
      ).draw(in: rect, on: &canvas, look: look)
    }
  }

  private func drawHeading(
    _ name: String, isInUse: Bool, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    var pen = Pen(in: rect, look: look)
    pen.skip(7)
    pen.write(name, isInUse ? look.title : look.text, on: &canvas)
    guard isInUse else { return }
    pen.write("  ◀ in use", look.accent, on: &canvas)
  }

  private func group(
    _ entry: BiasVarianceReport.Entry, _ unit: ErrorUnit, _ look: Look
  ) -> BarGroups.Group {
    let total = entry.meanSquaredError * unit.factor
    let half = (entry.biasInterval + entry.varianceInterval) * unit.factor
    let hasInterval = half > 0 && half.isFinite && total.isFinite
    return BarGroups.Group(
      label: entry.estimator.place(look.glyphs),
      values: [entry.biasSquared * unit.factor, entry.variance * unit.factor],
      interval: hasInterval ? max(0, total - half)...max(0, total + half) : nil)
  }

  /// What the bars are about, beside them.
  private func drawWords(
    _ report: BiasVarianceReport, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let isSmall = abs(report.trueValue) < 10 && abs(report.criticValue) < 10
    func number(_ value: Double, _ sign: NumberFormat.Sign = .negative) -> String {
      NumberFormat.fixed(value, decimals: isSmall ? 3 : 2, width: 8, sign: sign)
    }
    let theme = look.theme
    let unit = ErrorUnit(of: report)
    // As the bars: solid and shaded where colours cannot tell them apart.
    let hasColors = !look.isMono && look.glyphs.isUnicode
    let solid = look.glyphs.shades[4]
    let shaded = hasColors ? solid : look.glyphs.shades[2]
    var rows: [[(String, Style)]] = [
      [("true value ", look.text), (number(report.trueValue), look.bright)],
      [("critic's V ", look.text), (number(report.criticValue), look.style(theme.value, .bold))],
      [
        ("V - true   ", look.text),
        (number(report.criticValue - report.trueValue, .always), look.style(theme.bias)),
      ],
      [
        ("\(solid) ", look.style(theme.bias)), ("bias²", look.text), ("   ", look.text),
        ("\(shaded) ", look.style(theme.variance)), ("variance", look.text),
      ],
      // The unit stands above the bars too; beside the longer words there is no room for it.
      report.exact
        ? [("exact", look.dim), (unit.words, look.dim)] : [("┼ 95 % intervals", look.dim)],
    ]
    let isListed = (report.nStep + report.lambda).contains {
      $0.estimator.isSame(as: snapshot.settings.estimator)
    }
    if !isListed {
      rows.append([("in use: \(snapshot.settings.estimator.headline)", look.accent)])
    }
    let first = rect.height >= rows.count + 1 ? 1 : 0
    for (k, pieces) in rows.enumerated() where k + first < rect.height {
      var pen = Pen(in: rect, row: k + first, look: look)
      pen.skip(1)
      for (text, style) in pieces { pen.write(text, style, on: &canvas) }
    }
  }
}
