public import Telemetry

/// A line of an anatomy, `name = what is computed = the result`, computed again from its pieces.
public struct AnatomyArithmetic {
  /// The value of what is computed.
  public let computed: Double
  /// The result as the line has it.
  public let shown: Double

  /// Nil for a line that computes nothing.
  public init?(_ line: [AnatomyReport.Piece]) {
    let parts = Self.tokens(line).split(separator: .sign("="), omittingEmptySubsequences: false)
    guard parts.count == 3, case .number(let shown) = parts[2].first, parts[2].count == 1 else {
      return nil
    }
    var reader = Reader(tokens: Array(parts[1]))
    guard let computed = reader.sum(), reader.isAtEnd else { return nil }
    self.computed = computed
    self.shown = shown
  }

  private enum Token: Equatable {
    case number(Double)
    case sign(Character)
  }

  private static func tokens(_ line: [AnatomyReport.Piece]) -> [Token] {
    line.flatMap { piece -> [Token] in
      switch piece {
      case .number(let value, _): return [.number(value)]
      case .whole(let value, _): return [.number(Double(value))]
      case .text(let text):
        return text.filter { $0 != " " }.map { character in
          character.wholeNumberValue.map { .number(Double($0)) } ?? .sign(character)
        }
      }
    }
  }

  /// Reads sums of products, brackets, and `min` and `max` of several.
  private struct Reader {
    var tokens: [Token]
    var place = 0

    var isAtEnd: Bool { place == tokens.count }

    mutating func sum() -> Double? {
      guard var value = product() else { return nil }
      while let sign = take(["+", "-"]) {
        guard let next = product() else { return nil }
        value += sign == "+" ? next : -next
      }
      return value
    }

    private mutating func product() -> Double? {
      guard var value = factor() else { return nil }
      while let sign = take(["·", "/"]) {
        guard let next = factor() else { return nil }
        value = sign == "·" ? value * next : value / next
      }
      return value
    }

    private mutating func factor() -> Double? {
      guard place < tokens.count else { return nil }
      if case .number(let value) = tokens[place] {
        place += 1
        return value
      }
      if take(["("]) != nil {
        let value = sum()
        return take([")"]) == nil ? nil : value
      }
      guard take(["m"]) != nil, let second = take(["i", "a"]),
        take(second == "i" ? ["n"] : ["x"]) != nil, take(["("]) != nil, let first = sum()
      else { return nil }
      var operands = [first]
      while take([","]) != nil {
        guard let operand = sum() else { return nil }
        operands.append(operand)
      }
      guard take([")"]) != nil else { return nil }
      return second == "i" ? operands.min() : operands.max()
    }

    private mutating func take(_ signs: [Character]) -> Character? {
      guard place < tokens.count, case .sign(let sign) = tokens[place], signs.contains(sign) else {
        return nil
      }
      place += 1
      return sign
    }
  }
}
