internal import ArgumentParser

/// The options that `watch` and `train` share.
struct RunOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: """
      The environment: CartPole-v1, RandomWalk-5, RandomWalk-19, Maze/NAME, or the path of a maze \
      file.
      """)
  var env: String?

  @Option(parsing: .unconditional, help: "The agent: a3c or a2c.")
  var agent: String?

  @Option(
    parsing: .unconditional,
    help: "A bundled preset, or the path of a YAML file with presets.")
  var preset: String?

  @Option(parsing: .unconditional, help: "Number of workers.")
  var workers: String?

  @Option(parsing: .unconditional, help: "Training threads (default: one for each core).")
  var threads: String?

  @Option(parsing: .unconditional, help: "The target: mc, td, nstep:N or lambda:L.")
  var estimator: String?

  @Option(parsing: .unconditional, help: "Discount, from 0 to 1.")
  var gamma: String?

  @Option(parsing: .unconditional, help: "Seed of every random stream (default 0).")
  var seed: String?

  @Option(parsing: .unconditional, help: "End after this many environment steps.")
  var steps: String?

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

  @Option(
    parsing: .unconditionalSingleValue,
    help: "A setting of the agent or the environment: learning_rate=0.001, slip=0.2.")
  var set: [String] = []
}
