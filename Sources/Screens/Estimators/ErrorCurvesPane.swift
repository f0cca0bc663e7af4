import CellCanvas
import Estimators
import Telemetry

/// Bias squared, variance and error over n and lambda: at a state, or over the policy's states.
struct ErrorCurvesPane: EstimatorsPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState
  var isAverage: Bool

  /// Columns of the words beside the curves, and what a pane must have for them.
  private static let wordsWidth = 27
  private static let leastForWords = (columns: 112, rows: 10)

  private var report: BiasVarianceReport? {
    isAverage ? snapshot.estimators?.average : snapshot.estimators?.state
  }

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    let inside = drawPanel(in: rect, isFocused: isFocused, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    guard let report, !report.nStep.isEmpty || !report.lambda.isEmpty else {
      canvas.notice(look.spelt(emptyText), in: inside, look: look)
      return
    }
    let curves = ErrorCurves(
      report, inUse: snapshot.settings.estimator, isLogarithmic: state.estimators.isLogarithmic)
    let words = ErrorCurvesWords(curves: curves, inUse: snapshot.settings.estimator)
    let hasColumn =
      inside.width >= Self.leastForWords.columns && inside.height >= Self.leastForWords.rows
    var area = inside
    if hasColumn {
      let parts = inside.split(left: Self.wordsWidth)
      words.drawColumn(in: parts.left, on: &canvas, look: look)
      area = parts.rest
    } else if inside.height >= 6 {
      let parts = inside.split(top: 1)
      words.drawRow(in: parts.top, on: &canvas, look: look)
      area = parts.rest
    }
    drawCurves(curves, words, in: area, on: &canvas, look: look)
    if isStale(report) { canvas.recede(inside, look: look) }
  }

  /// Headings, curves, and what the ends of the axis mean.
  private func drawCurves(
    _ curves: ErrorCurves, _ words: ErrorCurvesWords, in rect: Rect, on canvas: inout Canvas,
    look: Look
  ) {
    let (headings, below) = rect.split(top: rect.height >= 4 ? 1 : 0)
    let (ends, area) = below.split(bottom: below.height >= 6 ? 1 : 0)
    let plot = curves.plot(look)
    plot.draw(in: area, on: &canvas, look: look)
    for (family, columns) in zip(curves.families, plot.areas(in: area)) {
      words.drawHeading(
        family,
        in: Rect(x: columns.x, y: headings.y, width: columns.width, height: headings.height),
        on: &canvas, look: look)
      words.drawEnds(
        of: family, in: Rect(x: columns.x, y: ends.y, width: columns.width, height: ends.height),
        on: &canvas, look: look)
    }
  }

  // MARK: Frame

  /// The frame: what is shown, how it was come by, how old it is.
  private func drawPanel(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) -> Rect {
    let title = "Bias and variance"
    guard let report else {
      return Panel(
        title: title, detail: isAverage ? "over the policy's states" : "at a state",
        isFocused: isFocused
      ).draw(in: rect, on: &canvas, look: look)
    }
    let details =
      isAverage
      ? ["mean over the states the policy comes to", "mean over the policy's states", "mean", ""]
      : ["of the target at \(report.state)", "at \(report.state)", report.state, ""]
    let ages = FigureAge(
      isExact: report.exact, samples: report.samples, progress: report.progress,
      update: report.update, age: report.age, snapshot: snapshot
    ).texts
    let room = rect.width - title.columnCount - 13
    let choices = [(0, 0), (1, 0), (1, 1), (1, 2), (1, 3), (2, 2), (2, 3), (2, 4), (3, 3), (3, 4)]
      .map {
        (look.spelt(details[$0.0]), look.spelt(ages[$0.1]))
      }
    let (detail, trailing) =
      choices.first { $0.0.columnCount + $0.1.columnCount <= room } ?? ("", "")
    return Panel(title: title, detail: detail, trailing: trailing, isFocused: isFocused)
      .draw(in: rect, on: &canvas, look: look)
  }

  private var emptyText: String {
    switch snapshot.status {
    case .finished, .diverged: "nothing was measured here"
    case .running, .paused:
      if let report, report.progress < 1 {
        "measuring … \(NumberFormat.percent(report.progress)) of the rollouts"
      } else if isAverage {
        "bias² and variance over n and λ appear here when the states the policy comes to are known"
      } else {
        "bias² and variance over n and λ appear here with the first figures for this state"
      }
    }
  }

  /// Whether the figures have been left behind, by the learner or by the cursor.
  private func isStale(_ report: BiasVarianceReport) -> Bool {
    report.age > 5 && report.update < snapshot.counters.updates
      || !isAverage && !snapshot.answers(state.estimators)
  }
}

/// How figures were come by, and how old they are.
struct FigureAge {
  var isExact: Bool
  var samples: Int
  var progress: Double
  var update: Int
  var age: Double
  var snapshot: EngineSnapshot

  /// The same in five lengths, the longest first: `measured, 2 048 rollouts, 43 % · 12 updates old ·
  /// 0.4 s`.
  var texts: [String] {
    let behind = snapshot.updatesOld(since: update)
    let seconds =
      snapshot.status == .running ? " · \(NumberFormat.fixed(age, decimals: 1)) s" : ""
    let part = progress < 1 ? "\(NumberFormat.fixed(progress * 100, decimals: 0)) %" : ""
    let how = isExact ? "exact" : "measured"
    let rollouts = isExact ? "" : ", \(NumberFormat.grouped(samples)) rollouts"
    let done = part.isEmpty ? "" : ", \(part)"
    return [
      "\(how)\(rollouts)\(done) · \(behind)\(seconds)", "\(how)\(done) · \(behind)\(seconds)",
      "\(how)\(done), \(behind)", part.isEmpty ? behind : "\(part) · \(behind)",
      part.isEmpty ? how : part,
    ]
  }
}

extension Canvas {
  /// Lets figures fade that the learner has left behind.
  mutating func recede(_ rect: Rect, look: Look) {
    restyle(rect) { style in
      style.foreground = style.foreground.mixed(with: look.theme.ground, 0.45)
      style.background = style.background.mixed(with: look.theme.ground, 0.45)
      if look.isMono { style.attributes.insert(.dim) }
    }
  }
}
