/// A text that names no return estimator.
public struct ReturnEstimatorError: Error, Equatable, CustomStringConvertible {
  /// The text that was found.
  public let found: String
  /// What is wrong with it, and what is accepted.
  public let description: String

  init(_ found: String, _ fault: String) {
    self.found = found
    description = "'\(found)': \(fault)"
  }
}

extension ReturnEstimator: CustomStringConvertible {
  /// The estimator written as `mc`, `td`, `nstep:N` or `lambda:L`.
  ///
  /// - Throws: `ReturnEstimatorError`, which says what was found and what is accepted.
  public init(parsing text: String) throws(ReturnEstimatorError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let parameter = parts.count == 2 ? String(parts[1]) : nil
    switch (parts[0], parameter) {
    case ("mc", nil): self = .monteCarlo
    case ("td", nil): self = .td
    case ("nstep", let n):
      guard let steps = Self.steps(n ?? "") else {
        throw ReturnEstimatorError(
          text, "the n of nstep:N must be a whole number >= 1, or inf")
      }
      self = .nStep(steps)
    case ("lambda", let l):
      guard let lambda = Self.fraction(l ?? "") else {
        throw ReturnEstimatorError(
          text, "the lambda of lambda:L must be a number from 0 to 1")
      }
      self = .lambda(lambda)
    default:
      throw ReturnEstimatorError(
        text, "no such estimator; accepted are mc, td, nstep:N and lambda:L")
    }
  }

  /// The n of an n-step return: a whole number >= 1, or `inf`; nil for anything else.
  public static func steps(_ text: String) -> Int? {
    if text == "inf" { return unlimitedSteps }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let n = Int(text), n >= 1 else {
      return nil
    }
    return n
  }

  /// A number from 0 to 1, such as a lambda; nil for anything else.
  public static func fraction(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }),
      let number = Double(text), number >= 0, number <= 1
    else { return nil }
    return number
  }

  /// The estimator as it is written on the command line.
  public var description: String {
    switch self {
    case .monteCarlo: "mc"
    case .td: "td"
    case .nStep(Self.unlimitedSteps): "nstep:inf"
    case .nStep(let n): "nstep:\(n)"
    case .lambda(let lambda): "lambda:\(Self.plain(lambda))"
    }
  }

  /// The estimator as a screen names it: `n-step n 5`, `λ-return λ .95`.
  public var label: String {
    switch self {
    case .monteCarlo: return "Monte-Carlo"
    case .td: return "TD(0)"
    case .nStep(Self.unlimitedSteps): return "n-step n ∞"
    case .nStep(let n): return "n-step n \(n)"
    case .lambda(let lambda):
      let number = Self.plain(lambda)
      return "λ-return λ \(number.hasPrefix("0.") ? String(number.dropFirst()) : number)"
    }
  }

  /// The shortest text that reads back as the same number, whole numbers without a point.
  private static func plain(_ number: Double) -> String {
    let text = String(number)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
