internal import CellCanvas
internal import Telemetry

/// What an agent that learns values of actions learns from, in numbers: one or two to a row, their
/// points below one another.
struct ActionValueNumbers {
  var snapshot: EngineSnapshot
  var report: ActionValueReport

  /// A name, a number, and what is said behind it.
  private struct Line {
    var name: String
    var number: String
    var note = ""
    var style: Style
  }

  private static let nameWidth = 13
  private static let numberWidth = 9
  /// Columns from which two stand beside one another.
  private static let pairWidth = 64

  func rowCount(in width: Int, _ look: Look) -> Int {
    let count = lines(look).count
    return width >= Self.pairWidth ? (count + 1) / 2 : count
  }

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let lines = lines(look)
    let isPaired = rect.width >= Self.pairWidth
    let rows = isPaired ? (lines.count + 1) / 2 : lines.count
    for (index, line) in lines.enumerated() {
      let row = index % max(1, rows)
      guard row < rect.height else { continue }
      let left = isPaired && index >= rows ? rect.width / 2 : 0
      let width = isPaired && index < rows ? rect.width / 2 : rect.width - left
      let area = Rect(x: rect.x + left, y: rect.y + row, width: width, height: 1)
      var pen = Pen(in: area, look: look)
      pen.skip(1)
      pen.write(line.name, look.text, on: &canvas)
      let end = area.x + 1 + Self.nameWidth + Self.numberWidth
      pen.write(line.number, endingAt: end, line.style, on: &canvas)
      pen.x = end + 1
      if look.width(of: line.note) <= pen.columnsLeft {
        pen.write(line.note, look.dim, on: &canvas)
      }
    }
  }

  private func lines(_ look: Look) -> [Line] {
    if let replay = report.replay {
      return report.curve.map { ofActor($0, look) } ?? ofExploration(look) + of(replay, look)
    }
    return ofStep(look)
  }

  private func number(_ value: Double?, _ decimals: Int = 3, sign: NumberFormat.Sign = .negative)
    -> String
  {
    NumberFormat.fixed(value ?? .nan, decimals: decimals, width: Self.numberWidth, sign: sign)
  }

  private func ofExploration(_ look: Look) -> [Line] {
    let policy = look.style(look.theme.policy)
    var lines: [Line] = []
    if let epsilon = report.epsilon {
      lines.append(
        Line(name: "behaviour ε", number: number(epsilon), note: "ε-greedy", style: policy))
    }
    if let words = targetPolicyWords {
      lines.append(
        Line(name: "target policy", number: words.number, note: words.note, style: policy))
    }
    return lines + ofPath(look)
  }

  /// What the target assumes of the next state, in a word and some more.
  private var targetPolicyWords: (number: String, note: String)? {
    switch report.targetPolicy {
    case .greedy: ("greedy", "whatever it does")
    case .behaviour: ("mean", "of the behaviour")
    case .taken: ("taken", "the a' that follows")
    case nil: nil
    }
  }

  /// The greedy way through a grid world.
  private func ofPath(_ look: Look) -> [Line] {
    guard let path = snapshot.layers?.actionValues?.path else { return [] }
    return [
      Line(
        name: path.isFromHere ? "way from here" : "greedy path",
        number: NumberFormat.grouped(path.states.count, width: Self.numberWidth), note: path.note,
        style: path.style(look))
    ]
  }

  /// Of a table: the step it learns from.
  private func ofStep(_ look: Look) -> [Line] {
    let theme = look.theme
    let names = snapshot.run.actions
    let action = report.step.map { names.indices.contains($0.action) ? names[$0.action] : "" }
    return [
      Line(
        name: "last step r", number: number(report.step?.reward, sign: .always),
        note: action.map { "a \($0)" } ?? "", style: look.style(theme.returns)),
      Line(
        name: "target", number: number(report.step?.target), note: targetNote,
        style: look.style(theme.value)),
      Line(
        name: "TD error", number: number(report.step?.error, sign: .always), note: "target - Q",
        style: look.style(theme.advantage, .bold)),
      Line(
        name: "new Q", number: number(report.step?.newValue),
        note: "α \(NumberFormat.setting(snapshot.settings.learningRate)) of it made good",
        style: look.style(theme.value, .bold)),
    ] + ofExploration(look)
  }

  private var targetNote: String {
    switch snapshot.settings.agent {
    case .sarsa: "r + γQ(s',a')"
    case .expectedSarsa: "r + γ mean Q(s',·)"
    case .qLearning: "r + γ max Q(s',·)"
    default: ""
    }
  }

  private func of(_ replay: ActionValueReport.Replay, _ look: Look) -> [Line] {
    let share = replay.capacity > 0 ? Double(replay.count) / Double(replay.capacity) : .nan
    let capacity = NumberFormat.compact(Double(replay.capacity))
    return [
      Line(
        name: "replay", number: NumberFormat.compact(Double(replay.count), width: 9),
        note: "\(NumberFormat.percent(share).trimmedLeft) of \(capacity)", style: look.bright),
      Line(
        name: "batch's age",
        number: replay.batchAge.map { NumberFormat.compact($0, width: 9) } ?? number(nil),
        note: "steps, mean", style: look.bright),
    ]
      + report.distances.map { distance in
        let names = ["Q": "|θ - θ'|", "actor": "|θ - θ'|", "critic": "|w - w'|"]
        return Line(
          name: names[distance.network] ?? distance.network, number: number(distance.norm),
          note: distance.network == "Q" ? "to the target" : "\(distance.network)'s target",
          style: look.bright)
      }
  }

  /// Of a deterministic actor: where it stands on the curve and where it is going.
  private func ofActor(_ curve: ActionValueReport.Curve, _ look: Look) -> [Line] {
    let theme = look.theme
    let glyphs = look.glyphs
    let arrow =
      curve.slope > 0
      ? "\(glyphs.arrowRight) to greater a" : curve.slope < 0 ? "\(glyphs.arrowLeft) to less a" : ""
    let taken =
      report.isWarmingUp
      ? "drawn uniformly" : report.noise.map { "noise \(number($0).trimmedLeft)" }
    return [
      Line(
        name: "μ(s)", number: number(curve.policyAction, sign: .always), note: "the actor's choice",
        style: look.style(theme.policy, .bold)),
      Line(
        name: "dQ/da", number: number(curve.slope, sign: .always), note: arrow,
        style: look.style(theme.advantage, .bold)),
      Line(
        name: "Q(s,μ(s))", number: number(curve.policyValue), style: look.style(theme.value, .bold)),
      Line(
        name: "last a", number: number(report.action, sign: .always), note: taken ?? "",
        style: look.bright),
    ] + (report.replay.map { of($0, look) } ?? [])
  }
}

extension String {
  /// Without blanks before it.
  fileprivate var trimmedLeft: String { String(drop { $0 == " " }) }
}
