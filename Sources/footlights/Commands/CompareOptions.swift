internal import ArgumentParser

/// The options of `compare` that say which agent learns where.
struct CompareRunOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "The environment: CartPole-v1, RandomWalk-5, Maze/NAME, or the path of a maze file.")
  var env: String?

  @Option(parsing: .unconditional, help: "The agent: a3c or a2c.")
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
    parsing: .unconditional,
    help:
      "Environment steps of each run (default: the preset's), or, without --estimators, before the figures are taken (default \(EnvironmentTargets.usualSteps))."
  )
  var steps: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: "A setting of the agent or the environment: learning_rate=0.001, slip=0.2.")
  var set: [String] = []

  /// The options of a run that learns with an estimator; nil for the preset's.
  func runOptions(estimator: String?) -> RunOptions {
    var options = RunOptions()
    options.env = env
    options.agent = agent
    options.preset = preset
    options.workers = workers
    options.threads = nil
    options.estimator = estimator
    options.gamma = gamma
    options.seed = nil
    options.steps = nil
    options.episodes = nil
    options.untilReturn = nil
    options.hold = nil
    options.scheduler = nil
    options.interleave = nil
    options.set = set
    return options
  }

  /// The options given, by name.
  var given: [String] {
    var names: [String] = []
    for (name, value) in [
      ("--env", env), ("--agent", agent), ("--preset", preset), ("--workers", workers),
      ("--gamma", gamma), ("--steps", steps), ("--set", set.first),
    ] where value != nil { names.append(name) }
    return names
  }
}

/// What `compare` can compare.
enum CompareMode: CaseIterable {
  /// Targets in a known process.
  case process
  /// Targets in an environment.
  case environment
  /// Estimators by learning.
  case learning
  /// A textbook's experiment.
  case experiment

  /// How it is asked for.
  var request: String {
    switch self {
    case .process: "--mdp FILE"
    case .environment: "--env NAME"
    case .learning: "--env NAME --estimators LIST"
    case .experiment: "--experiment random-walk"
    }
  }

  /// The modes an option goes with.
  static func modes(of option: String) -> [CompareMode] {
    switch option {
    case "--mdp": [.process]
    case "--experiment", "--runs": [.experiment]
    case "--estimators", "--seeds", "--until-return": [.learning]
    case "--env", "--agent", "--preset", "--workers", "--gamma", "--steps", "--set":
      [.environment, .learning]
    case "--n", "--lambda", "--state", "--samples", "--confidence": [.process, .environment]
    case "--threads", "--csv", "--svg": [.learning, .experiment]
    default: allCases
    }
  }

  /// The mode that a command line asks for.
  ///
  /// - Parameter options: the options given, by name.
  /// - Throws: where none is asked for or several, and for options of other modes.
  init(_ options: [String]) throws(InputError) {
    let accepted = Self.allCases.map(\.request).joined(separator: ", or ")
    let asks: [(option: String, mode: CompareMode)] = [
      ("--mdp", .process), ("--experiment", .experiment), ("--estimators", .learning),
    ].filter { options.contains($0.0) }
    if asks.count > 1 {
      throw InputError(
        "\(asks[1].option): does not go with \(asks[0].option); accepted is one of \(accepted)")
    }
    let hasWorld = options.contains("--env") || options.contains("--preset")
    if let ask = asks.first {
      self = ask.mode
      if self == .learning, !hasWorld {
        throw InputError("--estimators: --env is missing; accepted is --env NAME or --preset NAME")
      }
    } else if hasWorld {
      self = .environment
    } else {
      throw InputError("compare: nothing to compare is named; accepted is \(accepted)")
    }
    for option in options {
      let modes = Self.modes(of: option)
      guard !modes.contains(self) else { continue }
      throw InputError(
        "\(option): does not go with \(request); it goes with "
          + modes.map(\.request).joined(separator: " and with "))
    }
  }
}
