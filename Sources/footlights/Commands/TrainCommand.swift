internal import ArgumentParser
internal import Spelling
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
      Ends after --steps, --updates or --episodes, or after the preset's own budget. Ends with status 3 when \
      --until-return was not reached, with 4 when a parameter became non-finite.
      """,
      examples: [
        "footlights train --env CartPole-v1 --agent a2c --until-return 475 --hold 3",
        "footlights train --env Maze/cliff --estimator lambda:0.95 --json",
        "footlights train --preset mine.yaml --set slip=0.1 --set hidden=32,32",
        "footlights train --scheduler virtual --set delay=exponential --seed 3",
        "footlights train --scheduler virtual --updates 500 --step-by phase",
      ]))

  @OptionGroup var options: RunOptions

  @Option(
    parsing: .unconditional,
    help: """
      Go on in pieces: phase, step or update, as the step keys of the screen do. What is learnt is \
      the same, bit for bit, with a2c and in virtual time.
      """)
  var stepBy: String?

  @Flag(help: "Print one JSON object at the end and nothing else on standard output.")
  var json = false

  func run() throws {
    var configuration = try options.configuration()
    if !configuration.hasLimit { configuration.stepLimit = configuration.budget }
    configuration.stepGrain = try chosenGrain()
    try HeadlessRun(configuration: configuration, json: json).run()
  }
  private func chosenGrain() throws(InputError) -> StepGrain? {
    guard let stepBy else { return nil }
    let grains = [StepGrain.phase, .step, .update]
    guard let grain = grains.first(where: { $0.rawValue == stepBy }) else {
      let guess = suggestion(for: stepBy, among: grains.map(\.rawValue))
      throw InputError(
        "--step-by: found \(quoted(stepBy))\(guess), accepted is phase, step or update")
    }
    return grain
  }
}
