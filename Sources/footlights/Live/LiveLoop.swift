internal import CellCanvas
internal import Screens
internal import Telemetry

/// What the loop at the screen cannot do itself.
struct LiveServices {
  /// What can be chosen.
  var catalogue: Catalogue
  /// Begins a run; an error's description is shown in one line.
  var begin: (RunRequest) throws -> any Engine
  /// Ends a run that is not looked at any more.
  var end: (any Engine) -> Void
  /// Writes a picture of a frame; the name of its file.
  var savePicture: (Canvas) throws -> String
  /// Writes an episode of an engine's run under a name; the name of its file.
  var saveEpisode: (EpisodeRecord, EngineSnapshot, any Engine, String) throws -> String
  /// Seconds by a clock that never goes back.
  var now: () -> Double
  /// Seconds of processor time the calling thread has used.
  var processorTime: () -> Double
}

/// The loop of the live screen: events in, commands to the engine, frames out.
///
/// It never waits for the engine, and the engine never for it.
struct LiveLoop {
  /// Why it ended.
  enum End: Equatable {
    /// A person left.
    case left
    /// The run reached its limit, goal or a non-finite parameter, and that was to end it.
    case finished
    /// SIGINT or SIGTERM.
    case interrupted
    /// The terminal is gone.
    case hungUp
  }

  private let terminal: any Terminal
  private let services: LiveServices
  private let look: Look
  private let endsWithRun: Bool
  private let start: Double
  /// The engine of the run on the screen.
  private(set) var engine: any Engine
  private var snapshot: EngineSnapshot
  private var state: InterfaceState
  private var clock = FrameClock()
  private var lastFrame: Canvas
  private var end: End?

  /// A loop over a terminal that has been taken over.
  ///
  /// - Parameters:
  ///   - endsWithRun: Whether the screen is left when the run is at its end.
  ///   - moment: The moment of the past that view 4 opens with; nil opens view 1.
  init(
    terminal: any Terminal, engine: any Engine, theme: Theme, endsWithRun: Bool,
    moment: Moment? = nil, services: LiveServices
  ) {
    self.terminal = terminal
    self.engine = engine
    self.endsWithRun = endsWithRun
    self.services = services
    look = Look(theme: theme, on: terminal.capabilities)
    start = services.now()
    snapshot = engine.snapshot()
    let size = terminal.size
    state = InterfaceState(columns: size.columns, rows: size.rows)
    state.isUnicode = terminal.capabilities.unicode
    if let moment {
      state.view = .episode
      state.moment = moment
    }
    lastFrame = Canvas(size: size, background: look.ground)
  }

  /// Runs until somebody or something ends it; the run itself goes on.
  mutating func run() -> End {
    tell(.resize(terminal.size))
    draw()
    while true {
      if let end { return end }
      let wait = clock.wait(at: services.now())
      if let event = terminal.nextEvent(timeoutMilliseconds: wait) {
        take(event)
        // What came together is answered by one frame.
        var more = 0
        while end == nil, more < 256, let event = terminal.nextEvent(timeoutMilliseconds: 0) {
          take(event)
          more += 1
        }
        if end == nil { draw() }
      } else if clock.isDue(at: services.now()) {
        draw()
      }
    }
  }

  // MARK: Events

  private mutating func take(_ event: TerminalEvent) {
    clock.acted(at: services.now())
    switch event {
    case .key(let key): tell(.key(key))
    case .mouse(let mouse): tell(.mouse(mouse))
    case .resize(let size): tell(.resize(size))
    case .interrupted: end = .interrupted
    case .hangUp: end = .hungUp
    case .suspended, .resumed: break
    }
  }

  private mutating func tell(_ event: InterfaceEvent) {
    let effects = update(
      &state, event: event, snapshot: snapshot, catalogue: services.catalogue)
    for effect in effects where end == nil { perform(effect) }
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .engine(let command): engine.send(command)
    case .start(let request): begin(request)
    case .savePicture:
      do {
        tell(.notice("saved \(try services.savePicture(lastFrame))"))
      } catch {
        tell(.notice("cannot save a picture: \(error)"))
      }
    case .saveEpisode(let episode, _, let name):
      do {
        tell(.notice("saved \(try services.saveEpisode(episode, snapshot, engine, name))"))
      } catch {
        tell(.notice("cannot save the episode: \(error)"))
      }
    case .quit: end = .left
    }
  }

  /// Changes to another run; where it cannot be begun the present one goes on.
  private mutating func begin(_ request: RunRequest) {
    do {
      let next = try services.begin(request)
      services.end(engine)
      engine = next
      let left = snapshot.run.environment
      snapshot = next.snapshot()
      if snapshot.run.environment != left { state.estimators.forgetStates() }
      state.focusedWorker = 0
      state.workerScroll = 0
      state.requests = Requests()
      state.forgetThePast()
      state.interest = Interest()
      state.message = nil
    } catch {
      tell(.notice("cannot start: \(error)"))
    }
  }

  // MARK: Frames

  private mutating func draw() {
    let before = services.processorTime()
    takeSnapshot()
    let looked = state.interest?.history
    tell(.tick(seconds: services.now() - start))
    if end != nil { return }
    // Moves in time that waited for the run to stand still show in this very frame.
    if state.interest?.history != looked { takeSnapshot() }
    lastFrame = frame(
      state: state, snapshot: snapshot, catalogue: services.catalogue, size: terminal.size,
      look: look)
    terminal.present(lastFrame)
    let cost = services.processorTime() - before
    clock.drew(at: services.now(), cost: cost, motion: motion)
    if endsWithRun, motion == .still, snapshot.status != .paused { end = .finished }
  }

  /// A picture that stands still and is left alone stays as it is: what an idle engine still works
  /// out about the same update is shown with the next thing that happens. The view of the estimators
  /// shows what a measurement still finds out, to its end.
  private mutating func takeSnapshot() {
    let shown = snapshot
    snapshot = engine.snapshot()
    guard motion == .still, clock.isLeftAlone(at: services.now()),
      snapshot.counters.updates == shown.counters.updates
    else { return }
    snapshot.counters.meanStaleness = shown.counters.meanStaleness
    if let old = shown.estimators, let new = snapshot.estimators, new.isSameButForAge(as: old) {
      snapshot.estimators = old
    }
    if let old = shown.biasVariance, let new = snapshot.biasVariance, old.state == new.state,
      old.update == new.update
    {
      snapshot.biasVariance = old
    }
  }

  private var motion: FrameClock.Motion {
    switch snapshot.status {
    case .running: snapshot.speed == .unlimited ? .racing : .moving
    case .paused, .finished, .diverged: .still
    }
  }
}
