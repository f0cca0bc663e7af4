internal import CellCanvas
internal import Telemetry

/// A policy over a real number: mean and deviation, and over the action's range how often what is
/// done. What is drawn beyond a bound is done at the bound, and stands there.
struct GaussianView {
  var policy: GaussianPolicy
  var action: ContinuousAction
  /// The action taken; beyond the bounds where it is told as it was drawn.
  var taken: Double?

  /// Rows with the range's ends below the bars.
  static let fullHeight = 3
  /// Columns the bars need beside the numbers.
  private static let leastStrip = 9

  /// In one row the bars beside the numbers; in more below them, in the end the range.
  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    let end = drawNumbers(in: rect, on: &canvas, look: look)
    if rect.height == 1 {
      let strip = Rect(x: end + 2, y: rect.y, width: min(41, rect.maxX - end - 3), height: 1)
      if strip.width >= Self.leastStrip { drawStrip(in: strip, on: &canvas, look: look) }
      return
    }
    let width = min(61, rect.width - 2)
    guard width >= Self.leastStrip else { return }
    let axis = rect.height >= Self.fullHeight ? 1 : 0
    drawStrip(
      in: Rect(x: rect.x + 1, y: rect.y + 1, width: width, height: rect.height - 1 - axis),
      on: &canvas, look: look)
    guard axis > 0 else { return }
    drawAxis(
      in: Rect(x: rect.x + 1, y: rect.maxY - 1, width: width, height: 1), on: &canvas, look: look)
  }

  /// `π  μ +1.23  σ  .45  u +1.50 N m`, as much as there is room for.
  ///
  /// - Returns: the column behind it.
  private func drawNumbers(in rect: Rect, on canvas: inout Canvas, look: Look) -> Int {
    let style = look.style(look.theme.policy, .bold)
    var pen = Pen(in: rect, look: look)
    pen.skip(1)
    pen.write("π ", look.text, on: &canvas)
    let numbers = [
      ("μ", NumberFormat.fixed(policy.mean, decimals: 2, width: 6, sign: .always), style),
      ("σ", NumberFormat.fixed(policy.deviation, decimals: 2, width: 5), style),
      (
        action.symbol,
        NumberFormat.fixed(taken ?? .nan, decimals: 2, width: 6, sign: .always),
        look.bright.with(.bold)
      ),
    ]
    for (index, number) in numbers.enumerated() {
      let needed = look.width(of: number.0) + 1 + number.1.columnCount + (index > 0 ? 2 : 0)
      guard needed <= pen.columnsLeft else { return pen.x }
      if index > 0 { pen.skip(2) }
      pen.write(look.spelt(number.0), look.text, on: &canvas)
      pen.skip(1)
      pen.write(number.1, number.2, on: &canvas)
    }
    let unit = look.spelt(action.unit)
    if !unit.isEmpty, look.width(of: unit) + 1 <= pen.columnsLeft {
      pen.skip(1)
      pen.write(unit, look.dim, on: &canvas)
    }
    return pen.x
  }

  /// How often what is done falls into each of `count` equal parts of the range.
  func shares(_ count: Int) -> [Double] {
    guard count > 0, action.high > action.low else { return [] }
    let step = (action.high - action.low) / Double(count)
    let below = (0...count).map { index in
      switch index {
      case 0: 0.0
      case count: 1.0
      default: policy.share(below: action.low + Double(index) * step)
      }
    }
    return zip(below.dropFirst(), below).map { max(0, $0 - $1) }
  }

  /// The part of the range that an action falls into, of `count`.
  func place(of number: Double, _ count: Int) -> Int? {
    guard number.isFinite, action.high > action.low, count > 0 else { return nil }
    let share = (action.done(number) - action.low) / (action.high - action.low)
    return min(count - 1, Int(share * Double(count)))
  }

  private func drawStrip(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let shares = shares(rect.width)
    // Square roots, so that what lies between two full bounds still shows.
    let most = (shares.max() ?? 0).squareRoot()
    guard most > 0 else { return }
    let chosen = taken.flatMap { place(of: $0, rect.width) }
    let track = look.isMono ? look.theme.ground : look.theme.tint(look.theme.policy, 0.14)
    for (column, share) in shares.enumerated() {
      let isChosen = column == chosen
      let color = isChosen ? look.theme.bright : look.theme.policy
      let eighths = Int((share.squareRoot() / most * Double(8 * rect.height)).rounded())
      for row in 0..<rect.height {
        let level = min(max(eighths - 8 * row, isChosen && row == 0 ? 1 : 0), 8)
        canvas.put(
          look.glyphs.risingEighths[level], x: rect.x + column, y: rect.maxY - 1 - row,
          style: Style(foreground: color, background: track))
      }
    }
  }

  /// The ends of the range, and marks where the mean and the action taken are.
  private func drawAxis(in rect: Rect, on canvas: inout Canvas, look: Look) {
    let low = NumberFormat.setting(action.low)
    let high = NumberFormat.setting(action.high)
    var pen = Pen(in: rect, look: look)
    pen.write(low, look.dim, on: &canvas)
    pen.write(high, endingAt: rect.maxX, look.dim, on: &canvas)
    let room = low.columnCount..<rect.width - high.columnCount
    if let mean = place(of: policy.mean, rect.width), room.contains(mean) {
      pen.x = rect.x + mean
      pen.write(look.spelt("μ"), look.style(look.theme.policy, .bold), on: &canvas)
    }
    if let taken, let place = place(of: taken, rect.width), room.contains(place) {
      canvas.put(
        look.glyphs.arrowUp, x: rect.x + place, y: rect.y, style: look.bright.with(.bold))
    }
  }
}
