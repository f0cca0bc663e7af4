internal import Spelling

/// A value within a JSON file and the way to it, for messages: `rewards[3][0]`.
struct JSONField {
  let file: String
  let value: JSON
  private let place: Place

  /// The way to a value, put into words only where there is something to say.
  private indirect enum Place {
    case root
    case member(Place, String)
    case item(Place, Int)

    var path: String {
      switch self {
      case .root: ""
      case .member(.root, let key): key
      case .member(let parent, let key): "\(parent.path).\(key)"
      case .item(let parent, let index): "\(parent.path)[\(index)]"
      }
    }
  }

  /// The whole content of a file.
  init(file: String, value: JSON) {
    self.init(file: file, value: value, place: .root)
  }

  private init(file: String, value: JSON, place: Place) {
    self.file = file
    self.value = value
    self.place = place
  }

  /// The JSON in a file, or on standard input.
  static func read(_ file: InputFile) throws(InputError) -> JSONField {
    let bytes = try file.read()
    guard bytes.count <= InputFile.mostBytes else {
      throw InputError("\(file.name): longer than \(InputFile.mostBytes) bytes")
    }
    let value = try JSONParser.parse(bytes, file: file.name)
    return JSONField(file: file.name, value: value)
  }

  /// An error at this field.
  func error(_ text: String) -> InputError {
    let path = place.path
    return InputError(path.isEmpty ? "\(file): \(text)" : "\(file): \(path) \(text)")
  }

  func wrongType(_ accepted: String) -> InputError {
    error("is \(value.kind), accepted is \(accepted)")
  }

  /// The members of an object.
  ///
  /// - Parameters:
  ///   - known: keys that are read.
  ///   - passedOver: keys that may be there and are not read.
  /// - Throws: where this is no object, or has another key.
  func members(
    known: [String], passedOver: [String] = []
  ) throws(InputError) -> [String: JSONField] {
    guard case .object(let members) = value else { throw wrongType("an object {...}") }
    var fields: [String: JSONField] = [:]
    for member in members {
      guard known.contains(member.key) || passedOver.contains(member.key) else {
        throw error(
          "unknown field \(quoted(member.key))\(suggestion(for: member.key, among: known)); "
            + "accepted are \(known.joined(separator: ", "))")
      }
      fields[member.key] = JSONField(
        file: file, value: member.value, place: .member(place, member.key))
    }
    return fields
  }

  /// The items of a list.
  func items(_ accepted: String = "a list [...]") throws(InputError) -> [JSONField] {
    guard case .array(let items) = value else { throw wrongType(accepted) }
    return items.enumerated().map { index, item in
      JSONField(file: file, value: item, place: .item(place, index))
    }
  }

  /// Whether it is a list whose first item is a list.
  var isNested: Bool {
    if case .array(let items) = value, case .array = items.first { return true }
    return false
  }

  /// A finite number.
  func number(_ accepted: String = "a number") throws(InputError) -> Double {
    guard case .number(let literal) = value else { throw wrongType(accepted) }
    guard let number = Double(literal), number.isFinite else {
      throw wrongType("a finite number in double precision")
    }
    return number
  }

  /// A number within a range.
  func number(in range: ClosedRange<Double>, _ accepted: String) throws(InputError) -> Double {
    let number = try number(accepted)
    guard range.contains(number) else { throw wrongType(accepted) }
    return number
  }

  /// A whole number within a range.
  func integer(in range: ClosedRange<Int>, _ accepted: String) throws(InputError) -> Int {
    guard let integer = Int(exactly: try number(accepted)), range.contains(integer) else {
      throw wrongType(accepted)
    }
    return integer
  }

  /// A flag: true, false, 1 or 0.
  func flag() throws(InputError) -> Bool {
    switch value {
    case .bool(let flag): return flag
    case .number(let literal):
      switch Double(literal) {
      case 0: return false
      case 1: return true
      default: break
      }
    default: break
    }
    throw wrongType("0, 1, true or false")
  }

  /// A list of numbers.
  func numbers(_ accepted: String = "a list of numbers") throws(InputError) -> [Double] {
    var numbers: [Double] = []
    for item in try items(accepted) { numbers.append(try item.number()) }
    return numbers
  }

  /// Probabilities of `count` alternatives: none negative, summing to 1.
  func distribution(count: Int, of alternatives: String) throws(InputError) -> [Double] {
    let probabilities = try numbers("a list of \(count) probabilities")
    guard probabilities.count == count else {
      throw error("has \(probabilities.count) probabilities, there are \(count) \(alternatives)")
    }
    try checkDistribution(probabilities)
    return probabilities
  }

  /// Probabilities may miss 1 by this much, as single precision does.
  private static let tolerance = 1e-6

  /// Throws where a probability is negative or they do not sum to 1.
  func checkDistribution(_ probabilities: [Double]) throws(InputError) {
    if let negative = probabilities.first(where: { $0 < 0 || $0 > 1 }) {
      throw error("has the probability \(negative), accepted is 0 to 1")
    }
    let sum = probabilities.reduce(0, +)
    guard abs(sum - 1) <= Self.tolerance else {
      throw error("has probabilities that sum to \(sum), accepted is 1")
    }
  }
}

extension [String: JSONField] {
  /// The field of a key that must be there.
  func required(_ key: String, in file: String) throws(InputError) -> JSONField {
    guard let field = self[key] else { throw InputError("\(file): the field '\(key)' is missing") }
    return field
  }
}
