/// What REINFORCE subtracts from a return before it weighs the action with it. A baseline that does not
/// depend on the action changes the variance of the policy's gradient and not its mean (Sutton and
/// Barto, 2018, section 13.4).
public enum Baseline: String, Sendable, Hashable, CaseIterable {
  /// Nothing: b = 0 (section 13.3).
  case none
  /// One number for all states: the running mean of the returns of the updates before.
  case constant
  /// V(s; w) of a critic that is trained on the returns.
  case value
}

/// The running mean of the returns G_t: the constant baseline.
///
/// It is the mean of the updates' mean returns over the first ten updates, and follows them with weight
/// 1/10 from then on, as returns grow while the policy learns. The returns of an update are taken in
/// after it: a baseline made of the very returns it is subtracted from would depend on the actions.
public struct RunningBaseline: Sendable, Equatable {
  /// Updates whose returns weigh the same.
  static let window = 10

  /// The mean; 0 before the first update.
  public private(set) var mean = 0.0
  /// Updates taken in.
  public private(set) var updates = 0

  /// Before the first update.
  public init() {}

  /// Takes in the mean return of the steps of an update.
  mutating func take(_ meanReturn: Double) {
    updates += 1
    mean += (meanReturn - mean) / Double(min(updates, Self.window))
  }
}
