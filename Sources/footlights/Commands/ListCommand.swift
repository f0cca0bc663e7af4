internal import ArgumentParser
internal import Spelling

/// `footlights list`: the names that options accept.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List environments, agents, presets, mazes, themes and keys.")

  @Argument(help: "One kind alone: environments, agents, presets, mazes, themes or keys.")
  var kind: String?

  @Flag(help: "Print one JSON object instead of tables.")
  var json = false

  func run() throws {
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
}
