import CellCanvas
import Estimators
public import Telemetry

/// Takes one event: changes the state, and says what the program has to do.
///
/// Pure: the same state, event, snapshot and catalogue give the same result. Commands go out as
/// effects; the engine's answer comes back in later snapshots.
public func update(
  _ state: inout InterfaceState, event: InterfaceEvent, snapshot: EngineSnapshot,
  catalogue: Catalogue
) -> [Effect] {
  var turn = Turn(state: state, snapshot: snapshot, catalogue: catalogue)
  turn.settle()
  turn.take(event)
  turn.keepFocusInSight()
  turn.lookAgain()
  state = turn.state
  return turn.effects
}

/// One event being taken.
struct Turn {
  var state: InterfaceState
  let snapshot: EngineSnapshot
  let catalogue: Catalogue
  var effects: [Effect] = []

  init(state: InterfaceState, snapshot: EngineSnapshot, catalogue: Catalogue) {
    self.state = state
    self.snapshot = snapshot
    self.catalogue = catalogue
  }

  /// Number of workers there are.
  var workerCount: Int { max(1, snapshot.workers.count) }

  /// The settings in force, or those asked for when the engine has not come to it.
  var settings: LiveSettings { state.requests.settings ?? snapshot.settings }

  mutating func take(_ event: InterfaceEvent) {
    switch event {
    case .key(let key): press(key)
    case .mouse(let mouse): point(mouse)
    case .resize(let size):
      state.columns = size.columns
      state.rows = size.rows
    case .tick(let seconds):
      state.clock = max(state.clock, seconds)
      if let message = state.message, message.expires <= state.clock { state.message = nil }
    case .notice(let text): say(text)
    }
  }

  /// Brings the state in line with the snapshot: answered requests, a smaller number of workers.
  mutating func settle() {
    let running = snapshot.status == .running
    let expired = running && state.clock >= state.requests.expires
    if state.requests.settings == snapshot.settings || expired { state.requests.settings = nil }
    if state.requests.speed == snapshot.speed || expired { state.requests.speed = nil }
    let answered = state.requests.isPaused == (snapshot.status == .paused)
    if answered || hasEnded || expired { state.requests.isPaused = nil }
    if state.requests.settings == nil { remember(snapshot.settings.estimator) }
    state.focusedWorker = min(max(state.focusedWorker, 0), workerCount - 1)
    state.workerScroll = min(max(state.workerScroll, 0), workerCount - 1)
    settleTravel()
    // The one page there is of an agent with a table.
    if settings.agent.hasTable { state.estimators.page = .race }
  }

  /// Scrolls the workers pane of view 1 so that the focused worker is in it.
  mutating func keepFocusInSight() {
    guard state.view == .stage, !state.isScrolledAway else { return }
    let body = FrameLayout(size: Size(columns: state.columns, rows: state.rows)).body
    let rows = StageView(snapshot: snapshot, state: state).visibleWorkers(in: body).count
    if rows > 0 { state.workerScroll = state.firstWorker(rows: rows, of: workerCount) }
  }

  /// Tells the engine what is being looked at now, where that has changed.
  mutating func lookAgain() {
    let now = interest(of: state, snapshot: snapshot)
    guard now != state.interest else { return }
    state.interest = now
    effects.append(.engine(.show(now)))
  }

  mutating func remember(_ estimator: ReturnEstimator) {
    switch estimator {
    case .nStep(let n): state.lastNStep = n
    case .lambda(let lambda): state.lastLambda = lambda
    case .td, .monteCarlo: break
    }
  }

  /// The run is at its end: there is nothing to pause or step.
  var hasEnded: Bool {
    switch snapshot.status {
    case .finished, .diverged: true
    case .running, .paused: false
    }
  }

  mutating func say(_ text: String, _ kind: Message.Kind = .note) {
    let seconds = kind == .refusal ? 3.0 : 4.0
    state.message = Message(text: text, kind: kind, expires: state.clock + seconds)
  }

  mutating func refuse(_ text: String) { say(text, .refusal) }

  /// Says why nothing goes on, where nothing does: the run has ended, or there is none.
  mutating func refusesToLearn() -> Bool {
    if refusesReplayed() { return true }
    if hasEnded { refuse("the run has ended; c chooses another") }
    return hasEnded
  }

  /// Says that a replayed episode cannot be changed, where it is one.
  mutating func refusesReplayed() -> Bool {
    if snapshot.isReplay { refuse("a replay has no learner: , and . go through its episode") }
    return snapshot.isReplay
  }
}
