public import Estimators

/// The algorithm in use, as a loop of phases with the numbers of the moment: data, which a view lays out.
public struct AnatomyReport: Sendable, Equatable {
  /// What is computed: its colour, in every view.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    /// Parameters and their versions.
    case parameters
    /// What the world gives: states and rewards.
    case world
    /// Probabilities of actions.
    case policy
    /// Values and targets of the critic.
    case value
    /// Returns.
    case undiscountedReturn
    /// Advantages and TD errors.
    case advantage
    /// Entropies.
    case entropy
    /// Everything else: losses, norms, step sizes.
    case plain
  }

  /// A piece of a formula with its numbers put in.
  public enum Piece: Sendable, Equatable {
    /// Signs and symbols.
    case text(String)
    /// A number that was computed.
    case number(Double, Role)
    /// A whole number: a version, a count, an action.
    case whole(Int, Role)
  }

  /// A quantity that goes into a phase or comes out of it.
  public struct Quantity: Sendable, Equatable {
    /// Its symbol: `θ'`, `δ`.
    public var symbol: String
    /// What it is, in a few words.
    public var meaning: String
    /// Its colour.
    public var role: Role
    /// What it is now; empty before it has been computed.
    public var value: [Piece]

    /// A quantity.
    public init(_ symbol: String, _ meaning: String, _ role: Role, _ value: [Piece] = []) {
      self.symbol = symbol
      self.meaning = meaning
      self.role = role
      self.value = value
    }
  }

  /// One phase of the loop.
  public struct Phase: Sendable, Equatable {
    /// Its name: `pull`.
    public var name: String
    /// What goes in.
    public var inputs: [Quantity]
    /// What is computed, as the paper writes it.
    public var formula: String
    /// The same with the numbers of the last time; empty before the first. One line each.
    public var numbers: [[Piece]]
    /// What comes out.
    public var outputs: [Quantity]
    /// Why it is done, in one sentence.
    public var reason: String
    /// Parts it has now, and how many of them are done: steps of a rollout, cells of a recursion.
    public var parts: Parts?

    /// A phase.
    public init(
      name: String, inputs: [Quantity], formula: String, numbers: [[Piece]] = [],
      outputs: [Quantity], reason: String, parts: Parts? = nil
    ) {
      self.name = name
      self.inputs = inputs
      self.formula = formula
      self.numbers = numbers
      self.outputs = outputs
      self.reason = reason
      self.parts = parts
    }
  }

  /// How far a phase of several parts has come.
  public struct Parts: Sendable, Equatable {
    /// Parts done.
    public var done: Int
    /// Parts there are; nil where nobody knows yet (to an episode's end).
    public var count: Int?

    /// Parts done of so many.
    public init(done: Int, count: Int?) {
      self.done = done
      self.count = count
    }
  }

  /// An update since the worker's pull, and who made it.
  public struct Push: Sendable, Equatable {
    /// The worker.
    public var worker: Int
    /// The version of theta it made.
    public var version: Int

    /// A push.
    public init(worker: Int, version: Int) {
      self.worker = worker
      self.version = version
    }
  }

  /// A cell of the recursion that makes the targets, from the rollout's end backwards.
  public struct Cell: Sendable, Equatable {
    /// The reward r_{t+1}.
    public var reward: Double
    /// V of the state the step led to, 0 where that is an end of the world; NaN while it is not known.
    public var nextValue: Double
    /// V of the state.
    public var value: Double
    /// How the step ends its segment, if it does.
    public var closes: SegmentClose?
    /// The target; nil where the recursion has not come to it.
    public var target: Double?

    /// A cell.
    public init(
      reward: Double, nextValue: Double, value: Double, closes: SegmentClose?, target: Double?
    ) {
      self.reward = reward
      self.nextValue = nextValue
      self.value = value
      self.closes = closes
      self.target = target
    }
  }

  /// Why no estimate goes on past a step.
  public enum SegmentClose: Sendable, Hashable {
    /// The world reached an end.
    case terminated
    /// The time limit cut the episode.
    case truncated
    /// The rollout ended.
    case cut
  }

  /// The agent.
  public var agent: AgentName
  /// The worker that is looked at.
  public var worker: Int
  /// The phases in the order of the loop.
  public var phases: [Phase]
  /// The phase carried out last; nil before the first.
  public var last: Int?
  /// The phase that comes next.
  public var next: Int
  /// The version of theta now.
  public var version: Int
  /// The version the worker pulled; nil where nobody has a copy of his own.
  public var pulledVersion: Int?
  /// Updates since the worker's pull, oldest first, its own among them: the latest (at most 64).
  public var pushes: [Push]
  /// The symbol of what has these versions: `θ`, or `Q` of a table.
  public var parameters: String
  /// What is to be said of theta beside its versions; empty where these say it all.
  public var versionNote: String
  /// The recursion over the present rollout, in the order of its steps: those taken so far.
  public var cells: [Cell]
  /// Steps a rollout has at most; 0 where there is no recursion.
  public var rolloutLength: Int
  /// What the recursion computes with.
  public var estimator: ReturnEstimator
  /// The discount.
  public var discount: Double

  /// An anatomy.
  public init(
    agent: AgentName, worker: Int, phases: [Phase], last: Int?, next: Int, version: Int,
    pulledVersion: Int? = nil, pushes: [Push] = [], parameters: String = "θ",
    versionNote: String = "", cells: [Cell] = [], rolloutLength: Int = 0,
    estimator: ReturnEstimator, discount: Double
  ) {
    self.agent = agent
    self.worker = worker
    self.phases = phases
    self.last = last
    self.next = next
    self.version = version
    self.pulledVersion = pulledVersion
    self.pushes = pushes
    self.parameters = parameters
    self.versionNote = versionNote
    self.cells = cells
    self.rolloutLength = rolloutLength
    self.estimator = estimator
    self.discount = discount
  }
}
