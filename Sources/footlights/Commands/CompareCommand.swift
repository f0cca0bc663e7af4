internal import ArgumentParser
internal import Estimators
internal import MarkovProcesses
internal import Randomness
internal import Training

/// `footlights compare`: targets by bias and variance, estimators by what is learnt with them.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare targets by bias and variance, and estimators by learning.",
    discussion: CompareHelp.discussion)

  @Option(parsing: .unconditional, help: "A known process as JSON, or - for standard input.")
  var mdp: String?

  @OptionGroup var learner: LearnerOptions

  @Option(
    parsing: .unconditional,
    help:
      "Environment steps of each run (default: the preset's), or, without --estimators, before the figures are taken (default \(EnvironmentTargets.usualSteps))."
  )
  var steps: String?

  @Option(
    parsing: .unconditional,
    help: "Estimators to learn with, separated by commas: mc, td, nstep:N, lambda:L.")
  var estimators: String?

  @Option(
    parsing: .unconditional,
    help: "Seeds for each estimator (default \(LearningExperiment.usualSeeds)).")
  var seeds: String?

  @Option(
    parsing: .unconditional, help: "The mean return of the greedy policy that is the goal.")
  var untilReturn: String?

  @Option(
    parsing: .unconditional,
    help: "Steps n, separated by commas, inf among them (default \(TargetComparison.usualSteps)).")
  var n: String?

  @Option(
    name: .customLong("lambda"), parsing: .unconditional,
    help: "Lambdas, separated by commas (default \(TargetComparison.usualLambdas)).")
  var lambdas: String?

  @Option(
    parsing: .unconditional,
    help:
      "The state: an index; in mazes ROW,COLUMN from the upper left, 0,0; CartPole's four numbers (default: the first start, or one of CartPole's starts)."
  )
  var state: String?

  @Option(
    parsing: .unconditional,
    help: "Rollouts to measure from (default \(EnvironmentTargets.usualSamples)).")
  var samples: String?

  @Option(parsing: .unconditional, help: "What measured intervals claim: 0.95 or 0.99.")
  var confidence: String?

  @Option(parsing: .unconditional, help: "An experiment of a textbook: random-walk.")
  var experiment: String?

  @Option(
    parsing: .unconditional,
    help: "Runs of the experiment; \(RandomWalkPlan.usualRuns) where nobody says.")
  var runs: String?

  @Option(parsing: .unconditional, help: "The seed, or the first of several (default 0).")
  var seed: String?

  @Option(parsing: .unconditional, help: "Runs at the same time (default: one for each core).")
  var threads: String?

  @Option(
    parsing: .unconditional,
    help: "A file for the figures, separated by commas, or - for standard output.")
  var csv: String?

  @Option(
    parsing: .unconditional,
    help: "A file for the charts, or - for standard output.")
  var svg: String?

  @Flag(help: "Print one JSON object instead of tables and plots.")
  var json = false

  func run() throws {
    switch try CompareMode(given) {
    case .process: try compareInProcess()
    case .environment:
      try EnvironmentTargets(
        learner,
        .init(
          training: steps, steps: n, lambdas: lambdas, state: state, samples: samples,
          confidence: confidence,
          seed: seed)
      ).run(json: json)
    case .learning:
      try LearningExperiment(
        learner,
        .init(
          estimators: estimators ?? "", steps: steps, seeds: seeds, seed: seed,
          untilReturn: untilReturn,
          threads: threads, json: json, csv: csv, svg: svg)
      ).run()
    case .experiment:
      try RandomWalkExperiment.check(experiment ?? "")
      try RandomWalkExperiment(
        .init(runs: runs, seed: seed, threads: threads, json: json, csv: csv, svg: svg)
      ).run()
    }
  }

  /// The options given, by name.
  private var given: [String] {
    var names = learner.given
    for (name, value) in [
      ("--mdp", mdp), ("--steps", steps), ("--estimators", estimators), ("--seeds", seeds),
      ("--until-return", untilReturn), ("--n", n), ("--lambda", lambdas), ("--state", state),
      ("--samples", samples), ("--confidence", confidence), ("--experiment", experiment),
      ("--runs", runs), ("--seed", seed), ("--threads", threads), ("--csv", csv), ("--svg", svg),
    ] where value != nil { names.append(name) }
    return names
  }

  private func compareInProcess() throws {
    let steps = try OptionValues.steps("--n", n ?? TargetComparison.usualSteps)
    let lambdas = try OptionValues.lambdas("--lambda", lambdas ?? TargetComparison.usualLambdas)
    let file = InputFile(path: mdp ?? "-")
    let process = try ProcessFile(try JSONField.read(file))
    let state = state ?? "0"
    guard let state = Int(state), (0..<process.mdp.states).contains(state) else {
      throw OptionValues.rejected(
        "--state", state, "a whole number from 0 to \(process.mdp.states - 1)")
    }
    let comparison = try TargetComparison(
      process, steps: steps, lambdas: lambdas, file: file.name)
    // The JSON refuses numbers that are none; the table is no other answer.
    var answer = try comparison.json()
    let measured = try measure(process, state: state, steps: steps, lambdas: lambdas)
    if let measured, case .object(var members) = answer {
      members.append(.init(key: "state", value: .integer(state)))
      members.append(.init(key: "sampled", value: try measured.json()))
      answer = .object(members)
    }
    guard !json else { return try StandardOutput.write(answer.text + "\n") }
    let sampled = measured.map { $0.note + $0.table } ?? ""
    try StandardOutput.write(PlainText.forLocale(comparison.table(state: state) + sampled))
  }

  /// The targets of a state, measured in as many episodes as asked for.
  private func measure(
    _ process: ProcessFile, state: Int, steps: [NamedEstimator], lambdas: [NamedEstimator]
  ) throws(InputError) -> SampledFigures? {
    guard let samples = try OptionValues.samples(samples) else {
      guard confidence == nil, seed == nil else {
        throw InputError("--samples: is missing; --confidence and --seed go with it")
      }
      return nil
    }
    var targets = SampledTargets(
      estimators: (steps + lambdas).map(\.estimator), discount: process.discount,
      level: try OptionValues.confidence(confidence))
    var random = RandomStream(seed: try OptionValues.seed(seed))
    let longest = SampledFigures.longest(discount: process.discount, samples: samples)
    var rollouts = ProcessRollouts(
      RewardProcess(process.mdp, policy: process.policy), critic: process.critic, longest: longest)
    var cut = 0
    for _ in 0..<samples {
      rollouts.play(from: state, using: &random)
      targets.add(rollouts)
      if !rollouts.terminated { cut += 1 }
    }
    return SampledFigures(targets: targets, steps: steps, lambdas: lambdas, cut: (longest, cut))
  }
}
