internal import ArgumentParser

/// The command line: what `footlights` can do, a file per command under `Commands`.
struct Footlights: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "footlights",
    abstract: "Watch actor-critic agents learn in your terminal.",
    version: "0.1.0",
    subcommands: [
      WatchCommand.self, TrainCommand.self, ReplayCommand.self,
      ReturnsCommand.self, CompareCommand.self, SolveCommand.self, RolloutCommand.self,
      ListCommand.self,
    ],
    defaultSubcommand: WatchCommand.self)
}
