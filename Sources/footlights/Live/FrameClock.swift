/// When the next frame is due.
///
/// Thirty frames a second, unless drawing them would take more than its share of a core: then as
/// many as the share allows. While nothing moves by itself a few looks a second are enough; what a
/// person does is always drawn at once.
struct FrameClock {
  /// What is going on, as far as frames are concerned.
  enum Motion: Equatable {
    /// The engine wants every core it can get.
    case racing
    /// The world moves at a pace that leaves the processor idle.
    case moving
    /// Paused or at its end.
    case still
  }

  /// Seconds between frames at 30 a second.
  static let shortest = 1.0 / 30
  /// Never fewer than four frames a second.
  static let longest = 0.25
  /// Seconds after a person's last action in which the engine's answer is looked for eagerly.
  static let attention = 0.5

  private var cost = 0.0
  private var due = 0.0
  private var lastAction = -Double.infinity

  /// Takes note of a frame, and of what it cost in seconds of processor time.
  mutating func drew(at now: Double, cost seconds: Double, motion: Motion) {
    // Quick to believe in dear frames, slow to forget them.
    cost = seconds > cost ? seconds : 0.9 * cost + 0.1 * seconds
    due = now + interval(motion, at: now)
  }

  /// A person did something.
  mutating func acted(at now: Double) { lastAction = now }

  /// Whether nobody has done anything for a while.
  func isLeftAlone(at now: Double) -> Bool { now - lastAction > 2 * FrameClock.attention }

  /// Whether it is time for a frame.
  func isDue(at now: Double) -> Bool { now >= due }

  /// Whole milliseconds until the next frame, rounded up.
  func wait(at now: Double) -> Int { max(0, Int(((due - now) * 1000).rounded(.up))) }

  private func interval(_ motion: Motion, at now: Double) -> Double {
    let share: Double
    switch motion {
    case .racing: share = 0.012
    case .moving: share = 0.2
    case .still:
      if now - lastAction > FrameClock.attention { return FrameClock.longest }
      share = 0.2
    }
    return min(max(FrameClock.shortest, cost / share), FrameClock.longest)
  }
}
