import CellCanvas
import Telemetry

extension Turn {
  /// A key within the chooser.
  mutating func performChooser(_ action: Action, _ chooser: Chooser) {
    var chooser = chooser
    let entries = chooser.entries(in: catalogue)
    let page = ChooserLayout(size: Size(columns: state.columns, rows: state.rows)).list.height
    let last = max(0, entries.count - 1)
    switch action {
    case .overlayUp: chooser.selection -= 1
    case .overlayDown: chooser.selection += 1
    case .overlayPageUp: chooser.selection -= max(1, page)
    case .overlayPageDown: chooser.selection += max(1, page)
    case .overlayTop: chooser.selection = 0
    case .overlayEnd: chooser.selection = last
    case .overlayAccept: return accept(chooser, entries: entries)
    case .overlayClose: return goBack(chooser)
    case .deleteBackward:
      if chooser.filter.isEmpty { return goBack(chooser) }
      chooser.filter.removeLast()
      chooser.selection = 0
    default: break
    }
    chooser.selection = min(
      max(chooser.selection, 0), max(0, chooser.entries(in: catalogue).count - 1))
    state.overlay = .chooser(chooser)
  }

  private mutating func accept(_ chooser: Chooser, entries: [Catalogue.Entry]) {
    guard entries.indices.contains(chooser.selection) else { return }
    let name = entries[chooser.selection].name
    var next = chooser
    switch chooser.page {
    case .environment:
      next.environment = name
      next.open(.agent, selecting: snapshot.run.agent, in: catalogue)
      state.overlay = .chooser(next)
    case .agent:
      next.agent = name
      next.open(.preset, selecting: snapshot.run.preset, in: catalogue)
      if next.entries(in: catalogue).isEmpty { return start(next, preset: nil) }
      state.overlay = .chooser(next)
    case .preset: start(chooser, preset: name)
    }
  }

  private mutating func start(_ chooser: Chooser, preset: String?) {
    guard let environment = chooser.environment, let agent = chooser.agent else { return }
    state.overlay = nil
    state.requests = Requests()
    state.forgetThePast()
    state.focusedWorker = 0
    state.workerScroll = 0
    state.interest = nil
    effects.append(
      .start(RunRequest(environment: environment, agent: agent, preset: preset)))
  }

  private mutating func goBack(_ chooser: Chooser) {
    var back = chooser
    switch chooser.page {
    case .environment:
      state.overlay = nil
      return
    case .agent: back.open(.environment, selecting: chooser.environment ?? "", in: catalogue)
    case .preset: back.open(.agent, selecting: chooser.agent ?? "", in: catalogue)
    }
    state.overlay = .chooser(back)
  }
}
