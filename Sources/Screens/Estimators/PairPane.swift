import CellCanvas
import Estimators
import Telemetry

/// Two estimators on the same rollout, step by step, and where there is room their targets as curves.
struct PairPane: EstimatorsPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  /// Rows from which curves are worth drawing.
  private static let leastPlot = 8
  /// Rows from which the estimators' names have one.
  private static let leastForChips = 5

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    let rollout = snapshot.estimators?.rollout
    let inside = drawPanel(rollout, isFocused, in: rect, on: &canvas, look: look)
    guard let rollout, !rollout.steps.isEmpty else {
      canvas.notice(
        look.spelt(
          "Two estimators appear here side by side, on the next rollout that worker "
            + "\(state.focusedWorker) learns from."), in: inside, look: look)
      return
    }
    let pair = state.estimators.pair
    guard pair.count == Contender.allCases.count, inside.height > 0 else { return }
    let table = PairTable(
      rollout: rollout, run: snapshot.run, pair: pair, selected: state.estimators.step(in: rollout),
      width: inside.width, look: look)
    if inside.height >= Self.leastForChips {
      drawChips(table.comparison, rollout, in: inside, on: &canvas, look: look)
    }
    let (rows, plot) = Self.divide(inside, table)
    if !plot.isEmpty {
      TargetCurves(rollout: rollout, pair: pair, comparison: table.comparison)
        .draw(in: plot, selected: state.estimators.step(in: rollout), on: &canvas, look: look)
    }
    table.draw(in: rows, on: &canvas, look: look)
  }

  /// The table below the estimators' names, and curves below it where they are worth drawing.
  private static func divide(_ inside: Rect, _ table: PairTable) -> (table: Rect, plot: Rect) {
    let area = inside.split(top: inside.height >= leastForChips ? 1 : 0).rest
    guard area.height > table.height + 1 + leastPlot || area.height >= 24 else {
      return (area, Rect(x: area.x, y: area.maxY, width: area.width, height: 0))
    }
    let rows = min(table.height + 1, area.height * 6 / 10)
    let parts = area.split(top: rows)
    return (Rect(x: area.x, y: area.y, width: area.width, height: rows - 1), parts.rest)
  }

  /// The step of the rollout at a row of the pane.
  func step(y: Int, in rect: Rect, look: Look) -> Int? {
    let inside = rect.inset(by: 1)
    let pair = state.estimators.pair
    guard let rollout = snapshot.estimators?.rollout, !rollout.steps.isEmpty,
      pair.count == Contender.allCases.count, inside.height > 0
    else { return nil }
    let table = PairTable(
      rollout: rollout, run: snapshot.run, pair: pair, selected: state.estimators.step(in: rollout),
      width: inside.width, look: look)
    return table.step(y: y, in: Self.divide(inside, table).table)
  }

  private func drawPanel(
    _ rollout: RolloutReport?, _ isFocused: Bool, in rect: Rect, on canvas: inout Canvas, look: Look
  ) -> Rect {
    var panel = Panel(title: "Two estimators", isFocused: isFocused)
    if let rollout {
      let count = rollout.steps.count
      let all = NumberFormat.grouped(count + rollout.omitted)
      let steps =
        rollout.omitted > 0
        ? "the first \(count) of \(all) steps" : count == 1 ? "1 step" : "\(count) steps"
      let update = "update \(NumberFormat.grouped(rollout.update))"
      let details = [
        "worker \(rollout.worker)'s last rollout · \(steps) · γ "
          + NumberFormat.setting(rollout.discount),
        "worker \(rollout.worker) · \(steps)", "",
      ]
      let room = rect.width - 14 - 12
      let choices = [(0, update), (1, update), (1, ""), (2, "")]
      let (detail, trailing) =
        choices.first { look.width(of: details[$0.0]) + look.width(of: $0.1) + 4 <= room }
        ?? (2, "")
      panel.detail = look.spelt(details[detail])
      panel.trailing = trailing
    }
    return panel.draw(in: rect, on: &canvas, look: look)
  }

  /// `▶A 5-step return   B λ-return .95 in use   mean |B−A| .12   largest .83 at t 2`.
  private func drawChips(
    _ comparison: RolloutComparison, _ rollout: RolloutReport, in inside: Rect,
    on canvas: inout Canvas, look: Look
  ) {
    let isRoomy = inside.width >= 62
    var pen = Pen(in: inside, look: look)
    for (slot, side) in Contender.allCases.enumerated() {
      let estimator = state.estimators.pair[slot]
      let isChosen = state.estimators.slot == slot
      let ground = RowGround(isSelected: isChosen, look)
      pen.write(
        isChosen ? look.glyphs.pointRight : " ", ground.under(look.accent), on: &canvas)
      pen.write(
        side.letter + " ", ground.under(look.style(side.color(look.theme), .bold)), on: &canvas)
      pen.write(
        isRoomy ? estimator.headline : estimator.shortHeadline, ground.under(look.bright),
        on: &canvas)
      pen.write(" ", ground.under(look.text), on: &canvas)
      if estimator.isSame(as: rollout.estimator) {
        pen.write("in use ", look.style(look.theme.good), on: &canvas)
      }
      pen.skip(1)
    }
    guard let largest = comparison.largest else { return }
    let decimals = ReturnDigits(of: snapshot.run).difference
    let mean = NumberFormat.fixed(comparison.meanSize, decimals: decimals)
    let most = NumberFormat.fixed(largest.size, decimals: decimals)
    for words in [
      "mean |B−A| \(mean)  largest \(most) at t \(largest.step)",
      "mean |B−A| \(mean)  largest \(most)", "mean \(mean)  largest \(most)", "mean |B−A| \(mean)",
    ] where look.width(of: words) + 1 <= pen.columnsLeft {
      pen.write(words, endingAt: pen.end - 1, look.text, on: &canvas)
      return
    }
  }
}

extension EstimatorsState {
  /// The step of a rollout under the cursor: the nearest there is.
  func step(in rollout: RolloutReport) -> Int {
    min(max(step, 0), max(0, rollout.steps.count - 1))
  }
}
