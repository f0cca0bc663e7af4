/// What a TD error y - Q(s, a) costs. The loss of a batch is the mean over its transitions; the target y
/// is a constant, through which no gradient flows.
public enum DQNLoss: String, Sendable, Hashable, CaseIterable {
  /// Huber's with delta 1: e^2 / 2 within 1, |e| - 1/2 beyond. Its gradient is the error clipped to -1
  /// ... 1, as in Mnih et al., "Human-level control through deep reinforcement learning", 2015.
  case huber
  /// e^2.
  case squared

  /// The loss of an error.
  @inlinable
  public func value(_ error: Float) -> Float {
    switch self {
    case .huber: abs(error) < 1 ? 0.5 * error * error : abs(error) - 0.5
    case .squared: error * error
    }
  }

  /// The derivative of the loss by the error.
  @inlinable
  public func derivative(_ error: Float) -> Float {
    switch self {
    case .huber: abs(error) < 1 ? error : (error < 0 ? -1 : 1)
    case .squared: 2 * error
    }
  }
}
