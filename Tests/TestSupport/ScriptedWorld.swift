public import Environments
public import MarkovProcesses
public import Randomness
public import Scenes

/// A world that plays fixed episodes in turn, whatever the actions: rewards, terminations and
/// truncations as a test wants them.
///
/// Every moment of every episode is a state of its own, the last one reached included: with tables
/// for heads each has a value of its own.
public struct ScriptedWorld: Environment {
  /// The episodes: what each step answers; the last step of each has a flag set.
  public let episodes: [[StepOutcome]]
  /// Its documentation.
  public let specification: EnvironmentSpecification
  /// The number of the episode it is in, from 0; -1 before the first.
  public private(set) var episode = -1
  private var step = 0
  private var isEndless = false

  /// A world of those episodes.
  public init(_ episodes: [[StepOutcome]], starts: Int = 1, stepsPerSecond: Double = 50) {
    self.episodes = episodes
    specification = EnvironmentSpecification(
      name: "Scripted", summary: "plays what is written",
      observation: .discrete(episodes.reduce(0) { $0 + $1.count + 1 }),
      actionSpace: .discrete(["this", "that"]), stepLimit: episodes.map(\.count).max() ?? 1,
      starts: starts,
      stepsPerSecond: stepsPerSecond, rewards: "as written", begins: "at the first step",
      ends: "as written")
  }

  /// A world whose episodes all have the same length and reward 1 at each step.
  public init(length: Int, truncated: Bool = false, stepsPerSecond: Double = 50) {
    let last = StepOutcome(reward: 1, terminated: !truncated, truncated: truncated)
    let first = StepOutcome(reward: 1, terminated: false, truncated: false)
    self.init(
      [Array(repeating: first, count: length - 1) + [last]], stepsPerSecond: stepsPerSecond)
  }

  /// A world of one state and reward 1 whose first episode never ends.
  public static var endless: ScriptedWorld {
    var world = ScriptedWorld([[.going(1)]])
    world.isEndless = true
    return world
  }

  /// The state after `step` steps of episode `episode`.
  public func state(episode: Int, step: Int) -> Int {
    episodes[..<episode].reduce(0) { $0 + $1.count + 1 } + step
  }

  private var script: [StepOutcome] { episodes[max(episode, 0) % episodes.count] }

  /// Begins the next episode.
  public mutating func reset(start: Int?, random: inout RandomStream) {
    episode += 1
    step = 0
  }

  /// Answers what is written.
  public mutating func step(_ action: Int, random: inout RandomStream) -> StepOutcome {
    defer { if !isEndless { step += 1 } }
    return script[step]
  }

  /// The index of the state.
  public func observe(into observation: UnsafeMutablePointer<Float>) {
    observation[0] = Float(state(episode: max(episode, 0) % episodes.count, step: step))
  }

  /// The episode and the step.
  public var stateSize: Int { 2 }

  /// Writes the episode and the step.
  public func save(into state: UnsafeMutablePointer<Double>) {
    state[0] = Double(episode)
    state[1] = Double(step)
  }

  /// Goes to an episode and a step.
  public mutating func restore(from state: UnsafePointer<Double>) {
    episode = Int(state[0])
    step = Int(state[1])
  }

  /// Nothing to see.
  public func scene(lastAction action: Int?) -> Scene {
    .figure(Figure(lowerLeft: Point(0, 0), upperRight: Point(1, 1), shapes: []))
  }

  /// None.
  public var knownMDP: TabularMDP? { nil }
}

extension StepOutcome {
  /// A step on the way.
  public static func going(_ reward: Double) -> StepOutcome {
    StepOutcome(reward: reward, terminated: false, truncated: false)
  }

  /// A step to an end.
  public static func terminated(_ reward: Double) -> StepOutcome {
    StepOutcome(reward: reward, terminated: true, truncated: false)
  }

  /// A step at which the time limit cuts.
  public static func truncated(_ reward: Double) -> StepOutcome {
    StepOutcome(reward: reward, terminated: false, truncated: true)
  }

  /// A step to an end, at the time limit.
  public static func both(_ reward: Double) -> StepOutcome {
    StepOutcome(reward: reward, terminated: true, truncated: true)
  }
}
