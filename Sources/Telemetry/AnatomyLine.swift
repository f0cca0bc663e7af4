extension AnatomyReport {
  /// A line of pieces, written as an interpolated string: `"y = \(r, .world) + \(gamma)·\(v, .value)"`.
  public struct Line: ExpressibleByStringInterpolation, Sendable {
    /// The pieces, in order.
    public var pieces: [Piece]

    /// A line of signs alone.
    public init(stringLiteral value: String) { pieces = [.text(value)] }

    /// A line of signs and numbers.
    public init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

    /// Gathers the pieces of a line.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
      fileprivate var pieces: [Piece] = []

      /// Room for the pieces.
      public init(literalCapacity: Int, interpolationCount: Int) {
        pieces.reserveCapacity(2 * interpolationCount + 1)
      }

      /// Signs and symbols.
      public mutating func appendLiteral(_ literal: String) {
        if !literal.isEmpty { pieces.append(.text(literal)) }
      }

      /// A number, in its colour; one with a sign in brackets where it is an operand.
      public mutating func appendInterpolation(
        _ number: Double, _ role: Role = .plain, isOperand: Bool = false
      ) {
        let isBracketed = isOperand && (number < 0 || role == .advantage)
        if isBracketed { pieces.append(.text("(")) }
        pieces.append(.number(number, role))
        if isBracketed { pieces.append(.text(")")) }
      }

      /// A single-precision number.
      public mutating func appendInterpolation(
        _ number: Float, _ role: Role = .plain, isOperand: Bool = false
      ) {
        appendInterpolation(Double(number), role, isOperand: isOperand)
      }

      /// A whole number: a count, an action, a version.
      public mutating func appendInterpolation(whole number: Int, _ role: Role = .plain) {
        pieces.append(.whole(number, role))
      }

      /// A version of theta.
      public mutating func appendInterpolation(version number: Int) {
        pieces.append(.whole(number, .parameters))
      }

      /// A step's number as an index.
      public mutating func appendInterpolation(index number: Int) {
        pieces.append(.text(Line.index(number)))
      }

      /// Signs that are not known when the line is written.
      public mutating func appendInterpolation(signs text: String) {
        if !text.isEmpty { pieces.append(.text(text)) }
      }
    }

    /// A number in lowered digits.
    public static func index(_ number: Int) -> String {
      let digits = Array("₀₁₂₃₄₅₆₇₈₉")
      return (number < 0 ? "₋" : "")
        + String(String(number.magnitude).compactMap { $0.wholeNumberValue.map { digits[$0] } })
    }
  }
}

extension [AnatomyReport.Piece] {
  /// The pieces of an interpolated string.
  public static func line(_ line: AnatomyReport.Line) -> Self { line.pieces }
}
