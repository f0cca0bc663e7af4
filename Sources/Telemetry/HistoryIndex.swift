/// Where one can go in what is recorded: which steps of which worker, in which rollouts, updates and
/// episodes. Moves are worked out on it alone. Steps are counted by worker from 0 over its whole run.
public struct HistoryIndex: Sendable, Equatable {
  /// A rollout that was learnt from.
  public struct Rollout: Sendable, Equatable {
    /// The number of its first step.
    public var first: Int
    /// Its steps.
    public var count: Int
    /// The version of theta the update made.
    public var version: Int

    /// A rollout.
    public init(first: Int, count: Int, version: Int) {
      self.first = first
      self.count = count
      self.version = version
    }
  }

  /// An episode, or as much of it as is recorded.
  public struct Episode: Sendable, Equatable {
    /// The number of its first recorded step.
    public var first: Int
    /// Its recorded steps.
    public var count: Int
    /// Episodes the worker had ended before.
    public var episode: Int
    /// Whether it has ended.
    public var hasEnded: Bool

    /// An episode.
    public init(first: Int, count: Int, episode: Int, hasEnded: Bool) {
      self.first = first
      self.count = count
      self.episode = episode
      self.hasEnded = hasEnded
    }
  }

  /// What is recorded of one worker, without gaps.
  public struct Track: Sendable, Equatable {
    /// The numbers of its recorded steps; the upper bound stands for the present state.
    public var steps: Range<Int>
    /// Its rollouts that were learnt from, oldest first.
    public var rollouts: [Rollout]
    /// Its episodes, oldest first; the last one goes on where the worker is now.
    public var episodes: [Episode]

    /// A track.
    public init(steps: Range<Int>, rollouts: [Rollout], episodes: [Episode]) {
      self.steps = steps
      self.rollouts = rollouts
      self.episodes = episodes
    }
  }

  /// An update and the rollout it was made from (A2C: the first worker's).
  public struct Update: Sendable, Equatable {
    /// The version of theta it made.
    public var version: Int
    /// The worker.
    public var worker: Int
    /// The number of the rollout's first step.
    public var first: Int

    /// An update.
    public init(version: Int, worker: Int, first: Int) {
      self.version = version
      self.worker = worker
      self.first = first
    }
  }

  /// Changes with what is recorded: indices of one generation are equal.
  public var generation: Int
  /// A track for every worker, in order.
  public var tracks: [Track]
  /// All recorded updates, oldest first.
  public var updates: [Update]

  /// An index; empty where nothing is recorded.
  public init(generation: Int = 0, tracks: [Track] = [], updates: [Update] = []) {
    self.generation = generation
    self.tracks = tracks
    self.updates = updates
  }

  /// Two indices of a run are the same when nothing was recorded between them.
  public static func == (one: HistoryIndex, other: HistoryIndex) -> Bool {
    one.generation == other.generation
  }
}
