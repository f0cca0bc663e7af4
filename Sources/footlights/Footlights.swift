internal import ArgumentParser

@main
struct Footlights: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "footlights",
    abstract: "Watch actor-critic agents learn in your terminal.")
}
