#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// How long a rollout has to be to stand for a whole one that may never end.
enum RolloutHorizon {
  /// A rollout is cut after k steps when γᵏ is less than this: the error of what the critic says
  /// there enters the return, and so the bias, with that weight.
  static let negligible = 1e-3
  /// The longest rollout, where the discount is so near to 1 that none would be negligible.
  static let longest = 5_000

  /// Steps after which a rollout is cut and bootstrapped, at least 1.
  static func steps(discount: Double) -> Int {
    guard discount > 0 else { return 1 }
    guard discount < 1 else { return longest }
    let steps = (log(negligible) / log(discount)).rounded(.up)
    return max(1, Int(min(steps, Double(longest))))
  }
}
