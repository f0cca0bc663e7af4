/// Why a segment of a rollout ends: what stands for the rewards that would have followed.
enum SegmentEnd: Equatable {
  /// The world reached an end: nothing follows.
  case terminated
  /// The time limit cut the episode: V of the state reached stands for the rest.
  case truncated
  /// The rollout was full: V of the state reached stands for the rest.
  case cut

  /// What the flags of a segment's last step say; terminated wins.
  init(_ flags: (terminated: Bool, truncated: Bool)) {
    self = flags.terminated ? .terminated : flags.truncated ? .truncated : .cut
  }

  /// What happened and what the bootstrap is, from the fullest words to the shortest.
  func words(nextValue: String) -> [String] {
    switch self {
    case .terminated:
      ["terminated: nothing follows, the bootstrap is 0", "terminated: bootstrap 0", "end: 0"]
    case .truncated:
      [
        "truncated by the time limit: the bootstrap is V(s') \(nextValue)",
        "truncated: bootstrap V(s') \(nextValue)", "limit: V \(nextValue)",
      ]
    case .cut:
      [
        "the rollout was cut here: the bootstrap is V(s') \(nextValue)",
        "cut here: bootstrap V(s') \(nextValue)", "cut: V \(nextValue)",
      ]
    }
  }
}
