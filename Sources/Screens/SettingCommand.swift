import Estimators
import Telemetry

/// What a line typed after `:` asks for.
enum SettingRequest: Equatable {
  case change(SettingChange)
  case speed(Speed)
  case theme(String)
  case layer(MazeLayer)
  case worker(Int)
  case state(TypedState)
  case page(EstimatorPage)
  case contender(Contender, ReturnEstimator)
  case race(RaceRequest)
  case goto(TimeMove)
  case quit
}

/// A line that cannot be understood: what was found, and what is accepted.
struct SettingError: Error, Equatable {
  var description: String
}

/// One word that can be typed after `:`, what it takes and what it does.
struct SettingCommand {
  /// The word, and other words for the same.
  var names: [String]
  /// What follows it, as help shows it; empty where nothing does.
  var argument: String
  /// What it does, in a line.
  var summary: String
  /// Arguments that can be completed.
  var choices: [String] = []
  /// Reads the argument; nil when it is not accepted, an error where more can be said of it.
  var read: @Sendable (String) throws(SettingError) -> SettingRequest?

  /// What is accepted, for the error line.
  var accepted: String { argument.isEmpty ? "no argument" : argument }
}

extension SettingCommand {
  /// All words that can be typed. `themes` are the names of the bundled themes.
  static func all(themes: [String]) -> [SettingCommand] {
    estimators + coefficients + comparing + running + time + looking + looks(themes: themes)
  }

  private static let estimators: [SettingCommand] = [
    SettingCommand(
      names: ["n", "nstep"], argument: "1, 2, 3 ... or inf", summary: "n-step return"
    ) { text in
      if isInfinity(text) { return .change(.estimator(.monteCarlo)) }
      return whole(text, 1...1_000_000).map { .change(.estimator(.nStep($0))) }
    },
    SettingCommand(
      names: ["lambda", "λ"], argument: "0 to 1", summary: "lambda-return"
    ) { text in number(text, 0...1).map { .change(.estimator(.lambda($0))) } },
    SettingCommand(names: ["td"], argument: "", summary: "TD: one reward, then V") { _ in
      .change(.estimator(.td))
    },
    SettingCommand(names: ["mc"], argument: "", summary: "Monte Carlo: every reward") { _ in
      .change(.estimator(.monteCarlo))
    },
    SettingCommand(
      names: ["estimator"], argument: "mc, td, nstep:N or lambda:L", summary: "any of the four",
      choices: ["mc", "td", "nstep:5", "lambda:.95"]
    ) { text in estimator(text).map { .change(.estimator($0)) } },
  ]

  private static let coefficients: [SettingCommand] = [
    SettingCommand(names: ["gamma", "γ"], argument: "0 to 1", summary: "discount") { text in
      number(text, 0...1).map { .change(.discount($0)) }
    },
    SettingCommand(
      names: ["beta", "β", "entropy"], argument: "0 to 10", summary: "entropy coefficient"
    ) { text in number(text, 0...10).map { .change(.entropyCoefficient($0)) } },
    SettingCommand(
      names: ["lr"], argument: "above 0, up to 1", summary: "learning rate"
    ) { text in
      guard let rate = number(text, 0...1), rate > 0 else { return nil }
      return .change(.learningRate(rate))
    },
    SettingCommand(
      names: ["workers"], argument: "1 to 10000", summary: "number of workers"
    ) { text in whole(text, 1...10_000).map { .change(.workers($0)) } },
    SettingCommand(
      names: ["tmax"], argument: "1 to 10000", summary: "steps of a rollout"
    ) { text in whole(text, 1...10_000).map { .change(.rolloutLength($0)) } },
    SettingCommand(names: ["a3c"], argument: "", summary: "every worker pushes when ready") { _ in
      .change(.agent(.a3c))
    },
    SettingCommand(names: ["a2c"], argument: "", summary: "a barrier, then one update") { _ in
      .change(.agent(.a2c))
    },
    SettingCommand(
      names: ["agent"], argument: agents.joined(separator: ", "),
      summary: "A3C or A2C; of tables the one to race against", choices: agents
    ) { text in agents.contains(text) ? AgentName(rawValue: text).map { .change(.agent($0)) } : nil
    },
  ]

  private static let agents = AgentName.allCases.filter { $0.hasWorkers || $0.hasTable }
    .map(\.rawValue)

  private static let comparing: [SettingCommand] = [
    contender(.first), contender(.second),
    SettingCommand(
      names: ["race"], argument: RaceLine.accepted, summary: "two settings from one beginning"
    ) { text throws(SettingError) in .race(try RaceLine.parse(text)) },
  ]

  /// `a` and `b`: the two estimators of view 3. `a n 5` is read like `a nstep:5`.
  private static func contender(_ side: Contender) -> SettingCommand {
    SettingCommand(
      names: [side.letter.lowercased()], argument: "mc, td, nstep:N or lambda:L",
      summary: "estimator \(side.letter) of two compared (3)",
      choices: ["mc", "td", "nstep:5", "lambda:.95"]
    ) { text in
      let parts = text.split(whereSeparator: { $0 == " " || $0 == ":" || $0 == "=" })
      return estimator(parts.joined(separator: ":")).map { .contender(side, $0) }
    }
  }

  private static let running: [SettingCommand] = [
    SettingCommand(
      names: ["speed"], argument: "a multiple of real time above 0, or max", summary: "speed",
      choices: ["max"]
    ) { text in
      if text == "max" { return .speed(.unlimited) }
      guard let factor = number(text, 0...1_000_000), factor > 0 else { return nil }
      return .speed(.multiple(factor))
    },
    SettingCommand(
      names: ["worker"], argument: "the number of a worker", summary: "worker on the stage"
    ) { text in whole(text, 0...1_000_000).map { .worker($0) } },
    SettingCommand(names: ["quit", "q"], argument: "", summary: "leave") { _ in .quit },
  ]

  private static func looks(themes: [String]) -> [SettingCommand] {
    let layers = MazeLayer.allCases.map { "\($0)" }
    return [
      SettingCommand(
        names: ["theme"], argument: themes.joined(separator: ", "), summary: "colours",
        choices: themes
      ) { text in themes.contains(text) ? .theme(text) : nil },
      SettingCommand(
        names: ["layer"], argument: layers.joined(separator: ", "),
        summary: "what is laid over a maze", choices: layers
      ) { text in MazeLayer.allCases.first { "\($0)" == text }.map { .layer($0) } },
    ]
  }

  /// A whole number in a range, or nil.
  static func whole(_ text: String, _ range: ClosedRange<Int>) -> Int? {
    Int(text).flatMap { range.contains($0) ? $0 : nil }
  }

  /// A decimal number in a range, or nil; `nan`, `inf` and hexadecimal numbers are none.
  private static func number(_ text: String, _ range: ClosedRange<Double>) -> Double? {
    guard text.allSatisfy({ "0123456789.+-eE".contains($0) }) else { return nil }
    return Double(text).flatMap { range.contains($0) ? $0 : nil }
  }

  private static func isInfinity(_ text: String) -> Bool { text == "inf" || text == "∞" }

  /// An estimator as written on the command line: `mc`, `td`, `nstep:N`, `lambda:L`.
  static func estimator(_ text: String) -> ReturnEstimator? {
    if text == "mc" { return .monteCarlo }
    if text == "td" { return .td }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return nil }
    if parts[0] == "nstep" || parts[0] == "n" {
      if isInfinity(parts[1]) { return .monteCarlo }
      return whole(parts[1], 1...1_000_000).map { .nStep($0) }
    }
    if parts[0] == "lambda" || parts[0] == "λ" {
      return number(parts[1], 0...1).map { .lambda($0) }
    }
    return nil
  }
}
