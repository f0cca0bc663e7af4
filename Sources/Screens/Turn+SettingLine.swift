import CellCanvas
import Telemetry

extension Turn {
  /// A key within the setting line.
  mutating func performSettingLine(_ action: Action, _ line: SettingLine) {
    var line = line
    switch action {
    case .overlayAccept: return accept(line)
    case .overlayClose:
      state.overlay = nil
      return
    case .complete where line.question != .setting: break
    case .complete: line.replace(with: SettingParser.standard.complete(line.text))
    case .overlayUp where line.question != .setting,
      .overlayDown where line.question != .setting:
      break
    case .overlayUp: line.recall(1, from: state.settingHistory)
    case .overlayDown: line.recall(-1, from: state.settingHistory)
    case .cursorLeft: line.cursor = max(0, line.cursor - 1)
    case .cursorRight: line.cursor = min(line.text.count, line.cursor + 1)
    case .cursorHome: line.cursor = 0
    case .cursorEnd: line.cursor = line.text.count
    case .deleteForward: line.deleteForward()
    case .clearLine: line.replace(with: "")
    case .deleteBackward:
      if line.text.isEmpty {
        state.overlay = nil
        return
      }
      line.deleteBackward()
    default: break
    }
    state.overlay = .settingLine(line)
  }

  private mutating func accept(_ line: SettingLine) {
    guard line.text.contains(where: { $0 != " " }) else {
      state.overlay = nil
      return
    }
    if case .episodeName(let moment) = line.question {
      state.overlay = nil
      return keep(moment, name: line.text)
    }
    do throws(SettingError) {
      let request = try SettingParser.standard.parse(line.text)
      try carryOut(request)
      if state.settingHistory.last != line.text { state.settingHistory.append(line.text) }
      if state.settingHistory.count > 100 { state.settingHistory.removeFirst() }
    } catch {
      var wrong = line
      wrong.error = error.description
      state.overlay = .settingLine(wrong)
    }
  }

  private mutating func carryOut(_ request: SettingRequest) throws(SettingError) {
    if case .worker(let number) = request, number >= workerCount {
      throw SettingError(
        description: "worker: found \"\(number)\"; accepted: 0 to \(workerCount - 1)")
    }
    if case .state(let typed) = request { try lookInto(typed) }
    if case .goto(let move) = request, canTravel, case .nowhere(let reason) = landing(of: move) {
      throw SettingError(description: "goto: \(reason)")
    }
    state.overlay = nil
    switch request {
    case .state: break
    case .goto(let move): travel(move)
    case .page(let page): open(page)
    case .change(let wanted): change(wanted)
    case .speed(let speed): set(speed)
    case .theme(let name):
      state.themeName = name
      say("theme \(name)")
    case .layer(let layer): show(layer)
    case .worker(let number): focus(number)
    case .contender(let side, let estimator): choose(estimator, for: side)
    case .race(let request): openRace(request)
    case .quit: perform(.askToQuit)
    }
  }
}

extension SettingParser {
  /// The parser with the bundled themes.
  static let standard = SettingParser(themes: Theme.bundled.map(\.name))
}
