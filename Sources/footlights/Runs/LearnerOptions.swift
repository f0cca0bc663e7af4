internal import ArgumentParser

/// The options that say which agent learns where: `watch`, `train` and `compare` share them.
struct LearnerOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: """
      The environment: one of 'footlights list environments', or the path of a maze file.
      """)
  var env: String?

  @Option(parsing: .unconditional, help: "The agent: one of 'footlights list agents'.")
  var agent: String?

  @Option(
    parsing: .unconditional,
    help: "A bundled preset, or the path of a YAML file with presets.")
  var preset: String?

  @Option(parsing: .unconditional, help: "Number of workers.")
  var workers: String?

  @Option(parsing: .unconditional, help: "Discount, from 0 to 1.")
  var gamma: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: "A setting of the agent or the environment: learning_rate=0.001, slip=0.2.")
  var set: [String] = []
}
