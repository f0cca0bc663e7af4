internal import Spelling
internal import Threads
internal import Training

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

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
  private let isJSON: Bool
  private let csv: OutputFile?
  private let svg: OutputFile?

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
    if let seed = options.seed {
      guard let value = UInt64(seed) else {
        throw OptionValues.rejected("--seed", seed, "a whole number from 0 to \(UInt64.max)")
      }
      plan.seed = value
    }
    var threads = OSThread.cores
    if let text = options.threads {
      threads = try OptionValues.whole("--threads", text, in: 1...RunLimits.mostThreads)
    }
    self.plan = plan
    self.threads = threads
    isJSON = options.json
    csv = options.csv.map(OutputFile.init)
    svg = options.svg.map(OutputFile.init)
    try csv?.check()
    try svg?.check()
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
    try csv?.write(table.csv())
    try StandardOutput.write(isJSON ? try table.json().text + "\n" : table.text)
  }
}

/// Progress of an experiment on standard error: redrawn in place on a terminal, else a plain line
/// every few seconds.
private struct ExperimentProgress {
  private let runs: Int
  private let start = MonotonicClock.seconds
  private let onTerminal = isatty(STDERR_FILENO) == 1
  private var lastShown: Double
  private var hasShown = false

  init(runs: Int) {
    self.runs = runs
    lastShown = start
  }

  mutating func show(share: Double) {
    let now = MonotonicClock.seconds
    guard share > 0, share < 1, now >= lastShown + (onTerminal ? 0.2 : 5) else { return }
    lastShown = now
    hasShown = true
    let left = (now - start) * (1 - share) / share
    let text =
      "\(Int(share * Double(runs))) of \(runs) runs  \(Int(share * 100)) %  "
      + "\(Quantity.duration(left)) left"
    StandardError.write(onTerminal ? "\r\u{1B}[K\(text)" : "\(text)\n")
  }

  func clear() {
    if hasShown && onTerminal { StandardError.write("\r\u{1B}[K") }
  }
}
