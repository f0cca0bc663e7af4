internal import CellCanvas
internal import Telemetry

/// News of the run on the stage: solved, finished, diverged.
struct Banner {
  /// From the fullest wording to the shortest.
  let texts: [String]
  /// Whether it tells of good news that the world goes on behind.
  var isPassing: Bool { kind == .good }
  private let kind: Kind

  private enum Kind { case good, plain, bad }

  /// Seconds of training for which a solved task is announced; a small mark stays.
  private static let announcement = 8.0

  init?(_ snapshot: EngineSnapshot) {
    switch snapshot.status {
    case .diverged(let reason):
      texts = ["Diverged: \(reason)"]
      kind = .bad
      return
    case .finished(let reason):
      texts = ["Finished: \(reason)"]
      kind = .plain
      return
    case .running, .paused: break
    }
    guard let evaluation = snapshot.evaluation, let step = evaluation.solvedAt,
      snapshot.counters.seconds - (evaluation.solvedAfterSeconds ?? 0) < Self.announcement
    else { return nil }
    let at = "step \(NumberFormat.grouped(step))"
    let clock = evaluation.solvedAfterSeconds.map { " · \(NumberFormat.clock($0))" } ?? ""
    // The return of a later evaluation may be another; what was reached stays true.
    let episodes = "over \(evaluation.episodes) episodes"
    let goal = snapshot.run.solvedReturn.map { "\(NumberFormat.setting($0)) " } ?? ""
    texts = [
      "Solved · mean return \(goal)reached \(episodes) · \(at)\(clock)",
      "Solved · \(goal)reached \(episodes) · \(at)\(clock)",
      "Solved · \(goal)\(episodes) · \(at)\(clock)", "Solved · \(goal)reached · \(at)\(clock)",
      "Solved · \(at)\(clock)", "Solved · \(at)", "Solved",
    ]
    kind = .good
  }

  /// The small mark of a task that was solved; nil as long as it is not.
  static func mark(_ snapshot: EngineSnapshot, saysStep: Bool, _ look: Look) -> String? {
    guard let step = snapshot.evaluation?.solvedAt else { return nil }
    let sign = look.glyphs.isUnicode ? "★" : "*"
    return "\(sign) solved" + (saysStep ? " at \(NumberFormat.grouped(step))" : "")
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let theme = look.theme
    let color =
      switch kind {
      case .good: theme.good
      case .plain: theme.accent
      case .bad: theme.bad
      }
    let style =
      look.isMono
      ? look.style(color, [.reverse, .bold])
      : Style(
        foreground: GridView.ink(on: color, look), background: color, attributes: .bold)
    canvas.fill(rect, " ", style: style)
    let sign: Unicode.Scalar =
      switch kind {
      case .good: look.glyphs.isUnicode ? "★" : "*"
      case .plain: look.glyphs.isUnicode ? "■" : "#"
      case .bad: look.glyphs.isUnicode ? "✖" : "X"
      }
    var pen = Pen(in: rect, look: look)
    pen.skip(1)
    pen.write(sign, style, on: &canvas)
    pen.skip(1)
    let fitting = texts.first { look.width(of: $0) <= pen.columnsLeft } ?? texts.last ?? ""
    let shown = look.spelt(fitting).truncated(to: pen.columnsLeft, glyphs: look.glyphs)
    pen.write(shown, style, on: &canvas)
  }
}
