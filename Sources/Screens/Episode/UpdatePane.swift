import CellCanvas
import Telemetry

/// The part of the step in view in its update, what the update made of its state, then and now.
struct UpdatePane: EpisodePane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  /// Columns from which the update and what became of the state stand side by side.
  private static let leastForBoth = 92
  private static let gap = 2

  func draw(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look) {
    guard let history = snapshot.history, let step = history.step else {
      let inside = Panel(title: "Update", isFocused: isFocused)
        .draw(in: rect, on: &canvas, look: look)
      notice(
        snapshot.history?.episode == nil
          ? ["What an update made of a recorded step appears here.", "no step recorded"]
          : ["No step here yet, so no update. Go back one step.", "no step yet"], in: inside,
        on: &canvas, look: look)
      return
    }
    let inside = drawPanel(history.update, isFocused, in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    let change = MomentChange(snapshot: snapshot, history: history, step: step)
    guard let update = history.update else {
      drawPending(history, change, in: inside, on: &canvas, look: look)
      return
    }
    let part = UpdateNumbers(
      part: StepPart(step, isContinuous: snapshot.run.continuousAction != nil), update: update,
      action: snapshot.run.name(ofAction: step.action), actions: snapshot.run.actions.count)
    if inside.width >= Self.leastForBoth {
      let sides = inside.columns([.weight(1), .weight(1)], gap: Self.gap)
      part.draw(in: sides[0], on: &canvas, look: look)
      change.draw(in: sides[1], on: &canvas, look: look)
      return
    }
    let parts = Self.divide(inside, part, change)
    part.draw(in: parts.part, on: &canvas, look: look)
    change.draw(in: parts.change, on: &canvas, look: look)
  }

  /// The step's part above, what became of its state below, with a gap where there is room.
  private static func divide(
    _ inside: Rect, _ part: UpdateNumbers, _ change: MomentChange
  ) -> (part: Rect, change: Rect) {
    let (least, full) = (MomentChange.leastHeight, change.height)
    let room = inside.height
    let above: Int
    if room >= UpdateNumbers.fullHeight + 1 + full {
      above = UpdateNumbers.fullHeight + 1
    } else if room >= UpdateNumbers.fullHeight + MomentChange.tableHeight {
      above = UpdateNumbers.fullHeight
    } else if room >= UpdateNumbers.briefHeight + MomentChange.tableHeight {
      above = UpdateNumbers.briefHeight
    } else {
      above = max(0, room - least)
    }
    let parts = inside.split(top: above)
    var top = parts.top
    if above > UpdateNumbers.fullHeight { top.height -= 1 }
    return (top, parts.rest)
  }

  /// Before the step is learnt from: what it waits for, and what its state is worth now.
  private func drawPending(
    _ history: HistoryReport, _ change: MomentChange, in inside: Rect, on canvas: inout Canvas,
    look: Look
  ) {
    let words = PendingStep(history, in: snapshot).words
    guard change.effect != nil, inside.height >= 6 else {
      notice(words, in: inside, on: &canvas, look: look)
      return
    }
    let parts = inside.split(top: 2)
    notice(words, in: parts.top, on: &canvas, look: look)
    change.draw(in: parts.rest, on: &canvas, look: look)
  }

  private func notice(
    _ choices: [String], in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let fits = choices.first {
      look.spelt($0).wrapped(to: rect.width - 2, glyphs: look.glyphs).count <= rect.height
    }
    canvas.notice(look.spelt(fits ?? ""), in: rect, look: look)
  }

  private func drawPanel(
    _ update: UpdateRecord?, _ isFocused: Bool, in rect: Rect, on canvas: inout Canvas, look: Look
  ) -> Rect {
    var panel = Panel(title: "Update", isFocused: isFocused)
    if let update {
      let pulled = "θ v\(NumberFormat.grouped(update.pulledVersion))"
      let pushed = "v\(NumberFormat.grouped(update.version))"
      let lag = update.staleness == 1 ? "1 update between" : "\(update.staleness) updates between"
      let choices = [
        "acted by \(pulled), learnt into \(pushed), \(lag)",
        "\(pulled) to \(pushed), \(lag)", "\(pulled) to \(pushed), lag \(update.staleness)",
        "\(pulled) to \(pushed)", pushed,
      ]
      panel.detail = look.spelt(look.fitting(choices, rect.width - 15))
    }
    return panel.draw(in: rect, on: &canvas, look: look)
  }
}

extension RunDescription {
  /// The name of an action, its number where it has none; what was drawn, where it is a real number.
  func name(ofAction action: Int) -> String {
    if continuousAction != nil {
      return NumberFormat.fixed(ContinuousAction.drawn(action), decimals: 2, sign: .always)
    }
    return actions.indices.contains(action) ? actions[action] : "\(action)"
  }
}
