import CellCanvas
import Telemetry

/// Two settings raced from identical beginnings: their worlds, their learning curves, the difference.
struct RacePane: EstimatorsPane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  private static let gauge = 12

  func draw(
    in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look
  ) {
    guard let race = snapshot.race else {
      RaceInvitation(snapshot: snapshot, state: state)
        .draw(in: rect, isFocused: isFocused, on: &canvas, look: look)
      return
    }
    canvas.fill(rect, " ", style: look.ground)
    let layout = RaceLayout(in: rect, map: ContenderPane.map(of: race.first))
    let verdict = RaceVerdict(race)
    drawStatus(race, in: layout.head, on: &canvas, look: look)
    drawVerdict(verdict, race, in: layout.head, on: &canvas, look: look)
    let sides = zip(Contender.allCases, [race.first, race.second])
    for (side, contender) in sides {
      let pane = ContenderPane(
        side: side, contender: contender, isAhead: verdict.leader == side, decimals: decimals)
      if layout.worlds.count == 2 {
        pane.draw(in: layout.worlds[side.rawValue], on: &canvas, look: look)
      } else if layout.lines.count == 2 {
        pane.drawLine(in: layout.lines[side.rawValue], on: &canvas, look: look)
      }
    }
    let plots = RacePlots(race: race, run: snapshot.run, decimals: decimals)
    plots.drawCurves(in: layout.curves, isFocused: isFocused, on: &canvas, look: look)
    plots.drawDifference(in: layout.difference, on: &canvas, look: look)
  }

  /// Digits after the point of a return.
  private var decimals: Int {
    guard let race = snapshot.race, race.measure == .online else {
      return (snapshot.run.solvedReturn ?? 1) < 20 ? 3 : 1
    }
    return (race.first.curve + race.second.curve).contains { abs($0.middle) >= 20 } ? 1 : 3
  }

  // MARK: Status

  /// `▶ racing  43% ████▌    0:14 left   10 pairs × 50 k steps from update 19 668`.
  private func drawStatus(
    _ race: RaceReport, in head: Rect, on canvas: inout Canvas, look: Look
  ) {
    guard head.height >= 2 else { return }
    let theme = look.theme
    var pen = Pen(in: head, look: look)
    pen.skip(1)
    let percent = String(NumberFormat.percent(race.progress).drop(while: { $0 == " " }))
    switch race.status {
    case .running:
      pen.write("\(look.glyphs.pointRight) racing ", look.style(theme.good, .bold), on: &canvas)
      pen.write(percent.padded(to: 4, .right), look.bright, on: &canvas)
      pen.skip(1)
      let bar = Rect(x: pen.x, y: head.y, width: min(Self.gauge, pen.columnsLeft), height: 1)
      StepNumbers.drawThinBar(race.progress, theme.accent, in: bar, on: &canvas, look: look)
      pen.skip(Self.gauge + 1)
      let left = race.secondsLeft.map { NumberFormat.clock($0.rounded(.up)) } ?? "–:––"
      pen.write("\(left) left", look.bright, on: &canvas)
    case .finished: pen.write("finished", look.style(theme.accent, .bold), on: &canvas)
    case .stopped:
      pen.write("stopped at \(percent)", look.style(theme.warning, .bold), on: &canvas)
    }
    pen.skip(2)
    let pairs = race.pairs == 1 ? "1 pair" : "\(race.pairs) pairs"
    let steps = NumberFormat.compact(Double(race.steps))
    let update = NumberFormat.grouped(race.fromUpdate)
    let beginning = race.measure == .online ? "the beginning" : "update \(update)"
    let waits = race.status == .running ? ", the run waits" : ""
    for words in [
      "\(pairs) × \(steps) steps from \(beginning)\(waits)",
      "\(pairs) × \(steps) steps from \(beginning)", "\(pairs) × \(steps) steps", pairs,
    ] where look.width(of: words) <= pen.columnsLeft {
      pen.write(words, look.dim, on: &canvas)
      break
    }
    drawNext(race, with: &pen, on: &canvas, look: look)
  }

  /// What `r` does now, where there is room to say it.
  private func drawNext(
    _ race: RaceReport, with pen: inout Pen, on canvas: inout Canvas, look: Look
  ) {
    let request = state.estimators.raceRequest(of: snapshot.settings.agent)
    let text =
      race.status == .running
      ? "r ends it" : "r races \(request.first.shortLabel) vs \(request.second.shortLabel)"
    guard look.width(of: text) + 3 <= pen.columnsLeft else { return }
    pen.x = pen.end - 1 - look.width(of: text)
    pen.write("r", look.accent, on: &canvas)
    pen.write(String(text.dropFirst()), look.text, on: &canvas)
  }

  private func drawVerdict(
    _ verdict: RaceVerdict, _ race: RaceReport, in head: Rect, on canvas: inout Canvas, look: Look
  ) {
    guard head.height >= 1 else { return }
    var pen = Pen(in: head, row: head.height - 1, look: look)
    pen.skip(1)
    let style: Style =
      switch verdict {
      case .nothing: look.dim
      case .ahead(let side, _, _): look.style(side.color(look.theme), .bold)
      case .undecided, .single: look.bright.with(.bold)
      }
    pen.write(verdict.text(decimals: decimals), style, on: &canvas)
    guard let last = race.difference.last, verdict != .nothing else {
      let text =
        race.measure == .online
        ? "  the curves begin when every pair has come to the first point"
        : "  the curves begin when every pair has been evaluated once"
      if look.width(of: text) <= pen.columnsLeft { pen.write(text, look.dim, on: &canvas) }
      return
    }
    let when = "after \(NumberFormat.compact(Double(last.step))) steps"
    let so = race.status == .running ? " so far," : ""
    let kind: String =
      switch verdict {
      case .ahead: ", 95 % interval over \(race.pairs) pairs"
      case .undecided(0, 0...0): ", over \(race.pairs) pairs"
      case .undecided: ", 0 lies in the 95 % interval over \(race.pairs) pairs"
      case .single, .nothing: ", more pairs would give one"
      }
    for words in [
      "  mean \(race.measure.words)\(so.isEmpty ? " " : so + " ")\(when)\(kind)",
      " \(so) \(when)\(kind)", " \(so) \(when)", "  \(when)",
    ] where look.width(of: words) <= pen.columnsLeft {
      pen.write(words, look.dim, on: &canvas)
      return
    }
  }
}
