import CellCanvas
import Telemetry

/// The episodes that are kept: those kept by themselves, and those a person named.
struct KeptEpisodesPane: EpisodePane {
  var snapshot: EngineSnapshot
  var state: InterfaceState

  func draw(in rect: Rect, isFocused: Bool, on canvas: inout Canvas, look: Look) {
    let inside = Panel(
      title: "Kept episodes", detail: rect.width >= 36 ? look.spelt(detail) : "",
      isFocused: isFocused
    ).draw(in: rect, on: &canvas, look: look)
    guard !inside.isEmpty else { return }
    guard !kept.isEmpty else {
      canvas.notice(
        look.spelt(
          snapshot.isReplay
            ? "A replay is one episode, from the file."
            : "The best, worst, longest and last episode appear here when they have ended; "
              + "k keeps the one in view."), in: inside, look: look)
      return
    }
    table(isFocused: isFocused, in: inside, look).draw(in: inside, on: &canvas, look: look)
  }

  /// The row of the list at a row of the screen.
  func row(atY y: Int, in rect: Rect) -> Int? {
    guard !kept.isEmpty else { return nil }
    let inside = rect.inset(by: 1)
    let look = Look(glyphs: state.isUnicode ? .unicode : .ascii)
    return table(isFocused: false, in: inside, look).row(atY: y, in: inside)
  }

  private var kept: [KeptEpisode] { snapshot.history?.kept ?? [] }

  private var open: Int? {
    if case .kept(let id, _) = snapshot.history?.moment { id } else { nil }
  }

  private var detail: String {
    open == nil ? "Enter opens" : "Esc goes back"
  }

  private func table(isFocused: Bool, in inside: Rect, _ look: Look) -> Table {
    let isWide = inside.width >= 50
    let hasOrigin = inside.width >= 30
    let digits = kept.allSatisfy { $0.undiscountedReturn.rounded() == $0.undiscountedReturn }
    let columns =
      [
        Table.Column("episode", width: nil),
        Table.Column("return", width: 8, alignment: .right),
        Table.Column("steps", width: 6, alignment: .right),
      ]
      + (hasOrigin
        ? [
          Table.Column(
            isWide ? "worker episode" : "worker", width: isWide ? 15 : 6, alignment: .right)
        ]
        : [])
    let rows = kept.map { episode in
      let name = (episode.id == open ? "\(look.glyphs.bullet) " : "  ") + episode.name
      let origin =
        isWide ? "\(episode.worker) \(NumberFormat.grouped(episode.episode))" : "\(episode.worker)"
      return [
        Table.Entry(
          look.spelt(name), color: episode.reason == .named ? look.theme.bright : nil),
        Table.Entry(
          NumberFormat.fixed(episode.undiscountedReturn, decimals: digits ? 0 : 2),
          color: look.theme.returns),
        Table.Entry(NumberFormat.grouped(episode.length)), Table.Entry(origin),
      ]
    }
    let selected = min(max(0, state.keptRow), kept.count - 1)
    var table = Table(
      columns: columns, rows: rows, selectedRow: isFocused ? selected : nil,
      showsHeader: inside.height >= 4)
    table.scrollOffset = table.scrollOffset(revealing: selected, in: inside)
    return table
  }
}
