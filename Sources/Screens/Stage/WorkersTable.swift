internal import CellCanvas
internal import Telemetry

/// The columns of the workers pane; which of them there are depends on the width.
struct WorkersTable {
  /// A column, the least important last.
  private enum Column: CaseIterable {
    case phase, episodeReturn, lag, entropy, episodes, gradient, step, mean, pushes, start

    var width: Int {
      switch self {
      case .phase: 8
      case .episodeReturn: 6
      case .lag: 3
      case .entropy: 4
      case .episodes, .gradient, .step: 5
      case .mean: 6
      case .pushes: 6
      case .start: 5
      }
    }

    var heading: String {
      switch self {
      case .phase: "phase"
      case .episodeReturn: "return"
      case .lag: "lag"
      case .entropy: "H"
      case .episodes: "ep"
      case .gradient: "|∇|"
      case .step: "step"
      case .mean: "mean"
      case .pushes: "pushes"
      case .start: "start"
      }
    }
  }

  /// Columns in the order in which they stand.
  private static let order: [Column] = [
    .phase, .start, .episodes, .step, .episodeReturn, .lag, .pushes, .entropy, .gradient, .mean,
  ]
  private static let numberWidth = 4
  private static let gap = 2
  private static let leastSparkline = 6
  private static let mostSparkline = 16

  private let snapshot: EngineSnapshot
  private let columns: [Column]
  private let sparkline: Int
  private let range: ClosedRange<Double>

  init(snapshot: EngineSnapshot, width: Int) {
    self.snapshot = snapshot
    let hasStarts = snapshot.workers.contains { $0.start != nil }
    var left = width - Self.numberWidth - 1
    var chosen: [Column] = []
    for column in Column.allCases where column != .start || hasStarts {
      let spare = column == .phase ? 0 : Self.leastSparkline + Self.gap
      guard left - column.width - Self.gap >= spare else { break }
      left -= column.width + Self.gap
      chosen.append(column)
    }
    columns = Self.order.filter(chosen.contains)
    sparkline = max(0, min(Self.mostSparkline, left - 1))
    range = Self.returnRange(snapshot)
  }

  /// One scale for all sparklines, so that workers can be compared.
  private static func returnRange(_ snapshot: EngineSnapshot) -> ClosedRange<Double> {
    var least = 0.0
    var most = 1e-9
    for worker in snapshot.workers {
      for value in worker.recentReturns where value.isFinite {
        least = min(least, value)
        most = max(most, value)
      }
    }
    return least...most
  }

  func drawHeader(in inside: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: inside, row: 0, look: look)
    pen.skip(Self.numberWidth + 1)
    for column in columns {
      let end = pen.x + column.width
      if column == .phase {
        pen.write(column.heading, look.dim, on: &canvas)
      } else {
        pen.write(column.heading, endingAt: end, look.dim, on: &canvas)
      }
      pen.x = end + Self.gap
    }
    if sparkline >= 7 {
      let end = min(pen.x + sparkline, inside.maxX)
      pen.write("returns", endingAt: end, look.dim, on: &canvas)
    }
  }

  func drawWorker(
    _ worker: WorkerReport, isFocused: Bool, in row: Rect, on canvas: inout Canvas, look: Look
  ) {
    if isFocused { canvas.fill(row, " ", style: look.selection) }
    let ground = RowGround(isSelected: isFocused, look)
    var pen = Pen(in: row, row: 0, look: look)
    pen.write(
      isFocused ? look.glyphs.pointRight : " ",
      ground.under(look.style(look.theme.accent, .bold)), on: &canvas)
    pen.write(
      "\(worker.index)", endingAt: row.x + Self.numberWidth,
      ground.under(isFocused ? look.bright : look.text), on: &canvas)
    pen.x = row.x + Self.numberWidth + 1
    for column in columns {
      let end = pen.x + column.width
      if column == .phase {
        drawPhase(worker, with: &pen, ground: ground, on: &canvas, look: look)
      } else {
        let (text, style) = value(of: column, worker, look)
        pen.write(text, endingAt: end, ground.under(style), on: &canvas)
      }
      pen.x = end + Self.gap
    }
    let bars = Rect(
      x: pen.x, y: row.y, width: min(sparkline, row.maxX - pen.x), height: row.height)
    drawReturns(worker, in: bars, ground: ground, on: &canvas, look: look)
  }

  /// `act ●●●··`: a dot for every step of the rollout, or for a fifth of it.
  private func drawPhase(
    _ worker: WorkerReport, with pen: inout Pen, ground: RowGround, on canvas: inout Canvas,
    look: Look
  ) {
    let style = ground.under(worker.phase.style(look))
    pen.write(worker.phase.title, style, on: &canvas)
    pen.skip(1)
    guard worker.phase == .act else {
      pen.write(worker.phase.glyph(look.glyphs), style, on: &canvas)
      return
    }
    let length = max(1, snapshot.settings.rolloutLength)
    let dots = min(5, length)
    let done = min(dots, max(0, worker.rolloutStep) * dots / length)
    for k in 0..<dots {
      pen.write(
        k < done ? look.glyphs.bullet : look.glyphs.dot, k < done ? style : ground.under(look.dim),
        on: &canvas)
    }
  }

  private func value(
    of column: Column, _ worker: WorkerReport, _ look: Look
  ) -> (String, Style) {
    let theme = look.theme
    // What a first push will tell is missing until then, not zero.
    if worker.pushes == 0, column == .lag || column == .entropy || column == .gradient {
      return (String(look.glyphs.missing), look.dim)
    }
    switch column {
    case .phase: return ("", look.text)
    case .episodeReturn:
      return (Self.returnText(worker.episodeReturn, snapshot), look.style(theme.returns))
    case .lag:
      guard snapshot.settings.agent == .a3c else {
        return (String(look.glyphs.missing), look.dim)
      }
      let isOld = worker.staleness > 2 * max(4, snapshot.workers.count)
      return ("\(worker.staleness)", isOld ? look.style(theme.warning, .bold) : look.bright)
    case .entropy:
      return (NumberFormat.unit(worker.entropy, width: 4), look.style(theme.entropy))
    case .episodes: return ("\(worker.episodes)", look.bright)
    case .gradient:
      return (NumberFormat.unit(worker.gradientNorm, width: 5), look.bright)
    case .step: return ("\(worker.episodeStep)", look.bright)
    case .mean:
      let finite = worker.recentReturns.filter(\.isFinite)
      let mean = finite.isEmpty ? .nan : finite.reduce(0, +) / Double(finite.count)
      return (Self.returnText(mean, snapshot), look.style(theme.returns))
    case .pushes: return (NumberFormat.compact(Double(worker.pushes), width: 6), look.bright)
    case .start: return (worker.start.map { "\($0)" } ?? "", look.bright)
    }
  }

  /// A return with as many decimals as the world's rewards call for.
  static func returnText(_ value: Double, _ snapshot: EngineSnapshot) -> String {
    let isSmall = (snapshot.run.solvedReturn ?? 1) < 20
    return NumberFormat.fixed(value, decimals: isSmall ? 2 : 0, width: 6)
  }

  /// The newest returns at the right, in one or two rows of bars.
  private func drawReturns(
    _ worker: WorkerReport, in bars: Rect, ground: RowGround, on canvas: inout Canvas, look: Look
  ) {
    let values = worker.recentReturns.suffix(max(0, bars.width))
    let eighths = look.glyphs.risingEighths
    let bright = look.theme.returns
    let faint = bright.mixed(with: look.theme.ground, 0.35)
    let span = range.upperBound - range.lowerBound
    // The top of the uppermost row stays free, so that the bars of neighbours never touch.
    let levels = bars.height * 8 - 2
    let first = bars.maxX - values.count
    for (k, value) in values.enumerated() {
      let x = first + k
      let style = ground.under(look.style(k == values.count - 1 ? bright : faint))
      guard value.isFinite, span > 0 else {
        canvas.put(look.glyphs.dot, x: x, y: bars.maxY - 1, style: ground.under(look.dim))
        continue
      }
      let share = (value - range.lowerBound) / span
      var level = max(1, min(levels, Int((share * Double(levels)).rounded())))
      for y in stride(from: bars.maxY - 1, through: bars.y, by: -1) where level > 0 {
        canvas.put(eighths[min(8, level)], x: x, y: y, style: style)
        level -= 8
      }
    }
  }

  /// Means over all workers.
  func drawMeans(in row: Rect, on canvas: inout Canvas, look: Look) {
    var mean = WorkerReport(index: 0)
    mean.pushes = snapshot.workers.lazy.map(\.pushes).max() ?? 0
    let count = Double(max(1, snapshot.workers.count))
    var staleness = 0
    for worker in snapshot.workers {
      mean.episodeReturn += worker.episodeReturn / count
      mean.entropy += worker.entropy / count
      mean.gradientNorm += worker.gradientNorm / count
      staleness += worker.staleness
    }
    mean.staleness = Int((Double(staleness) / count).rounded())
    var pen = Pen(in: row, row: 0, look: look)
    pen.write("mean", endingAt: row.x + Self.numberWidth, look.dim, on: &canvas)
    pen.x = row.x + Self.numberWidth + 1
    for column in columns {
      let end = pen.x + column.width
      switch column {
      case .episodeReturn, .lag, .entropy, .gradient:
        let (text, style) = value(of: column, mean, look)
        pen.write(text, endingAt: end, style, on: &canvas)
      default: break
      }
      pen.x = end + Self.gap
    }
  }
}
