internal import ArgumentParser
internal import CellCanvas
internal import CursesTerminal
internal import Environments
internal import Screens
internal import Telemetry
internal import Threads
internal import Training

/// `watch` on a terminal: the live screen, the runs it begins, and what is said after it.
struct LiveRun {
  let options: RunOptions
  let first: RunConfiguration
  let speed: Speed?
  let theme: Theme
  let terminalOptions: TerminalOptions
  let json: Bool

  func run() throws {
    let hasLimit = first.hasLimit || first.goal != nil
    let request = RunRequest(
      environment: first.environment.specification.name, agent: first.agent.rawValue,
      preset: first.preset)
    let end: LiveScreenEnd
    do {
      end = try runLiveScreen(
        request, options: terminalOptions, theme: theme, catalogue: try Catalogue.bundled(),
        endsWithRun: hasLimit, begin: { try begin($0, isFirst: $0 == request) }, end: Self.letGo)
    } catch let error as TerminalError {
      throw InputError("\(error)")
    }
    try finish(end)
  }

  /// Begins the run that was asked for on the command line, or another that was chosen.
  private func begin(_ request: RunRequest, isFirst: Bool) throws -> TrainingSession {
    var configuration = isFirst ? first : try chosen(request)
    configuration.speed = speed ?? .multiple(configuration.watchSpeed)
    return try TrainingSession(configuration, watched: true)
  }

  /// What was chosen, with those options of the command line that suit every run.
  private func chosen(_ request: RunRequest) throws -> RunConfiguration {
    var others = try RunOptions(choosing: request)
    others.seed = options.seed
    others.threads = options.threads
    others.scheduler = options.scheduler
    return try others.configuration()
  }

  /// Ends a run that nobody looks at any more, without waiting for it.
  private static func letGo(_ engine: any Engine) {
    guard let session = engine as? TrainingSession else { return }
    session.stop()
    _ = try? OSThread { session.join() }
  }

  private func finish(_ end: LiveScreenEnd) throws {
    guard let session = end.engine as? TrainingSession else { return }
    if end.reason != .finished { session.stop("left") }
    session.join()
    if let signal = end.signal { throw ExitCode(128 + signal) }
    guard end.reason == .finished || json else { return }
    try session.result().report(json: json)
  }
}

extension RunOptions {
  /// The options of a run that was chosen on the screen: all others have their defaults.
  init(choosing request: RunRequest) throws {
    // Parsed, since options that were only initialised cannot be read.
    self = try RunOptions.parse([])
    learner.env = request.environment
    learner.agent = request.agent
    learner.preset = request.preset
  }
}

extension TrainingSession: EpisodeSource {}
