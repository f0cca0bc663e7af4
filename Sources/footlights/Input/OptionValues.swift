internal import Estimators
internal import Training

/// Values of options, checked with a message that names the option, what was found, and what is
/// accepted.
enum OptionValues {
  /// A finite number.
  static func number(_ option: String, _ text: String) throws(InputError) -> Double {
    guard let number = Double(text), number.isFinite else {
      throw rejected(option, text, "a finite number")
    }
    return number
  }

  /// A whole number within a range.
  static func whole(
    _ option: String, _ text: String, in range: ClosedRange<Int>
  ) throws(InputError) -> Int {
    guard let number = WholeNumber.parse(text), range.contains(number) else {
      throw rejected(
        option, text,
        range.upperBound == .max
          ? "a whole number of at least \(range.lowerBound)"
          : "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The value of `--seed`; 0 where it is not given.
  static func seed(_ text: String?) throws(InputError) -> UInt64 {
    guard let text else { return 0 }
    guard let seed = UInt64(text) else {
      throw rejected("--seed", text, "a whole number from 0 to \(UInt64.max)")
    }
    return seed
  }

  /// The value of `--samples`: rollouts to measure from.
  static func samples(_ text: String?) throws(InputError) -> Int? {
    guard let text else { return nil }
    return try whole("--samples", text, in: 2...10_000_000)
  }

  /// The value of `--confidence`; 0.95 where it is not given.
  static func confidence(_ text: String?) throws(InputError) -> ConfidenceLevel {
    guard let text else { return .percent95 }
    guard let level = ConfidenceLevel.allCases.first(where: { $0.probability == Double(text) })
    else { throw rejected("--confidence", text, "0.95 or 0.99") }
    return level
  }

  /// A number from 0 to 1.
  static func fraction(_ option: String, _ text: String) throws(InputError) -> Double {
    guard let number = ReturnEstimator.fraction(text) else {
      throw rejected(option, text, "a number from 0 to 1")
    }
    return number
  }

  /// A list of n: whole numbers of at least 1, or `inf`, separated by commas.
  static func steps(_ option: String, _ text: String) throws(InputError) -> [NamedEstimator] {
    try list(option, text, "whole numbers >= 1 or inf, separated by commas") {
      ReturnEstimator.steps($0).map(ReturnEstimator.nStep)
    }
  }

  /// A list of lambda: numbers from 0 to 1, separated by commas.
  static func lambdas(_ option: String, _ text: String) throws(InputError) -> [NamedEstimator] {
    try list(option, text, "numbers from 0 to 1, separated by commas") {
      ReturnEstimator.fraction($0).map(ReturnEstimator.lambda)
    }
  }

  /// A part of a list without the spaces around it.
  static func trimmed(_ part: Substring) -> String {
    var part = part.drop { $0 == " " }
    while part.last == " " { part.removeLast() }
    return String(part)
  }

  private static func list(
    _ option: String, _ text: String, _ accepted: String,
    _ parse: (String) -> ReturnEstimator?
  ) throws(InputError) -> [NamedEstimator] {
    var estimators: [NamedEstimator] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let name = trimmed(part)
      guard let estimator = parse(name) else { throw rejected(option, String(part), accepted) }
      if !estimators.contains(where: { $0.name == name }) {
        estimators.append(NamedEstimator(name: name, estimator: estimator))
      }
    }
    return estimators
  }

  /// Settings written `key=value`; a key may be written with `_` for `-`.
  static func settings(
    _ option: String, _ texts: [String]
  ) throws(InputError) -> [(key: String, value: String)] {
    var settings: [(key: String, value: String)] = []
    for text in texts {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw rejected(option, text, "key=value")
      }
      let key = String(text[..<equals].map { $0 == "_" ? "-" : $0 })
      guard !settings.contains(where: { $0.key == key }) else {
        throw InputError("\(option): \(quoted(text[..<equals])) is given twice, accepted is once")
      }
      settings.append((key, String(text[text.index(after: equals)...])))
    }
    return settings
  }

  /// The error of an option's value.
  static func rejected(_ option: String, _ found: String, _ accepted: String) -> InputError {
    InputError("\(option): found \(quoted(found)), accepted is \(accepted)")
  }
}

/// An estimator and the n or lambda it was asked for with, as written: the key of its results.
struct NamedEstimator: Equatable {
  let name: String
  let estimator: ReturnEstimator
}
