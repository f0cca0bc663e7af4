public import Scenes

/// Two settings to be raced against each other from where the run is now.
public struct RaceRequest: Sendable, Equatable {
  /// What is changed for the first.
  public var first: SettingChange
  /// What is changed for the second.
  public var second: SettingChange
  /// Environment steps of every run, at least 1; nil for a quarter of the run's budget.
  public var steps: Int?
  /// Pairs of runs, 1 to 100, fewer where memory is short: the report says how many are played. A
  /// pair has the same random streams; pair 0 those of the run itself.
  public var pairs: Int

  /// A race of two settings.
  public init(first: SettingChange, second: SettingChange, steps: Int? = nil, pairs: Int = 10) {
    self.first = first
    self.second = second
    self.steps = steps
    self.pairs = pairs
  }
}

/// Two settings raced from identical parameters, optimiser state and random streams.
public struct RaceReport: Sendable, Equatable {
  /// What the curves show.
  public enum Measure: Sendable, Hashable {
    /// Mean return of the greedy policy, evaluated apart.
    case greedy
    /// Mean return of the episodes it has learnt from meanwhile, its exploring included.
    case online
  }

  /// How far it has come.
  public enum Status: Sendable, Equatable {
    /// The runs are being played.
    case running
    /// All runs have done their steps.
    case finished
    /// It was stopped before that, or found neither thread nor memory.
    case stopped
  }

  /// One point of a curve over the pairs.
  public struct Point: Sendable, Equatable {
    /// Environment steps since the start.
    public var step: Int
    /// Interquartile mean over the pairs.
    public var middle: Double
    /// Its 95 % bootstrap interval over the pairs; nil with fewer than two.
    public var interval: ClosedRange<Double>?

    /// A point.
    public init(step: Int, middle: Double, interval: ClosedRange<Double>?) {
      self.step = step
      self.middle = middle
      self.interval = interval
    }
  }

  /// One of the two.
  public struct Contender: Sendable, Equatable {
    /// The setting that was changed: `λ-return λ .95`.
    public var label: String
    /// All settings it runs with.
    public var settings: LiveSettings
    /// Mean return, as `measure` says, at the points of time reached by all pairs.
    public var curve: [Point]
    /// The first worker's world in pair 0.
    public var scene: Scene
    /// Environment steps done in pair 0; the last rollouts may go beyond the race's steps.
    public var steps: Int
    /// Updates done in pair 0.
    public var updates: Int
    /// Episodes ended in pair 0.
    public var episodes: Int
    /// Mean undiscounted return of the latest episodes in pair 0; nil before the first.
    public var recentReturn: Double?
    /// Q over the squares and the greedy way in pair 0; nil where it learns none.
    public var actionValues: GridActionValues?

    /// A contender at the start.
    public init(label: String, settings: LiveSettings, scene: Scene) {
      self.label = label
      self.settings = settings
      self.scene = scene
      curve = []
      steps = 0
      updates = 0
      episodes = 0
      recentReturn = nil
    }
  }

  /// How far it has come.
  public var status: Status
  /// The first.
  public var first: Contender
  /// The second.
  public var second: Contender
  /// Mean return of the second less the first, pair by pair.
  public var difference: [Point]
  /// Pairs of runs.
  public var pairs: Int
  /// Environment steps of every run.
  public var steps: Int
  /// The update the race started from; 0 where all begin anew.
  public var fromUpdate: Int
  /// What the curves show.
  public var measure = Measure.greedy
  /// Share of all steps that are done, 0 to 1.
  public var progress: Double
  /// Seconds until it is finished, by its speed so far; nil when that is unknown.
  public var secondsLeft: Double?

  /// A race at its start.
  public init(
    first: Contender, second: Contender, pairs: Int, steps: Int, fromUpdate: Int
  ) {
    status = .running
    self.first = first
    self.second = second
    difference = []
    self.pairs = pairs
    self.steps = steps
    self.fromUpdate = fromUpdate
    progress = 0
    secondsLeft = nil
  }
}
