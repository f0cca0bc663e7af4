internal import Agents
internal import Environments
internal import Telemetry

/// A loop with a replay buffer, whose updates are not due after every step: what DQN and DDPG have in
/// common. A `Place` is that of a phase in the loop.
struct ReplayPhases<Place: RawRepresentable<Int>> {
  typealias Pieces = [AnatomyReport.Piece]

  let replay: ReplayBuffer
  let turn: TurnPhases
  let learningStarts: Int
  let trainFrequency: Int
  /// Whether an update was ever made.
  let hasUpdated: Bool
  let hasDiverged: Bool

  /// (r, s') ~ world(s, a).
  func act(
    state: Pieces, action: Pieces, outcome: StepOutcome, reached: Pieces, isChosen: Bool,
    isDone: Bool
  ) -> Phase {
    Phase(
      name: "act",
      inputs: [
        Quantity("s", "state", .world, isChosen ? state : []),
        Quantity("a", "action", .policy, isChosen ? action : []),
      ],
      formula: "r, s' ~ world(s, a)",
      numbers: isDone
        ? [.line("a: ") + action + .line(" → r \(outcome.reward, .world), s' ") + reached] : [],
      outputs: [
        Quantity("r", "reward", .world, isDone ? .line("\(outcome.reward, .world)") : []),
        Quantity(
          "end", "of the episode", .world,
          isDone ? .end(terminated: outcome.terminated, truncated: outcome.truncated) : []),
        Quantity("s'", "state reached", .world, isDone ? reached : []),
      ],
      reason: "One step in the world is one transition; no return has to be waited for.")
  }

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

  var sampleReason: String {
    "Steps from all over the past are unlike one another, as those in a row are not: steadier gradients."
  }

  private var isUpdateDue: Bool {
    turn.step >= learningStarts && turn.step % trainFrequency == 0 && !hasDiverged
  }

  private func standing(_ place: Place) -> TurnPhases.Standing {
    turn.standing(place.rawValue, isDue: isUpdateDue)
  }

  /// Whether a phase of an update has numbers to show.
  func shows(_ place: Place) -> Bool { turn.shows(standing(place), hasBeen: hasUpdated) }

  /// The numbers of a phase of an update, after a word where it is not due in this turn.
  func numbers(_ place: Place, _ numbers: [Pieces]) -> [Pieces] {
    turn.numbers(standing(place), hasBeen: hasUpdated, rhythm: rhythm, numbers)
  }

  /// The numbers of the phase that copies to a target network every `interval` steps.
  func copyNumbers(_ place: Place, every interval: Int, _ numbers: [Pieces]) -> [Pieces] {
    let step = turn.step
    let isDue = step % interval == 0 && !hasDiverged && (hasUpdated || isUpdateDue)
    return turn.numbers(
      turn.standing(place.rawValue, isDue: isDue), hasBeen: false,
      rhythm: "at step \((step / interval + 1) * interval), not at \(step)", numbers)
  }

  /// When updates are due.
  private var rhythm: String {
    if hasDiverged { return "the run has diverged, nothing is learnt any more" }
    if turn.step < learningStarts { return "updates begin at step \(learningStarts)" }
    return trainFrequency == 1 ? "every step" : "every \(trainFrequency) steps"
  }
}
