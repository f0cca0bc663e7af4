import CellCanvas
import Telemetry

/// All there is on a screen too small for a view: one line, the most important first.
struct StatusLine {
  var state: InterfaceState
  var snapshot: EngineSnapshot

  func draw(in rect: Rect, on canvas: inout Canvas, look: Look) {
    var pen = Pen(in: rect, look: look)
    if state.overlay == .quit {
      pen.write("leave? y n", look.style(look.theme.warning, .bold), on: &canvas)
      return
    }
    if let message = state.message {
      pen.write(Footer.text(of: message, snapshot: snapshot), look.bright, on: &canvas)
      return
    }
    for (index, part) in parts(look).enumerated() {
      let width = look.width(of: part.0) + (index > 0 ? 2 : 0)
      guard index == 0 || width <= pen.columnsLeft else { return }
      if index > 0 { pen.skip(2) }
      pen.write(part.0, part.1, on: &canvas)
    }
  }

  private func parts(_ look: Look) -> [(String, Style)] {
    let theme = look.theme
    let status: (String, Style) =
      switch snapshot.status {
      case .running:
        ("\(look.glyphs.pointRight) \(snapshot.speed.shortLabel)", look.style(theme.good))
      case .paused: ("paused", look.style(theme.warning, .bold))
      case .finished:
        (snapshot.isReplay ? "replay" : "finished", look.style(theme.accent, .bold))
      case .diverged: ("diverged", look.style(theme.bad, .bold))
      }
    var parts = [status]
    if let moment = state.moment {
      let age = EpisodeWords.age(of: moment, in: snapshot.history)[0]
      parts = [("\(look.glyphs.pointLeft) \(age)", look.style(theme.warning, .bold))]
    }
    if let mean = snapshot.counters.meanReturn {
      parts.append(("R \(NumberFormat.fixed(mean, decimals: 1))", look.style(theme.returns, .bold)))
    }
    parts.append((snapshot.run.environment, look.title))
    parts.append((snapshot.settings.estimator.shortLabel, look.text))
    let steps = NumberFormat.compact(Double(snapshot.counters.steps))
    parts.append(("\(steps) steps", look.dim))
    return parts
  }
}
