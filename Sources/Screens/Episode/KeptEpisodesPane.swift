import CellCanvas
import Telemetry

/// View 4: the episodes that are kept, by themselves or by name.
struct KeptEpisodesPane: EpisodePane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  private var kept: [KeptEpisode] { snapshot.history?.kept ?? [] }

  /// The episode under a row of the screen.
  func row(y: Int, in rect: Rect) -> Int? {
    let inside = rect.inset(by: 1)
    let row = y - inside.y + first(rows: inside.height)
    return y >= inside.y && y < inside.maxY && kept.indices.contains(row) ? row : nil
  }

  private var selected: Int { min(max(0, state.keptRow), max(0, kept.count - 1)) }

  private func first(rows: Int) -> Int { max(0, selected - max(rows, 1) + 1) }

  func draw(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look) {
    let inside = Panel(title: "Kept", isFocused: isFocused).draw(in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    guard !kept.isEmpty else {
      for (row, text) in ["The best, worst, longest", "and last episode appear", "here as they end."]
        .prefix(inside.height).enumerated()
      {
        canvas.text(
          text, x: inside.x, y: inside.y + row, style: look.dim, maxWidth: inside.width)
      }
      return
    }
    let first = first(rows: inside.height)
    for (row, episode) in kept.dropFirst(first).prefix(inside.height).enumerated() {
      let isSelected = isFocused && first + row == selected
      let area = Rect(x: inside.x, y: inside.y + row, width: inside.width, height: 1)
      draw(episode, isSelected: isSelected, in: area, on: &canvas, look: look)
    }
  }

  private func draw(
    _ episode: KeptEpisode, isSelected: Bool, in area: Rect, on canvas: inout Canvas, look: Look
  ) {
    let isOpen = if case .kept(episode.id, _) = state.moment { true } else { false }
    let style = isSelected ? look.selection : isOpen ? look.accent : look.text
    if isSelected { canvas.fill(area, " ", style: style) }
    let figures =
      "\(NumberFormat.setting((episode.undiscountedReturn * 100).rounded() / 100)) in "
      + NumberFormat.grouped(episode.length)
    let room = area.width - look.width(of: figures)
    canvas.text(
      episode.name, x: area.x, y: area.y, style: style, maxWidth: max(0, room - 1))
    if room >= 6 {
      canvas.text(
        figures, x: area.x + room, y: area.y, style: isSelected ? style : look.bright,
        maxWidth: area.width)
    }
  }
}
