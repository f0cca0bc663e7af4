import CellCanvas
import Telemetry

extension Turn {
  /// A key: what the table says, else a letter of what is being typed, else a word of help.
  mutating func press(_ key: Key) {
    if let action = KeyTable.action(for: key, state: state, snapshot: snapshot) {
      perform(action)
      return
    }
    switch state.overlay {
    case .chooser, .settingLine:
      if case .character(let character) = key { type(character) }
    case .none:
      if let binding = KeyTable.elsewhere(key) {
        refuse(
          KeyTable.refusal(of: binding.action, state: state, snapshot: snapshot)
            ?? "\(key.title) works \(binding.context.place)")
      } else if case .character(let character) = key, isPrintable(character) {
        refuse("\(character) does nothing here; ? lists the keys")
      }
    case .help, .quit: break
    }
  }

  /// Does what a key, a click or a hint asks for.
  mutating func perform(_ action: Action) {
    if let reason = KeyTable.refusal(of: action, state: state, snapshot: snapshot) {
      return refuse(reason)
    }
    switch action {
    case .togglePause, .step, .stepPhase, .stepBack, .stepOne, .stepOneBack, .stepRollout,
      .rolloutBack,
      .stepUpdate, .updateBack, .stepEpisode, .episodeBack, .toOldest, .toPresent, .nextGrain,
      .faster, .slower, .unlimitedSpeed:
      performTime(action)
    case .toggleEstimator, .chooseNStep, .chooseLambda, .lowerEstimator, .raiseEstimator,
      .toggleAgent, .lowerEntropy, .raiseEntropy:
      performLearning(action)
    case .nextWorker, .previousWorker, .workerAbove, .workerBelow, .workerLeft, .workerRight,
      .workerPageUp, .workerPageDown, .firstWorker, .lastWorker:
      performWorker(action)
    case .nextLayer, .previousLayer, .nextQuantity, .shorterLanes, .longerLanes, .showStage,
      .showWorkers, .showEstimators, .showEpisode, .showAnatomy, .nextPane, .previousPane,
      .openPane, .closePane:
      performLooking(action)
    case .nextPage, .previousPage, .cursorStateUp, .cursorStateDown, .cursorStateLeft,
      .cursorStateRight, .followWorker, .keepState, .nextKept, .toggleAxis, .nextSlot,
      .lowerSlot, .raiseSlot, .nextFieldQuantity:
      performEstimators(action)
    case .rolloutStepBack, .rolloutStepForward, .rolloutFirstStep, .rolloutLastStep:
      performRollout(action)
    case .phaseBefore: lookAtPhase(by: -1)
    case .phaseAfter: lookAtPhase(by: 1)
    case .toggleRace: performRace()
    case .keptAbove, .keptBelow, .keepEpisode, .forgetEpisode, .saveEpisode:
      performEpisode(action)
    case .openChooser:
      if refusesReplayed() { return }
      state.overlay = .chooser(Chooser(snapshot: snapshot, catalogue: catalogue))
    case .openSettingLine: state.overlay = .settingLine(SettingLine())
    case .openHelp: state.overlay = .help(scroll: 0)
    case .savePicture: effects.append(.savePicture)
    case .askToQuit: if hasEnded { effects.append(.quit) } else { state.overlay = .quit }
    case .quit: effects.append(.quit)
    case .overlayUp, .overlayDown, .overlayPageUp, .overlayPageDown, .overlayTop, .overlayEnd,
      .overlayClose, .overlayAccept, .complete, .deleteBackward, .deleteForward, .cursorLeft,
      .cursorRight, .cursorHome, .cursorEnd, .clearLine:
      performOverlay(action)
    }
  }

  private mutating func performOverlay(_ action: Action) {
    switch state.overlay {
    case .help(let scroll): performHelp(action, scroll: scroll)
    case .chooser(let chooser): performChooser(action, chooser)
    case .settingLine(let line): performSettingLine(action, line)
    case .quit:
      state.overlay = nil
      if action == .overlayAccept { effects.append(.quit) }
    case .none: break
    }
  }

  private mutating func performHelp(_ action: Action, scroll: Int) {
    let layout = HelpLayout(
      size: Size(columns: state.columns, rows: state.rows), agent: snapshot.settings.agent)
    let page = max(1, layout.visibleRows - 1)
    let target: Int
    switch action {
    case .overlayUp: target = scroll - 1
    case .overlayDown: target = scroll + 1
    case .overlayPageUp: target = scroll - page
    case .overlayPageDown: target = scroll + page
    case .overlayTop: target = 0
    case .overlayEnd: target = layout.lastScroll
    default:
      state.overlay = nil
      return
    }
    state.overlay = .help(scroll: min(max(target, 0), layout.lastScroll))
  }

  private mutating func type(_ character: Character) {
    guard isPrintable(character) else { return }
    switch state.overlay {
    case .chooser(var chooser):
      chooser.filter.append(character)
      chooser.selection = 0
      state.overlay = .chooser(chooser)
    case .settingLine(var line):
      line.insert(character)
      state.overlay = .settingLine(line)
    default: break
    }
  }

  private func isPrintable(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { $0.value >= 32 && !(127..<160).contains($0.value) }
  }
}
