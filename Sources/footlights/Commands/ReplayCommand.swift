internal import ArgumentParser
internal import CellCanvas
internal import CursesTerminal
internal import Screens
internal import Telemetry

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// `footlights replay`: an episode that was saved from the screen.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Go through a saved episode step by step.",
    discussion: """
      The file is one that was saved from view 4 of watch: JSON lines, the first of which says what \
      was run. On a terminal the episode is gone through step by step, backwards and forwards, with \
      the keys of view 4 (? lists them); else it is printed as a table. A file that is cut off, was \
      edited or is something else is refused.
      """)

  @Argument(help: "An episode file, or - for standard input.")
  var input: String = "-"

  @OptionGroup(title: "Options of the screen") var looks: LookOptions

  @Flag(help: "Print one JSON object instead of showing the episode.")
  var json = false

  func run() throws {
    let theme = try looks.chosenTheme()
    let terminalOptions = try looks.terminalOptions()
    let episode = try EpisodeReader.read(InputFile(path: input))
    if json { return try StandardOutput.write(episode.json().text + "\n") }
    guard isatty(STDOUT_FILENO) == 1 else { return try StandardOutput.write(episode.table()) }
    try show(episode, theme: theme, options: terminalOptions)
  }

  private func show(_ episode: EpisodeFile, theme: Theme, options: TerminalOptions) throws {
    let engine = ReplayEngine(episode)
    let run = episode.header.run
    let request = RunRequest(environment: run.environment, agent: run.agent, preset: run.preset)
    let end: LiveScreenEnd
    do {
      end = try runLiveScreen(
        request, options: options, theme: theme, catalogue: try Catalogue.bundled(),
        endsWithRun: false, moment: engine.start, begin: { _ in engine }, end: { _ in })
    } catch let error as TerminalError {
      throw InputError("\(error)")
    }
    if let signal = end.signal { throw ExitCode(128 + signal) }
  }
}
