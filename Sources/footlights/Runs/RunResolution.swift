internal import Training

extension RunOptions {
  /// The run these options ask for.
  func configuration() throws(InputError) -> RunConfiguration {
    var configuration = try learner.configuration(estimator: estimator)
    if let threads {
      configuration.threads = try OptionValues.whole(
        "--threads", threads, in: 1...RunLimits.mostThreads)
    }
    try takeLimits(into: &configuration)
    configuration.seed = try OptionValues.seed(seed)
    if let scheduler { configuration.scheduler = try Self.choice("--scheduler", scheduler) }
    if let interleave { configuration.interleave = try Self.choice("--interleave", interleave) }
    return configuration
  }

  private func takeLimits(into configuration: inout RunConfiguration) throws(InputError) {
    if let steps {
      let limit = try OptionValues.whole("--steps", steps, in: 1...Int.max)
      configuration.stepLimit = limit
      configuration.budget = limit
    }
    if let updates {
      configuration.updateLimit = try OptionValues.whole("--updates", updates, in: 1...Int.max)
    }
    if let episodes {
      configuration.episodeLimit = try OptionValues.whole("--episodes", episodes, in: 1...Int.max)
    }
    let hold = try self.hold.map { text throws(InputError) in
      try OptionValues.whole("--hold", text, in: 1...1000)
    }
    if let untilReturn {
      configuration.goal = RunConfiguration.Goal(
        meanReturn: try OptionValues.number("--until-return", untilReturn), hold: hold ?? 1)
    } else if hold != nil {
      throw InputError("--hold: goes with --until-return")
    }
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ option: String, _ text: String
  ) throws(InputError) -> Choice where Choice.RawValue == String {
    guard let value = Choice(rawValue: text) else {
      throw OptionValues.rejected(option, text, Choice.accepted)
    }
    return value
  }
}
