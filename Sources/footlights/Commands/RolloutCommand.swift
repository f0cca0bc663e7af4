internal import ArgumentParser
internal import Environments

/// `footlights rollout`: one episode, action by action.
struct RolloutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollout",
    abstract: "Play an environment from a given state with given actions.",
    discussion: """
      The input is one JSON object: {"state": [...], "actions": [...]}. The state of a maze is the \
      index of a cell: [0]. Where actions are real numbers, as in Pendulum-v1, they are listed as \
      such: [0.5, -2]. Actions after the episode's end are not played.
      """)

  @Option(parsing: .unconditional, help: "An environment, or the path of a maze file.")
  var env: String

  @Argument(help: "A JSON file, or - for standard input.")
  var input: String = "-"

  @Option(parsing: .unconditional, help: "Seed of the environment's randomness.")
  var seed: String = "0"

  @Option(
    parsing: .unconditionalSingleValue, help: "A setting of the environment: slip=0.2.")
  var set: [String] = []

  @Flag(help: "Print one JSON object instead of a table.")
  var json = false

  func run() throws {
    guard let seed = UInt64(seed) else {
      throw OptionValues.rejected("--seed", seed, "a whole number from 0 to \(UInt64.max)")
    }
    let environment = try Worlds.environment(
      env, named: "--env", settings: try OptionValues.settings("--set", set))
    let playback = try Playback(
      try JSONField.read(InputFile(path: input)), in: environment, seed: seed)
    // The JSON refuses numbers that are none; the table is no other answer.
    let answer = try playback.json()
    try StandardOutput.write(
      json ? answer.text + "\n" : playback.table(of: environment.specification))
  }
}
