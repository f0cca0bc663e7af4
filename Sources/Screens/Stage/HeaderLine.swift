public import CellCanvas
internal import Estimators
public import Telemetry

/// The line at the top of every view: what is run and how it learns at the left, how far it has
/// come at the right. The less important parts go first as the width shrinks.
public struct HeaderLine {
  /// What is shown.
  public var snapshot: EngineSnapshot

  /// The header of a run.
  public init(snapshot: EngineSnapshot) {
    self.snapshot = snapshot
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

  /// Draws the line into the first row of a rectangle.
  public func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    var left = settingParts(look)
    var right = progressParts(look)
    let rightGap = 2
    func width() -> Int {
      // Three columns between parts, two behind the name, one at either end.
      left.reduce(0) { $0 + $1.width } + 3 * max(0, left.count - 1) - (left.count > 1 ? 1 : 0)
        + right.reduce(0) { $0 + $1.width + rightGap } + 2
    }
    while width() > rect.width, left.count + right.count > 1 {
      let last = (left + right).map(\.rank).max() ?? 0
      left.removeAll { $0.rank == last }
      right.removeAll { $0.rank == last }
    }
    var pen = Pen(in: rect, look: look)
    pen.skip(1)
    for (index, part) in left.enumerated() {
      if index > 0 {
        let afterName = part.rank == 0 && left[0].rank != 0
        pen.write(afterName ? "  " : " · ", look.dim, on: &canvas)
      }
      for (text, style) in part.pieces { pen.write(text, style, on: &canvas) }
    }
    let total = right.reduce(0) { $0 + $1.width + rightGap } - rightGap
    pen.x = max(pen.x, rect.maxX - 1 - total)
    for part in right {
      for (text, style) in part.pieces { pen.write(text, style, on: &canvas) }
      pen.skip(rightGap)
    }
  }

  private func settingParts(_ look: Look) -> [Part] {
    let settings = snapshot.settings
    let theme = look.theme
    func setting(_ rank: Int, _ name: String, _ value: Double) -> Part {
      Part(
        rank, [(name + " ", look.dim), (NumberFormat.setting(value), look.bright)], look)
    }
    return [
      Part(6, [("Footlights", look.style(theme.accent, .bold))], look),
      Part(0, [(snapshot.run.environment, look.title)], look),
      Part(
        2,
        [
          (settings.synchronisation.rawValue.uppercased(), look.title),
          (" ×\(settings.workers)", look.text),
        ], look),
      Part(3, [(settings.estimator.headline, look.title)], look),
      setting(7, "γ", settings.discount),
      setting(8, "β", settings.entropyCoefficient),
      setting(9, "lr", settings.learningRate),
    ]
  }

  private func progressParts(_ look: Look) -> [Part] {
    let counters = snapshot.counters
    func number(_ rank: Int, _ text: String, _ unit: String) -> Part {
      Part(rank, [(text, look.bright), (unit, look.dim)], look)
    }
    return [
      Part(1, [stateText(look)], look),
      number(5, NumberFormat.compact(counters.stepsPerSecond, width: 6), " steps/s"),
      number(4, NumberFormat.compact(Double(counters.steps), width: 6), " steps"),
      number(3, Self.rightAligned(NumberFormat.clock(counters.seconds), 5), ""),
    ]
  }

  private func stateText(_ look: Look) -> (String, Style) {
    let theme = look.theme
    let isUnicode = look.glyphs.isUnicode
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
