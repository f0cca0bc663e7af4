public import CellCanvas
public import Telemetry

/// The key table: the one list behind what keys do, the footer, the help and `footlights list keys`.
public enum KeyTable {
  /// All entries, in the order of the help.
  public static let bindings: [KeyBinding] =
    time + learning + looking + estimators + episode + program + overlays

  /// What a key does where the interface is now; nil where it does nothing.
  public static func action(
    for key: Key, state: InterfaceState, snapshot: EngineSnapshot
  ) -> Action? {
    bindings.first { $0.keys.contains(key) && $0.context.applies(to: state, snapshot: snapshot) }?
      .action
  }

  /// Why an action makes no sense in the run that is on, for the footer; nil where it does.
  static func refusal(
    of action: Action, state: InterfaceState, snapshot: EngineSnapshot
  ) -> String? {
    guard !snapshot.isReplay, state.overlay == nil else { return nil }
    return snapshot.settings.agent.refusal(of: action, in: state.view)
  }

  /// The entry that would take a key elsewhere in the views; nil when none would.
  static func elsewhere(_ key: Key) -> KeyBinding? {
    let inViews: [KeyContext] = [
      .workerList, .workersView, .heatMap, .maze, .estimators, .stateCursor, .stateChoice,
      .errorAxis, .estimatorSlots, .field, .rollout, .race, .episode, .recordedSteps, .keptEpisodes,
      .anatomy,
    ]
    return bindings.first { $0.keys.contains(key) && inViews.contains($0.context) }
  }

  private static let learning: [KeyBinding] = [
    KeyBinding(
      [.character("t")], .views, .toggleEstimator, .learning, hint: "n-step/λ", priority: 3,
      "last n-step return, last λ-return"),
    KeyBinding([.character("n")], .views, .chooseNStep, .learning, "learn from the n-step return"),
    KeyBinding([.character("l")], .views, .chooseLambda, .learning, "learn from the λ-return"),
    KeyBinding(
      [.character("[")], .views, .lowerEstimator, .learning, hint: "adjust", priority: 4,
      "less, more n or λ: bias against variance"),
    KeyBinding(
      [.character("]")], .views, .raiseEstimator, .learning, hint: "adjust", priority: 4,
      "less, more n or λ: bias against variance"),
    KeyBinding(
      [.character("a")], .views, .toggleAgent, .learning, hint: "A3C/A2C", priority: 6,
      "A3C: push when ready; A2C: wait for all"),
    KeyBinding(
      [.character("<")], .views, .lowerEntropy, .learning, hint: "entropy", priority: 8,
      "less, more exploration: coefficient β"),
    KeyBinding(
      [.character(">")], .views, .raiseEntropy, .learning, hint: "entropy", priority: 8,
      "less, more exploration: coefficient β"),
  ]

  private static let looking: [KeyBinding] = [
    KeyBinding([.character("1")], .views, .showStage, .looking, "the stage: one world, its plots"),
    KeyBinding([.character("2")], .views, .showWorkers, .looking, "all workers"),
    KeyBinding(
      [.character("3")], .views, .showEstimators, .looking,
      "the estimators; once more: their next page"),
    KeyBinding(
      [.character("4")], .views, .showEpisode, .looking, "an episode, step by step, back in time"),
    KeyBinding(
      [.character("5")], .views, .showAnatomy, .looking, "the algorithm, phase by phase"),
    KeyBinding(
      [.character("w")], .views, .nextWorker, .looking, hint: "worker", priority: 5,
      "next worker in focus, the one before"),
    KeyBinding(
      [.character("W")], .views, .previousWorker, .looking, "next worker in focus, the one before"),
    KeyBinding([.up], .workerList, .workerAbove, .looking, "the worker above, below"),
    KeyBinding([.down], .workerList, .workerBelow, .looking, "the worker above, below"),
    KeyBinding([.left], .workersView, .workerLeft, .looking, "the worker left, right (view 2)"),
    KeyBinding([.right], .workersView, .workerRight, .looking, "the worker left, right (view 2)"),
    KeyBinding([.pageUp], .workerList, .workerPageUp, .looking, "a page of workers up, down"),
    KeyBinding([.pageDown], .workerList, .workerPageDown, .looking, "a page of workers up, down"),
    KeyBinding([.home], .workerList, .firstWorker, .looking, "the first, the last worker"),
    KeyBinding([.end], .workerList, .lastWorker, .looking, "the first, the last worker"),
    KeyBinding(
      [.left], .anatomy, .phaseBefore, .looking, hint: "look at", priority: 2,
      "view 5: look at the phase before, next"),
    KeyBinding(
      [.right], .anatomy, .phaseAfter, .looking, hint: "look at", priority: 2,
      "view 5: look at the phase before, next"),
    KeyBinding(
      [.character("m")], .maze, .nextLayer, .looking, hint: "layer", priority: 4,
      "next layer over a maze, the one before"),
    KeyBinding(
      [.character("M")], .maze, .previousLayer, .looking, "next layer over a maze, the one before"),
    KeyBinding(
      [.character("v")], .heatMap, .nextQuantity, .looking, hint: "quantity", priority: 4,
      "many workers: colour by another quantity"),
    KeyBinding(
      [.character("z")], .workersView, .shorterLanes, .looking, hint: "lanes", priority: 7,
      "less, more time in the lanes (view 2)"),
    KeyBinding(
      [.character("Z")], .workersView, .longerLanes, .looking, hint: "lanes", priority: 7,
      "less, more time in the lanes (view 2)"),
    KeyBinding(
      [.tab], .views, .nextPane, .looking, hint: "pane", priority: 8, "next pane, the one before"),
    KeyBinding([.backTab], .views, .previousPane, .looking, "next pane, the one before"),
    KeyBinding(
      [.enter], .views, .openPane, .looking, hint: "open", priority: 8,
      "the pane over the whole screen"),
    KeyBinding(
      [.escape], .views, .closePane, .looking, hint: "back", priority: 2, "back from there"),
  ]

  private static let estimators: [KeyBinding] = [
    KeyBinding(
      [.pageUp], .estimators, .previousPage, .estimators, hint: "page", priority: 1,
      "page before, next page"),
    KeyBinding(
      [.pageDown], .estimators, .nextPage, .estimators, hint: "page", priority: 1,
      "page before, next page"),
    KeyBinding(
      [.left], .stateCursor, .cursorStateLeft, .estimators, hint: "state", priority: 2,
      "the state looked into"),
    KeyBinding(
      [.down], .stateCursor, .cursorStateDown, .estimators, hint: "state", priority: 2,
      "the state looked into"),
    KeyBinding(
      [.up], .stateCursor, .cursorStateUp, .estimators, hint: "state", priority: 2,
      "the state looked into"),
    KeyBinding(
      [.right], .stateCursor, .cursorStateRight, .estimators, hint: "state", priority: 2,
      "the state looked into"),
    KeyBinding(
      [.character("f")], .stateChoice, .followWorker, .estimators, hint: "follow", priority: 4,
      "look into where the focused worker is"),
    KeyBinding(
      [.character("k")], .stateChoice, .keepState, .estimators, hint: "keep", priority: 4,
      "keep this state"),
    KeyBinding(
      [.character("K")], .stateChoice, .nextKept, .estimators, hint: "kept", priority: 5,
      "the next state that was kept"),
    KeyBinding(
      [.character("i")], .estimatorSlots, .nextSlot, .estimators, hint: "which", priority: 3,
      "which of the estimators { and } change"),
    KeyBinding(
      [.character("{")], .estimatorSlots, .lowerSlot, .estimators, hint: "estimator", priority: 3,
      "another estimator there"),
    KeyBinding(
      [.character("}")], .estimatorSlots, .raiseSlot, .estimators, hint: "estimator", priority: 3,
      "another estimator there"),
    KeyBinding(
      [.character("v")], .field, .nextFieldQuantity, .estimators, hint: "quantity", priority: 2,
      "colour the map by bias, variance or error"),
    KeyBinding(
      [.character("x")], .errorAxis, .toggleAxis, .estimators, hint: "axis", priority: 3,
      "linear or logarithmic axis"),
    KeyBinding(
      [.up, .left], .rollout, .rolloutStepBack, .estimators, hint: "cursor", priority: 2,
      "step of the rollout before, next"),
    KeyBinding(
      [.down, .right], .rollout, .rolloutStepForward, .estimators, hint: "cursor", priority: 2,
      "step of the rollout before, next"),
    KeyBinding(
      [.home], .rollout, .rolloutFirstStep, .estimators, "the rollout's first, last step"),
    KeyBinding([.end], .rollout, .rolloutLastStep, .estimators, "the rollout's first, last step"),
    KeyBinding(
      [.character("r")], .race, .toggleRace, .estimators, hint: "race", priority: 1,
      "race the two settings; end the race"),
  ]

  private static let program: [KeyBinding] = [
    KeyBinding(
      [.character("c")], .views, .openChooser, .program, hint: "choose", priority: 5,
      "choose environment, agent and preset"),
    KeyBinding(
      [.character(":")], .views, .openSettingLine, .program, hint: "set", priority: 5,
      "type a setting: lambda .9, workers 32"),
    KeyBinding(
      [.character("?"), .function(1)], .views, .openHelp, .program, hint: "help", priority: 0,
      "this help"),
    KeyBinding(
      [.character("p")], .views, .savePicture, .program, "save a picture (SVG) of the screen"),
    KeyBinding(
      [.character("q")], .views, .askToQuit, .program, hint: "quit", priority: 6,
      "leave; asks first while a run is on"),
    KeyBinding([.control("c")], .always, .quit, .program, "leave at once"),
  ]

  private static let overlays: [KeyBinding] = [
    KeyBinding(
      [.up, .character("k")], .help, .overlayUp, .overlays, hint: "scroll", "a line up, down"),
    KeyBinding(
      [.down, .character("j")], .help, .overlayDown, .overlays, hint: "scroll", "a line up, down"),
    KeyBinding([.pageUp], .help, .overlayPageUp, .overlays, "a page up, down"),
    KeyBinding(
      [.pageDown, .character(" ")], .help, .overlayPageDown, .overlays, "a page up, down"),
    KeyBinding([.home], .help, .overlayTop, .overlays, "to the top, the end"),
    KeyBinding([.end], .help, .overlayEnd, .overlays, "to the top, the end"),
    KeyBinding(
      [.escape, .character("?"), .character("q"), .enter, .function(1)], .help, .overlayClose,
      .overlays, hint: "close", "close the help"),

    KeyBinding([.up], .chooser, .overlayUp, .overlays, hint: "select", "the entry above, below"),
    KeyBinding(
      [.down], .chooser, .overlayDown, .overlays, hint: "select", "the entry above, below"),
    KeyBinding([.pageUp], .chooser, .overlayPageUp, .overlays, "a page up, down"),
    KeyBinding([.pageDown], .chooser, .overlayPageDown, .overlays, "a page up, down"),
    KeyBinding([.home], .chooser, .overlayTop, .overlays, "the first, the last entry"),
    KeyBinding([.end], .chooser, .overlayEnd, .overlays, "the first, the last entry"),
    KeyBinding(
      [.enter, .right], .chooser, .overlayAccept, .overlays, hint: "choose",
      "take the entry; the last page starts it"),
    KeyBinding(
      [.escape, .left], .chooser, .overlayClose, .overlays, hint: "back", "a page back, then close"),
    KeyBinding(
      [.backspace], .chooser, .deleteBackward, .overlays, "take back a letter"),

    KeyBinding([.enter], .settingLine, .overlayAccept, .overlays, hint: "set", "make the change"),
    KeyBinding([.escape], .settingLine, .overlayClose, .overlays, hint: "close", "leave it"),
    KeyBinding([.tab], .settingLine, .complete, .overlays, hint: "complete", "complete the word"),
    KeyBinding(
      [.up], .settingLine, .overlayUp, .overlays, hint: "history", "the line typed before, after"),
    KeyBinding(
      [.down], .settingLine, .overlayDown, .overlays, hint: "history",
      "the line typed before, after"),
    KeyBinding([.left], .settingLine, .cursorLeft, .overlays, "cursor left, right"),
    KeyBinding([.right], .settingLine, .cursorRight, .overlays, "cursor left, right"),
    KeyBinding(
      [.home, .control("a")], .settingLine, .cursorHome, .overlays, "to the start, the end"),
    KeyBinding(
      [.end, .control("e")], .settingLine, .cursorEnd, .overlays, "to the start, the end"),
    KeyBinding([.backspace], .settingLine, .deleteBackward, .overlays, "take back a letter"),
    KeyBinding([.delete], .settingLine, .deleteForward, .overlays, "delete a letter"),
    KeyBinding([.control("u")], .settingLine, .clearLine, .overlays, "take back the line"),

    KeyBinding(
      [.character("y"), .character("Y"), .enter], .quitQuestion, .overlayAccept, .overlays,
      hint: "leave", "leave"),
    KeyBinding(
      [.character("n"), .character("N"), .escape, .character("q")], .quitQuestion, .overlayClose,
      .overlays, hint: "stay", "stay"),
  ]
}
