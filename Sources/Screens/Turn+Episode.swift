import CellCanvas
import Telemetry

extension Turn {
  /// View 4: the episodes that are kept.
  mutating func performEpisode(_ action: Action) {
    let last = max(0, kept.count - 1)
    switch action {
    case .keptAbove: state.keptRow = max(0, min(state.keptRow, last) - 1)
    case .keptBelow: state.keptRow = min(last, state.keptRow + 1)
    case .keepEpisode: askForName()
    case .forgetEpisode: forget()
    default: save()
    }
  }

  private var kept: [KeptEpisode] { snapshot.history?.kept ?? [] }

  private var selected: KeptEpisode? {
    kept.isEmpty ? nil : kept[min(max(0, state.keptRow), kept.count - 1)]
  }

  /// Opens the selected kept episode at its beginning.
  mutating func openKept() {
    guard let selected else { return refuse("no episode is kept yet") }
    if !isPaused, !hasEnded { setPaused(true) }
    if case .kept = state.moment {} else { state.momentBeforeKept = state.moment }
    state.moment = .kept(id: selected.id, index: 0)
    say("\(selected.name): Esc goes back to where you were")
  }

  /// Back from a kept episode to the moment that was in view before; whether there was one.
  mutating func closeKept() -> Bool {
    guard case .kept = state.moment else { return false }
    state.moment = state.momentBeforeKept
    state.momentBeforeKept = nil
    return true
  }

  private mutating func askForName() {
    guard let episode = snapshot.history?.episode else {
      return refuse("no episode to keep yet")
    }
    var line = SettingLine(asking: .episodeName(state.moment))
    line.replace(with: EpisodeWords.name(of: episode))
    state.overlay = .settingLine(line)
  }

  /// Keeps the episode a moment is in.
  mutating func keep(_ moment: Moment?, name: String) {
    effects.append(.engine(.keepEpisode(moment, name: name)))
    say("kept: \(name)")
  }

  private mutating func forget() {
    guard let selected else { return refuse("no episode is kept yet") }
    guard selected.reason == .named else {
      return refuse("the \(selected.name) episode is kept by itself; another takes its place")
    }
    if case .kept(selected.id, _) = state.moment { _ = closeKept() }
    effects.append(.engine(.forgetEpisode(id: selected.id)))
    say("forgotten: \(selected.name)")
  }

  private mutating func save() {
    guard let history = snapshot.history, let episode = history.episode, !episode.steps.isEmpty
    else { return refuse("no episode to save yet") }
    var name = EpisodeWords.name(of: episode)
    if case .kept(let id, _) = history.moment, let kept = kept.first(where: { $0.id == id }) {
      name = kept.name
    }
    effects.append(.saveEpisode(episode, of: snapshot.run, name: name))
  }

  /// A click on the scrubber goes there, one on a pane puts it in focus, one on a kept episode
  /// selects it and a second opens it.
  mutating func clickEpisode(_ mouse: Mouse, in body: Rect) {
    let view = EpisodeView(snapshot: snapshot, state: state)
    switch view.hitTest(x: mouse.x, y: mouse.y, in: body) {
    case .kept(let row):
      let isSecond = state.episodePane == .episodes && state.keptRow == row
      state.episodePane = .episodes
      state.keptRow = row
      if isSecond { openKept() }
    case .pane(let pane): state.episodePane = pane
    case .scrubber: drag(mouse, in: body)
    case nil: break
    }
  }

  /// The mouse on the scrubber, pressed or let go there after it was pressed there.
  mutating func drag(_ mouse: Mouse, in body: Rect) {
    state.isScrubbing = mouse.kind == .press
    let view = EpisodeView(snapshot: snapshot, state: state)
    guard let target = view.scrubber(in: body)?.target(x: mouse.x, y: mouse.y) else { return }
    if !canTravel {
      if !isPaused, !hasEnded { setPaused(true) }
      return say("paused; the scrubber now leads back in time")
    }
    switch target {
    case .moment(let moment): look(at: moment)
    case .present: returnToPresent()
    case .beyond, .nowhere: break
    }
  }
}
