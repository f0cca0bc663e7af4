extension JSON {
  /// A number in the shortest text that reads back as the same double.
  static func number(_ value: Double) throws(InputError) -> JSON {
    guard value.isFinite else {
      let found = value.isNaN ? "not a number" : "\(value)"
      throw InputError("a result is \(found): the numbers of the input are too large")
    }
    return .number(value.description)
  }

  /// A whole number.
  static func integer(_ value: Int) -> JSON {
    .number(String(value))
  }

  /// A list of numbers.
  static func numbers(_ values: [Double]) throws(InputError) -> JSON {
    var items: [JSON] = []
    items.reserveCapacity(values.count)
    for value in values { items.append(try number(value)) }
    return .array(items)
  }

  /// An object of members in the order given.
  static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .object(members.map { Member(key: $0.key, value: $0.value) })
  }

  /// The value on one line.
  var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .number(let literal): text += literal
    case .string(let string): Self.write(string, to: &text)
    case .array(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        item.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.write(member.key, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
