import CellCanvas
import Telemetry

/// The episode in view as a line of its steps, with the cursor, the beginnings of its rollouts and its
/// end; below it, where that is in all that is recorded.
struct ScrubberBar {
  let area: Rect
  private let history: HistoryReport?

  /// Rows it takes.
  static let rows = 2

  init(snapshot: EngineSnapshot, area: Rect) {
    self.area = area
    history = snapshot.history
  }

  /// Where a click leads.
  func target(x: Int, y: Int) -> Landing? {
    guard area.contains(x: x, y: y), let history, let episode = history.episode,
      !episode.steps.isEmpty
    else { return nil }
    let line = line
    let place = Double(min(max(x - line.x, 0), line.width - 1)) / Double(max(line.width - 1, 1))
    let index = Int((place * Double(episode.steps.count)).rounded())
    if case .kept(let id, _) = history.moment { return .moment(.kept(id: id, index: index)) }
    if index == episode.steps.count, !episode.hasEnded { return .present(worker: episode.worker) }
    return .moment(.step(worker: episode.worker, number: episode.firstNumber + index))
  }

  private var line: Rect {
    Rect(x: area.x + 1, y: area.y, width: max(0, area.width - 2), height: 1)
  }

  func draw(on canvas: inout Canvas, look: Look) {
    canvas.fill(area, " ", style: look.ground)
    guard let history, let episode = history.episode else {
      canvas.text(
        "nothing recorded yet: steps appear here after the first update", x: line.x, y: line.y,
        style: look.dim, maxWidth: line.width)
      return
    }
    drawLine(episode, cursor: history.cursor, on: &canvas, look: look)
    canvas.text(
      words(episode, history).first { look.width(of: $0) <= line.width } ?? "", x: line.x,
      y: line.y + 1, style: look.text, maxWidth: line.width)
  }

  private func drawLine(
    _ episode: EpisodeRecord, cursor: Int, on canvas: inout Canvas, look: Look
  ) {
    guard line.width > 0 else { return }
    canvas.fill(line, "─", style: look.dim)
    let steps = episode.steps.count
    func column(_ index: Int) -> Int {
      line.x + (steps == 0 ? 0 : (index * (line.width - 1) + steps / 2) / steps)
    }
    // Rollouts are marked where the marks do not run into one another.
    if episode.updates.count * 3 <= line.width {
      for update in episode.updates {
        let index = update.firstNumber - episode.firstNumber
        if (0..<max(steps, 1)).contains(index) {
          canvas.put("┴", x: column(index), y: line.y, style: look.dim)
        }
      }
    }
    if episode.hasEnded { canvas.put("┤", x: column(steps), y: line.y, style: look.text) }
    canvas.put("●", x: column(cursor), y: line.y, style: look.accent.with(.bold))
    canvas.substitute(in: line, for: look.glyphs)
  }

  /// Where one is, from the fullest words to the shortest.
  private func words(_ episode: EpisodeRecord, _ history: HistoryReport) -> [String] {
    let step = NumberFormat.grouped(episode.omitted + history.cursor)
    let length = NumberFormat.grouped(episode.length)
    let name = "worker \(episode.worker) · episode \(NumberFormat.grouped(episode.episode))"
    let place = "step \(step) of \(length)"
    guard history.index.tracks.indices.contains(episode.worker) else {
      return ["\(place) · \(name)", place]
    }
    let steps = history.index.tracks[episode.worker].steps
    let number = NumberFormat.grouped(episode.firstNumber + history.cursor)
    let recorded =
      "\(NumberFormat.grouped(steps.lowerBound)) to \(NumberFormat.grouped(steps.upperBound))"
    return [
      "\(place) · \(name) · number \(number), recorded \(recorded)",
      "\(place) · \(name) · number \(number)", "\(place) · \(name)", place,
    ]
  }
}
