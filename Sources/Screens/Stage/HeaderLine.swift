public import CellCanvas
internal import Estimators
public import Telemetry

/// The line at the top of every view: what is run and how it learns at the left, how far it has
/// come at the right. The less important parts go first as the width shrinks.
public struct HeaderLine {
  /// What is shown.
  public var snapshot: EngineSnapshot

  /// The moment of the past that is looked at; nil for the present.
  public var moment: Moment?

  /// The header of a run.
  public init(snapshot: EngineSnapshot, moment: Moment? = nil) {
    self.snapshot = snapshot
    self.moment = moment
  }

  /// One part of the line: pieces of text, and how soon it may go (0 stays longest).
  private struct Part {
    var pieces: [(String, Style)]
    var rank: Int
    var width = 0

    init(_ rank: Int, _ pieces: [(String, Style)], _ look: Look) {
      self.rank = rank
      self.pieces = pieces.map { (look.spelt($0.0), $0.1) }
      width = self.pieces.reduce(0) { $0 + $1.0.columnCount }
    }
  }

  /// How many words are spelt out; the shorter forms come before anything is left out.
  private enum Wording: CaseIterable { case full, short, shortest }

  /// The parts that fit into a width, in the order of their rank, in one wording.
  private struct Line {
    static let rightGap = 2
    var left: [Part]
    var right: [Part]

    init(_ left: [Part], _ right: [Part], fitting width: Int) {
      let all = (left + right).map(\.rank).sorted()
      var ranks: Set<Int> = []
      for rank in all {
        let more = ranks.union([rank])
        if ranks.isEmpty || Self.width(left, right, more) <= width { ranks = more }
      }
      self.left = left.filter { ranks.contains($0.rank) }
      self.right = right.filter { ranks.contains($0.rank) }
    }

    var count: Int { left.count + right.count }

    /// Three columns between parts, two behind the name, one at either end.
    private static func width(_ left: [Part], _ right: [Part], _ ranks: Set<Int>) -> Int {
      let left = left.filter { ranks.contains($0.rank) }
      let right = right.filter { ranks.contains($0.rank) }
      let hasName = left.count > 1 && left.first?.rank != 0
      return left.reduce(0) { $0 + $1.width } + 3 * max(0, left.count - 1) - (hasName ? 1 : 0)
        + right.reduce(0) { $0 + $1.width + rightGap } + (left.isEmpty || right.isEmpty ? 0 : 2)
    }
  }

  /// Draws the line into the first row of a rectangle.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    let lines = Wording.allCases.map { wording in
      Line(settingParts(wording, look), progressParts(wording, look), fitting: rect.width)
    }
    // The fullest wording among those that tell the most.
    let most = lines.map(\.count).max() ?? 0
    guard let line = lines.first(where: { $0.count == most }) else { return }
    var pen = Pen(in: rect, look: look)
    pen.skip(1)
    for (index, part) in line.left.enumerated() {
      if index > 0 {
        let afterName = part.rank == 0 && line.left[0].rank != 0
        pen.write(afterName ? "  " : " · ", look.dim, on: &canvas)
      }
      for (text, style) in part.pieces { pen.write(text, style, on: &canvas) }
    }
    let total = line.right.reduce(0) { $0 + $1.width + Line.rightGap } - Line.rightGap
    pen.x = max(pen.x, rect.maxX - 1 - total)
    for part in line.right {
      for (text, style) in part.pieces { pen.write(text, style, on: &canvas) }
      pen.skip(Line.rightGap)
    }
  }

  private func settingParts(_ wording: Wording, _ look: Look) -> [Part] {
    let settings = snapshot.settings
    let theme = look.theme
    func setting(_ rank: Int, _ name: String, _ value: Double) -> Part {
      Part(
        rank, [(name + " ", look.dim), (NumberFormat.setting(value), look.bright)], look)
    }
    let isActorCritic = settings.agent.hasPolicyNetwork
    var parts = [
      Part(6, [("Footlights", look.style(theme.accent, .bold))], look),
      Part(0, [(snapshot.run.environment, look.title)], look),
      Part(
        2,
        [
          (settings.agent.shortLabel, look.title),
          (settings.agent.hasWorkers ? " ×\(settings.workers)" : "", look.text),
        ], look),
    ]
    if isActorCritic {
      parts.append(
        Part(
          3,
          [
            (
              wording == .full ? settings.estimator.headline : settings.estimator.shortHeadline,
              look.title
            )
          ], look))
    }
    parts.append(setting(7, "γ", settings.discount))
    if isActorCritic { parts.append(setting(8, "β", settings.entropyCoefficient)) }
    parts.append(setting(9, settings.agent.hasTable ? "α" : "lr", settings.learningRate))
    if let epsilon = snapshot.counters.epsilon {
      let text = NumberFormat.unit(epsilon, decimals: 3, width: 4)
      parts.append(Part(8, [("ε ", look.dim), (text, look.bright)], look))
    }
    return parts
  }

  private func progressParts(_ wording: Wording, _ look: Look) -> [Part] {
    if snapshot.isReplay { return [Part(1, [stateText(look)], look)] }
    let counters = snapshot.counters
    func number(_ rank: Int, _ text: String, _ unit: String) -> Part {
      Part(rank, [(text, look.bright), (unit, look.dim)], look)
    }
    if let moment { return pastParts(moment, wording, look) }
    return [
      Part(1, [stateText(look)], look),
      number(
        5, NumberFormat.compact(counters.stepsPerSecond, width: 6),
        wording == .shortest ? "/s" : " steps/s"),
      number(4, NumberFormat.compact(Double(counters.steps), width: 6), " steps"),
      number(3, Self.rightAligned(NumberFormat.clock(counters.seconds), 5), ""),
    ]
  }

  /// In the past: how far back, in place of how fast the run goes.
  private func pastParts(_ moment: Moment, _ wording: Wording, _ look: Look) -> [Part] {
    let ages = EpisodeWords.age(of: moment, in: snapshot.history)
    let age = ages[min(wording == .full ? 0 : 1, ages.count - 1)]
    let style = look.style(look.theme.warning, look.isMono ? [.bold, .reverse] : .bold)
    var parts = [Part(-1, [("\(look.glyphs.pointLeft) \(age)", style)], look)]
    if case .step(_, let number) = moment {
      parts.append(
        Part(1, [("step ", look.dim), (NumberFormat.grouped(number), look.bright)], look))
    }
    return parts
  }

  private func stateText(_ look: Look) -> (String, Style) {
    let theme = look.theme
    let isUnicode = look.glyphs.isUnicode
    if snapshot.isReplay {
      return (isUnicode ? "■ replay" : "# replay", look.style(theme.accent, .bold))
    }
    if snapshot.race?.status == .running {
      return (isUnicode ? "▶ racing " : "> racing ", look.style(theme.accent, .bold))
    }
    return switch snapshot.status {
    case .running:
      ("\(isUnicode ? "▶" : ">") \(Self.leftAligned(speed, 4))", look.style(theme.good, .bold))
    case .paused:
      (isUnicode ? "❚❚ paused " : "|| paused ", look.style(theme.warning, .bold))
    case .finished:
      (isUnicode ? "■ finished" : "# finished", look.style(theme.accent, .bold))
    case .diverged:
      (isUnicode ? "✖ diverged" : "X diverged", look.style(theme.bad, .bold))
    }
  }

  private var speed: String {
    switch snapshot.speed {
    case .unlimited: "max"
    case .multiple(let factor): NumberFormat.setting(factor) + "×"
    }
  }

  private static func rightAligned(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.utf8.count)) + text
  }

  private static func leftAligned(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
  }
}
