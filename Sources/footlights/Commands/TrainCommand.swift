internal import ArgumentParser
internal import Telemetry
internal import Threads
internal import Training

/// `footlights train`: learn without a screen.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train without a screen, and say how far it came.",
    discussion: RunHelp.discussion(
      """
      Ends after --steps or --episodes, or after the preset's own budget. Ends with status 3 when \
      --until-return was not reached, with 4 when a parameter became non-finite.
      """,
      examples: [
        "footlights train --env CartPole-v1 --agent a2c --until-return 475 --hold 3",
        "footlights train --env Maze/cliff --estimator lambda:0.95 --json",
        "footlights train --preset mine.yaml --set slip=0.1 --set hidden=32,32",
        "footlights train --scheduler virtual --set delay=exponential --seed 3",
      ]))

  @OptionGroup var options: RunOptions

  @Flag(help: "Print one JSON object at the end and nothing else on standard output.")
  var json = false

  func run() throws {
    var configuration = try options.configuration()
    if configuration.stepLimit == nil && configuration.episodeLimit == nil {
      configuration.stepLimit = configuration.budget
    }
    try HeadlessRun(configuration: configuration, json: json).run()
  }
}
