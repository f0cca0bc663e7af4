internal import CellCanvas
internal import CursesTerminal
internal import Screens
internal import Telemetry
internal import Threads

/// How a session at the live screen ended.
struct LiveScreenEnd {
  /// The run that was on the screen last. It may be going on; nobody has ended it.
  var engine: any Engine
  /// Why the screen was left.
  var reason: LiveLoop.End
  /// The signal that asked for it, if one did: the exit status is then 128 and this number.
  var signal: Int32?
}

/// Takes the terminal over, begins a run, shows it until somebody leaves, and gives the terminal
/// back, also when the run cannot be begun. To be called on the main thread.
///
/// - Parameters:
///   - request: The first run.
///   - endsWithRun: Whether the screen is left when the run is at its limit.
///   - moment: The moment of the past that view 4 opens with; nil opens view 1.
///   - begin: Begins a run: the first one, and each that a person chooses. Errors are shown in
///     the footer; the first run's error is thrown.
///   - end: Ends a run when another has taken its place.
/// - Returns: The last run, for the caller to end, and why the screen was left.
/// - Throws: `TerminalError` when the terminal cannot be used, and what `begin` throws.
func runLiveScreen(
  _ request: RunRequest, options: TerminalOptions, theme: Theme, catalogue: Catalogue,
  endsWithRun: Bool, moment: Moment? = nil, begin: @escaping (RunRequest) throws -> any Engine,
  end: @escaping (any Engine) -> Void
) throws -> LiveScreenEnd {
  let terminal = CursesTerminal(options: options)
  try terminal.start()
  defer { terminal.stop() }
  let services = LiveServices(
    catalogue: catalogue, begin: begin, end: end, savePicture: { try savePicture(of: $0) },
    saveEpisode: { try EpisodeFile($0, of: $1, livedIn: $2, name: $3).save() },
    now: { MonotonicClock.seconds }, processorTime: { MonotonicClock.threadSeconds })
  var loop = LiveLoop(
    terminal: terminal, engine: try begin(request), theme: theme, endsWithRun: endsWithRun,
    moment: moment, services: services)
  let reason = loop.run()
  return LiveScreenEnd(engine: loop.engine, reason: reason, signal: terminal.endingSignal)
}
