import CellCanvas
import Estimators
import Telemetry

/// The target of the step in view taken apart, in use and the other kind beside it.
struct TargetPane: EpisodePane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  /// Columns from which both kinds stand side by side, and rows.
  private static let leastWidth = 66
  private static let leastHeight = 6

  func draw(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look) {
    guard let history = snapshot.history, let episode = history.episode, let step = history.step,
      let update = history.update, let segment = TargetSegment(of: episode, at: history.cursor)
    else {
      let inside = Panel(title: "Target", isFocused: isFocused)
        .draw(in: rect, on: &canvas, look: look)
      drawNotice(in: inside, on: &canvas, look: look)
      return
    }
    let inside = drawPanel(update, segment, isFocused, in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    let used = TakenApartTarget(of: segment, by: update.estimator)
    let other = TakenApartTarget(of: segment, by: Self.other(than: update.estimator, state))
    if inside.width >= Self.leastWidth, inside.height >= Self.leastHeight {
      drawBoth(used, other, step, in: inside, on: &canvas, look: look)
    } else {
      drawOne(used, other, step, in: inside, on: &canvas, look: look)
    }
  }

  /// The estimator of the other kind that stands beside the one in use: the one `t` would change to.
  static func other(than used: ReturnEstimator, _ state: InterfaceState) -> ReturnEstimator {
    used.isMixture ? .nStep(state.lastNStep) : .lambda(state.lastLambda)
  }

  private func drawNotice(in inside: Rect, on canvas: inout Canvas, look: Look) {
    let words: [String]
    if let history = snapshot.history, history.step != nil {
      words = PendingStep(history, in: snapshot).words
    } else if snapshot.history?.episode != nil {
      words = ["No step here yet, so no target. Go back one step.", "no step, no target yet"]
    } else {
      words = ["The target of a recorded step is taken apart here.", "no step recorded"]
    }
    let fits = words.first {
      look.spelt($0).wrapped(to: inside.width - 2, glyphs: look.glyphs).count <= inside.height
    }
    canvas.notice(look.spelt(fits ?? ""), in: inside, look: look)
  }

  private func drawPanel(
    _ update: UpdateRecord, _ segment: TargetSegment, _ isFocused: Bool, in rect: Rect,
    on canvas: inout Canvas, look: Look
  ) -> Rect {
    let discount = "γ \(NumberFormat.setting(update.discount))"
    let left = segment.horizon == 1 ? "1 step left" : "\(segment.horizon) steps left"
    let details = [
      "\(update.estimator.headline), in use · \(discount) · \(left)",
      "\(update.estimator.headline) · \(discount) · \(left)",
      "\(update.estimator.shortHeadline) · \(discount)", update.estimator.shortHeadline,
    ]
    let detail = look.fitting(details, rect.width - 15)
    return Panel(title: "Target", detail: look.spelt(detail), isFocused: isFocused)
      .draw(in: rect, on: &canvas, look: look)
  }

  private func table(
    _ apart: TakenApartTarget, _ recorded: Float?, hasName: Bool
  ) -> TargetTable {
    TargetTable(
      apart: apart, recorded: recorded, hasName: hasName, digits: ReturnDigits(of: snapshot.run))
  }

  // MARK: Side by side

  /// n-step on the left, λ-return on the right, as everywhere; what they have in common below.
  private func drawBoth(
    _ used: TakenApartTarget, _ other: TakenApartTarget, _ step: EpisodeRecord.Step,
    in inside: Rect, on canvas: inout Canvas, look: Look
  ) {
    let own = table(used, step.target, hasName: true)
    let beside = table(other, nil, hasName: true)
    let sides = used.estimator.isMixture ? [beside, own] : [own, beside]
    let lines = inside.height >= 10 ? 3 : 2
    var parts = inside.split(bottom: lines)
    let needed = sides.reduce(0) { max($0, $1.height) }
    if parts.rest.height > needed + 1 {
      // Below the longer table, with a gap where there is room.
      let left = Rect(
        x: inside.x, y: inside.y + needed + 1, width: inside.width,
        height: inside.height - needed - 1)
      parts = (left, Rect(x: inside.x, y: inside.y, width: inside.width, height: needed))
    }
    let columns = parts.rest.columns([.weight(1), .weight(1)], gap: 1)
    for (side, area) in zip(sides, columns) { side.draw(in: area, on: &canvas, look: look) }
    let divider = Rect(
      x: columns[0].maxX, y: parts.rest.y, width: 1, height: parts.rest.height)
    canvas.fill(divider, look.glyphs.vertical, style: look.border)
    let words = TargetWords(
      apart: used, other: other, step: step, digits: ReturnDigits(of: snapshot.run))
    words.draw(in: parts.bottom, on: &canvas, look: look)
  }

  // MARK: Only the one in use

  private func drawOne(
    _ used: TakenApartTarget, _ other: TakenApartTarget, _ step: EpisodeRecord.Step,
    in inside: Rect, on canvas: inout Canvas, look: Look
  ) {
    let lines = inside.height >= 6 ? 2 : inside.height >= 4 ? 1 : 0
    let own = table(used, step.target, hasName: false)
    var parts = inside.split(bottom: lines)
    if parts.rest.height > own.height {
      parts.bottom = Rect(
        x: inside.x, y: inside.y + own.height, width: inside.width,
        height: inside.height - own.height)
      parts.rest.height = own.height
    }
    own.draw(in: parts.rest, on: &canvas, look: look)
    let words = TargetWords(
      apart: used, other: other, step: step, digits: ReturnDigits(of: snapshot.run))
    words.drawShort(in: parts.bottom, on: &canvas, look: look)
  }
}
