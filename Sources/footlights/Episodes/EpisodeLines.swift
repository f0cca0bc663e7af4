internal import Networks

/// The lines of an episode file, one after the other.
struct EpisodeLines {
  /// One line as JSON.
  struct Line {
    let file: String
    let number: Int
    let value: JSON

    func error(_ text: String) -> InputError { InputError("\(file):\(number): \(text)") }

    /// The one member of an object.
    func member() throws(InputError) -> (key: String, field: JSONField) {
      guard case .object(let members) = value, members.count == 1 else {
        throw error(
          "found \(value.kind), accepted is an object of one field: update, step, reached or end")
      }
      let field = JSONField(file: "\(file):\(number)", value: value)
      let key = members[0].key
      let fields = try field.members(known: [key])
      return (key, try fields.required(key, in: file))
    }
  }

  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var number = 0
  private var hash = FNV1a()
  /// The last line, and the hash of what comes before it.
  private var end: (field: JSONField, hash: String)?

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The next line as JSON; nil at the end of the file.
  ///
  /// - Throws: where it is none, or only the first part of one.
  mutating func next() throws(InputError) -> Line? {
    guard position < bytes.count else { return nil }
    number += 1
    let stop = bytes[position...].firstIndex(of: UInt8(ascii: "\n"))
    let text = bytes[position..<(stop ?? bytes.count)]
    guard text.count <= EpisodeFile.mostBytesOfLine else {
      throw InputError(
        "\(file):\(number): longer than \(EpisodeFile.mostBytesOfLine) bytes")
    }
    let value: JSON
    do {
      value = try JSONParser.parse(Array(text), file: file, firstLine: number)
    } catch {
      throw stop == nil ? cutOff() : text.isEmpty ? empty : error
    }
    lineStart = (position, hash)
    position = stop.map { $0 + 1 } ?? bytes.count
    hash.combine(bytes[lineStart.position..<position])
    return Line(file: file, number: number, value: value)
  }

  /// Where the line that was read last begins, and the hash of what comes before it.
  private var lineStart = (position: 0, hash: FNV1a())

  private var empty: InputError {
    InputError("\(file):\(number): an empty line, accepted is one JSON object a line")
  }

  /// The file ends too early.
  func cutOff() -> InputError {
    InputError(
      "\(file):\(max(number, 1)): the file is cut off here: its last line {\"end\": ...} is missing"
    )
  }

  /// The first line, which says what the file is.
  mutating func header() throws(InputError) -> JSONField {
    guard !bytes.isEmpty else {
      throw InputError("\(file): empty; accepted is an episode that footlights saved")
    }
    let line: Line?
    do {
      line = try next()
    } catch {
      let opening = "{\"format\":\"\(EpisodeFile.format)\""
      throw bytes.starts(with: opening.utf8) ? error : foreign
    }
    guard let line, case .object(let members) = line.value,
      let format = members.first(where: { $0.key == "format" })
    else { throw foreign }
    guard format.value == .string(EpisodeFile.format) else {
      throw line.error(
        "format is \(format.value.kind), accepted is '\(EpisodeFile.format)'")
    }
    let version = members.first { $0.key == "version" }
    guard version?.value == JSON.integer(EpisodeFile.version) else {
      throw line.error(
        "the version of the format is \(version?.value.kind ?? "missing"), accepted is "
          + "\(EpisodeFile.version)")
    }
    return JSONField(file: "\(file):1", value: line.value)
  }

  private var foreign: InputError {
    let first = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }.prefix(200)
    let found = oneLine(String(decoding: first, as: UTF8.self))
    return InputError(
      "\(file):1: found \(quoted(found)), expected the first line of an episode that footlights "
        + "saved: {\"format\": \"\(EpisodeFile.format)\", ...}")
  }

  /// The line of the end has been read: nothing may come behind it.
  mutating func keepEnd(_ field: JSONField, line: Int) {
    end = (field, lineStart.hash.hexadecimal)
  }

  /// Throws where the file does not end as it says, or was changed after it was written.
  func checkEnd(steps: Int) throws(InputError) {
    guard let end else { throw cutOff() }
    let fields = try EpisodeFields(end.field, ["steps", "hash"])
    let count = try fields["steps"].count()
    guard count == steps else {
      throw end.field.error("says \(count) steps, there are \(steps)")
    }
    let hash = try fields["hash"].line()
    guard hash == end.hash else {
      throw try fields["hash"].error(
        "is \(quoted(hash)), that of the lines before is '\(end.hash)': the file was changed after "
          + "it was written")
    }
    guard position == bytes.count, bytes.last == UInt8(ascii: "\n") else {
      throw InputError(
        "\(file):\(number): accepted is an end of line behind {\"end\": ...}, and nothing more")
    }
  }
}

/// The fields of an object, all of which must be there.
struct EpisodeFields {
  private let fields: [String: JSONField]
  private let file: String

  /// The fields of an object that has the keys given and no others.
  init(_ field: JSONField, _ keys: [String]) throws(InputError) {
    fields = try field.members(known: keys)
    file = field.file
  }

  subscript(_ key: String) -> JSONField {
    get throws(InputError) { try fields.required(key, in: file) }
  }

  /// A field that may be left out.
  func optional(_ key: String) -> JSONField? { fields[key] }
}
