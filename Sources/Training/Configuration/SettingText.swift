internal import Estimators
internal import Networks

/// The text of a setting and the ways to read it.
struct SettingText {
  let key: String
  let text: String

  private func refuse(_ accepted: String) -> SettingError {
    .badValue(key: key, found: text, accepted: accepted)
  }

  func number(in range: ClosedRange<Double>, _ accepted: String) throws(SettingError) -> Double {
    guard let value = Double(text), value.isFinite, range.contains(value) else {
      throw refuse(accepted)
    }
    return value
  }

  func whole(in range: ClosedRange<Int>) throws(SettingError) -> Int {
    guard let value = WholeNumber.parse(text), range.contains(value) else {
      throw refuse(
        range.upperBound == .max
          ? "a whole number of at least \(range.lowerBound)"
          : "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  func estimator() throws(SettingError) -> ReturnEstimator {
    do {
      return try ReturnEstimator(parsing: text)
    } catch {
      throw refuse(
        "mc, td, nstep:N with N a whole number of at least 1, lambda:L with L from 0 to 1")
    }
  }

  func choice<Choice: RawRepresentable & CaseIterable>() throws(SettingError) -> Choice
  where Choice.RawValue == String {
    guard let value = Choice(rawValue: text) else {
      throw refuse(Choice.accepted)
    }
    return value
  }

  func optimiser(_ present: Optimiser) throws(SettingError) -> Optimiser {
    switch text {
    case "rmsprop": return .rmsProp(present.constants(in: RMSProp()))
    case "rmsprop_torch":
      return .rmsProp(
        present.constants(in: RMSProp(epsilonPlacement: .outsideRoot, initialMeanSquare: 0)))
    case "adam": return .adam(Adam())
    case "sgd": return .sgd
    default: throw refuse("rmsprop, rmsprop_torch, adam or sgd")
    }
  }

  /// Widths as `64,64`; `none` for no hidden layer.
  func widths() throws(SettingError) -> [Int] {
    if text == "none" || text.isEmpty { return [] }
    let accepted = "none, or up to 4 widths from 1 to 1024 such as 64,64"
    var widths: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = part.filter { $0 != " " && $0 != "[" && $0 != "]" }
      guard let width = Int(trimmed), (1...1024).contains(width) else { throw refuse(accepted) }
      widths.append(width)
    }
    guard widths.count <= 4 else { throw refuse(accepted) }
    return widths
  }
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
  /// The choices in words: `none, uniform or exponential`.
  public static var accepted: String {
    let names = allCases.map(\.rawValue)
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return "\(names.dropLast().joined(separator: ", ")) or \(last)"
  }
}
