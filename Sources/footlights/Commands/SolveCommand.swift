internal import ArgumentParser
internal import Environments

/// `footlights solve`: exact values of a maze.
struct SolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Print the exact values of a maze and its best actions.",
    discussion: """
      V of the uniform policy, V of a given policy, V* and the best actions, for every cell that \
      is neither wall, goal nor pit. Entering the goal gives +1, a pit -1, and ends the episode; \
      every other step gives the step reward. Rules that are not given are those of the map's file.
      """)

  @Option(parsing: .unconditional, help: "A bundled maze, a map file, or - for standard input.")
  var maze: String

  @Option(parsing: .unconditional, help: "The reward of a step that enters neither goal nor pit.")
  var stepReward: String?

  @Option(parsing: .unconditional, help: "How likely a step is to slip, 0 to 1.")
  var slip: String?

  @Option(parsing: .unconditional, help: "What a slip does: perpendicular or uniform.")
  var slipModel: String?

  @Option(parsing: .unconditional, help: "The discount, 0 to 1.")
  var gamma: String = "0.99"

  @Option(
    parsing: .unconditional,
    help: "A JSON file {\"policy\": [[up, right, down, left], ...]}, a row for each cell.")
  var policy: String?

  @Flag(help: "Print one JSON object instead of a table.")
  var json = false

  func run() throws {
    let discount = try OptionValues.fraction("--gamma", gamma)
    let maze = try Worlds.maze(maze, settings: try settings())
    let cells = MazeSolution.cells(of: maze.map)
    let policy = try policy.map { path throws(InputError) in
      try MazeSolution.policy(try JSONField.read(InputFile(path: path)), cells: cells.count)
    }
    let solution = try MazeSolution(maze, discount: discount, policy: policy)
    try StandardOutput.write(json ? try solution.json().text + "\n" : solution.table())
  }

  /// The rules given as options, checked here so that messages name the option.
  private func settings() throws(InputError) -> [EnvironmentRegistry.Setting] {
    var settings: [EnvironmentRegistry.Setting] = []
    if let stepReward {
      let greatest = MazeConfiguration.greatestStepReward
      guard let reward = Double(stepReward), abs(reward) <= greatest else {
        throw OptionValues.rejected(
          "--step-reward", stepReward, "a finite number from -1e6 to 1e6")
      }
      settings.append(("step-reward", "\(reward)"))
    }
    if let slip {
      settings.append(("slip", "\(try OptionValues.fraction("--slip", slip))"))
    }
    if slipModel == "none", slip.flatMap(Double.init) ?? 0 == 0 {
      // Tables of results call the model of a maze without slip `none`.
      settings.append(("slip", "0"))
    } else if let slipModel {
      guard MazeConfiguration.SlipModel(rawValue: slipModel) != nil else {
        throw OptionValues.rejected("--slip-model", slipModel, "perpendicular or uniform")
      }
      settings.append(("slip-model", slipModel))
    }
    return settings
  }
}
