internal import CellCanvas
internal import Telemetry

/// The three curves of view 1 over environment steps: return, entropy, advantage.
struct MetricPlots {
  var snapshot: EngineSnapshot

  /// Columns below which a frame holds no more than a number beside its title.
  private static let narrow = 34
  /// Columns from which a frame holds a few words and a number.
  private static let roomy = 48

  func drawReturns(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look) {
    // The number beside the title is that of the line, or, where it can be said, the longer mean.
    let isRoomy = rect.width >= Self.roomy
    let latest = isRoomy ? snapshot.counters.meanReturn : snapshot.returns.latest
    let isSmall = (snapshot.run.solvedReturn ?? 1) < 20
    let mean = latest.map {
      let number = NumberFormat.fixed($0, decimals: isSmall ? 2 : 1, width: 6)
      return isRoomy ? "last 100: \(number)" : number
    }
    let inside = panel(
      "Return",
      details: [
        "mean of the last 20, least to greatest", "mean of 20, least to greatest", "mean of 20",
      ],
      trailing: mean ?? "", isFocused, in: rect,
      on: &canvas, look)
    var references: [LinePlot.Reference] = []
    if let solved = snapshot.run.solvedReturn {
      references.append(
        LinePlot.Reference(
          y: solved, label: "solved \(NumberFormat.setting(solved))", color: look.theme.good))
    }
    var drawn = plot(
      snapshot.returns, name: "return", look.theme.returns, references: references,
      yRange: snapshot.run.solvedReturn.flatMap { $0 > 0 ? 0...($0 * 1.05) : nil },
      namesMarks: rect.height >= 8, look,
      emptyText: "returns appear when the first episode ends")
    drawn.yLimits = snapshot.returns.wholeRange
    drawn.draw(in: inside, on: &canvas, look: look)
  }

  func drawEntropy(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look) {
    if snapshot.run.continuousAction != nil {
      return drawContinuousEntropy(in: rect, isFocused: isFocused, on: &canvas, look: look)
    }
    let canChoose = snapshot.run.actions.count > 1
    let most = NaturalLogarithm.of(max(2, snapshot.run.actions.count))
    let latest = snapshot.entropy.latest.map {
      guard canChoose else { return "" }
      let share = NumberFormat.percent($0 / most)
      return rect.width < Self.narrow
        ? share : "\(NumberFormat.fixed($0, decimals: 2, width: 4)) nat \(share)"
    }
    let inside = panel(
      "Entropy",
      details: canChoose
        ? ["nats, share of ln|A|"] : ["one action: nothing to choose", "nothing to choose"],
      trailing: latest ?? "", isFocused, in: rect, on: &canvas, look)
    var drawn = plot(
      snapshot.entropy, name: "H", look.theme.entropy, references: [], yRange: 0...most, look,
      emptyText: "the policy's entropy appears with the first update")
    drawn.yLimits = 0...most
    if canChoose { drawn.rightAxis = LinePlot.RightAxis(scale: 100 / most, unit: "%") }
    drawn.draw(in: inside, on: &canvas, look: look)
  }

  /// Where the action is a real number: the entropy of a density, which has no greatest value and no
  /// least.
  private func drawContinuousEntropy(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    let latest = snapshot.entropy.latest.map {
      "\(NumberFormat.fixed($0, decimals: 2, width: 5)) nat"
    }
    let inside = panel(
      "Entropy", details: ["nats, of a density", "nats"], trailing: latest ?? "", isFocused,
      in: rect, on: &canvas, look)
    plot(
      snapshot.entropy, name: "H", look.theme.entropy, references: [], yRange: nil, look,
      emptyText: "the policy's entropy appears with the first update"
    ).draw(in: inside, on: &canvas, look: look)
  }

  func drawAdvantage(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look) {
    let latest = snapshot.advantages.buckets.last.map {
      let (low, middle, high) = ($0.low, $0.middle, $0.high)
      func text(_ value: Double) -> String { NumberFormat.unit(value, width: 5, sign: .always) }
      let middleText = rect.width < 52 ? "" : "p50\(text(middle)) "
      return rect.width < Self.narrow ? "" : "p5\(text(low)) \(middleText)p95\(text(high))"
    }
    // What an agent that learns values of actions learns from, in the place of advantages.
    let isError = !snapshot.settings.agent.hasPolicyNetwork
    let inside = panel(
      isError ? "TD error" : "Advantage", details: ["p5 · median · p95"], trailing: latest ?? "",
      isFocused, in: rect,
      on: &canvas, look)
    let histogram = snapshot.advantageHistogram
    let hasHistogram = inside.width >= 34 && !histogram.counts.isEmpty
    let bars = hasHistogram ? min(24, inside.width / 3) : 0
    let parts = inside.split(right: bars)
    var drawn = plot(
      snapshot.advantages, name: isError ? "δ" : "A", look.theme.advantage,
      references: [LinePlot.Reference(y: 0, label: "")], yRange: nil, look,
      emptyText: "\(isError ? "TD errors" : "advantages") appear with the first update")
    drawn.yLimits = snapshot.advantages.recentRange
    drawn.draw(in: parts.rest, on: &canvas, look: look)
    guard hasHistogram, histogram.low.isFinite, histogram.high.isFinite else { return }
    HistogramBars(
      counts: histogram.counts.map(Double.init), low: histogram.low, high: histogram.high,
      color: look.theme.advantage
    ).draw(
      in: Rect(
        x: parts.right.x + 2, y: parts.right.y, width: parts.right.width - 2,
        height: parts.right.height), on: &canvas, look: look)
  }

  private func panel(
    _ title: String, details: [String], trailing: String, _ isFocused: Bool, in rect: Rect,
    on canvas: inout Canvas, _ look: Look
  ) -> Rect {
    // The numbers stay when there is no room for both.
    let room = rect.width - look.width(of: title) - look.width(of: trailing) - 14
    let detail = details.first { look.width(of: $0) <= room } ?? ""
    return Panel(
      title: title, detail: look.spelt(detail), trailing: look.spelt(trailing), isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
  }

  private func plot(
    _ series: MetricSeries, name: String, _ color: Color, references: [LinePlot.Reference],
    yRange: ClosedRange<Double>?, namesMarks: Bool = false, _ look: Look, emptyText: String
  ) -> LinePlot {
    let samples = series.buckets.map {
      LinePlot.Sample(x: Double($0.lastStep), low: $0.low, middle: $0.middle, high: $0.high)
    }
    return LinePlot(
      series: [LinePlot.Series(name: name, color: color, samples: samples)], yRange: yRange,
      xUnit: "steps",
      marks: snapshot.marks.map {
        LinePlot.Mark(x: Double($0.step), label: namesMarks ? look.spelt($0.label) : "")
      },
      references: references, cursor: snapshot.history?.clock.map(Double.init),
      showsLegend: false, emptyText: emptyText)
  }
}
