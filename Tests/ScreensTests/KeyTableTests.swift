import CellCanvas
import Estimators
import Telemetry
import TestSupport
import Testing

@testable import Screens

@Suite("The key table")
struct KeyTableTests {
  /// A state in which a context applies.
  static func bench(in context: KeyContext) -> InterfaceBench {
    var bench = InterfaceBench(SampleSnapshots.cartPole(workers: 8))
    switch context {
    case .always, .views: break
    case .workerList:
      bench.state.stagePane = .workers
      bench.state.focusedWorker = 3
    case .workersView:
      bench.state.view = .workers
      bench.state.focusedWorker = 1
    case .heatMap:
      bench = InterfaceBench(SampleSnapshots.cartPole(workers: 200))
      bench.state.view = .workers
    case .maze: bench = InterfaceBench(SampleSnapshots.maze())
    case .rollout:
      bench.snapshot = RolloutRaceScreens.with(
        bench.snapshot, rollout: SampleRollouts.cartPole())
      bench.state.view = .estimators
      bench.state.estimators.page = .rollout
      bench.state.estimators.step = 3
    case .estimators, .stateChoice, .errorAxis, .estimatorSlots, .field, .race:
      bench.state.view = .estimators
      bench.state.estimators.page = Self.page(of: context)
    case .stateCursor:
      bench = InterfaceBench(SampleSnapshots.maze())
      bench.state.view = .estimators
    case .episode, .recordedSteps, .keptEpisodes:
      bench = InterfaceBench(SampleHistory.cartPole.snapshot(of: 0))
      bench.state.view = .episode
      if context == .keptEpisodes { bench.state.episodePane = .episodes }
      bench.state.keptRow = 3
    case .anatomy:
      bench = InterfaceBench(
        AnatomyScreens.snapshot(SampleAnatomy.all[1].report, status: .running))
      bench.state.view = .anatomy
    case .help:
      bench.state.rows = 20
      bench.state.overlay = .help(scroll: 5)
    case .chooser:
      var chooser = Chooser()
      chooser.selection = 1
      bench.state.overlay = .chooser(chooser)
    case .settingLine:
      var line = SettingLine()
      line.replace(with: "n 4")
      line.cursor = 1
      bench.state.overlay = .settingLine(line)
      bench.state.settingHistory = ["td", "mc"]
    case .quitQuestion: bench.state.overlay = .quit
    }
    return bench
  }

  private static func page(of context: KeyContext) -> EstimatorPage {
    switch context {
    case .field: .average
    case .race: .race
    default: .state
    }
  }

  @Test("Every context can be reached, and every action is on a key")
  func complete() {
    for context in KeyContext.allCases {
      let bench = Self.bench(in: context)
      #expect(context.applies(to: bench.state, snapshot: bench.snapshot), "\(context)")
    }
    #expect(Set(KeyTable.bindings.map(\.action)) == Set(Action.allCases))
  }

  @Test(
    "No key does two things in one place; in view 5 its own come before those of all views",
    arguments: KeyContext.allCases)
  func unambiguous(context: KeyContext) {
    let bench = Self.bench(in: context)
    let active = KeyTable.bindings.filter {
      $0.context.applies(to: bench.state, snapshot: bench.snapshot)
    }
    var actions: [Key: Action] = [:]
    for binding in active {
      for key in binding.keys {
        let isOverridden = context == .anatomy && binding.context == .views
        #expect(actions[key] == nil || isOverridden, "\(key.title) in \(context)")
        actions[key] = actions[key] ?? binding.action
      }
    }
  }

  @Test("Every key of the table does what stands beside it", arguments: KeyTable.bindings)
  func keyWorks(binding: KeyBinding) {
    for key in binding.keys {
      var bench = Self.bench(in: binding.context)
      let before = bench.state
      bench.press(key)
      #expect(
        Self.isDone(binding.action, in: binding.context, before: before, bench),
        "\(key.title) in \(binding.context): \(binding.text)")
    }
  }

  /// Whether an action has had its effect. The sample run is at λ .95, β .01, 8×, running.
  private static func isDone(
    _ action: Action, in context: KeyContext, before: InterfaceState, _ bench: InterfaceBench
  ) -> Bool {
    isTravelDone(action, bench) ?? isTimeDone(action, bench) ?? isRaceDone(action, bench)
      ?? isLearningDone(action, bench)
      ?? isWorkerDone(action, before, bench) ?? isLookingDone(action, before, bench)
      ?? isEstimatorsDone(action, before, bench)
      ?? isOverlayDone(action, in: context, before, bench)
  }

  private static func isTimeDone(_ action: Action, _ bench: InterfaceBench) -> Bool? {
    switch action {
    case .togglePause: bench.commands == [.setPaused(true)]
    case .step: bench.commands == [.setPaused(true), .step(.step)]
    case .stepUpdate: bench.commands == [.setPaused(true), .step(.update)]
    case .stepPhase: bench.commands == [.setPaused(true), .step(.phase)]
    case .nextGrain: bench.state.grain == .rollout
    case .faster: bench.commands == [.setSpeed(.multiple(16))]
    case .slower: bench.commands == [.setSpeed(.multiple(4))]
    case .unlimitedSpeed: bench.commands == [.setSpeed(.unlimited)]
    default: nil
    }
  }

  private static func isLearningDone(_ action: Action, _ bench: InterfaceBench) -> Bool? {
    switch action {
    case .toggleEstimator, .chooseNStep: bench.commands == [.change(.estimator(.nStep(5)))]
    case .chooseLambda: bench.state.message?.text.contains("λ .95 is in use already") == true
    case .lowerEstimator: bench.commands == [.change(.estimator(.lambda(0.9)))]
    case .raiseEstimator: bench.commands == [.change(.estimator(.lambda(0.97)))]
    case .toggleAgent: bench.commands == [.change(.agent(.a2c))]
    case .lowerEntropy: bench.commands == [.change(.entropyCoefficient(0.005))]
    case .raiseEntropy: bench.commands == [.change(.entropyCoefficient(0.02))]
    default: nil
    }
  }

  private static func isWorkerDone(
    _ action: Action, _ before: InterfaceState, _ bench: InterfaceBench
  ) -> Bool? {
    let (old, new) = (before.focusedWorker, bench.state.focusedWorker)
    return switch action {
    case .nextWorker, .workerBelow, .workerRight: new == old + 1
    case .previousWorker: new == (old + 7) % 8
    case .workerAbove, .workerLeft: new == old - 1
    case .workerPageUp, .firstWorker: new == 0
    case .workerPageDown, .lastWorker: new == 7
    default: nil
    }
  }

  private static func isLookingDone(
    _ action: Action, _ before: InterfaceState, _ bench: InterfaceBench
  ) -> Bool? {
    let state = bench.state
    return switch action {
    case .nextLayer: before.layer == nil && state.layer == .exact
    case .previousLayer: before.layer == nil && state.layer == MazeLayer.none
    case .nextQuantity: state.quantity == .staleness
    case .shorterLanes: state.laneZoom == -1
    case .longerLanes: state.laneZoom == 1
    case .showStage: state.view == .stage
    case .showWorkers: state.view == .workers
    case .showEpisode: state.view == .episode
    case .showAnatomy: state.view == .anatomy
    case .phaseBefore, .phaseAfter: state.anatomyPhase != nil
    case .nextPane: state.focusedPane == .workers
    case .previousPane: state.focusedPane == .biasVariance
    case .openPane: state.isZoomed
    case .closePane: !state.isZoomed
    case .openChooser: state.overlay == .chooser(Chooser())
    case .openSettingLine: state.overlay == .settingLine(SettingLine())
    case .openHelp: state.overlay == .help(scroll: 0)
    case .savePicture: bench.effects == [.savePicture]
    case .askToQuit: state.overlay == .quit && bench.effects.isEmpty
    case .quit: bench.effects == [.quit]
    default: nil
    }
  }

  private static func isOverlayDone(
    _ action: Action, in context: KeyContext, _ before: InterfaceState, _ bench: InterfaceBench
  ) -> Bool {
    switch (before.overlay, bench.state.overlay) {
    case (.help(let old), let now): isScrolled(action, from: old, to: now)
    case (.chooser(let old), let now): isChosen(action, old, now)
    case (.settingLine(let old), let now): isEdited(action, old, now, bench)
    case (.quit, let now):
      now == nil && bench.effects == (action == .overlayAccept ? [.quit] : [])
    case (nil, _): false
    }
  }

  private static func isScrolled(_ action: Action, from old: Int, to now: Overlay?) -> Bool {
    guard case .help(let new) = now else { return action == .overlayClose && now == nil }
    return switch action {
    case .overlayUp: new == old - 1
    case .overlayDown: new == old + 1
    case .overlayPageUp, .overlayTop: new == 0
    case .overlayPageDown: new > old + 1
    case .overlayEnd: new > old + 20
    default: false
    }
  }

  private static func isChosen(_ action: Action, _ old: Chooser, _ now: Overlay?) -> Bool {
    guard case .chooser(let new) = now else {
      return now == nil && (action == .overlayClose || action == .deleteBackward)
    }
    return switch action {
    case .overlayUp, .overlayTop, .overlayPageUp: new.selection == 0
    case .overlayDown, .overlayEnd, .overlayPageDown: new.selection == 2
    case .overlayAccept: new.page == .agent && new.environment == "Maze/corridor"
    default: false
    }
  }

  private static func isEdited(
    _ action: Action, _ old: SettingLine, _ now: Overlay?, _ bench: InterfaceBench
  ) -> Bool {
    guard case .settingLine(let new) = now else {
      return action == .overlayClose
        ? bench.commands.isEmpty
        : action == .overlayAccept && bench.commands == [.change(.estimator(.nStep(4)))]
    }
    return switch action {
    case .overlayUp: new.text == "mc"
    case .overlayDown: new == old
    case .cursorLeft, .cursorHome: new.cursor == 0
    case .cursorRight: new.cursor == 2
    case .cursorEnd: new.cursor == 3
    case .deleteBackward: new.text == " 4"
    case .deleteForward: new.text == "n4"
    case .clearLine: new.text.isEmpty
    case .complete: new.text == "n 4"
    default: false
    }
  }

  @Test("A key that works elsewhere says where")
  func elsewhere() {
    var bench = InterfaceBench()
    bench.press(.character("m"))
    #expect(bench.state.message?.text == "m works with a maze on the stage (1)")
    bench.press(.character("v"))
    #expect(bench.state.message?.text == "v works in the heat map of many workers (2)")
    bench.press(.character("x"))
    #expect(bench.state.message?.text == "x works on the pages of bias and variance (3)")
    bench.press(.character("j"))
    #expect(bench.state.message?.text == "j does nothing here; ? lists the keys")
  }

  @Test("Help lists every key of the table, and no line is wider than its column")
  func helpIsComplete() {
    let lines = AgentName.allCases.flatMap { HelpText.blocks($0) }.flatMap { $0 }
    var keys = ""
    for line in lines {
      guard case .entry(let key, let text) = line else { continue }
      keys += " " + key
      #expect(text.unicodeScalars.count <= 42, "\(text)")
    }
    for binding in KeyTable.bindings where binding.context != .always {
      #expect(keys.contains(binding.keyText), "\(binding.keyText)")
    }
  }
}
