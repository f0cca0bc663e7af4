internal import Environments
internal import Telemetry
internal import Training

/// What the help of `watch` and `train` says beyond the options: estimators, settings, examples.
enum RunHelp {
  /// What is told of both commands, after `opening` and before the options.
  static func discussion(_ opening: String, examples: [String]) -> String {
    [
      opening, estimators,
      "Settings of the agent (--set key=value, or a line in a preset file), and what holds where "
        + "the preset says nothing:\n" + lines(Preset.settingDocumentation(of: .a3c)),
      others("The basic actor-critic has the same, and", .actorCritic, beside: .a3c),
      others("sarsa, expected-sarsa and q-learning have", .qLearning, beside: .a3c),
      others("dqn has", .dqn, beside: .qLearning), others("ddpg has", .ddpg, beside: .qLearning),
      "Settings of a maze (--set, or a line '; key: value' above the map), and what holds where "
        + "the map says nothing:\n" + lines(MazeConfiguration.documentation),
      EnvironmentRegistry.builtInSettings.map { environment, settings in
        "Settings of \(environment) (--set):\n" + lines(settings)
      }.joined(separator: "\n\n"),
      "Examples:\n" + examples.map { "  \($0)" }.joined(separator: "\n"),
    ].joined(separator: "\n\n")
  }

  /// The settings of an agent that another, which stands before it, has not, or has with another meaning.
  private static func others(_ opening: String, _ agent: AgentName, beside other: AgentName)
    -> String
  {
    let known = Preset.settingDocumentation(of: other).map { "\($0.key) \($0.meaning)" }
    let own = Preset.settingDocumentation(of: agent).filter {
      !known.contains("\($0.key) \($0.meaning)")
    }
    return "\(opening):\n\(lines(own))"
  }

  private static let estimators = """
    Estimators of what a step is worth (--estimator):
      mc         all rewards to the end of the episode
      td         one reward and V of the next state; the same as nstep:1
      nstep:N    N rewards and V of the state then reached; N from 1, or inf
      lambda:L   the lambda-return, 0 <= L <= 1; less V it is GAE(L)
    """

  /// Keys to the left, beside them meaning and standard value, in lines of at most 79 columns.
  private static func lines(
    _ settings: [(key: String, meaning: String, standard: String)]
  ) -> String {
    let indent = 2 + (settings.map(\.key.count).max() ?? 0) + 2
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    for (key, meaning, standard) in settings {
      var line = "  \(key)" + margin.dropFirst(2 + key.count)
      for word in "\(meaning) [\(standard)]".split(separator: " ") {
        if line.count + word.count > 79 {
          lines.append(line)
          line = margin
        }
        line += line.last == " " ? word : " \(word)"
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }
}
