/// How target networks follow the online ones.
public enum TargetUpdate: Sendable, Equatable {
  /// After every update a little: theta' = tau theta + (1 - tau) theta', tau from 0 (never) to 1 (a
  /// copy). Named after Polyak's averaging.
  case polyak(tau: Double)
  /// Wholly, after every step in the world whose number is a multiple of this, at least 1.
  case copy(steps: Int)

  /// Moves `count` target parameters towards the online ones, or copies them.
  func apply(
    from online: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int
  ) {
    switch self {
    case .polyak(let tau):
      let (share, rest) = (Float(tau), Float(1 - tau))
      for index in 0..<count { target[index] = share * online[index] + rest * target[index] }
    case .copy:
      target.update(from: online, count: count)
    }
  }
}
