public import CellCanvas
public import Telemetry

/// The whole screen as a frame: header, view, footer, and what lies over them.
///
/// Pure, and total: every size from 0x0 up gives a frame of that size.
public func frame(
  state: InterfaceState, snapshot: EngineSnapshot, catalogue: Catalogue, size: Size, look: Look
) -> Canvas {
  let look = look.themed(by: state)
  let snapshot = snapshot.expecting(state.requests)
  var canvas = Canvas(size: size, background: look.ground)
  guard size.columns > 0, size.rows > 0 else { return canvas }
  var state = state
  state.columns = size.columns
  state.rows = size.rows
  state.focusedWorker = min(max(0, state.focusedWorker), max(0, snapshot.workers.count - 1))
  let layout = FrameLayout(size: size)
  if layout.isTiny {
    StatusLine(state: state, snapshot: snapshot).draw(in: layout.header, on: &canvas, look: look)
    if case .settingLine(let line) = state.overlay {
      SettingLineOverlay(line: line).draw(on: &canvas, look: look)
    }
  } else {
    HeaderLine(snapshot: snapshot, moment: state.moment).draw(
      in: layout.header, on: &canvas, look: look)
    switch state.view {
    case _ where snapshot.isReplay && state.view != .episode:
      ReplayNotice(snapshot: snapshot).draw(in: layout.body, on: &canvas, look: look)
    case let view where ActionValueNotice.stands(in: view, snapshot):
      ActionValueNotice(agent: snapshot.settings.agent, view: view)
        .draw(in: layout.body, on: &canvas, look: look)
    case .stage:
      StageView(snapshot: snapshot, state: state).draw(in: layout.body, on: &canvas, look: look)
    case .workers:
      WorkersView(snapshot: snapshot, state: state).draw(in: layout.body, on: &canvas, look: look)
    case .estimators:
      EstimatorsView(snapshot: snapshot, state: state)
        .draw(in: layout.body, on: &canvas, look: look)
    case .episode:
      EpisodeView(snapshot: snapshot, state: state).draw(in: layout.body, on: &canvas, look: look)
    case .anatomy:
      AnatomyView(snapshot: snapshot, state: state).draw(in: layout.body, on: &canvas, look: look)
    }
    Footer(state: state, snapshot: snapshot, width: size.columns, look: look)
      .draw(in: layout.footer, on: &canvas)
    if let overlay = state.overlay {
      draw(overlay, snapshot, catalogue, on: &canvas, above: layout, look: look)
    }
  }
  canvas.substitute(in: canvas.bounds, for: look.glyphs)
  return canvas
}

private func draw(
  _ overlay: Overlay, _ snapshot: EngineSnapshot, _ catalogue: Catalogue,
  on canvas: inout Canvas, above layout: FrameLayout, look: Look
) {
  if case .settingLine(let line) = overlay {
    SettingLineOverlay(line: line).draw(on: &canvas, look: look)
    return
  }
  canvas.dim(Rect(x: 0, y: 0, width: canvas.size.columns, height: layout.body.maxY), look: look)
  switch overlay {
  case .help(let scroll):
    HelpOverlay(agent: snapshot.settings.agent, scroll: scroll).draw(on: &canvas, look: look)
  case .chooser(let chooser):
    ChooserOverlay(chooser: chooser, catalogue: catalogue, running: snapshot.run)
      .draw(on: &canvas, look: look)
  case .quit: QuitOverlay(snapshot: snapshot).draw(on: &canvas, look: look)
  case .settingLine: break
  }
}

extension EngineSnapshot {
  /// The snapshot with what a person has just asked for, which the engine answers at the next
  /// update: a key shows its effect at once.
  func expecting(_ requests: Requests) -> EngineSnapshot {
    var snapshot = self
    switch (requests.isPaused, status) {
    case (true, .running): snapshot.status = .paused
    case (false, .paused): snapshot.status = .running
    default: break
    }
    if let speed = requests.speed { snapshot.speed = speed }
    return snapshot
  }
}

extension Look {
  /// The look with the theme chosen in the interface, where the terminal has colours.
  func themed(by state: InterfaceState) -> Look {
    guard let name = state.themeName, colors != .none, let theme = Theme.named(name) else {
      return self
    }
    var look = self
    look.theme = theme
    return look
  }
}

extension Canvas {
  /// Lets the cells recede behind what is drawn over them.
  mutating func dim(_ rect: Rect, look: Look) {
    let ground = look.theme.ground
    restyle(rect) { style in
      if look.isMono || look.colors <= .ansi16 {
        style.attributes = .dim
        style.foreground = look.theme.dim
        style.background = ground
      } else {
        style.foreground = style.foreground.mixed(with: ground, 0.6)
        style.background = style.background.mixed(with: ground, 0.6)
      }
    }
  }
}
