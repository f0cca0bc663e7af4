/// Reads JSON (RFC 8259) and nothing else: no NaN, no comments, no repeated keys.
struct JSONParser {
  private let bytes: [UInt8]
  private let file: String
  private let firstLine: Int
  private var position = 0
  private var depth = 0

  /// Lists and objects nested deeper than this are refused.
  private static let deepest = 100

  private init(_ bytes: [UInt8], file: String, firstLine: Int) {
    self.bytes = bytes
    self.file = file
    self.firstLine = firstLine
  }

  /// The one value in `bytes`, the content of `file` (for messages).
  ///
  /// - Parameter firstLine: the line of the file that `bytes` begins with.
  /// - Throws: where it is not JSON, naming file and line, what was found and what is accepted.
  static func parse(
    _ bytes: [UInt8], file: String, firstLine: Int = 1
  ) throws(InputError) -> JSON {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw InputError("\(file): not a text file (it is not UTF-8); accepted is JSON")
    }
    var parser = JSONParser(bytes, file: file, firstLine: firstLine)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
    parser.skipSpace()
    guard parser.position < bytes.count else {
      throw InputError("\(file): empty; accepted is one JSON object")
    }
    let value = try parser.value()
    parser.skipSpace()
    guard parser.position == bytes.count else {
      throw parser.unexpected("the end of the file: one JSON object")
    }
    return value
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(InputError) -> JSON {
    switch next ?? 0 {
    case UInt8(ascii: "{"): return try nested { parser throws(InputError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(InputError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: return try word()
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(InputError) -> JSON
  ) throws(InputError) -> JSON {
    depth += 1
    guard depth <= Self.deepest else {
      throw InputError("\(file):\(line): nested deeper than \(Self.deepest) lists")
    }
    position += 1
    let result = try body(&self)
    depth -= 1
    return result
  }

  private mutating func array() throws(InputError) -> JSON {
    var items: [JSON] = []
    skipSpace()
    if take("]") { return .array(items) }
    while true {
      skipSpace()
      items.append(try value())
      skipSpace()
      if take("]") { return .array(items) }
      guard take(",") else { throw unexpected("',' or ']'") }
    }
  }

  private mutating func object() throws(InputError) -> JSON {
    var members: [JSON.Member] = []
    var keys: Set<String> = []
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
      let key = try string()
      guard keys.insert(key).inserted else {
        throw InputError("\(file):\(line): the key \(quoted(key)) is given twice")
      }
      skipSpace()
      guard take(":") else { throw unexpected("':'") }
      skipSpace()
      members.append(JSON.Member(key: key, value: try value()))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw unexpected("',' or '}'") }
    }
  }

  /// A number: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
  private mutating func number() throws(InputError) -> JSON {
    let start = position
    _ = take("-")
    if next == UInt8(ascii: "I") { return try word() }
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() throws(InputError) {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    guard position > start else { throw unexpected("a digit") }
  }

  private mutating func word() throws(InputError) -> JSON {
    let start = position
    while let byte = next, byte.isWordByte { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    switch word {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "NaN", "nan", "Infinity", "inf":
      throw InputError(
        "\(file):\(line): found \(word), which is not JSON; accepted are finite numbers")
    default:
      position = start
      throw unexpected("a JSON value")
    }
  }

  private mutating func string() throws(InputError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape().utf8)
      case 0..<0x20:
        position -= 1
        throw unexpected("a character of a text (control characters are written \\n, \\t, ...)")
      default: text.append(byte)
      }
    }
    throw unexpected("a closing quote")
  }

  private mutating func escape() throws(InputError) -> String {
    let code = next
    position += 1
    switch code {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return String(decoding: [code ?? 0], as: UTF8.self)
    case UInt8(ascii: "u"):
      var units = [try codeUnit()]
      if UTF16.isLeadSurrogate(units[0]), take("\\") {
        guard take("u") else { throw unexpected("the second half of a surrogate pair") }
        units.append(try codeUnit())
      }
      return String(decoding: units, as: UTF16.self)
    default:
      position -= 1
      throw unexpected("an escape such as \\n or \\u0041")
    }
  }

  private mutating func codeUnit() throws(InputError) -> UInt16 {
    let end = min(position + 4, bytes.count)
    let digits = String(decoding: bytes[position..<end], as: UTF8.self)
    guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit),
      let unit = UInt16(digits, radix: 16)
    else { throw unexpected("four hexadecimal digits") }
    position = end
    return unit
  }

  private var line: Int { firstLine + bytes[..<min(position, bytes.count)].count { $0 == 0x0A } }

  private func unexpected(_ accepted: String) -> InputError {
    var found = "the end of the file"
    if position < bytes.count {
      var end = position + 1
      if bytes[position].isWordByte {
        while end < bytes.count, end < position + 40, bytes[end].isWordByte { end += 1 }
      }
      found = quoted(String(decoding: bytes[position..<end], as: UTF8.self))
    }
    return InputError("\(file):\(line): found \(found), expected \(accepted)")
  }
}

extension UInt8 {
  /// A letter, a digit, or part of a character beyond ASCII.
  fileprivate var isWordByte: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...0xFF: true
    default: false
    }
  }
}
