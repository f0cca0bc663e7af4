extension LearnerOptions {
  /// The options given, by name.
  var given: [String] {
    let values = [
      ("--env", env), ("--agent", agent), ("--preset", preset), ("--workers", workers),
      ("--gamma", gamma), ("--set", set.first),
    ]
    return values.filter { $0.1 != nil }.map(\.0)
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
