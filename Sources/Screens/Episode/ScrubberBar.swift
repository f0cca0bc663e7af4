import CellCanvas
import Telemetry

/// The episode in view as a line of its steps, with where rollouts begin, a small curve of V and
/// target above it, and a second line for all that is recorded of the worker. Clicks go there.
struct ScrubberBar {
  var history: HistoryReport
  /// The worker the track is of.
  var worker: Int
  /// The moment in view; nil for the present.
  var moment: Moment?
  let rect: Rect

  /// Rows of the caption and the two lines.
  static let leastHeight = 3
  /// Rows with the curve.
  static let fullHeight = 6

  /// The parts, from the top; a curve only where there is room.
  private var curve: Rect {
    let top = min(1, rect.height)
    return Rect(
      x: rect.x, y: rect.y + top, width: rect.width, height: max(0, rect.height - Self.leastHeight))
  }
  private var steps: Rect {
    Rect(x: rect.x, y: curve.maxY, width: rect.width, height: rect.height > 1 ? 1 : 0)
  }
  private var track: Rect {
    Rect(x: rect.x, y: steps.maxY, width: rect.width, height: rect.height > 2 ? 1 : 0)
  }

  private var episode: EpisodeRecord? { history.episode }

  /// Places on the line of steps: the state reached has one where one can go there.
  private var places: Int {
    guard let episode else { return 0 }
    return episode.steps.count + (episode.hasEnded && !isKept ? 0 : 1)
  }

  private var isKept: Bool { if case .kept = history.moment { true } else { false } }

  private var recorded: HistoryIndex.Track? {
    let tracks = history.index.tracks
    return tracks.indices.contains(worker) && !tracks[worker].steps.isEmpty
      ? tracks[worker] : nil
  }

  // MARK: Clicks

  /// Where a click leads; nil beside the lines.
  func target(x: Int, y: Int) -> Landing? {
    let column = x - rect.x
    if steps.contains(x: x, y: y) || curve.contains(x: x, y: y), let episode, places > 0 {
      let index = Self.place(at: column, of: places, in: rect.width)
      if case .kept(let id, _) = history.moment { return .moment(.kept(id: id, index: index)) }
      return landing(on: episode.firstNumber + index, of: episode.worker)
    }
    if track.contains(x: x, y: y), let recorded {
      let offset = Self.place(at: column, of: recorded.steps.count + 1, in: rect.width)
      return landing(on: recorded.steps.lowerBound + offset, of: worker)
    }
    return nil
  }

  private func landing(on number: Int, of worker: Int) -> Landing {
    history.index.landing(of: .number(number), from: .max, worker: worker)
  }

  /// The column of a place of a line.
  static func column(of place: Int, of count: Int, in width: Int) -> Int {
    guard count > 0 else { return 0 }
    return min(min(max(0, place), count) * width / count, max(0, width - 1))
  }

  /// The place of a line at a column: the last one that lies there or before. Where there are more
  /// places than columns, both ends are still hit at the ends.
  static func place(at column: Int, of count: Int, in width: Int) -> Int {
    guard width > 0, count > 0 else { return 0 }
    let place =
      count > width
      ? (column * (count - 1) + (width - 1) / 2) / max(1, width - 1)
      : ((column + 1) * count + width - 1) / width - 1
    return min(max(0, place), count - 1)
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, look: Look) {
    guard !rect.isEmpty else { return }
    canvas.fill(rect, " ", style: look.ground)
    guard let episode, places > 0 else {
      canvas.notice(
        look.spelt("nothing recorded yet: steps appear here as workers learn from them"),
        in: rect, look: look)
      return
    }
    drawCaption(episode, on: &canvas, look: look)
    if !curve.isEmpty { drawCurve(episode, on: &canvas, look: look) }
    if !steps.isEmpty { drawSteps(episode, on: &canvas, look: look) }
    if !track.isEmpty { drawTrack(on: &canvas, look: look) }
    canvas.substitute(in: rect, for: look.glyphs)
  }

  private func drawCaption(_ episode: EpisodeRecord, on canvas: inout Canvas, look: Look) {
    let cursor = NumberFormat.grouped(episode.omitted + history.cursor)
    let length = NumberFormat.grouped(episode.length)
    let step = "step \(cursor) of \(length)\(episode.hasEnded ? "" : " so far")"
    let name = "worker \(episode.worker) episode \(episode.episode)"
    let number = "number \(NumberFormat.grouped(episode.firstNumber + history.cursor))"
    let whole = recorded.map {
      "\(NumberFormat.grouped($0.steps.lowerBound)) … "
        + "\(NumberFormat.grouped($0.steps.upperBound)) recorded"
    }
    var pen = Pen(in: rect, look: look)
    pen.skip(1)
    let parts = [(step, look.bright), (name, look.text), (number, look.text)]
    for (index, part) in (parts + [(whole ?? "", look.dim)]).enumerated() where !part.0.isEmpty {
      guard look.width(of: part.0) + (index > 0 ? 4 : 1) <= pen.columnsLeft else { continue }
      if index > 0 { pen.write(" · ", look.dim, on: &canvas) }
      pen.write(look.spelt(part.0), part.1, on: &canvas)
    }
    guard !curve.isEmpty, pen.columnsLeft >= 18 else { return }
    pen.x = rect.maxX - 13
    pen.write("V", look.style(look.theme.value, .bold), on: &canvas)
    pen.write(" and ", look.dim, on: &canvas)
    pen.write("target", look.style(look.theme.returns, .bold), on: &canvas)
  }

  private func drawCurve(_ episode: EpisodeRecord, on canvas: inout Canvas, look: Look) {
    let values = episode.steps.map { Double($0.value) }
    let targets = episode.steps.map { Double($0.target) }
    let known = (values + targets).filter(\.isFinite)
    let cursor = rect.x + column(history.cursor)
    for y in curve.y..<curve.maxY {
      canvas.put(look.glyphs.dashedVertical, x: cursor, y: y, style: look.accent)
    }
    guard let low = known.min(), let high = known.max() else { return }
    // A place is as wide as its column of the line below.
    var dots = BrailleCanvas(
      size: curve.size, xRange: -0.5...(Double(places) - 0.5),
      yRange: low...max(high, low + 1e-9))
    for (numbers, color) in [(targets, look.theme.returns), (values, look.theme.value)] {
      var last: (x: Double, y: Double)?
      for (index, number) in numbers.enumerated() {
        guard number.isFinite else {
          last = nil
          continue
        }
        let point = (x: Double(index), y: number)
        dots.line(from: last ?? point, to: point, style: look.style(color))
        last = point
      }
    }
    dots.draw(in: curve, on: &canvas, look: look)
  }

  private func drawSteps(_ episode: EpisodeRecord, on canvas: inout Canvas, look: Look) {
    let y = steps.y
    let glyphs = look.glyphs
    let used = min(rect.width, column(places - 1) + 1)
    canvas.fill(
      Rect(x: rect.x, y: y, width: used, height: 1), glyphs.horizontal, style: look.border)
    let firsts = episode.updates.map { $0.firstNumber - episode.firstNumber }
    let ends = episode.updates.last.map { $0.firstNumber + $0.count - episode.firstNumber }
    // Rollouts are marked where their marks can be told apart.
    let isRoomy = rect.width >= 3 * (firsts.count + 1)
    for first in firsts + [ends ?? 0] where isRoomy && first > 0 && first < places {
      canvas.put(glyphs.teeDown, x: rect.x + column(first), y: y, style: look.text)
    }
    canvas.put(
      episode.omitted > 0 ? glyphs.pointLeft : glyphs.teeRight, x: rect.x, y: y, style: look.text)
    if episode.hasEnded, used > 1 {
      canvas.put(glyphs.teeLeft, x: rect.x + used - 1, y: y, style: look.bright)
    }
    canvas.put(
      glyphs.bullet, x: rect.x + column(history.cursor), y: y, style: look.accent.with(.bold))
  }

  private func drawTrack(on canvas: inout Canvas, look: Look) {
    guard let recorded else { return }
    let count = recorded.steps.count + 1
    let lower = recorded.steps.lowerBound
    func column(_ number: Int) -> Int {
      Self.column(of: number - lower, of: count, in: rect.width)
    }
    let inView = episode.map { isKept || $0.worker != worker ? nil : $0.firstNumber } ?? nil
    for (index, segment) in recorded.episodes.enumerated() {
      let from = column(segment.first)
      let to = max(from, column(segment.first + segment.count))
      let style = segment.first == inView ? look.bright : look.dim
      let glyph = segment.first == inView ? look.glyphs.horizontal : look.glyphs.dashedHorizontal
      canvas.fill(
        Rect(x: rect.x + from, y: track.y, width: to - from + 1, height: 1), glyph, style: style)
      let isRoomy = rect.width >= 3 * recorded.episodes.count
      if index > 0, isRoomy {
        canvas.put(look.glyphs.teeUp, x: rect.x + from, y: track.y, style: look.dim)
      }
    }
    if isKept { return }
    var number = recorded.steps.upperBound
    if case .step(worker, let at) = history.moment { number = min(max(at, lower), number) }
    canvas.put(
      look.glyphs.pointUp, x: rect.x + column(number), y: track.y,
      style: look.accent.with(.bold))
  }

  private func column(_ place: Int) -> Int {
    Self.column(of: place, of: places, in: rect.width)
  }
}
