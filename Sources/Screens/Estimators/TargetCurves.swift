internal import CellCanvas
internal import Estimators
internal import Telemetry

/// The targets of two estimators over the steps of a rollout, with V; a gap between segments.
struct TargetCurves {
  var rollout: RolloutReport
  var pair: [ReturnEstimator]
  var comparison: RolloutComparison

  func draw(in rect: Rect, selected: Int, on canvas: inout Canvas, look: Look) {
    let theme = look.theme
    let values = rollout.steps.map { Double($0.value) }
    var plot = LinePlot(
      series: [
        series("V(s)", values, theme.value),
        series(name(.first, look), comparison.first.map(Double.init), Contender.first.color(theme)),
        series(
          name(.second, look), comparison.second.map(Double.init), Contender.second.color(theme)),
      ], xUnit: "t", cursor: Double(selected))
    plot.series[1].sign = Contender.first.sign
    plot.series[2].sign = Contender.second.sign
    plot.marks = rollout.steps.indices.dropLast().compactMap { t in
      rollout.close(at: t).map {
        LinePlot.Mark(x: Double(t) + 0.5, label: $0 == .terminated ? "end" : "limit")
      }
    }
    plot.draw(in: rect, on: &canvas, look: look)
  }

  private func name(_ side: Contender, _ look: Look) -> String {
    look.spelt(pair[side.rawValue].shortLabel)
  }

  private func series(_ name: String, _ values: [Double], _ color: Color) -> LinePlot.Series {
    let samples = values.enumerated().flatMap { t, value -> [LinePlot.Sample] in
      let sample = LinePlot.Sample(x: Double(t), y: value)
      guard rollout.close(at: t) != nil else { return [sample] }
      return [sample, LinePlot.Sample(x: Double(t) + 0.5, y: .nan)]
    }
    return LinePlot.Series(name: name, color: color, samples: samples)
  }
}
