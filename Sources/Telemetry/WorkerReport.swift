public import Scenes

/// What a worker is doing.
public enum WorkerPhase: UInt8, Sendable, Hashable, CaseIterable {
  /// Copies the shared parameters.
  case pull
  /// Acts in its world.
  case act
  /// Computes targets and gradient.
  case learn
  /// Gives its gradient to the shared parameters.
  case push
  /// Waits at the barrier (A2C) or for its turn.
  case wait
}

/// A stretch of time a worker spent in one phase.
public struct LaneSpan: Sendable, Equatable {
  /// What it did.
  public var phase: WorkerPhase
  /// When it began, in seconds of training.
  public var start: Double
  /// When it ended, in seconds of training.
  public var end: Double

  /// A stretch of time.
  public init(phase: WorkerPhase, start: Double, end: Double) {
    self.phase = phase
    self.start = start
    self.end = end
  }
}

/// One worker, as its pane shows it.
public struct WorkerReport: Sendable {
  /// Its number, from 0.
  public var index: Int
  /// What it is doing.
  public var phase: WorkerPhase = .pull
  /// Steps done of the present rollout.
  public var rolloutStep: Int = 0
  /// Episodes it has ended.
  public var episodes: Int = 0
  /// Steps done of the present episode.
  public var episodeStep: Int = 0
  /// Undiscounted return of the present episode so far.
  public var episodeReturn: Double = 0
  /// Undiscounted returns of its latest episodes, the last one last (at most 16).
  public var recentReturns: [Double] = []
  /// Updates between its last pull and its last push.
  public var staleness: Int = 0
  /// Gradients it has pushed.
  public var pushes: Int = 0
  /// Mean entropy of its policy over its last rollout, in nats.
  public var entropy: Double = 0
  /// Global norm of its last gradient, before clipping.
  public var gradientNorm: Double = 0
  /// The start state it was sent to; nil where the world draws its own.
  public var start: Int?
  /// Its world, where it was asked for.
  public var scene: Scene?
  /// What it did lately, oldest first, where it was asked for.
  public var lane: [LaneSpan] = []

  /// A worker that has done nothing yet.
  public init(index: Int) {
    self.index = index
  }
}

/// The worker on the stage and the numbers of its present step.
public struct StageReport: Sendable {
  /// Its number.
  public var worker: Int
  /// Its world.
  public var scene: Scene
  /// Episodes it has ended.
  public var episode: Int = 0
  /// Steps done of the present episode.
  public var step: Int = 0
  /// Undiscounted return so far.
  public var episodeReturn: Double = 0
  /// The observed numbers (in the order of `RunDescription.observed`), or the state's index alone.
  public var observation: [Double] = []
  /// The action taken last; nil at the start of an episode.
  public var action: Int?
  /// The action taken last, where that is a real number: as it was done.
  public var continuousAction: Double?
  /// The policy in the present state, where it is over a real number.
  public var gaussian: GaussianPolicy?
  /// Probability of every action in the present state; none where it is a real number.
  public var probabilities: [Double] = []
  /// Value of the present state.
  public var value: Double = 0
  /// The reward received last; nil at the start of an episode.
  public var reward: Double?
  /// Advantage of the last action the learner has finished with; nil before its first.
  public var advantage: Double?
  /// Entropy of the policy in the present state, in nats.
  public var entropy: Double = 0

  /// A worker at the start of its first episode.
  public init(worker: Int, scene: Scene) {
    self.worker = worker
    self.scene = scene
  }
}
