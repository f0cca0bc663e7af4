internal import Environments
internal import Telemetry

extension EpisodeFile {
  /// An episode of the run an engine plays and a snapshot shows.
  ///
  /// - Throws: where the engine has no world to name.
  init(
    _ record: EpisodeRecord, of snapshot: EngineSnapshot, livedIn engine: any Engine, name: String
  ) throws(InputError) {
    guard let source = engine as? any EpisodeSource else {
      throw InputError("its world is not known")
    }
    self.init(
      record, of: snapshot.run, settings: snapshot.settings, environment: source.environment,
      name: name)
  }

  /// An episode of a run, as it will be written: texts from outside come onto one line.
  init(
    _ record: EpisodeRecord, of run: RunDescription, settings: LiveSettings,
    environment: any Environment, name: String
  ) {
    var run = run
    for text in [
      \RunDescription.environment, \.preset, \.scheduler, \.network,
    ] { run[keyPath: text] = Self.plain(run[keyPath: text]) }
    self.init(
      header: EpisodeHeader(name: Self.plain(name), run: run, settings: settings),
      record: record, environment: environment)
  }

  private static func plain(_ text: String) -> String { oneLine(String(text.prefix(500))) }

  /// Writes the episode into a folder as `NAME.jsonl`, or the first of `NAME-2.jsonl`, `NAME-3.jsonl`
  /// and so on that is free; the name.
  ///
  /// - Throws: where it cannot be written, or `replay` would refuse it for its length.
  func save(in folder: String = ".") throws -> String {
    let text = text()
    guard text.utf8.count <= Self.mostBytes else {
      throw InputError("it would be longer than \(Self.mostBytes) bytes")
    }
    let name = Self.fileName(header.name)
    return try writeNewFile(text, in: folder) {
      $0 == 1 ? "\(name).jsonl" : "\(name)-\($0).jsonl"
    }
  }

  /// A name that every file system takes: no separators, no characters with a meaning of their own,
  /// no dot at the start, not too long.
  static func fileName(_ name: String) -> String {
    var plain = ""
    for character in oneLine(name) {
      let isOrdinary = character.isLetter || character.isNumber || "._-+=,".contains(character)
      if isOrdinary {
        plain.append(character)
      } else if plain.last != "-" {
        plain.append("-")
      }
    }
    while let first = plain.first, "-.".contains(first) { plain.removeFirst() }
    while let last = plain.last, "-.".contains(last) || plain.utf8.count > 100 {
      plain.removeLast()
    }
    return plain.isEmpty ? "episode" : plain
  }
}
