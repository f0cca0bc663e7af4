internal import CellCanvas
internal import Telemetry

/// The learning curves of two that race, and their difference, with bands over the pairs.
struct RacePlots {
  var race: RaceReport
  var run: RunDescription
  /// Digits after the point of a return.
  var decimals: Int

  /// When there is something to draw.
  static let empty = "appears when every pair has been evaluated for the first time"

  /// The same of this race.
  private var empty: String { race.measure == .online ? Self.emptyOnline : Self.empty }

  static let emptyOnline = "appears when every pair has come to the first point"

  /// What the axis of returns while learning spans: the curves but for their beginning, which is far
  /// below all that comes after it. Nil where everything is shown.
  private func limits(_ curves: [[RaceReport.Point]], zero: Bool) -> ClosedRange<Double>? {
    guard race.measure == .online else { return nil }
    let middles = curves.flatMap { curve in
      curve.dropFirst(curve.count / 3).map(\.middle).filter(\.isFinite)
    }
    guard let low = middles.min(), let high = middles.max() else { return nil }
    let span = max(high - low, 0.1 * max(abs(low), abs(high)))
    guard span > 0 else { return nil }
    let range = (low - span / 2)...(high + span / 2)
    return zero ? min(range.lowerBound, 0)...max(range.upperBound, 0) : range
  }

  func drawCurves(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    let what = race.pairs == 1 ? "one pair" : "interquartile mean, 95 %"
    let inside = panel(
      "Return", ["\(race.measure.title), \(what)", what, ""], "", isFocused, in: rect, on: &canvas,
      look)
    let theme = look.theme
    // The letters stand above the worlds with what they mean; a legend only where it has room.
    let names = [race.first.label, race.second.label]
    let hasRoom = look.width(of: names.joined()) + 16 <= inside.width
    var plot = plot(
      [
        series(hasRoom ? names[0] : "", race.first.curve, Contender.first.color(theme), look),
        series(hasRoom ? names[1] : "", race.second.curve, Contender.second.color(theme), look),
      ], "the learning curve of both \(empty)")
    plot.series[0].sign = Contender.first.sign
    plot.series[1].sign = Contender.second.sign
    plot.yLimits = limits([race.first.curve, race.second.curve], zero: false)
    if let solved = run.solvedReturn, solved > 0 {
      plot.references = [
        LinePlot.Reference(
          y: solved, label: "solved \(NumberFormat.setting(solved))", color: theme.good)
      ]
      plot.yRange = 0...(solved * 1.05)
    }
    plot.draw(in: inside, on: &canvas, look: look)
  }

  func drawDifference(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    let latest = race.difference.last.map {
      NumberFormat.fixed($0.middle, decimals: decimals, sign: .always)
    }
    let what = race.pairs == 1 ? "one pair: no interval" : "95 % interval over the pairs"
    let inside = panel(
      "B−A", ["pair by pair, \(what)", what, ""], latest ?? "", false, in: rect, on: &canvas, look)
    guard race.difference.isEmpty || !isFlat else {
      canvas.notice(
        look.spelt("B−A is exactly 0 at every evaluation so far: there is nothing to draw"),
        in: inside, look: look)
      return
    }
    var plot = plot(
      [series("", race.difference, look.theme.advantage, look)],
      "the difference \(empty)")
    plot.references = [LinePlot.Reference(y: 0, label: "no difference")]
    plot.showsLegend = false
    plot.yLimits = limits([race.difference], zero: true)
    plot.draw(in: inside, on: &canvas, look: look)
  }

  /// Whether the difference has always been 0, with nothing on either side of it.
  private var isFlat: Bool {
    race.difference.allSatisfy { $0.middle == 0 && ($0.interval ?? 0...0) == 0...0 }
  }

  private func panel(
    _ title: String, _ details: [String], _ trailing: String, _ isFocused: Bool, in rect: Rect,
    on canvas: inout Canvas, _ look: Look
  ) -> Rect {
    let room = rect.width - title.columnCount - look.width(of: trailing) - 14
    let detail = details.first { look.width(of: $0) <= room } ?? ""
    return Panel(
      title: look.spelt(title), detail: look.spelt(detail), trailing: trailing,
      isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
  }

  private func plot(_ series: [LinePlot.Series], _ emptyText: String) -> LinePlot {
    // The axis is that of the whole race from the start, so that the curves grow into it.
    LinePlot(
      series: series, xRange: 0...Double(max(1, race.steps)), xUnit: "steps", emptyText: emptyText)
  }

  private func series(
    _ name: String, _ points: [RaceReport.Point], _ color: Color, _ look: Look
  ) -> LinePlot.Series {
    LinePlot.Series(
      name: look.spelt(name), color: color,
      samples: points.map { point in
        LinePlot.Sample(
          x: Double(point.step), low: point.interval?.lowerBound ?? point.middle,
          middle: point.middle, high: point.interval?.upperBound ?? point.middle)
      })
  }
}

extension RaceReport.Measure {
  /// What a curve is of, in its frame.
  var title: String {
    switch self {
    case .greedy: "greedy policy"
    case .online: "while learning"
    }
  }

  /// The same in a sentence.
  var words: String {
    switch self {
    case .greedy: "return of the greedy policy"
    case .online: "return while learning"
    }
  }
}
