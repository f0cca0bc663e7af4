internal import Environments
internal import Networks
internal import Telemetry

/// Reads an episode file line by line, and takes nothing on trust: what is shown of a file must be
/// what a learner did.
struct EpisodeReader {
  /// What messages call the file.
  let file: String
  private(set) var lines: EpisodeLines
  let head: EpisodeHeaderReader
  var record: EpisodeRecord
  /// The line of the first step.
  var firstStepLine = 0

  /// The episode in a file, or on standard input.
  ///
  /// - Throws: where it is none, naming file and line, what was found and what is accepted.
  static func read(_ file: InputFile) throws(InputError) -> EpisodeFile {
    let bytes = try file.read(limit: EpisodeFile.mostBytes)
    guard bytes.count <= EpisodeFile.mostBytes else {
      throw InputError("\(file.name): longer than \(EpisodeFile.mostBytes) bytes")
    }
    return try read(bytes, file: file.name)
  }

  /// The episode in `bytes`, the content of `file` (for messages).
  static func read(_ bytes: [UInt8], file: String) throws(InputError) -> EpisodeFile {
    var reader = try EpisodeReader(bytes, file: file)
    try reader.readBody()
    try reader.checkReturn()
    try reader.checkTargets()
    try reader.checkEnd()
    return EpisodeFile(
      header: reader.head.header, record: reader.record, environment: reader.head.environment)
  }

  private init(_ bytes: [UInt8], file: String) throws(InputError) {
    self.file = file
    lines = EpisodeLines(bytes, file: file)
    head = try EpisodeHeaderReader(try lines.header())
    record = head.record
  }

  /// The kinds of lines behind the header, in their order.
  private enum Kind: Int {
    case update, step, reached
  }

  /// Reads all lines up to the one of the end.
  private mutating func readBody() throws(InputError) {
    var last = Kind.update
    while let line = try lines.next() {
      let (key, field) = try line.member()
      if key == "end" {
        guard last == .reached else {
          throw line.error("found 'end', expected the line of the state reached before it")
        }
        return lines.keepEnd(field, line: line.number)
      }
      let kind: Kind =
        switch key {
        case "update": .update
        case "step": .step
        case "reached": .reached
        default:
          throw line.error(
            "found the field \(quoted(key)), accepted are update, step, reached and end")
        }
      guard kind.rawValue >= last.rawValue, last != .reached else {
        throw line.error("found '\(key)' after '\(last)': the lines are not in their order")
      }
      last = kind
      switch kind {
      case .update: try readUpdate(field)
      case .step: try readStep(field, at: line)
      case .reached: try readReached(field, at: line)
      }
    }
    throw lines.cutOff()
  }

  private mutating func readUpdate(_ field: JSONField) throws(InputError) {
    let update = try UpdateRecord(field)
    if let before = record.updates.last, update.version <= before.version {
      throw field.error(
        "has the version \(update.version), accepted is one above \(before.version) of the update "
          + "before")
    }
    record.updates.append(update)
  }

  private mutating func readStep(_ field: JSONField, at line: EpisodeLines.Line) throws(InputError)
  {
    let count = record.steps.count
    guard record.length < head.length else {
      throw line.error("one step more than the length of \(head.length) in line 1")
    }
    if let before = record.steps.last, before.terminated || before.truncated {
      throw InputError(
        "\(file):\(line.number - 1): a step that ended the episode has another behind it")
    }
    if count == 0 { firstStepLine = line.number }
    let step = try head.step(field, t: record.length, updates: record.updates.count)
    record.steps.append(step)
  }

  private mutating func readReached(
    _ field: JSONField, at line: EpisodeLines.Line
  ) throws(InputError) {
    guard record.length == head.length else {
      throw line.error(
        "\(record.length) steps come before it, accepted is the length of \(head.length) in line 1")
    }
    guard !record.steps.isEmpty else { throw line.error("no step comes before it") }
    let fields = try EpisodeFields(field, ["state", "observation"])
    let (state, observation) = try head.state(fields)
    record.reached = EpisodeRecord.Reached(state: state, observation: observation)
  }

  private func checkEnd() throws(InputError) {
    try lines.checkEnd(steps: record.steps.count)
  }
}
