internal import CellCanvas
internal import Telemetry

/// The page of the race before the first: what would be raced, how to change it, what `r` does.
struct RaceInvitation {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  /// A key and what it does.
  private struct Entry {
    var key: String
    var text: String
  }

  private static let keyColumns = 10
  /// Rows from which the places of the curves are shown.
  private static let leastPlots = 8

  func draw(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look) {
    let request = state.estimators.raceRequest(of: agent)
    let width = min(rect.width - 6, 92)
    let lines = entries(request).flatMap { entry in
      wrap(entry, width: width - Self.keyColumns, look)
    }
    // Two contenders, a blank row, the lines, and a blank row above and below.
    let needed = 5 + lines.count
    var top = rect
    if rect.height >= needed + 2 + Self.leastPlots {
      let parts = rect.split(top: needed + 2)
      top = parts.top
      drawEmptyPlots(in: parts.rest, on: &canvas, look: look)
    }
    let what = isOfTables ? "agents" : "settings"
    let inside = Panel(
      title: "Race", detail: rect.width >= 44 ? "two \(what) from one beginning" : "",
      isFocused: isFocused
    ).draw(in: top, on: &canvas, look: look)
    guard inside.height > 0 else { return }
    let area = Rect(x: inside.x + 2, y: inside.y, width: width, height: inside.height)
    var row = inside.height >= needed ? 1 : 0
    for side in Contender.allCases {
      drawContender(side, request, in: area, row: row, on: &canvas, look: look)
      row += 1
    }
    if inside.height >= needed - 2 { row += 1 }
    for (key, text) in lines where row < inside.height {
      var pen = Pen(in: area, row: row, look: look)
      pen.write(key, look.accent, on: &canvas)
      pen.x = area.x + Self.keyColumns
      pen.write(text, look.text, on: &canvas)
      row += 1
    }
  }

  /// Where the curves will be.
  private func drawEmptyPlots(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let titles = [("Return", "the learning curve of A and of B"), ("B−A", "the difference")]
    for ((title, what), area) in zip(titles, rect.columns([.weight(1), .weight(1)])) {
      let inside = Panel(title: look.spelt(title)).draw(in: area, on: &canvas, look: look)
      let when = isOfTables ? RacePlots.emptyOnline : RacePlots.empty
      canvas.notice("\(what) \(when)", in: inside, look: look)
    }
  }

  private var agent: AgentName { snapshot.settings.agent }
  private var isOfTables: Bool { agent.hasTable }

  /// Of agents with tables, which begin anew.
  private func entriesOfTables(_ request: RaceRequest) -> [Entry] {
    let pairs = request.pairs == 1 ? "1 pair of runs" : "\(request.pairs) pairs of runs"
    let steps = request.steps.map { " of \(NumberFormat.compact(Double($0))) steps" } ?? ""
    return [
      Entry(
        key: "r",
        text: "races A against B from the very beginning: \(pairs)\(steps), each pair with the "
          + "same random streams, the first with the run's. The run waits meanwhile."),
      Entry(key: "{ }", text: "choose another agent as B"),
      Entry(
        key: ":race", text: "any two of them: race sarsa vs expected-sarsa pairs 20 steps 50000"),
      Entry(
        key: "",
        text: "The curves are the returns of the episodes they learn from, exploring included; the "
          + "maps show what each has learnt, and the greedy path through it."),
    ]
  }

  private func entries(_ request: RaceRequest) -> [Entry] {
    if isOfTables { return entriesOfTables(request) }
    let update = NumberFormat.grouped(snapshot.counters.updates)
    let pairs = request.pairs == 1 ? "1 pair of runs" : "\(request.pairs) pairs of runs"
    let steps = request.steps.map { " of \(NumberFormat.compact(Double($0))) steps" } ?? ""
    var entries = [
      Entry(
        key: "r",
        text: "races A against B from update \(update): \(pairs)\(steps), each pair with the run's "
          + "parameters, optimiser state and random streams. The run waits meanwhile."),
      Entry(key: "i  { }", text: "choose A or B, and change its estimator"),
      Entry(
        key: ":race",
        text: "any two settings: race lr .001 vs lr .01, race a3c vs a2c pairs 20 steps 50000"),
      Entry(key: ":a  :b", text: "the estimator of A, of B: a td, b lambda:.9"),
    ]
    if snapshot.run.actions.count == 1 {
      entries.insert(
        Entry(
          key: "",
          text: "\(snapshot.run.environment) has one action: the returns of A and B cannot differ. "
            + "How fast each learns to predict: footlights compare --experiment random-walk."),
        at: 0)
    }
    if request.first == request.second {
      entries.insert(
        Entry(key: "", text: "A and B are the same: the difference shows chance alone, if any."),
        at: 0)
    }
    return entries
  }

  private func wrap(_ entry: Entry, width: Int, _ look: Look) -> [(String, String)] {
    let lines = look.spelt(entry.text).wrapped(to: width, glyphs: look.glyphs)
    return lines.enumerated().map { ($0 == 0 ? entry.key : "", $1) }
  }

  /// `▶A  λ-return .95   in use`.
  private func drawContender(
    _ side: Contender, _ request: RaceRequest, in area: Rect, row: Int, on canvas: inout Canvas,
    look: Look
  ) {
    let change = side == .first ? request.first : request.second
    let isTyped = state.estimators.race != nil
    let isChosen = !isTyped && (isOfTables ? 1 : state.estimators.slot) == side.rawValue
    let ground = RowGround(isSelected: isChosen, look)
    var pen = Pen(in: area, row: row, look: look)
    pen.write(isChosen ? look.glyphs.pointRight : " ", ground.under(look.accent), on: &canvas)
    pen.write(
      "\(side.letter)  ", ground.under(look.style(side.color(look.theme), .bold)), on: &canvas)
    pen.write(change.headline, ground.under(look.bright), on: &canvas)
    pen.write(" ", ground.under(look.text), on: &canvas)
    var changed = snapshot.settings
    changed.apply(change)
    guard changed == snapshot.settings else { return }
    pen.x = max(pen.x + 1, area.x + 26)
    pen.write("as the run now", look.style(look.theme.good), on: &canvas)
  }
}

extension SettingChange {
  /// The setting in words: `5-step return`, `λ-return .95`, `lr .001`.
  var headline: String {
    if case .estimator(let estimator) = self { estimator.headline } else { shortLabel }
  }
}
