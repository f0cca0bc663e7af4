import Scenes
public import Telemetry

/// Where a key applies.
public enum KeyContext: Sendable, Hashable, CaseIterable {
  /// In both views, whatever is open too.
  case always
  /// In both views while nothing lies over them.
  case views
  /// While a worker can be chosen up and down: the workers pane, and view 2.
  case workerList
  /// View 2.
  case workersView
  /// View 2 in the form of a heat map.
  case heatMap
  /// View 1 with a maze on the stage.
  case maze
  /// View 3.
  case estimators
  /// View 3: the pages with a state to choose on a map.
  case stateCursor
  /// View 3: the pages about a chosen state.
  case stateChoice
  /// View 3: the pages with errors on an axis.
  case errorAxis
  /// View 3: the pages with estimators to choose.
  case estimatorSlots
  /// View 3: the page with the map of bias or variance.
  case field
  /// View 3: the page of the rollout.
  case rollout
  /// View 3: the page of the race.
  case race
  /// View 4.
  case episode
  /// View 4, the focus not on the kept episodes.
  case recordedSteps
  /// View 4, the focus on the kept episodes.
  case keptEpisodes
  /// View 5.
  case anatomy
  /// The help.
  case help
  /// The choice of what to run.
  case chooser
  /// The line for a setting.
  case settingLine
  /// The question before leaving.
  case quitQuestion

  /// Where that is, to be said of a key: `m works in a maze`.
  public var place: String {
    switch self {
    case .always: "anywhere"
    case .views: "in both views"
    case .workerList: "in a list of workers"
    case .workersView: "in the view of the workers (2)"
    case .heatMap: "in the heat map of many workers (2)"
    case .maze: "with a maze on the stage (1)"
    case .estimators: "in the view of the estimators (3)"
    case .stateCursor: "over a map in the view of the estimators (3)"
    case .stateChoice: "on the page of a state (3)"
    case .errorAxis: "on the pages of bias and variance (3)"
    case .estimatorSlots: "where estimators are chosen (3)"
    case .field: "on the page of the policy's states (3)"
    case .rollout: "on the page of the rollout (3)"
    case .race: "on the page of the race (3)"
    case .episode, .recordedSteps: "in the view of the episode (4)"
    case .keptEpisodes: "in the list of kept episodes (4)"
    case .anatomy: "in the view of the algorithm (5)"
    case .help: "in the help"
    case .chooser: "in the chooser"
    case .settingLine: "in the setting line"
    case .quitQuestion: "at the question before leaving"
    }
  }

  /// Whether it is where the interface is now.
  public func applies(to state: InterfaceState, snapshot: EngineSnapshot) -> Bool {
    switch self {
    case .always: return true
    case .help:
      guard case .help = state.overlay else { return false }
      return true
    case .chooser:
      guard case .chooser = state.overlay else { return false }
      return true
    case .settingLine:
      guard case .settingLine = state.overlay else { return false }
      return true
    case .quitQuestion: return state.overlay == .quit
    case .views: return state.overlay == nil
    case .workerList:
      return state.overlay == nil && (state.view == .workers || state.focusedPane == .workers)
    case .workersView: return state.overlay == nil && state.view == .workers
    case .heatMap:
      return state.overlay == nil && state.view == .workers
        && WorkersLayout(state: state, snapshot: snapshot).form == .heatMap
    case .estimators: return state.overlay == nil && state.view == .estimators
    case .stateCursor:
      guard case .grid = snapshot.stage.scene else { return false }
      return isOpen([.state, .average], state)
    case .stateChoice: return isOpen([.state], state)
    case .errorAxis: return isOpen([.state, .average, .gradient], state)
    case .estimatorSlots: return isOpen([.state, .average, .rollout, .race], state)
    case .field: return isOpen([.average], state)
    case .rollout: return isOpen([.rollout], state)
    case .race: return isOpen([.race], state)
    case .episode: return state.overlay == nil && state.view == .episode
    case .recordedSteps:
      return state.overlay == nil && state.view == .episode && state.episodePane != .episodes
    case .keptEpisodes:
      return state.overlay == nil && state.view == .episode && state.episodePane == .episodes
    case .anatomy: return state.overlay == nil && state.view == .anatomy
    case .maze:
      guard state.overlay == nil, state.view == .stage else { return false }
      guard case .grid = snapshot.stage.scene else { return false }
      return true
    }
  }

  private func isOpen(_ pages: [EstimatorPage], _ state: InterfaceState) -> Bool {
    state.overlay == nil && state.view == .estimators && pages.contains(state.estimators.page)
  }
}
