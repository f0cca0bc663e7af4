/// How often theta is kept whole, and how much room that takes: a keyframe, from which recorded
/// updates can be made again.
///
/// A keyframe holds theta and the optimiser's statistics, and the gradients that were pushed after it
/// but computed with a theta of before it: at most one from every other worker, because whoever has
/// pushed pulls anew. They cannot be computed again from the keyframe.
public struct KeyframePlan: Sendable, Equatable {
  /// Most bytes of all keyframes together.
  public static let budget = 8 << 20

  /// Most pushes that are noted after a keyframe.
  public static let mostPushes = 1 << 14

  /// Most bytes of the keyframes that are held for one purpose; two of them always may be.
  public static let mostHeldBytes = 4 << 20

  /// Bytes in which a ring of keyframes notes who pushed, at most.
  public static let logBytes = wanted * mostPushes * MemoryLayout<UpdateLog.Note>.stride

  /// Bytes a step may cost, spread over all steps.
  private static let mostBytesPerStep = 96
  /// Keyframes of a plan: three reach back over what is recorded when the fourth is being replaced.
  private static let wanted = 4

  /// Environment steps from one keyframe to the next, at least.
  public let interval: Int
  /// Keyframes that are kept.
  public let keyframes: Int
  /// Gradients with room in each.
  public let gradients: Int
  /// Keyframes that may be held for one purpose.
  public let held: Int
  /// Pushes that are noted after each. Where an update is made of few steps another keyframe follows them
  /// sooner.
  public var pushes: Int { min(interval, Self.mostPushes) }
  /// Bytes of all keyframes.
  public let bytes: Int

  /// The plan for a theta of `count` floats with `statistics` vectors beside it; nil where keyframes
  /// would take more memory or time than they may.
  ///
  /// - Parameters:
  ///   - staleWorkers: Workers whose gradient may be older than a keyframe: with A3C all but one.
  ///   - steps: Environment steps that are recorded, which the keyframes are to reach back over.
  public init?(count: Int, statistics: Int, staleWorkers: Int, steps: Int) {
    let size = MemoryLayout<Float>.stride * count * (1 + statistics + staleWorkers)
    // Updates can be made again from the first keyframe that is recorded: of at least half of the steps.
    let interval = steps / 2
    guard interval > 0, Self.wanted * size <= Self.budget,
      size / interval <= Self.mostBytesPerStep
    else { return nil }
    self.init(interval: interval, keyframes: Self.wanted, gradients: staleWorkers, size: size)
  }

  /// A plan of that many keyframes of `size` bytes each.
  init(interval: Int, keyframes: Int, gradients: Int, size: Int = 0) {
    self.interval = interval
    self.keyframes = keyframes
    self.gradients = gradients
    bytes = keyframes * size
    held = max(2, size == 0 ? keyframes : Self.mostHeldBytes / size)
  }
}
