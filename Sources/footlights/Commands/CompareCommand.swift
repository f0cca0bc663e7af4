internal import ArgumentParser
internal import MarkovProcesses
internal import Training

/// `footlights compare`: bias and variance of targets.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare bias and variance of n-step and lambda targets.",
    discussion: """
      With --mdp the figures are exact. The file is one JSON object: {"states": 3, "actions": 2, \
      "gamma": 0.95, "outcomes": [state][action] = list of [probability, next state or -1, \
      reward], "policy": [state][action], "estimate_V": [state]}.

      With --experiment random-walk, Sutton and Barto's figures 7.2 and 12.3 are computed anew: the \
      RMS error of n-step TD and of the off-line lambda-return in the random walk of 19 states, for \
      every step size, over the first 10 episodes. All cells of a run share its walks; the same \
      seed gives the same numbers on any number of threads.
      """)

  @Option(parsing: .unconditional, help: "A known process as JSON, or - for standard input.")
  var mdp: String?

  @Option(parsing: .unconditional, help: "Steps n, separated by commas, inf among them.")
  var n: String = TargetComparison.usualSteps

  @Option(
    name: .customLong("lambda"), parsing: .unconditional, help: "Lambdas, separated by commas.")
  var lambdas: String = TargetComparison.usualLambdas

  @Option(parsing: .unconditional, help: "The state whose figures the table shows.")
  var state: String = "0"

  @Option(parsing: .unconditional, help: "An experiment of a textbook: random-walk.")
  var experiment: String?

  @Option(
    parsing: .unconditional,
    help: "Runs of the experiment; \(RandomWalkPlan.usualRuns) where nobody says.")
  var runs: String?

  @Option(parsing: .unconditional, help: "Seed of the experiment's walks.")
  var seed: String?

  @Option(parsing: .unconditional, help: "Threads of the experiment; one per core by default.")
  var threads: String?

  @Option(
    parsing: .unconditional, help: "A file for the experiment's figures, separated by commas.")
  var csv: String?

  @Option(parsing: .unconditional, help: "A file for the experiment's charts.")
  var svg: String?

  @Flag(help: "Print one JSON object, with every state, instead of a table.")
  var json = false

  func run() throws {
    if let experiment {
      try RandomWalkExperiment.check(experiment)
      try RandomWalkExperiment(
        .init(runs: runs, seed: seed, threads: threads, json: json, csv: csv, svg: svg)
      ).run()
      return
    }
    let steps = try OptionValues.steps("--n", n)
    let lambdas = try OptionValues.lambdas("--lambda", lambdas)
    guard let mdp else {
      throw InputError("compare: --mdp is missing; accepted is the path of a JSON file, or -")
    }
    let file = InputFile(path: mdp)
    let process = try ProcessFile(try JSONField.read(file))
    guard let state = Int(state), (0..<process.mdp.states).contains(state) else {
      throw OptionValues.rejected(
        "--state", state, "a whole number from 0 to \(process.mdp.states - 1)")
    }
    let comparison = try TargetComparison(
      process, steps: steps, lambdas: lambdas, file: file.name)
    // The JSON refuses numbers that are none; the table is no other answer.
    let answer = try comparison.json()
    try StandardOutput.write(json ? answer.text + "\n" : comparison.table(state: state))
  }
}
