/// A JSON value whose numbers keep the text they were written with.
///
/// The text matters: estimates are keyed by n and lambda exactly as they were given (`0.95`,
/// `1.0`), and a decoder that turns numbers into binary loses that.
enum JSON: Equatable {
  case null
  case bool(Bool)
  /// A number as written.
  case number(String)
  case string(String)
  case array([JSON])
  /// Members in the order they were written.
  case object([Member])

  struct Member: Equatable {
    var key: String
    var value: JSON
  }

  /// What messages call it.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool(let flag): "\(flag)"
    case .number(let literal): "the number \(literal.prefix(40))"
    case .string(let text): "the text \(quoted(text))"
    case .array(let items): "a list of \(items.count)"
    case .object: "an object"
    }
  }
}
