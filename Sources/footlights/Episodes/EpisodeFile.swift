internal import Environments
internal import Telemetry

/// A recorded episode as it is kept in a file: JSON lines, one object each.
///
/// | line | what it holds |
/// |---|---|
/// | the first | `EpisodeHeader`: the format, the run, the place of the episode in it |
/// | `{"update": ...}` | an update of the parameters the steps were learnt from in, oldest first |
/// | `{"step": ...}` | a step, in order |
/// | `{"reached": ...}` | the state the last step led to |
/// | `{"end": ...}` | the number of steps, and the FNV-1a hash of all bytes before this line |
///
/// Numbers are written so that they read back as the same bits. Those a learner computed may be no
/// finite numbers, where it diverged: `null` (also for what is not known), `"inf"` and `"-inf"`.
struct EpisodeFile {
  /// Who lived it, and where.
  var header: EpisodeHeader
  /// What was recorded.
  var record: EpisodeRecord
  /// The world it was lived in.
  var environment: any Environment

  /// What the first line says the file is.
  static let format = "footlights episode"
  /// The version that is written, and the only one there is.
  static let version = 1
  /// The most bytes of a file, and of one line in it: what is read must fit into memory.
  static let mostBytes = 1 << 27
  static let mostBytesOfLine = 1 << 22
}

/// Who lived an episode, and where.
struct EpisodeHeader: Equatable {
  /// What it is called.
  var name: String
  /// The run it is of. Where a file was read, what the environment knows of itself comes from there.
  var run: RunDescription
  /// The settings in force when it was saved.
  var settings: LiveSettings
}

extension [Float] {
  /// Whether all bits are the same.
  func isIdentical(to others: [Float]) -> Bool {
    elementsEqual(others) { $0.bitPattern == $1.bitPattern }
  }
}
