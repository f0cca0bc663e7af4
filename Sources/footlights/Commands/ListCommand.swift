internal import ArgumentParser
internal import Environments
internal import Spelling

/// `footlights list`: the names that options accept.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract:
      "List environments, agents, presets, mazes, themes and keys; or tell of one environment.",
    discussion: """
      Examples:
        footlights list agents
        footlights list environments CartPole-v1
      """)

  @Argument(help: "One kind alone: environments, agents, presets, mazes, themes or keys.")
  var kind: String?

  @Argument(
    help: "With environments: the one to tell of, with what is observed, done and rewarded.")
  var name: String?

  @Flag(help: "Print one JSON object instead of tables.")
  var json = false

  func run() throws {
    if let name { return try tell(of: name) }
    var listing = try Listing.bundled()
    if let kind {
      guard listing.kinds.contains(kind) else {
        throw InputError(
          "list: unknown kind \(quoted(kind))\(suggestion(for: kind, among: listing.kinds)); "
            + "accepted are \(listing.kinds.joined(separator: ", "))")
      }
      listing = listing.only(kind)
    }
    try StandardOutput.write(json ? listing.json.text + "\n" : listing.text)
  }

  private func tell(of name: String) throws {
    guard kind == "environments" else {
      throw InputError(
        "list: found \(quoted(name)) behind '\(kind ?? "")', accepted is a name behind environments"
      )
    }
    let world = try Worlds.environment(name, named: "list", settings: [])
    let description = EnvironmentDescription(world.specification)
    try StandardOutput.write(json ? description.json.text + "\n" : description.text)
  }
}
