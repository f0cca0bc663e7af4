internal import CellCanvas
internal import Environments
internal import FootlightsAssets
internal import Screens
internal import Telemetry

/// What the program has to offer, kind by kind: what `footlights list` prints.
struct Listing {
  /// One thing that can be named on the command line (or pressed, for keys).
  struct Entry {
    let name: String
    let summary: String
    /// Further fields, such as a preset's environment.
    var details: [(key: String, value: String)] = []
  }

  /// All things of one kind: `mazes`.
  struct Section {
    let kind: String
    let entries: [Entry]
  }

  let sections: [Section]

  /// A listing of what can be run, of the looks of the screen, and of its keys.
  init(catalogue: Catalogue, mazes: [Entry], themes: [Entry], keys: [Entry]) {
    func entries(_ entries: [Catalogue.Entry]) -> [Entry] {
      entries.map { Entry(name: $0.name, summary: $0.summary) }
    }
    let presets = catalogue.presets.map {
      Entry(
        name: $0.name, summary: $0.summary,
        details: [("environment", $0.environment), ("agent", $0.agent)])
    }
    sections = [
      Section(kind: "environments", entries: entries(catalogue.environments)),
      Section(kind: "agents", entries: entries(catalogue.agents)),
      Section(kind: "presets", entries: presets),
      Section(kind: "mazes", entries: mazes),
      Section(kind: "themes", entries: themes),
      Section(kind: "keys", entries: keys),
    ]
  }

  private init(sections: [Section]) {
    self.sections = sections
  }

  /// The kinds, in the order they are printed.
  var kinds: [String] { sections.map(\.kind) }

  /// The listing of one kind alone.
  func only(_ kind: String) -> Listing {
    Listing(sections: sections.filter { $0.kind == kind })
  }

  /// The listing as one JSON object.
  var json: JSON {
    .object(
      sections.map { section in
        JSON.Member(key: section.kind, value: .array(section.entries.map(Self.json)))
      })
  }

  private static func json(_ entry: Entry) -> JSON {
    let fields = [("name", entry.name), ("summary", entry.summary)] + entry.details
    return .object(fields.map { JSON.Member(key: $0.0, value: .string($0.1)) })
  }

  /// The listing as tables.
  var text: String {
    sections.map { section in
      var table = TextTable(header: [])
      table.leftAligned = [0, 1]
      table.rows = section.entries.map { ["  " + $0.name, $0.summary] }
      return "\(section.kind)\n\(table.text)"
    }.joined(separator: "\n")
  }
}

extension Listing {
  /// What is bundled with the program.
  ///
  /// - Throws: where a bundled maze is no maze.
  static func bundled() throws(InputError) -> Listing {
    do {
      let known = try Worlds.registry.entries()
      let prefix = "Maze/"
      let mazes = known.filter { $0.name.hasPrefix(prefix) }
        .map { Entry(name: String($0.name.dropFirst(prefix.count)), summary: $0.summary) }
      return Listing(
        catalogue: try Catalogue.bundled(), mazes: mazes,
        themes: Theme.bundled.map { Entry(name: $0.name, summary: $0.summary) },
        keys: KeyTable.bindings.map { Entry(name: $0.keyText, summary: $0.text) })
    } catch {
      throw InputError("\(error)")
    }
  }
}
