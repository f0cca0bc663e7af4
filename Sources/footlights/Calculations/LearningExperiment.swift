internal import Environments
internal import Estimators
internal import Spelling
internal import Threads
internal import Training

/// `compare --env E --estimators LIST`: what is learnt with each of several estimators.
struct LearningExperiment {
  /// The options that only this comparison knows, as written.
  struct Options {
    var estimators: String
    var steps: String?
    var seeds: String?
    var seed: String?
    var untilReturn: String?
    var threads: String?
    var json = false
    var csv: String?
    var svg: String?
  }

  private let names: [String]
  private let plan: LearningPlan
  private let threads: Int
  private let files: ReportFiles

  /// Seeds where nobody says.
  static let usualSeeds = 10
  private static let mostSeeds = 1000

  /// - Throws: for a value that is not accepted, and where a file cannot be written.
  init(_ learner: LearnerOptions, _ options: Options) throws(InputError) {
    names = try Self.names(options.estimators)
    if learner.set.contains(where: { $0.hasPrefix("estimator=") }) {
      throw InputError("--set: 'estimator' is given by --estimators too, accepted is once")
    }
    var configurations: [RunConfiguration] = []
    for name in names {
      configurations.append(
        try learner.configuration(estimator: name, estimatorOption: "--estimators"))
    }
    let steps = try options.steps.map { text throws(InputError) in
      try OptionValues.whole("--steps", text, in: 1...Int.max)
    }
    let budget = steps ?? configurations[0].budget
    for index in configurations.indices { configurations[index].budget = budget }
    let count = try options.seeds.map { text throws(InputError) in
      try OptionValues.whole("--seeds", text, in: 1...Self.mostSeeds)
    }
    let first = try OptionValues.seed(options.seed)
    plan = LearningPlan(
      configurations: configurations,
      seeds: (0..<UInt64(count ?? Self.usualSeeds)).map { first &+ $0 }, steps: budget,
      goal: try options.untilReturn.map { text throws(InputError) in
        try OptionValues.number("--until-return", text)
      } ?? configurations[0].environment.specification.solvedReturn)
    threads =
      try options.threads.map { text throws(InputError) in
        try OptionValues.whole("--threads", text, in: 1...RunLimits.mostThreads)
      } ?? OSThread.cores
    files = try ReportFiles(json: options.json, csv: options.csv, svg: options.svg)
  }

  /// The estimators as written, each one once.
  private static func names(_ list: String) throws(InputError) -> [String] {
    var names: [String] = []
    var known: Set<ReturnEstimator> = []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      let name = OptionValues.trimmed(part)
      let estimator: ReturnEstimator
      do {
        estimator = try ReturnEstimator(parsing: name)
      } catch {
        // Beyond the colour of a name stand numbers, which are not misspelt.
        let family = String(name.prefix { $0.isLetter })
        let families = ["mc", "td", "nstep", "lambda"]
        let guess = families.contains(family) ? "" : suggestion(for: family, among: families)
        throw InputError("--estimators: \(error)" + (name.contains(":") ? "" : guess))
      }
      guard known.insert(estimator).inserted else {
        throw InputError("--estimators: \(quoted(name)) is given twice, accepted is once")
      }
      names.append(name)
    }
    return names
  }

  /// Makes the runs, and prints tables and a plot, or JSON, or the chart.
  func run() throws {
    var progress = ExperimentProgress(runs: plan.configurations.count * plan.seeds.count)
    let runs: [[LearningRun]]
    do {
      runs = try LearningComparison(plan).run(threads: threads) { progress.show(share: $0) }
    } catch {
      throw InputError("\(error)")
    }
    progress.clear()
    let report = LearningReport(
      plan, contenders: zip(names, runs).map { ($0, LearningSummary($1)) })
    try files.write(
      json: { () throws(InputError) in try report.json() }, csv: { report.csv },
      svg: { report.svg }, text: { report.text })
  }
}
