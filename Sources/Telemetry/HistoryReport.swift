/// What is recorded, and the moment that is looked at.
public struct HistoryReport: Sendable, Equatable {
  /// Where one can go. While the run goes on it may lag behind, or be empty.
  public var index: HistoryIndex
  /// The moment in view; nil for the present of the worker in focus.
  public var moment: Moment?
  /// The episode the moment is in; nil where nothing is recorded yet.
  public var episode: EpisodeRecord?
  /// The step of the episode in view: an index of its steps, or their number for the state reached.
  public var cursor: Int
  /// Environment steps of all workers when the step in view was learnt from; nil before.
  public var clock: Int?
  /// What the update made of the state in view, and what it is worth now.
  public var effect: MomentEffect?
  /// The episodes that are kept.
  public var kept: [KeptEpisode]

  /// A report.
  public init(
    index: HistoryIndex, moment: Moment?, episode: EpisodeRecord?, cursor: Int, clock: Int? = nil,
    effect: MomentEffect? = nil, kept: [KeptEpisode] = []
  ) {
    self.index = index
    self.moment = moment
    self.episode = episode
    self.cursor = cursor
    self.clock = clock
    self.effect = effect
    self.kept = kept
  }
}

/// The state in view under other parameters than those it was acted with.
public struct MomentEffect: Sendable, Equatable {
  /// What the networks say of one state.
  public struct Reading: Sendable, Equatable {
    /// The version of theta.
    public var version: Int
    /// Probability of every action; none where it is a real number.
    public var probabilities: [Double]
    /// The policy, where it is over a real number.
    public var gaussian: GaussianPolicy?
    /// V of the state.
    public var value: Double

    /// A reading.
    public init(
      version: Int, probabilities: [Double], gaussian: GaussianPolicy? = nil, value: Double
    ) {
      self.gaussian = gaussian
      self.version = version
      self.probabilities = probabilities
      self.value = value
    }
  }

  /// The moment it is about.
  public var moment: Moment?
  /// Right before the update the step was learnt from in; nil where those parameters are gone.
  public var before: Reading?
  /// Right after it.
  public var after: Reading?
  /// Under the present parameters.
  public var now: Reading

  /// What became of a state.
  public init(moment: Moment?, before: Reading?, after: Reading?, now: Reading) {
    self.moment = moment
    self.before = before
    self.after = after
    self.now = now
  }
}

/// An episode that was kept.
public struct KeptEpisode: Sendable, Equatable, Identifiable {
  /// Why it was kept.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// The greatest return so far.
    case best
    /// The least return so far.
    case worst
    /// The most steps so far.
    case longest
    /// The last one that ended.
    case last
    /// A person asked for it.
    case named

    /// The number of the episode kept for this reason, from 1; the first of those that were named.
    public var id: Int {
      switch self {
      case .best: 1
      case .worst: 2
      case .longest: 3
      case .last: 4
      case .named: 5
      }
    }
  }

  /// Episodes that can be named at a time; further ones are not kept.
  public static let mostNamed = 16

  /// Its number; each of the first four reasons has one number for good.
  public var id: Int
  /// Why it was kept.
  public var reason: Reason
  /// Its name: that of the reason, or as a person typed it.
  public var name: String
  /// The worker it is of.
  public var worker: Int
  /// Episodes the worker had ended before it.
  public var episode: Int
  /// Its undiscounted return.
  public var undiscountedReturn: Double
  /// Its steps.
  public var length: Int

  /// An episode that was kept.
  public init(
    id: Int, reason: Reason, name: String, worker: Int, episode: Int, undiscountedReturn: Double,
    length: Int
  ) {
    self.id = id
    self.reason = reason
    self.name = name
    self.worker = worker
    self.episode = episode
    self.undiscountedReturn = undiscountedReturn
    self.length = length
  }
}
