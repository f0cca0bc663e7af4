public import CellCanvas
public import Telemetry

/// The key table: the one list behind what keys do, the footer, the help and `footlights list keys`.
public enum KeyTable {
  /// All entries, in the order of the help.
  public static let bindings: [KeyBinding] = time + learning + looking + program + overlays

  /// What a key does where the interface is now; nil where it does nothing.
  public static func action(
    for key: Key, state: InterfaceState, snapshot: EngineSnapshot
  ) -> Action? {
    bindings.first { $0.keys.contains(key) && $0.context.applies(to: state, snapshot: snapshot) }?
      .action
  }

  /// The entry that would take a key elsewhere in the views; nil when none would.
  static func elsewhere(_ key: Key) -> KeyBinding? {
    let inViews: [KeyContext] = [.workerList, .workersView, .heatMap, .maze]
    return bindings.first { $0.keys.contains(key) && inViews.contains($0.context) }
  }

  private static let time: [KeyBinding] = [
    KeyBinding(
      [.character(" ")], .views, .togglePause, .time, hint: "pause", priority: 1,
      "pause, or go on"),
    KeyBinding(
      [.character("s"), .character(".")], .views, .step, .time, hint: "step", priority: 2,
      "go on by one step, update or episode (pauses first)"),
    KeyBinding(
      [.character("g")], .views, .nextGrain, .time, hint: "grain", priority: 7,
      "how far s goes: step, update, episode"),
    KeyBinding([.character("u")], .views, .stepUpdate, .time, "go on by one update"),
    KeyBinding([.character("e")], .views, .stepEpisode, .time, "go on to the episode's end"),
    KeyBinding(
      [.character("+"), .character("=")], .views, .faster, .time, hint: "speed", priority: 3,
      "twice as fast, up to 4 096 times real time"),
    KeyBinding(
      [.character("-")], .views, .slower, .time, hint: "speed", priority: 3,
      "half as fast, down to 1/4 of real time"),
    KeyBinding(
      [.character("0")], .views, .unlimitedSpeed, .time, hint: "speed", priority: 3,
      "as fast as the machine allows"),
  ]

  private static let learning: [KeyBinding] = [
    KeyBinding(
      [.character("t")], .views, .toggleEstimator, .learning, hint: "n-step/λ", priority: 3,
      "from the last n-step return to the last λ-return and back"),
    KeyBinding([.character("n")], .views, .chooseNStep, .learning, "learn from the n-step return"),
    KeyBinding([.character("l")], .views, .chooseLambda, .learning, "learn from the λ-return"),
    KeyBinding(
      [.character("[")], .views, .lowerEstimator, .learning, hint: "adjust", priority: 4,
      "smaller n or λ: less variance, more bias"),
    KeyBinding(
      [.character("]")], .views, .raiseEstimator, .learning, hint: "adjust", priority: 4,
      "greater n or λ: less bias, more variance"),
    KeyBinding(
      [.character("a")], .views, .toggleSynchronisation, .learning, hint: "A3C/A2C", priority: 6,
      "A3C (push when ready) or A2C (wait for all)"),
    KeyBinding(
      [.character("<")], .views, .lowerEntropy, .learning, hint: "entropy", priority: 8,
      "smaller entropy coefficient β: less exploration"),
    KeyBinding(
      [.character(">")], .views, .raiseEntropy, .learning, hint: "entropy", priority: 8,
      "greater entropy coefficient β: more exploration"),
  ]

  private static let looking: [KeyBinding] = [
    KeyBinding([.character("1")], .views, .showStage, .looking, "the stage: one world, its plots"),
    KeyBinding([.character("2")], .views, .showWorkers, .looking, "all workers"),
    KeyBinding(
      [.character("w")], .views, .nextWorker, .looking, hint: "worker", priority: 5,
      "next worker on the stage"),
    KeyBinding([.character("W")], .views, .previousWorker, .looking, "the worker before"),
    KeyBinding([.up], .workerList, .workerAbove, .looking, "worker above"),
    KeyBinding([.down], .workerList, .workerBelow, .looking, "worker below"),
    KeyBinding([.left], .workersView, .workerLeft, .looking, "worker to the left"),
    KeyBinding([.right], .workersView, .workerRight, .looking, "worker to the right"),
    KeyBinding([.pageUp], .workerList, .workerPageUp, .looking, "a page of workers up"),
    KeyBinding([.pageDown], .workerList, .workerPageDown, .looking, "a page of workers down"),
    KeyBinding([.home], .workerList, .firstWorker, .looking, "first worker"),
    KeyBinding([.end], .workerList, .lastWorker, .looking, "last worker"),
    KeyBinding(
      [.character("m")], .maze, .nextLayer, .looking, hint: "layer", priority: 4,
      "next layer over the maze"),
    KeyBinding([.character("M")], .maze, .previousLayer, .looking, "the layer before"),
    KeyBinding(
      [.character("v")], .heatMap, .nextQuantity, .looking, hint: "quantity", priority: 4,
      "heat map of return, lag, entropy or gradient norm"),
    KeyBinding(
      [.character("z")], .workersView, .shorterLanes, .looking, hint: "lanes", priority: 7,
      "lanes: less time, in more detail"),
    KeyBinding(
      [.character("Z")], .workersView, .longerLanes, .looking, hint: "lanes", priority: 7,
      "lanes: more time"),
    KeyBinding(
      [.tab], .views, .nextPane, .looking, hint: "pane", priority: 8, "next pane"),
    KeyBinding([.backTab], .views, .previousPane, .looking, "the pane before"),
    KeyBinding(
      [.enter], .views, .openPane, .looking, hint: "open", priority: 8,
      "the pane over the whole screen"),
    KeyBinding(
      [.escape], .views, .closePane, .looking, hint: "back", priority: 2, "back from there"),
  ]

  private static let program: [KeyBinding] = [
    KeyBinding(
      [.character("c")], .views, .openChooser, .program, hint: "choose", priority: 5,
      "choose environment, agent and preset"),
    KeyBinding(
      [.character(":")], .views, .openSettingLine, .program, hint: "set", priority: 5,
      "type a setting: n 5, lambda .9, workers 32, theme light"),
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
    KeyBinding([.up, .character("k")], .help, .overlayUp, .overlays, hint: "scroll", "a line up"),
    KeyBinding(
      [.down, .character("j")], .help, .overlayDown, .overlays, hint: "scroll", "a line down"),
    KeyBinding([.pageUp], .help, .overlayPageUp, .overlays, "a page up"),
    KeyBinding([.pageDown, .character(" ")], .help, .overlayPageDown, .overlays, "a page down"),
    KeyBinding([.home], .help, .overlayTop, .overlays, "to the top"),
    KeyBinding([.end], .help, .overlayEnd, .overlays, "to the end"),
    KeyBinding(
      [.escape, .character("?"), .character("q"), .enter, .function(1)], .help, .overlayClose,
      .overlays, hint: "close", "close the help"),

    KeyBinding([.up], .chooser, .overlayUp, .overlays, hint: "select", "entry above"),
    KeyBinding([.down], .chooser, .overlayDown, .overlays, hint: "select", "entry below"),
    KeyBinding([.pageUp], .chooser, .overlayPageUp, .overlays, "a page up"),
    KeyBinding([.pageDown], .chooser, .overlayPageDown, .overlays, "a page down"),
    KeyBinding([.home], .chooser, .overlayTop, .overlays, "first entry"),
    KeyBinding([.end], .chooser, .overlayEnd, .overlays, "last entry"),
    KeyBinding(
      [.enter, .right], .chooser, .overlayAccept, .overlays, hint: "choose",
      "take the entry; the last one starts the run"),
    KeyBinding(
      [.escape, .left], .chooser, .overlayClose, .overlays, hint: "back", "a page back, then close"),
    KeyBinding(
      [.backspace], .chooser, .deleteBackward, .overlays, "take back a letter of the filter"),

    KeyBinding([.enter], .settingLine, .overlayAccept, .overlays, hint: "set", "make the change"),
    KeyBinding([.escape], .settingLine, .overlayClose, .overlays, hint: "close", "leave it"),
    KeyBinding([.tab], .settingLine, .complete, .overlays, hint: "complete", "complete the word"),
    KeyBinding([.up], .settingLine, .overlayUp, .overlays, hint: "history", "the line before"),
    KeyBinding([.down], .settingLine, .overlayDown, .overlays, hint: "history", "the line after"),
    KeyBinding([.left], .settingLine, .cursorLeft, .overlays, "cursor to the left"),
    KeyBinding([.right], .settingLine, .cursorRight, .overlays, "cursor to the right"),
    KeyBinding([.home, .control("a")], .settingLine, .cursorHome, .overlays, "to the start"),
    KeyBinding([.end, .control("e")], .settingLine, .cursorEnd, .overlays, "to the end"),
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
