import CellCanvas
import Estimators
import Telemetry

/// The target of one step taken apart: each k-step return, its weight, what they add up to, and what
/// the learner used.
struct WeightsPane: EstimatorsPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    guard let rollout = snapshot.estimators?.rollout, !rollout.steps.isEmpty else {
      let inside = Panel(title: "Weights", isFocused: isFocused)
        .draw(in: rect, on: &canvas, look: look)
      canvas.notice(
        look.spelt(
          "The weights of the k-step returns in a target appear here with the first rollout."),
        in: inside, look: look)
      return
    }
    let step = state.estimators.step(in: rollout)
    let weighed = ReturnEstimator.weighed(
      inUse: rollout.estimator, pair: state.estimators.pair, slot: state.estimators.slot)
    let isInUse = weighed.isSame(as: rollout.estimator)
    let inside = drawPanel(
      "Weights at t \(step)", weighed, isInUse, isFocused, in: rect, on: &canvas, look: look)
    guard let returns = WeightedReturns(of: rollout, at: step, weighing: weighed) else { return }
    WeightsTable(
      returns: returns, weighed: weighed, inUse: rollout.estimator, isInUse: isInUse,
      target: rollout.steps[step].target, digits: ReturnDigits(of: snapshot.run)
    ).draw(in: inside, on: &canvas, look: look)
  }

  private func drawPanel(
    _ title: String, _ weighed: ReturnEstimator, _ isInUse: Bool, _ isFocused: Bool, in rect: Rect,
    on canvas: inout Canvas, look: Look
  ) -> Rect {
    let kind = isInUse ? "in use" : "of the pair"
    let details = [
      "of the \(weighed.headline), \(isInUse ? "in use" : "one of the pair")",
      "\(weighed.headline), \(kind)", "\(weighed.shortHeadline), \(kind)", weighed.shortHeadline,
      "",
    ]
    let room = rect.width - title.columnCount - 10
    return Panel(
      title: title, detail: look.spelt(details.first { look.width(of: $0) <= room } ?? ""),
      isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
  }
}
