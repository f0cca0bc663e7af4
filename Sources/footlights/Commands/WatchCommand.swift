internal import ArgumentParser
internal import CursesTerminal
internal import Screens
internal import Telemetry
internal import Threads
internal import Training

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// `footlights watch`: the live screen. What `footlights` alone does.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Watch an agent learn (the default).",
    discussion: RunHelp.discussion(
      """
      Goes on until it is left with q, unless a limit is given: then it ends with the run. Without \
      a terminal on standard output it does what train does. On the screen, ? lists the keys.
      """,
      examples: [
        "footlights watch --env Maze/four-rooms --agent a2c --estimator lambda:0.95",
        "footlights watch --env my-maze.txt --set slip=0.2 --speed 32",
        "footlights watch --workers 100 --set entropy_coefficient=0.02",
      ]))

  @OptionGroup(title: "Options of the run") var options: RunOptions

  @OptionGroup(title: "Options of the screen") var screen: ScreenOptions

  @Flag(help: "Print one JSON object when the run has ended, after the screen is restored.")
  var json = false

  func run() throws {
    var configuration = try options.configuration()
    let speed = try screen.chosenSpeed()
    let theme = try screen.looks.chosenTheme()
    let terminalOptions = try screen.looks.terminalOptions()
    if let picture = screen.picture {
      guard !picture.isEmpty else {
        throw OptionValues.rejected("--picture", picture, "the path of a file")
      }
      try OutputFile(path: picture).check()
      let portrait = Portrait(
        configuration: configuration, speed: speed, theme: theme, isASCII: screen.looks.ascii,
        size: try screen.pictureSize(), path: picture)
      return try portrait.run()
    }
    guard isatty(STDOUT_FILENO) == 1 else {
      if !configuration.hasLimit { configuration.stepLimit = configuration.budget }
      return try HeadlessRun(configuration: configuration, json: json).run()
    }
    let live = LiveRun(
      options: options, first: configuration, speed: speed, theme: theme,
      terminalOptions: terminalOptions, json: json)
    try live.run()
  }
}
