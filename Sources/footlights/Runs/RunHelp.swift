internal import Environments
internal import Training

/// What the help of `watch` and `train` says beyond the options: estimators, settings, examples.
enum RunHelp {
  /// What is told of both commands, after `opening` and before the options.
  static func discussion(_ opening: String, examples: [String]) -> String {
    [
      opening, estimators,
      "Settings of the agent (--set key=value, or a line in a preset file), with the value that\n"
        + "holds where the preset does not say another:\n" + lines(Preset.settingDocumentation),
      "Settings of a maze (--set, or a line '; key: value' above the map):\n"
        + lines(MazeConfiguration.documentation),
      "Examples:\n" + examples.map { "  \($0)" }.joined(separator: "\n"),
    ].joined(separator: "\n\n")
  }

  private static let estimators = """
    Estimators of what a step is worth (--estimator):
      mc         all rewards to the end of the episode
      td         one reward and V of the next state; the same as nstep:1
      nstep:N    N rewards and V of the state then reached; N from 1, or inf
      lambda:L   the lambda-return, 0 <= L <= 1; less V it is GAE(L)
    """

  /// A line for each setting, and a second one for its meaning.
  private static func lines(_ settings: [(key: String, meaning: String, standard: String)])
    -> String
  {
    settings.map { "  \($0.key)=\($0.standard)\n      \($0.meaning)" }.joined(separator: "\n")
  }
}
