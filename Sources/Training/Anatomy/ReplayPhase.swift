internal import Agents
internal import Telemetry

/// The replay buffer in a loop: what DQN and DDPG have in common.
struct ReplayPhase {
  let replay: ReplayBuffer

  /// A transition goes into the buffer.
  func store(isDone: Bool) -> Phase {
    Phase(
      name: "store",
      inputs: [Quantity("s, a, r, s'", "the step, and whether the world ended", .world)],
      formula: "D ← D + (s, a, r, s', terminated); the oldest goes when D is full",
      numbers: isDone
        ? [
          .line(
            """
            |D| = min(\(whole: replay.stored), \(whole: replay.capacity)) = \(whole: replay.count)
            """),
          .line(
            "fill = \(whole: replay.count)/\(whole: replay.capacity) = \(replay.fill)"),
        ] : [],
      outputs: [
        Quantity("|D|", "transitions held", .plain, isDone ? .line("\(whole: replay.count)") : []),
        Quantity("fill", "share of the buffer", .plain, isDone ? .line("\(replay.fill)") : []),
      ],
      reason:
        "Every step is learnt from many times. A time limit is not stored as an end: s' still counts."
    )
  }

  static let sampleReason =
    "Steps from all over the past are unlike one another, as those in a row are not: steadier gradients."

  /// When updates are due, where they are not after step `step`.
  static func rhythm(step: Int, start: Int, frequency: Int, hasDiverged: Bool) -> String {
    if hasDiverged { return "the run has diverged, nothing is learnt any more" }
    if step < start { return "updates begin at step \(start)" }
    return frequency == 1 ? "every step" : "every \(frequency) steps"
  }
}
