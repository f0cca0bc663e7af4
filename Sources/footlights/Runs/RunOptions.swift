internal import ArgumentParser

/// The options that `watch` and `train` share.
struct RunOptions: ParsableArguments {
  @OptionGroup var learner: LearnerOptions

  @Option(parsing: .unconditional, help: "Training threads (default: one for each core).")
  var threads: String?

  @Option(parsing: .unconditional, help: "The target: mc, td, nstep:N or lambda:L.")
  var estimator: String?

  @Option(parsing: .unconditional, help: "Seed of every random stream (default 0).")
  var seed: String?

  @Option(parsing: .unconditional, help: "End after this many environment steps.")
  var steps: String?

  @Option(
    parsing: .unconditional,
    help: "End after this many updates: at exactly that many with a2c, or in virtual time.")
  var updates: String?

  @Option(parsing: .unconditional, help: "End after this many episodes.")
  var episodes: String?

  @Option(
    parsing: .unconditional,
    help: "End when the greedy policy reaches this mean return over 100 fresh episodes.")
  var untilReturn: String?

  @Option(parsing: .unconditional, help: "Evaluations in a row that must reach it (default 1).")
  var hold: String?

  @Option(parsing: .unconditional, help: "threads, or virtual: reproducible, on one thread.")
  var scheduler: String?

  @Option(
    parsing: .unconditional, help: "Turns of the workers of a thread: by step or by rollout.")
  var interleave: String?
}
