internal import Spelling
internal import Threads
internal import Training

/// `compare --experiment random-walk`: Sutton and Barto's figures 7.2 and 12.3, computed anew.
struct RandomWalkExperiment {
  /// The options that the experiment knows, as written.
  struct Options {
    var runs: String?
    var seed: String?
    var threads: String?
    var json = false
    var csv: String?
    var svg: String?
  }

  let plan: RandomWalkPlan
  private let threads: Int
  private let files: ReportFiles

  /// The experiment's name on the command line.
  static let name = "random-walk"

  /// - Throws: where another experiment than this one is asked for.
  static func check(_ experiment: String) throws(InputError) {
    guard experiment != name else { return }
    let guess = suggestion(for: experiment, among: [name])
    throw InputError(
      "--experiment: unknown experiment \(quoted(experiment))\(guess); accepted is \(name)")
  }

  /// - Throws: for a value that is not accepted, and where a file cannot be written.
  init(_ options: Options) throws(InputError) {
    var plan = RandomWalkPlan()
    if let runs = options.runs {
      plan.runs = try OptionValues.whole("--runs", runs, in: 2...1_000_000)
    }
    plan.seed = try OptionValues.seed(options.seed)
    var threads = OSThread.cores
    if let text = options.threads {
      threads = try OptionValues.whole("--threads", text, in: 1...RunLimits.mostThreads)
    }
    self.plan = plan
    self.threads = threads
    files = try ReportFiles(json: options.json, csv: options.csv, svg: options.svg)
  }

  /// Runs the experiment, and prints its tables and plots, or JSON.
  func run() throws {
    var progress = ExperimentProgress(runs: plan.runs)
    let table: RandomWalkTable
    do {
      table = try RandomWalkMeasurement(plan, threads: threads).run { progress.show(share: $0) }
    } catch {
      throw InputError("\(error)")
    }
    progress.clear()
    try files.write(
      json: { () throws(InputError) in try table.json() }, csv: table.csv, svg: { table.svg },
      text: { table.text })
  }
}
