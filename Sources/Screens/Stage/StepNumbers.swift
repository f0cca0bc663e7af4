internal import CellCanvas
internal import Scenes
internal import Telemetry

/// The numbers of the focused worker's present step: what it observes, what its policy says, what
/// the critic says. In rows below the world, or in a column beside it.
struct StepNumbers {
  var run: RunDescription
  var stage: StageReport

  /// Columns the numbers need to stand beside the world.
  static let columnWidth = 26

  /// A number with its symbol and unit, of constant width.
  struct Quantity {
    var symbol: String
    var text: String
    var unit: String
    var style: Style

    func width(_ look: Look) -> Int {
      look.width(of: symbol) + 1 + text.columnCount + (unit.isEmpty ? 0 : look.width(of: unit) + 1)
    }

    func draw(with pen: inout Pen, on canvas: inout Canvas) {
      pen.write(symbol, pen.look.text, on: &canvas)
      pen.skip(1)
      pen.write(text, style, on: &canvas)
      guard !unit.isEmpty else { return }
      pen.skip(1)
      pen.write(unit, pen.look.dim, on: &canvas)
    }
  }

  // MARK: What is shown

  func observation(_ look: Look) -> [Quantity] {
    zip(run.observed, stage.observation).map { name, value in
      Quantity(
        symbol: name.symbol,
        text: NumberFormat.fixed(value, decimals: 2, width: 6, sign: .always),
        unit: name.unit, style: look.bright)
    }
  }

  /// Where a grid world's agent stands, in words.
  var place: String? {
    guard case .grid(let grid) = stage.scene, grid.map.columns > 0 else { return nil }
    if ChainView.suits(grid.map), grid.map.states.indices.contains(grid.agent) {
      let state = grid.map.states[grid.agent]
      return state >= 0 ? "\(state)" : grid.agent == 0 ? "left end" : "right end"
    }
    return "row \(grid.agent / grid.map.columns) column \(grid.agent % grid.map.columns)"
  }

  /// What the squares do not tell of the state; nil where they tell all.
  var caption: String? {
    guard case .grid(let grid) = stage.scene, !grid.caption.isEmpty else { return nil }
    return grid.caption
  }

  func judgement(_ look: Look) -> [Quantity] {
    let theme = look.theme
    let isSmall = (run.solvedReturn ?? 1) < 20
    func number(_ value: Double?, _ decimals: Int, _ width: Int, _ sign: NumberFormat.Sign)
      -> String
    {
      NumberFormat.fixed(value ?? .nan, decimals: decimals, width: width, sign: sign)
    }
    let agent = AgentName(rawValue: run.agent)
    let isOfActionValues = agent.map { !$0.hasPolicyNetwork } ?? false
    let all = [
      Quantity(
        symbol: agent?.valueSymbol ?? "V", text: number(stage.value, isSmall ? 3 : 2, 6, .negative),
        unit: "",
        style: look.style(theme.value, .bold)),
      Quantity(
        symbol: "r", text: number(stage.reward, 2, 5, .always), unit: "",
        style: look.style(theme.returns)),
      Quantity(
        symbol: isOfActionValues ? "δ" : "A", text: number(stage.advantage, 2, 6, .always),
        unit: "",
        style: look.style(theme.advantage, .bold)),
      Quantity(
        symbol: "H", text: "\(number(stage.entropy, 2, 4, .negative))", unit: entropyUnit,
        style: look.style(theme.entropy, .bold)),
      Quantity(
        symbol: "return", text: number(stage.episodeReturn, isSmall ? 2 : 0, 6, .negative),
        unit: "", style: look.style(theme.returns, .bold)),
    ]
    // The entropy of a policy that explores by epsilon or by noise tells nothing of it.
    return isOfActionValues ? all.filter { $0.symbol != "H" } : all
  }

  /// `nat  96%`: the share of the greatest entropy there can be; with one action there is none.
  private var entropyUnit: String {
    if run.actions.count == 1 || run.continuousAction != nil { return "nat" }
    let most = NaturalLogarithm.of(max(2, run.actions.count))
    return "nat \(NumberFormat.percent(stage.entropy / most))"
  }

  // MARK: In rows

  /// The policy, where it is over a real number.
  var gaussian: GaussianView? {
    guard let policy = stage.gaussian, let action = run.continuousAction else { return nil }
    return GaussianView(policy: policy, action: action, taken: stage.continuousAction)
  }

  /// Draws up to three rows: observation, policy, judgement. With fewer, the first goes first. With more
  /// a policy over a real number gets them.
  func drawRows(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var row = rect.height
    if row > 0 {
      row -= 1
      drawLine(judgement(look), in: rect, row: row, on: &canvas, look: look)
    }
    if row > 0 {
      let extra = gaussian == nil ? 0 : max(0, min(GaussianView.fullHeight - 1, rect.height - 3))
      row -= 1 + extra
      drawPolicyRow(in: rect, row: row, height: 1 + extra, on: &canvas, look: look)
    }
    guard row > 0 else { return }
    row -= 1
    if let place, run.observed.isEmpty {
      var pen = Pen(in: rect, row: row, look: look)
      pen.skip(1)
      pen.write("state ", look.text, on: &canvas)
      pen.write(place, look.bright, on: &canvas)
      if let caption, look.width(of: caption) + 2 <= pen.columnsLeft {
        pen.skip(2)
        pen.write(caption, look.bright, on: &canvas)
      }
    } else {
      drawLine(observation(look), in: rect, row: row, on: &canvas, look: look)
    }
  }

  /// As many quantities as fit, evenly apart; without their units where that lets more be shown.
  func drawLine(
    _ quantities: [Quantity], in rect: Rect, row: Int, on canvas: inout Canvas, look: Look
  ) {
    var shown = quantities
    func width() -> Int { shown.reduce(1) { $0 + $1.width(look) + 2 } - 2 }
    if width() > rect.width {
      for index in shown.indices { shown[index].unit = "" }
    }
    while width() > rect.width, !shown.isEmpty { shown.removeLast() }
    guard !shown.isEmpty else { return }
    let spare = shown.count > 1 ? (rect.width - width() - 1) / (shown.count - 1) : 0
    var pen = Pen(in: rect, row: row, look: look)
    pen.skip(1)
    for quantity in shown {
      quantity.draw(with: &pen, on: &canvas)
      pen.skip(2 + max(0, min(4, spare)))
    }
  }

  /// Every action beside the other, the chosen one with a pointer; or mean and deviation.
  func drawPolicyRow(
    in rect: Rect, row: Int, height: Int = 1, on canvas: inout Canvas, look: Look
  ) {
    if let gaussian {
      let area = Rect(x: rect.x, y: rect.y + row, width: rect.width, height: height)
      return gaussian.draw(in: area, on: &canvas, look: look)
    }
    let count = stage.probabilities.count
    guard count > 0 else { return }
    var pen = Pen(in: rect, row: row, look: look)
    pen.skip(1)
    pen.write("π ", look.text, on: &canvas)
    let width = pen.columnsLeft / count
    let start = pen.x
    for action in 0..<count {
      let slot = Rect(x: start + action * width, y: rect.y + row, width: width, height: 1)
      drawAction(action, nameWidth: nil, in: slot, on: &canvas, look: look)
    }
  }

  /// `▶→ right  62% █████▌`: the chosen one with a pointer, its name bright.
  func drawAction(
    _ action: Int, nameWidth: Int?, in slot: Rect, on canvas: inout Canvas, look: Look
  ) {
    let theme = look.theme
    let isChosen = action == stage.action
    let name = run.actions.indices.contains(action) ? run.actions[action] : "\(action)"
    let isShort = slot.width < name.columnCount + 8
    let arrow =
      isShort ? ActionNames.sign(name, look.glyphs) : ActionNames.arrow(name, look.glyphs)
    let style = isChosen ? look.bright.with(.bold) : look.text
    var pen = Pen(in: slot, look: look)
    pen.write(
      isChosen ? look.glyphs.pointRight : " ", look.style(theme.policy, .bold), on: &canvas)
    if let arrow { pen.write(arrow, style, on: &canvas) }
    let hasName = arrow == nil || slot.width >= 20
    if hasName {
      let end = pen.x + (nameWidth ?? name.columnCount) + (arrow == nil ? 1 : 2)
      if arrow != nil { pen.skip(1) }
      pen.write(name, style, on: &canvas)
      pen.x = max(pen.x, end)
    }
    let probability = stage.probabilities[action]
    pen.write(
      NumberFormat.percent(probability), look.style(theme.policy, isChosen ? .bold : []),
      on: &canvas)
    pen.skip(1)
    let bar = Rect(x: pen.x, y: slot.y, width: max(0, min(30, slot.maxX - pen.x - 1)), height: 1)
    if nameWidth == nil {
      Self.drawBar(probability, theme.policy, in: bar, on: &canvas, look: look)
    } else {
      Self.drawThinBar(probability, theme.policy, in: bar, on: &canvas, look: look)
    }
  }

  /// A bar that grows to the right over a faint track.
  static func drawBar(
    _ share: Double, _ color: Color, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    guard rect.width > 0 else { return }
    let track = look.isMono ? look.theme.ground : look.theme.tint(color, 0.14)
    let style = Style(foreground: color, background: track)
    let eighths =
      share.isFinite ? Int((min(max(share, 0), 1) * Double(rect.width * 8)).rounded()) : 0
    for k in 0..<rect.width {
      let level = min(8, max(0, eighths - k * 8))
      canvas.put(look.glyphs.growingEighths[level], x: rect.x + k, y: rect.y, style: style)
    }
  }

  /// The same as a heavy line, for bars one below the other.
  static func drawThinBar(
    _ share: Double, _ color: Color, in rect: Rect, on canvas: inout Canvas, look: Look
  ) {
    let isUnicode = look.glyphs.isUnicode
    let halves =
      share.isFinite ? Int((min(max(share, 0), 1) * Double(rect.width * 2)).rounded()) : 0
    for k in 0..<rect.width {
      let level = min(2, max(0, halves - 2 * k))
      let glyph: Unicode.Scalar =
        switch level {
        case 2: isUnicode ? "━" : "="
        case 1: isUnicode ? "╸" : "-"
        default: isUnicode ? "╌" : " "
        }
      canvas.put(
        glyph, x: rect.x + k, y: rect.y,
        style: level > 0 ? look.style(color, .bold) : look.border)
    }
  }

  // MARK: In a column

  /// Draws everything from top to bottom, with gaps where there is room.
  func drawColumn(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let observed = observation(look)
    let words = place
    let numbers = judgement(look)
    let isPaired =
      rect.height < stage.probabilities.count + max(observed.count, caption == nil ? 1 : 2) + 6
    let rows =
      (words == nil ? observed.count : caption == nil ? 1 : 2) + stage.probabilities.count
      + (isPaired ? 3 : numbers.count)
    let gap = rect.height >= rows + 2 ? 1 : 0
    var row = gap == 1 && rect.height >= rows + 4 ? 1 : 0
    if let words {
      var pen = Pen(in: rect, row: row, look: look)
      pen.skip(1)
      pen.write("state ", look.text, on: &canvas)
      pen.write(words, look.bright, on: &canvas)
      row += 1
      if let caption {
        var pen = Pen(in: rect, row: row, look: look)
        pen.skip(1)
        pen.write(caption, look.bright, on: &canvas)
        row += 1
      }
    } else {
      for quantity in observed {
        var pen = Pen(in: rect, row: row, look: look)
        pen.skip(1)
        quantity.draw(with: &pen, on: &canvas)
        row += 1
      }
    }
    row += gap
    let nameWidth = run.actions.map(\.columnCount).max() ?? 0
    for action in stage.probabilities.indices where row < rect.height {
      let slot = Rect(x: rect.x, y: rect.y + row, width: rect.width, height: 1)
      drawAction(action, nameWidth: nameWidth + 1, in: slot, on: &canvas, look: look)
      row += 1
    }
    row += gap
    var index = 0
    while index < numbers.count, row < rect.height {
      var pen = Pen(in: rect, row: row, look: look)
      pen.skip(1)
      if isPaired {
        numbers[index].draw(with: &pen, on: &canvas)
      } else {
        drawAligned(numbers[index], with: &pen, on: &canvas)
      }
      index += 1
      if isPaired, index < numbers.count, index < 3 || index == 4 {
        pen.skip(2)
        numbers[index].draw(with: &pen, on: &canvas)
        index += 1
      }
      row += 1
    }
  }
}

extension AgentName {
  /// What the present state is worth by the agent's own estimate: V of a critic, or what it makes of Q.
  fileprivate var valueSymbol: String {
    switch self {
    case .a3c, .a2c, .actorCritic, .reinforce: "V"
    case .sarsa, .expectedSarsa: "mean Q"
    case .qLearning, .dqn: "max Q"
    case .ddpg: "Q"
    }
  }
}

extension StepNumbers {
  /// A quantity on a line of its own: the numbers of all lines end in one column.
  func drawAligned(
    _ quantity: Quantity, with pen: inout Pen, on canvas: inout Canvas
  ) {
    let end = pen.x + 15
    pen.write(quantity.symbol, pen.look.text, on: &canvas)
    pen.write(quantity.text, endingAt: end, quantity.style, on: &canvas)
    guard !quantity.unit.isEmpty else { return }
    pen.skip(1)
    pen.write(quantity.unit, pen.look.dim, on: &canvas)
  }
}

/// ln of a small whole number, for the greatest entropy of that many actions.
enum NaturalLogarithm {
  /// By the series of the inverse hyperbolic tangent: ln k = ln (k/2^e) + e ln 2.
  static func of(_ count: Int) -> Double {
    let x = Double(max(1, count))
    let ratio = (x.significand - 1) / (x.significand + 1)
    var power = ratio
    var sum = 0.0
    for k in 0..<24 {
      sum += power / Double(2 * k + 1)
      power *= ratio * ratio
    }
    return 2 * sum + Double(x.exponent) * 0.693_147_180_559_945_3
  }
}
