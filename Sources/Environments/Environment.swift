public import MarkovProcesses
public import Randomness
public import Scenes

/// A world with Gymnasium's semantics: `reset`, `step`, termination distinct from truncation.
///
/// An environment is a value: a copy is a clone of the world, from which other futures can be
/// played. Its randomness is passed in, so that equal streams give equal episodes.
public protocol Environment: Sendable {
  /// Name, spaces, limits and the documentation of every observed number.
  var specification: EnvironmentSpecification { get }

  /// Begins an episode, from start `start` (0 ..< `specification.starts`) where the world has
  /// several, else from one drawn by the world's own distribution.
  mutating func reset(start: Int?, random: inout RandomStream)

  /// Takes one action (0 ..< actions) and says what followed it.
  ///
  /// - Precondition: the episode has not ended.
  mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome

  /// Takes a continuous action, in the unit of `specification.actionSpace`; one beyond its bounds
  /// does what the bound does.
  ///
  /// - Precondition: the episode has not ended.
  mutating func step(continuous action: Double, random: inout RandomStream) -> StepOutcome

  /// Writes the observation of the present state: `specification.observation.width` numbers. A
  /// discrete observation is one number, the index of the state.
  func observe(into observation: UnsafeMutablePointer<Float>)

  /// Number of values `save` writes.
  var stateSize: Int { get }

  /// Writes the whole present state (the step count included, as the last number), so that
  /// `restore` continues from it.
  func save(into state: UnsafeMutablePointer<Double>)

  /// Takes up a state that `save` wrote. Allocates nothing.
  mutating func restore(from state: UnsafePointer<Double>)

  /// Throws where a state from outside is none that `save` writes, so that `restore` could not take
  /// it up.
  func check(saved state: [Double]) throws(WorldStateError)

  /// The present state in the world's own terms: CartPole x, ẋ, θ, θ̇; a tabular world the index of
  /// the state, -1 where the episode has terminated.
  var worldState: [Double] { get }

  /// Begins an episode in a state given in the world's own terms, with no step taken.
  mutating func begin(in worldState: [Double]) throws(WorldStateError)

  /// What the world looks like now. `action` is the last action taken, if any.
  func scene(lastAction action: Int?) -> Scene

  /// The same after a continuous action.
  func scene(lastContinuousAction action: Double?) -> Scene

  /// The transition probabilities and rewards, where they are known (tabular worlds).
  var knownMDP: TabularMDP? { get }

  /// The states of `knownMDP` in which episodes start, in the order of `reset(start:random:)`.
  var startStates: [Int] { get }
}

extension Environment {
  /// Takes an action of either kind.
  public mutating func step(_ action: Action, random: inout RandomStream) -> StepOutcome {
    switch action {
    case .discrete(let index): step(index, random: &random)
    case .continuous(let number): step(continuous: number, random: &random)
    }
  }

  /// A world of continuous actions has none of a few.
  public mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome {
    preconditionFailure("\(specification.name) takes continuous actions")
  }

  /// A world of a few actions has no continuous ones.
  public mutating func step(
    continuous action: Double, random: inout RandomStream
  ) -> StepOutcome {
    preconditionFailure("\(specification.name) takes one of a few actions")
  }

  /// What the world looks like; no action shows.
  public func scene(lastContinuousAction action: Double?) -> Scene { scene(lastAction: nil) }

  /// Nil: the world's states are not counted.
  public var knownMDP: TabularMDP? { nil }

  /// None: the world is not tabular.
  public var startStates: [Int] { [] }
}

/// What followed an action.
public struct StepOutcome: Sendable, Equatable {
  /// The reward r_{t+1} that follows the action a_t.
  public var reward: Double
  /// The world reached an end: nothing is bootstrapped from here.
  public var terminated: Bool
  /// The episode was cut by its time limit: the value of the state reached still counts.
  public var truncated: Bool

  /// The episode is over, for either reason.
  @inlinable public var ended: Bool { terminated || truncated }

  /// A reward and the two flags.
  @inlinable
  public init(reward: Double, terminated: Bool, truncated: Bool) {
    self.reward = reward
    self.terminated = terminated
    self.truncated = truncated
  }
}

/// What a world lets its agent see.
public enum ObservationSpace: Sendable, Equatable {
  /// Real numbers with names, units and bounds.
  case box([ObservedQuantity])
  /// One of `count` states, given to a network as a one-hot vector.
  case discrete(Int)

  /// Number of floats an observation takes: the quantities, or one for the index of a state.
  public var width: Int {
    switch self {
    case .box(let quantities): quantities.count
    case .discrete: 1
    }
  }
}

/// One observed number: what it means, its unit and its range.
public struct ObservedQuantity: Sendable, Equatable {
  /// What it is, in words: "cart position".
  public let name: String
  /// Its symbol: "x".
  public let symbol: String
  /// Its unit, as shown: "m", "rad/s".
  public let unit: String
  /// The least value the space allows (minus infinity where unbounded).
  public let low: Double
  /// The greatest value the space allows.
  public let high: Double

  /// A named number with unit and range.
  public init(name: String, symbol: String, unit: String, low: Double, high: Double) {
    self.name = name
    self.symbol = symbol
    self.unit = unit
    self.low = low
    self.high = high
  }
}

/// What an agent does.
public enum Action: Sendable, Equatable {
  /// One of a few actions, by its index.
  case discrete(Int)
  /// A real number, in the unit of `ActionSpace.box`.
  case continuous(Double)
}

/// What an agent can do in a world.
public enum ActionSpace: Sendable, Equatable {
  /// One of a few actions, by name.
  case discrete([String])
  /// A real number within bounds.
  case box(ObservedQuantity)
}

/// Everything that is fixed about an environment, and its documentation.
public struct EnvironmentSpecification: Sendable, Equatable {
  /// Gymnasium's name where it has one: `CartPole-v1`, `Maze/NAME`.
  public let name: String
  /// One line on what the agent has to do.
  public let summary: String
  /// What is observed.
  public let observation: ObservationSpace
  /// What the agent can do.
  public let actionSpace: ActionSpace
  /// Steps after which an episode is truncated; `Int.max` where the world has no time limit.
  public let stepLimit: Int
  /// Number of start states a worker can be sent to; 1 where the world draws its own.
  public let starts: Int
  /// Steps per second of the real thing (CartPole 50).
  public let stepsPerSecond: Double
  /// The mean return that counts as solved, where one is agreed on.
  public let solvedReturn: Double?
  /// What each reward is for.
  public let rewards: String
  /// Where an episode begins.
  public let begins: String
  /// When an episode ends.
  public let ends: String
  /// The settings `EnvironmentRegistry.make` makes this very world by, values by key; empty where
  /// it has none. (A maze is told apart by its map and its rules.)
  public let settings: [String: String]

  /// A complete description.
  public init(
    name: String, summary: String, observation: ObservationSpace, actionSpace: ActionSpace,
    stepLimit: Int, starts: Int = 1, stepsPerSecond: Double, solvedReturn: Double? = nil,
    rewards: String, begins: String, ends: String, settings: [String: String] = [:]
  ) {
    self.settings = settings
    self.name = name
    self.summary = summary
    self.observation = observation
    self.actionSpace = actionSpace
    self.stepLimit = stepLimit
    self.starts = starts
    self.stepsPerSecond = stepsPerSecond
    self.solvedReturn = solvedReturn
    self.rewards = rewards
    self.begins = begins
    self.ends = ends
  }

  /// Steps after which an episode played to see what a policy does is given up: the time limit, or
  /// 1 000 where the world has none.
  public var studyLimit: Int { stepLimit == .max ? 1_000 : stepLimit }

  /// The names of the discrete actions, in order; none where actions are continuous.
  public var actions: [String] {
    switch actionSpace {
    case .discrete(let names): names
    case .box: []
    }
  }

  /// The continuous action; nil where there is one of a few to take.
  public var continuousAction: ObservedQuantity? {
    switch actionSpace {
    case .discrete: nil
    case .box(let quantity): quantity
    }
  }
}
