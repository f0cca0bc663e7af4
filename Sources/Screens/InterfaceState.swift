public import Telemetry

/// Everything the interface itself remembers: what is looked at, what is focused, what is open.
///
/// A value. It changes only in `update(_:event:snapshot:catalogue:)` and is drawn by
/// `frame(state:snapshot:catalogue:size:look:)`; nothing of the run is kept in it.
public struct InterfaceState: Sendable, Equatable {
  /// The view on the screen.
  public var view: ViewID = .stage
  /// Columns of the terminal, as last told.
  public var columns: Int
  /// Rows of the terminal, as last told.
  public var rows: Int
  /// Whether the terminal shows Unicode: in ASCII some words are longer, and clicks fall elsewhere.
  public var isUnicode = true
  /// The worker on the stage and under the selection of every list of workers.
  public var focusedWorker = 0
  /// The pane of view 1 that has the focus.
  public var stagePane: PaneID = .stage
  /// The pane of view 2 that has the focus.
  public var workersPane: PaneID = .overview
  /// The focused pane fills the view.
  public var isZoomed = false
  /// What is laid over a maze; nil until somebody chooses: then what says most of the agent.
  public var layer: MazeLayer?
  /// How far one press of the step key goes.
  public var grain: StepGrain = .step
  /// The n that `n` and `t` go back to.
  public var lastNStep = 5
  /// The lambda that `l` and `t` go back to.
  public var lastLambda = 0.95
  /// The first worker shown where not all fit; `firstWorker(rows:of:)` says what becomes of it.
  public var workerScroll = 0
  /// The wheel has moved the list away from the focused worker; the next choice of one brings it back.
  public var isScrolledAway = false
  /// Time in the lanes of view 2: each step doubles it, below 0 halves it.
  public var laneZoom = 0
  /// The quantity that colours the heat map of workers.
  public var quantity: WorkerQuantity = .meanReturn
  /// What view 3 remembers.
  public var estimators = EstimatorsState()
  /// The moment of the past that every view shows; nil for the present.
  public var moment: Moment?
  /// The moment to go back to from a kept episode; nil for the present.
  public var momentBeforeKept: Moment?
  /// The selected row of the kept episodes.
  public var keptRow = 0
  /// The mouse was pressed on the scrubber and not let go yet.
  public var isScrubbing = false
  /// The pane of view 4 that has the focus.
  public var episodePane: PaneID = .recordedStep
  /// The phase taken apart in view 5; nil for the one carried out last.
  public var anatomyPhase: Int?
  /// What lies over the view and takes the keys.
  public var overlay: Overlay?
  /// What the footer says for a moment.
  public var message: Message?
  /// Lines typed after `:`, the oldest first.
  public var settingHistory: [String] = []
  /// The theme chosen with `:theme`; nil leaves the one the program was started with.
  public var themeName: String?
  /// What has been asked of the engine and is not in its snapshots yet.
  public var requests = Requests()
  /// What the engine was last told is being looked at; nil when it has not been told.
  public var interest: Interest?
  /// Seconds since the interface began, as told by the last tick.
  public var clock = 0.0

  /// The interface at its start, on a terminal of a size.
  public init(columns: Int = 80, rows: Int = 24) {
    self.columns = columns
    self.rows = rows
  }

  /// The first worker to show in a list of `rows` rows of `count` workers.
  ///
  /// The focused worker stays in sight, unless the wheel has moved the list away from it.
  public func firstWorker(rows: Int, of count: Int) -> Int {
    let last = max(0, count - max(rows, 1))
    let start = min(max(workerScroll, 0), last)
    if isScrolledAway { return start }
    let focus = min(max(focusedWorker, 0), max(0, count - 1))
    return min(max(start, focus - max(rows, 1) + 1), focus, last)
  }

  /// Another run has another past.
  public mutating func forgetThePast() {
    (moment, momentBeforeKept, keptRow) = (nil, nil, 0)
    requests.moves = []
  }

  /// The pane that has the focus in the present view.
  public var focusedPane: PaneID {
    get {
      switch view {
      case .stage: stagePane
      case .workers: workersPane
      case .estimators: estimators.pane
      case .episode: episodePane
      case .anatomy: .anatomy
      }
    }
    set {
      switch view {
      case .stage: stagePane = newValue
      case .workers: workersPane = newValue
      case .estimators: estimators.pane = newValue
      case .episode: episodePane = newValue
      case .anatomy: break
      }
    }
  }

  /// The panes of the present view (of view 3: of its page), in the order of the Tab key.
  public var panes: [PaneID] {
    switch view {
    case .stage: PaneID.ofStage
    case .workers: [.overview, .lanes]
    case .estimators: PaneID.panes(of: estimators.page)
    case .episode: PaneID.ofEpisode
    case .anatomy: [.anatomy]
    }
  }
}

/// A view: what fills the screen between header and footer.
public enum ViewID: Int, Sendable, Hashable, CaseIterable {
  /// One world, its numbers and the plots.
  case stage = 1
  /// All workers.
  case workers = 2
  /// Bias and variance of the estimators.
  case estimators = 3
  /// A recorded episode, step by step.
  case episode = 4
  /// The algorithm, phase by phase.
  case anatomy = 5
}

/// A pane that can have the focus.
public enum PaneID: Sendable, Hashable, CaseIterable {
  /// View 1: the world of the focused worker.
  case stage
  /// View 1: the list of workers.
  case workers
  /// View 1: the plot of returns.
  case returns
  /// View 1: the plot of the entropy.
  case entropy
  /// View 1: the plot of advantages.
  case advantage
  /// View 1: bias and variance of the targets.
  case biasVariance
  /// View 2: the workers as panes, list or heat map.
  case overview
  /// View 2: what each worker did in time.
  case lanes

  /// View 3: bias and variance over n and lambda at a state.
  case curves
  /// View 3: sampled targets around the true value.
  case targets
  /// View 3: the state looked into, on the map.
  case subject
  /// View 3: bias and variance on the mean over the policy's states.
  case averageCurves
  /// View 3: the map coloured by bias or variance.
  case field
  /// View 3: two estimators, step by step.
  case pair
  /// View 3: the weights of the lambda-return.
  case weights
  /// View 3: the variance of the policy gradient.
  case gradient
  /// View 3: two settings raced.
  case race

  /// View 4: the step in view, its world and numbers.
  case recordedStep
  /// View 4: its target taken apart.
  case target
  /// View 4: its part in the update, then and now.
  case update
  /// View 4: the episodes that are kept.
  case episodes
  /// View 5: the diagram.
  case anatomy

  /// The panes of view 4, in the order of the Tab key.
  public static let ofEpisode: [PaneID] = [.recordedStep, .target, .update, .episodes]

  /// The panes of view 1, in the order of the Tab key.
  public static let ofStage: [PaneID] = [
    .stage, .workers, .returns, .entropy, .advantage, .biasVariance,
  ]

  /// The panes of a page of view 3, in the order of the Tab key.
  public static func panes(of page: EstimatorPage) -> [PaneID] {
    switch page {
    case .state: [.curves, .targets, .subject]
    case .average: [.averageCurves, .field]
    case .rollout: [.pair, .weights]
    case .gradient: [.gradient]
    case .race: [.race]
    }
  }
}

/// A number every worker has, by which a heat map can be coloured.
public enum WorkerQuantity: Sendable, Hashable, CaseIterable {
  /// Mean return of its latest episodes.
  case meanReturn
  /// Updates between its last pull and its last push.
  case staleness
  /// Mean entropy over its last rollout.
  case entropy
  /// Global norm of its last gradient.
  case gradientNorm
}

/// What lies over a view and takes the keys until it is closed.
public enum Overlay: Sendable, Equatable {
  /// The help, scrolled down by some lines.
  case help(scroll: Int)
  /// The choice of environment, agent and preset.
  case chooser(Chooser)
  /// The line in which a setting is typed.
  case settingLine(SettingLine)
  /// The question whether to leave a run that is not finished.
  case quit
}

/// What the footer says for a moment.
public struct Message: Sendable, Equatable {
  /// What kind of news it is.
  public enum Kind: Sendable, Equatable {
    /// Something was done.
    case note
    /// Something cannot be done.
    case refusal
    /// A setting was changed; the engine's mark of that number says from which update on.
    case change(mark: Int)
  }

  /// What it says.
  public var text: String
  /// What kind of news it is.
  public var kind: Kind
  /// The clock at which it goes away.
  public var expires: Double

  /// Something to say until a time.
  public init(text: String, kind: Kind, expires: Double) {
    self.text = text
    self.kind = kind
    self.expires = expires
  }
}

/// What has been asked of the engine and is not in its snapshots yet.
///
/// A second press of a key builds on the first one even when the engine has had no update boundary
/// in between, as is always so while it is paused.
public struct Requests: Sendable, Equatable {
  /// The settings asked for; nil when all are in force.
  public var settings: LiveSettings?
  /// The speed asked for.
  public var speed: Speed?
  /// Pause or no pause, as asked for.
  public var isPaused: Bool?
  /// The clock at which a request is given up (the engine has declined it).
  public var expires = 0.0
  /// Moves in time that wait for the run to stand still, the first one first.
  public var moves: [TimeMove] = []
  /// The clock at which they are given up.
  public var movesExpire = 0.0

  /// Nothing asked.
  public init() {}
}
