import CellCanvas
import Telemetry

/// What the baseline buys: the variance of the policy gradient by what weighs its terms, and how well
/// an update made of it points uphill.
struct GradientPane: EstimatorsPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    let report = snapshot.estimators?.gradient
    let inside = drawPanel(report, isFocused, in: rect, on: &canvas, look: look)
    if snapshot.run.actions.count == 1 {
      canvas.notice(
        look.spelt(
          "\(snapshot.run.environment) has one action: there is nothing to choose, and the policy "
            + "gradient is 0. The pages before this one show what prediction learns."),
        in: inside, look: look)
      return
    }
    if snapshot.run.continuousAction != nil {
      canvas.notice(
        look.spelt(
          "The action of \(snapshot.run.environment) is a real number: the variance of the policy "
            + "gradient is measured in worlds of a few actions only."),
        in: inside, look: look)
      return
    }
    guard let report, !report.entries.isEmpty else {
      canvas.notice(
        look.spelt(
          "The variance of the policy gradient appears here: with the return alone, with a constant "
            + "baseline, with V, with every n and λ. It is being computed on a frozen copy."),
        in: inside, look: look)
      return
    }
    let reading = GradientReading(report: report, settings: snapshot.settings)
    let words = reading.words.compactMap { choices in
      choices.first { look.width(of: $0) <= inside.width - 2 }
    }
    // All rows of the table first, then the words, then a blank row between them.
    let table = GradientTable(reading: reading, isLogarithmic: state.estimators.isLogarithmic)
    let left = inside.height - report.entries.count - 1
    let shown = inside.height < 8 ? 0 : min(words.count, max(inside.height >= 14 ? 2 : 1, left))
    let gap = shown > 0 && left > shown ? 1 : 0
    let parts = inside.split(top: min(table.height, inside.height - shown - gap))
    table.draw(in: parts.top, on: &canvas, look: look)
    for (row, text) in words.prefix(shown).enumerated() {
      var pen = Pen(in: parts.rest, row: row + gap, look: look)
      pen.skip(1)
      pen.write(text, look.text, on: &canvas)
    }
  }

  private func drawPanel(
    _ report: GradientReport?, _ isFocused: Bool, in rect: Rect, on canvas: inout Canvas, look: Look
  ) -> Rect {
    let title = "Policy gradient"
    guard let report, snapshot.run.actions.count > 1 else {
      return Panel(title: title, detail: "what the baseline buys", isFocused: isFocused)
        .draw(in: rect, on: &canvas, look: look)
    }
    let origin =
      report.exact
      ? "exact" : "\(NumberFormat.grouped(report.episodes)) episodes"
    let progress = report.progress < 1 ? " · \(Self.percent(report.progress))" : ""
    let isLate = snapshot.counters.updates > report.update
    let old = isLate ? " · \(snapshot.updatesOld(since: report.update))" : ""
    let age = " · \(NumberFormat.fixed(report.age, decimals: 1)) s old"
    let details = ["what the baseline buys", ""]
    let origins = [
      origin + progress + old + age, origin + progress + age, origin + progress,
      report.exact ? "exact" : "measured",
    ]
    let room = rect.width - title.columnCount - 14
    let choices = [(0, 0), (1, 0), (1, 1), (1, 2), (1, 3)]
    let (detail, trailing) =
      choices.first { look.width(of: details[$0.0]) + look.width(of: origins[$0.1]) <= room }
      ?? (1, 3)
    return Panel(
      title: title, detail: details[detail], trailing: look.spelt(origins[trailing]),
      isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
  }

  private static func percent(_ share: Double) -> String {
    String(NumberFormat.percent(share).drop(while: { $0 == " " }))
  }
}
