extension JSONField {
  /// A finite number as the bits it was written from.
  func exactly<Number: BinaryFloatingPoint & LosslessStringConvertible>(
    _ type: Number.Type = Number.self
  ) throws(InputError) -> Number {
    guard case .number(let literal) = value else { throw wrongType("a number") }
    guard let number = Number(literal), number.isFinite else {
      throw wrongType("a finite number in \(type == Float.self ? "single" : "double") precision")
    }
    return number
  }

  /// A number that a learner computed, as the bits it was written from: null stands for NaN,
  /// "inf" and "-inf" for the infinities.
  func computed<Number: BinaryFloatingPoint & LosslessStringConvertible>(
    _ type: Number.Type = Number.self
  ) throws(InputError) -> Number {
    switch value {
    case .null: return .nan
    case .string("inf"): return .infinity
    case .string("-inf"): return -.infinity
    case .number: return try exactly()
    default: throw wrongType("a number, null, \"inf\" or \"-inf\"")
    }
  }

  /// A list of as many items as are needed, each read by `read`.
  func list<Item>(
    of count: Int, _ what: String, _ read: (JSONField) throws(InputError) -> Item
  ) throws(InputError) -> [Item] {
    let fields = try items("a list of \(count) \(what)")
    guard fields.count == count else {
      throw error("has \(fields.count) \(what), accepted is \(count)")
    }
    var items: [Item] = []
    items.reserveCapacity(count)
    for field in fields { items.append(try read(field)) }
    return items
  }

  /// A text on one line, of at most `limit` characters.
  func line(limit: Int = 500) throws(InputError) -> String {
    guard case .string(let text) = value else { throw wrongType("a text") }
    guard text.count <= limit else {
      throw error("has \(text.count) characters, accepted are at most \(limit)")
    }
    guard text == oneLine(text) else {
      throw wrongType("a text on one line without control characters")
    }
    return text
  }

  /// A whole number of 64 bits, 0 or above.
  func unsigned() throws(InputError) -> UInt64 {
    guard case .number(let literal) = value, let number = UInt64(literal) else {
      throw wrongType("a whole number from 0 to \(UInt64.max)")
    }
    return number
  }

  /// A whole number that counts something.
  func count(from least: Int = 0, to most: Int = 1 << 53) throws(InputError) -> Int {
    try integer(in: least...most, "a whole number from \(least) to \(most)")
  }
}
